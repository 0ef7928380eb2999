#!/bin/sh
# Shows the sample commune on this machine: its office's server, a signed and approved
# programme, and an enrolled kiosk in a window.
#
# usage: packaging/demo.sh [--headless SECONDS] [--pictures DIR]
#
# --headless needs no display: two kiosks run in memory for SECONDS and leave
# pictures of what was on their screens in DIR (build/demo/pictures when not given).
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

office() {
    python3 -B packaging/demo_office.py "$@"
}

# The office as a commune would have it: its server, its first person, its keys, the sample
# signed by an approver, and its kiosks enrolled.
prepare_office() {
    $bin/conglang-playlists check $publication/publication.json
    trap 'code=$?; office stop; steps_ended $code' EXIT
    if [ -z "$headless" ]; then office prepare gate; else office prepare gate hall; fi
}

words_to_try() {
    cat <<'WORDS'

  Cổng Làng is opening a window: the kiosk "gate" of the commune of Hoa Phong.
  To leave: press Esc, or close the window.

  The office runs on this machine as well. Its account: lan; the password of this demo
  is in build/demo/account.json. Five things to try, in a second terminal:

    office="python3 packaging/demo_office.py"
    $office hide text-chao-mung                     one person takes it down, at once
    $office show-again text-chao-mung               ... and only an approver brings it back
    $office say "Cảnh báo mưa bão" "Storm warning"  an urgent message, for ten minutes
    $office retitle text-chao-mung "Mời bà con"     a change: signed, then on the screen
    $office stop                                    the office is gone; the show goes on

  More: $office (without a command) lists them all.

WORDS
}

show_window() {
    words_to_try
    $bin/conglang-player run --data $demo/kiosks/gate --size 1280x720
}

# run_in_memory KIOSK NAME SIZE LANGUAGE SECONDS TIMES: an enrolled kiosk without a display,
# which leaves pictures NAME-*.png of the given times.
run_in_memory() {
    mkdir -p "$pictures/$2"
    env -u DISPLAY -u WAYLAND_DISPLAY \
        "$bin/conglang-player" run --data "$demo/kiosks/$1" --size "$3" --language "$4" --mute \
        --exit-after "$5" --capture-at "$6" --capture-dir "$pictures/$2"
}

# both_ways LANGUAGE SECONDS TIMES: landscape and portrait at the same time.
both_ways() {
    run_in_memory gate "landscape-$1" 1920x1080 "$1" "$2" "$3" &
    landscape=$!
    run_in_memory hall "portrait-$1" 1080x1920 "$1" "$2" "$3" &
    portrait=$!
    wait $landscape
    wait $portrait
}

# The first run fetches the programme from the office; this ends once both have it.
fetch_programme() {
    for kiosk in gate hall; do
        env -u DISPLAY -u WAYLAND_DISPLAY \
            "$bin/conglang-player" run --data "$demo/kiosks/$kiosk" --size 640x360 --mute \
            --exit-after 60 &
        echo $! >"$demo/$kiosk.pid"
    done
    office await gate hall
    for kiosk in gate hall; do
        kill "$(cat "$demo/$kiosk.pid")"
    done
    wait
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
step "the office: set up, published, its kiosks enrolled" prepare_office
if [ -z "$headless" ]; then
    step "the player" show_window
else
    touch $demo/pictures.before
    step "the programme travels to the kiosks" fetch_programme
    step "the kiosks, in both languages at once" both_ways both "$headless" "$(five_moments "$headless")"
    step "the kiosks in Vietnamese" both_ways vi 4 2,3.5
    step "the kiosks in English" both_ways en 4 2,3.5
    step "one item of each kind" draw_each_kind
    step "pictures in $pictures" list_pictures
fi
