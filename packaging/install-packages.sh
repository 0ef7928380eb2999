#!/bin/sh
# Installs the Debian packages of the named lists (build, run, test) that are missing here.
#
# usage: packaging/install-packages.sh LIST...
#
# Nothing is asked and nothing is changed when all of them are there.
set -eu
export LC_ALL=C

lists_dir=$(cd "$(dirname "$0")/packages" && pwd)

fail() {
    printf 'install-packages: %s\n' "$1" >&2
    exit 1
}

packages_of_lists() {
    for list in "$@"; do
        sed 's/#.*//' "$lists_dir/$list.txt"
    done | tr -s ' \t' '\n' | sed '/^$/d' | sort -u
}

missing_packages() {
    wanted=$(packages_of_lists "$@")
    # shellcheck disable=SC2086 # one word per package
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
        sed -n 's/ installed$//p' | sort -u >"$scratch/installed" || true
    printf '%s\n' "$wanted" | comm -23 - "$scratch/installed"
}

# The words to put before a command that only root may run: none, or sudo.
how_to_be_root() {
    if [ "$(id -u)" -eq 0 ]; then
        return
    fi
    command -v sudo >/dev/null ||
        fail "apt needs root and there is no sudo: run 'sh packaging/install-packages.sh $*' as root once"
    if [ -t 0 ] && [ -t 1 ]; then
        echo sudo
    else
        sudo -n true 2>/dev/null ||
            fail "apt needs root and nobody can type a password here: run 'sudo sh packaging/install-packages.sh $*' once"
        echo 'sudo -n'
    fi
}

# What apt would do, in its own words, and our guess at the time: 5 MB a second to
# fetch, 4 packages a second to unpack.
tell_the_cost() {
    megabytes=$(apt-get install --print-uris -qq --no-install-recommends "$@" 2>/dev/null |
        awk '{ bytes += $3; count += 1 } END { printf "%d %d", bytes / 1e6, count }')
    files=${megabytes#* }
    megabytes=${megabytes% *}
    echo "To fetch: $megabytes MB in $files packages; this takes about $(((megabytes / 5 + files / 4) / 60 + 1)) min."
}

[ "$#" -gt 0 ] || fail "which lists? usage: packaging/install-packages.sh build|run|test..."
for list in "$@"; do
    [ -f "$lists_dir/$list.txt" ] || fail "no list of packages named '$list' in $lists_dir"
done
command -v apt-get >/dev/null || fail "this is no Debian: apt-get is missing; the lists stand in $lists_dir"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

missing=$(missing_packages "$@")
if [ -z "$missing" ]; then
    echo "All packages of the lists '$*' are installed."
    exit 0
fi

echo "Missing Debian packages (lists: $*):"
printf '%s\n' "$missing" | tr '\n' ' ' | fold -s -w 90 | sed 's/^/  /'
echo
as_root=$(how_to_be_root "$@")
[ -z "$as_root" ] || echo "Root is needed for apt only; sudo may ask for your password."

# shellcheck disable=SC2086 # word lists on purpose, here and below
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null
# shellcheck disable=SC2086
tell_the_cost $missing
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 $missing </dev/null

still_missing=$(missing_packages "$@" | tr '\n' ' ')
[ -z "$still_missing" ] || fail "apt ended well, but these are not installed: $still_missing"
