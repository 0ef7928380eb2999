#!/bin/sh
# The server's benchmarks; README.md beside this says what they are.
#
# usage: tests/bench/run-server.sh [ROUNDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
export CONGLANG_SOURCE_DIR="$root"
export CONGLANG_BIN_DIR="${CONGLANG_BIN_DIR:-$root/build/release/bin}"
python3 -B "$root/tests/bench/server_bench.py" "${1:-5}"
