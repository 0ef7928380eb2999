# Settings that every script uses that builds. To be sourced with $root set.
# shellcheck shell=sh disable=SC2154 # $root is the script's

# Lets the compiler cache answer for another clone of the same commit too.
export CCACHE_BASEDIR="$root"
export CCACHE_NOHASHDIR=true
if [ ! -w "${HOME:-/nonexistent}" ]; then
    export CCACHE_DIR="$root/build/ccache"
fi

# Git refuses a checkout of another owner (a bind mount, a container), unless told
# that this one is meant.
git_here() {
    git -c safe.directory="$root" "$@"
}

# Paths of all our files that match the patterns, one per line; also those that git
# does not know yet. From an unpacked archive without history: what lies there.
our_files() {
    if git_here rev-parse --git-dir >/dev/null 2>&1; then
        git_here ls-files --cached --others --exclude-standard -- "$@" | sort -u | while read -r file; do
            [ ! -f "$file" ] || printf '%s\n' "$file"
        done
    else
        for pattern in "$@"; do
            find . -name "$pattern" -not -path './build/*' -type f
        done | sed 's,^\./,,' | sort -u
    fi
}
