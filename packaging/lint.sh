#!/bin/sh
# Runs clang-tidy on the C++ files that changed, or with --all on every one.
#
# usage: packaging/lint.sh [--all]
#
# Changed means: since CONGLANG_BASE if that is set; else since this branch left
# origin's main branch; on the main branch itself, since the commit before. What is
# not committed yet counts as changed. Where there is no earlier commit to compare
# with, every file is linted. Needs build/release (cmake --preset release).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. packaging/build-settings.sh
mkdir -p build

# The commit to compare with, or nothing.
base_commit() {
    git_here rev-parse --git-dir >/dev/null 2>&1 || return 0
    if [ -n "${CONGLANG_BASE:-}" ]; then
        git_here rev-parse --verify --quiet "$CONGLANG_BASE^{commit}" || {
            echo "lint: CONGLANG_BASE=$CONGLANG_BASE names no commit" >&2
            return 1
        }
        return
    fi
    here=$(git_here rev-parse HEAD)
    for main in origin/HEAD origin/main; do
        fork=$(git_here merge-base HEAD "$main" 2>/dev/null) || continue
        if [ "$fork" != "$here" ]; then
            echo "$fork"
            return
        fi
    done
    git_here rev-parse --verify --quiet 'HEAD~1^{commit}' || true
}

# Source files that show the linter what changed: for a header its own .cpp, or else
# the first file that includes it.
sources_for() {
    while read -r file; do
        case "$file" in
            *.cpp) echo "$file" ;;
            *.h)
                if [ -f "${file%.h}.cpp" ]; then
                    echo "${file%.h}.cpp"
                else
                    our_files '*.cpp' | tr '\n' '\0' |
                        xargs -0 grep -lF "#include \"$file\"" | head -n 1 || true
                fi
                ;;
        esac
    done | sort -u
}

changed_files() {
    git_here diff --name-only --diff-filter=d "$1" -- '*.h' '*.cpp'
    git_here ls-files --others --exclude-standard -- '*.h' '*.cpp'
}

list=build/lint-files.txt
[ -f build/release/compile_commands.json ] || {
    echo "lint: build/release is not configured: cmake --preset release" >&2
    exit 1
}
base=
[ "${1:-}" = --all ] || base=$(base_commit)
if [ -n "$base" ]; then
    echo "Compared with $(git_here log -1 --format='%h %s' "$base")."
    changed_files "$base" | sources_for >$list
else
    our_files '*.cpp' >$list
fi
if [ ! -s $list ]; then
    echo "No C++ file changed."
    exit 0
fi
echo "$(wc -l <$list) source files:"
sed 's/^/  /' $list
tr '\n' '\0' <$list | xargs -0 -n 1 -P "$(nproc)" clang-tidy -p build/release --quiet
echo "clang-tidy finds nothing in them."
