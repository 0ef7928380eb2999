#!/bin/sh
# Installs what is missing, builds everything and runs every test.
#
# usage: packaging/test.sh [--full]
#
# --full adds the slow half: the linter on every file instead of the changed ones,
# and the tests under the thread sanitizer. CONTRIBUTING.md says how long each step takes.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
full=no
case "$*" in
    '') ;;
    --full) full=yes ;;
    *)
        echo "usage: packaging/test.sh [--full]" >&2
        exit 2
        ;;
esac

. packaging/steps.sh
. packaging/build-settings.sh

sanitizer_options() {
    ASAN_OPTIONS=detect_stack_use_after_return=1:check_initialization_order=1:strict_string_checks=1
    UBSAN_OPTIONS=print_stacktrace=1
    LSAN_OPTIONS=suppressions=$root/tests/sanitizers/leaks.supp:print_suppressions=0
    TSAN_OPTIONS=suppressions=$root/tests/sanitizers/threads.supp:second_deadlock_stack=1
    export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS TSAN_OPTIONS
}

# build_preset PRESET: programs and tests. An old cache without tests gets them.
build_preset() {
    cmake --preset "$1" -DCONGLANG_TESTS=ON
    cmake --build --preset "$1" --parallel "$(nproc)"
}

# Two at a time everywhere: the tests that watch the clock were sized for that.
run_tests() {
    ctest --preset "$1" --parallel 2 --no-tests=error </dev/null
}

make_assets() {
    sh assets/demo/make-assets.sh </dev/null
}

step "packages" sh packaging/install-packages.sh build run test
step "sample assets" make_assets
step "formatting" sh packaging/check-formatting.sh
step "build (release)" build_preset release
step "tests (release)" run_tests release
if [ "$full" = yes ]; then
    step "linter, every file" sh packaging/lint.sh --all
else
    step "linter, changed files" sh packaging/lint.sh
fi
sanitizer_options
step "build (Clang, address and undefined behaviour sanitizers)" build_preset asan
step "tests (address and undefined behaviour sanitizers)" run_tests asan
if [ "$full" = yes ]; then
    step "build (Clang, thread sanitizer)" build_preset tsan
    step "tests (thread sanitizer)" run_tests tsan
fi
printf '\nEvery step passed.\n'
