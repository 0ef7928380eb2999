#!/bin/sh
# Makes the small clips and pictures that the tests of player/media read.
# usage: make-clips.sh OUT_DIR   (needs ffmpeg and python3; about 3 s on two cores)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
cd "$out"

make() { ffmpeg -nostdin -v error -y -threads 1 "$@"; }
picture() { echo "testsrc2=size=$1:rate=$2:duration=$3"; }
tone="sine=frequency=1000:sample_rate=48000"

make -f lavfi -i "$(picture 640x360 30 2)" -f lavfi -i "$tone:duration=2" -c:v libx264 \
  -pix_fmt yuv420p -bf 2 -g 15 -c:a aac -ac 2 -shortest h264-aac.mp4
make -f lavfi -i "$(picture 320x180 30 1)" -f lavfi -i "$tone:duration=1" -c:v libvpx-vp9 \
  -deadline realtime -cpu-used 8 -c:a libopus vp9-opus.webm
make -f lavfi -i "$(picture 320x180 25 1)" -c:v libx265 -x265-params log-level=none \
  -preset ultrafast -pix_fmt yuv420p hevc.mp4
make -f lavfi -i "$(picture 320x180 25 1)" -c:v libx265 -x265-params log-level=none \
  -preset ultrafast -pix_fmt yuv420p10le hevc-10bit.mp4
make -f lavfi -i "$(picture 320x240 25 1)" -c:v mpeg4 -bf 2 mpeg4.avi
make -f lavfi -i "$(picture 322x178 30000/1001 1)" -c:v libx264 -pix_fmt yuv420p odd-ntsc.mp4
make -f lavfi -i "testsrc=size=321x181:rate=25:duration=1" -c:v libx264 -pix_fmt yuv444p odd-444.mkv
make -f lavfi -i "$(picture 320x180 60 1)" -c:v libx264 -pix_fmt yuv420p sixty.mp4
make -f lavfi -i "$(picture 320x180 25 1)" -f lavfi \
  -i "sine=frequency=440:sample_rate=44100:duration=1" -c:v libx264 -pix_fmt yuv420p \
  -c:a aac -ac 1 mono-44k.mp4
make -i h264-aac.mp4 -c copy -metadata:s:v:0 rotate=90 rotated.mp4
make -i h264-aac.mp4 -c copy -f mpegts h264-aac.ts
make -i h264-aac.mp4 -c copy -movflags faststart faststart.mp4
make -f lavfi -i "color=c=0xff0000:size=64x64:rate=10:duration=0.5" -vf format=yuv420p \
  -c:v libx264 -color_range pc -colorspace bt709 -crf 1 red-709-full.mp4
make -f lavfi -i "color=c=red:size=64x48:rate=5:duration=0.6" moving.gif
make -f lavfi -i "color=c=blue:size=64x48" -frames:v 1 single.gif
make -f lavfi -i "$(picture 1600x1200 1 1)" -frames:v 1 -q:v 2 -pix_fmt yuvj420p plain.jpg
make -f lavfi -i "color=c=red@0.5:size=64x48,format=rgba" -frames:v 1 half-red.png
make -f lavfi -i "color=c=0x3366cc:size=64x48,format=rgb48be" -frames:v 1 sixteen-bit.png
make -f lavfi -i "color=c=green:size=64x48" -frames:v 1 -c:v libwebp -lossless 1 green.webp
make -f lavfi -i "$tone:duration=1" -c:a aac only-sound.m4a

head -c 20000 faststart.mp4 > cut-off.mp4
head -c 20000 h264-aac.mp4 > no-index.mp4
: > empty.mp4
head -c 60000 plain.jpg > cut-off.jpg
python3 "$here/odd_files.py" .
