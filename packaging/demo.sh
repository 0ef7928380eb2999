#!/bin/sh
# Shows the sample commune on this machine: one player, a signed programme, a window.
#
# usage: packaging/demo.sh [--headless SECONDS] [--pictures DIR]
#
# --headless needs no display: the player runs in memory for SECONDS and leaves
# pictures of what was on the screen in DIR (build/demo/pictures when not given).
# --pictures alone means --headless 20, and so does no option where there is no display.
set -eu

here=$(pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

usage() {
    echo "usage: packaging/demo.sh [--headless SECONDS] [--pictures DIR]" >&2
    exit 2
}

headless=
pictures=
while [ "$#" -gt 0 ]; do
    if [ "$#" -lt 2 ] || [ -z "$2" ]; then usage; fi
    case "$1" in
        --headless) headless=$2 ;;
        --pictures) pictures=$2 ;;
        *) usage ;;
    esac
    shift 2
done
case "$headless" in
    *[!0-9]*) usage ;;
    '') ;;
    *)
        if [ "$headless" -lt 2 ]; then
            echo "demo: --headless needs at least 2 seconds" >&2
            exit 2
        fi
        ;;
esac
[ -z "$pictures" ] || headless=${headless:-20}
case "$pictures" in
    '') pictures=$root/build/demo/pictures ;;
    /*) ;;
    *) pictures=$here/$pictures ;;
esac
if [ -z "$headless" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    headless=20
    echo "No display here, so the player runs without one for $headless seconds and leaves pictures."
fi

. packaging/steps.sh
. packaging/build-settings.sh

publication=playlists/samples/hoa-phong
demo=build/demo
bin=build/release/bin

build_programs() {
    # A folder that packaging/test.sh configured keeps its tests.
    if [ -f build/release/build.ninja ]; then
        cmake --preset release
    else
        cmake --preset release -DCONGLANG_TESTS=OFF
    fi
    cmake --build --preset release --parallel "$(nproc)" \
        --target conglang-player --target conglang-server --target conglang-playlists
}

# Keys for this folder only. The passphrase is random and stays beside them, readable by
# their owner alone: it guards nothing but this demo. An office types its own.
make_keys() {
    if [ -f $demo/keys/root.json ] && [ -f $demo/keys.passphrase ]; then
        echo "The demo keys in $demo/keys are there already."
        return
    fi
    # What older keys signed would not be trusted by new ones.
    rm -rf $demo/keys $demo/keys.passphrase $demo/repository $demo/player*
    mkdir -p $demo
    (umask 077 && od -An -N 24 -tx1 /dev/urandom | tr -d ' \n' >$demo/keys.passphrase)
    $bin/conglang-server keys create --out $demo/keys --passphrase-fd 3 3<$demo/keys.passphrase
}

sign_publication() {
    $bin/conglang-playlists check $publication/publication.json
    $bin/conglang-server pack $publication --keys $demo/keys --out $demo/repository \
        --passphrase-fd 3 3<$demo/keys.passphrase
}

show_window() {
    cat <<'WORDS'

  Cổng Làng is opening a window with the sample commune of Hoa Phong.
  To leave: press Esc, or close the window.

WORDS
    $bin/conglang-player run --repository $demo/repository --root $demo/keys/root.json \
        --data $demo/player --size 1280x720
}

# run_in_memory NAME SIZE LANGUAGE SECONDS TIMES: plays without a display, each run with
# its own data, and leaves pictures NAME-*.png of the given times.
run_in_memory() {
    mkdir -p "$pictures/$1"
    env -u DISPLAY -u WAYLAND_DISPLAY \
        "$bin/conglang-player" run --repository $demo/repository --root $demo/keys/root.json \
        --data "$demo/player-$1" --size "$2" --language "$3" --mute \
        --exit-after "$4" --capture-at "$5" --capture-dir "$pictures/$1"
}

# both_ways LANGUAGE SECONDS TIMES: landscape and portrait at the same time.
both_ways() {
    run_in_memory "landscape-$1" 1920x1080 "$1" "$2" "$3" &
    landscape=$!
    run_in_memory "portrait-$1" 1080x1920 "$1" "$2" "$3" &
    portrait=$!
    wait $landscape
    wait $portrait
}

# Five moments spread over so many seconds.
five_moments() {
    awk -v seconds="$1" 'BEGIN {
        for (i = 1; i <= 5; i++) printf "%s%.2f", (i > 1 ? "," : ""), seconds * (i - 0.5) / 5
    }'
}

# One "kind id" line for the first item of each kind in the publication.
first_of_each_kind() {
    python3 - $publication/publication.json <<'PYTHON'
import json
import sys

first = {}
for playlist in json.load(open(sys.argv[1], encoding="utf-8"))["playlists"]:
    for item in playlist["items"]:
        first.setdefault(item["kind"], item["id"])
for kind, item in first.items():
    print(kind, item)
PYTHON
}

# As the kiosk draws them: one of each kind, in every language, both ways round.
draw_each_kind() {
    mkdir -p "$pictures/items"
    first_of_each_kind >$demo/kinds
    while read -r kind item; do
        for language in vi en both; do
            for way in landscape:1920x1080 portrait:1080x1920; do
                $bin/conglang-player render $publication/publication.json --item "$item" \
                    --size "${way#*:}" --language $language \
                    --out "$pictures/items/$kind-$language-${way%:*}.png" </dev/null
            done
        done
    done <$demo/kinds
}

# The pictures of this run, by name; there are some.
list_pictures() {
    find "$pictures" -name '*.png' -size +0 -newer $demo/pictures.before | sort >$demo/pictures.txt
    if [ ! -s $demo/pictures.txt ]; then
        echo "demo: the player left no picture in $pictures" >&2
        return 1
    fi
    sed 's/^/  /' $demo/pictures.txt
}

step "packages" sh packaging/install-packages.sh build run
step "build" build_programs
step "sample assets" sh assets/demo/make-assets.sh
step "demo keys" make_keys
step "signing the sample commune" sign_publication
if [ -z "$headless" ]; then
    step "the player" show_window
else
    touch $demo/pictures.before
    step "the player, in both languages at once" both_ways both "$headless" "$(five_moments "$headless")"
    step "the player in Vietnamese" both_ways vi 4 2,3.5
    step "the player in English" both_ways en 4 2,3.5
    step "one item of each kind" draw_each_kind
    step "pictures in $pictures" list_pictures
fi
