#!/bin/sh
# Makes the pictures of the README with the programs themselves.
# usage: sh packaging/make-screenshots.sh [BUILD_FOLDER]   (default build/release; after packaging/demo.sh)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${1:-$root/build/release}
demo=$root/build/demo
out=$root/assets/screenshots
publication=$root/playlists/samples/hoa-phong/publication.json
mkdir -p "$out"

card() { # ITEM SIZE LANGUAGE NAME
    "$build/bin/conglang-player" render "$publication" --item "$1" --size "$2" --language "$3" \
        --out "$out/$4.png" >/dev/null
}
card text-chao-mung 960x540 both welcome-both
card card-tuong-ban 960x540 vi entry-vi
card card-tuong-ban 960x540 en entry-en
card card-pho-hien 960x540 both entry-both
card card-chua-van-duong 540x960 both entry-portrait
card text-chao-mung 540x960 both welcome-portrait

frames=$(mktemp -d)
env -u DISPLAY -u WAYLAND_DISPLAY "$build/bin/conglang-player" run --repository "$demo/repository" \
    --root "$demo/keys/root.json" --size 960x540 --mute --exit-after 4.5 \
    --capture-at 4 --capture-dir "$frames"
mv "$frames/at-004000ms.png" "$out/film.png"
rmdir "$frames"
ls -l "$out"
