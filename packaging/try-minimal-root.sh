#!/bin/sh
# Tries a command of ours in a fresh minimal Debian 12 where nothing was installed by hand.
#
# usage: packaging/try-minimal-root.sh [--user] FOLDER [SCRIPT [ARGUMENT...]]
#
# Makes the minimal system in FOLDER (or uses the one there), clones the last commit of this
# checkout into it and runs SCRIPT (packaging/test.sh when not given) inside, without
# terminal, input or display. --user installs the packages as root and runs SCRIPT as an
# ordinary user. Needs root, debootstrap and about 6 GB below FOLDER.
#
# The new root is entered with a mount namespace and pivot_root: in a chroot, programs that
# make namespaces of their own (bubblewrap) cannot work. Delete FOLDER to start afresh.
set -eu

checkout=$(cd "$(dirname "$0")/.." && pwd)

fail() {
    echo "try-minimal-root: $1" >&2
    exit 1
}

as_user=no
if [ "${1:-}" = --user ]; then
    as_user=yes
    shift
fi
[ "$#" -ge 1 ] || fail "in which folder? usage: packaging/try-minimal-root.sh [--user] FOLDER [SCRIPT...]"
[ "$(id -u)" -eq 0 ] || fail "needs root, for debootstrap and for the mounts"
command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
mkdir -p "$1"
new_root=$(cd "$1" && pwd)
shift
[ "$#" -gt 0 ] || set -- packaging/test.sh
[ "$new_root" != / ] || fail "not in /"

# The first archive of bookworm that this machine itself installs from.
debian_archive() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -nE 's,^(deb +(\[[^]]*\] +)?|URIs: *)(https?://[^ ]*/debian)/?( .*)?$,\3,p' | head -n 1
}

make_minimal_system() {
    archive=$(debian_archive)
    debootstrap --variant=minbase bookworm "$new_root" "${archive:-http://deb.debian.org/debian}"
    touch "$new_root/.minimal-system-is-complete"
}

# The way out to the network is the host's: archives of Debian, proxies, name servers.
copy_network_settings() {
    rm -f "$new_root/etc/apt/sources.list"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
        if [ -f "$file" ] && grep -qsE '/debian(-security)?/?( |$)' "$file"; then
            cp "$file" "$new_root${file}"
        fi
    done
    for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
        if [ -f "$file" ] && grep -qsE '^ *Acquire::(http|https|ftp|Check-Valid-Until|Check-Date|Retries)' "$file"; then
            cp "$file" "$new_root${file}"
        fi
    done
    cp -L /etc/resolv.conf "$new_root/etc/resolv.conf"
}

clone_here() {
    rm -rf "$new_root/home/visitor/conglang"
    mkdir -p "$new_root/home/visitor"
    git -c safe.directory='*' clone -q --no-hardlinks "$checkout" "$new_root/home/visitor/conglang"
    git -C "$new_root/home/visitor/conglang" log -1 --format='Trying %h %s'
    if [ "$as_user" = yes ]; then
        chroot "$new_root" sh -c 'id visitor >/dev/null 2>&1 || useradd --home-dir /home/visitor visitor'
        chroot "$new_root" chown -R visitor: /home/visitor
    fi
}

# What runs inside the new mount and process namespaces, before and after the pivot.
cat_inside_script() {
    cat <<'INSIDE'
set -eu
new_root=$1 as_user=$2
shift 2
mount --make-rprivate /
mount --bind "$new_root" "$new_root"
cd "$new_root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 tmpfs tmp
mkdir -p old-root
pivot_root . old-root
cd /
umount -l /old-root
rmdir /old-root
cd /home/visitor/conglang
if [ "$as_user" = yes ]; then
    sh packaging/install-packages.sh build run test
    exec setpriv --reuid visitor --regid visitor --init-groups sh "$@"
fi
exec sh "$@"
INSIDE
}

if [ ! -e "$new_root/.minimal-system-is-complete" ]; then
    [ -z "$(ls -A "$new_root")" ] || fail "$new_root is not empty and no finished minimal system"
    make_minimal_system
fi
copy_network_settings
clone_here
home=/root
[ "$as_user" = no ] || home=/home/visitor
# Proxies only: nothing else of this machine's environment may matter.
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LANG=C.UTF-8 CI=true \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    ${no_proxy:+no_proxy="$no_proxy"} \
    unshare --mount --pid --fork sh -c "$(cat_inside_script)" inside "$new_root" "$as_user" "$@" </dev/null
