#!/bin/sh
# Fails, naming file and line, where a C++ file is not formatted as .clang-format says.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. packaging/build-settings.sh
mkdir -p build

our_files '*.h' '*.cpp' >build/formatting-files.txt
[ -s build/formatting-files.txt ] || {
    echo "check-formatting: found no C++ file in $root" >&2
    exit 1
}
tr '\n' '\0' <build/formatting-files.txt | xargs -0 clang-format --dry-run --Werror
echo "$(wc -l <build/formatting-files.txt) files are formatted as .clang-format says."
