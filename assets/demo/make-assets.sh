#!/bin/sh
# Renders the drawings to pictures and films: make-assets.sh [OUT]  (OUT: this folder)
#
#   OUT/pictures/*.png, *.jpg   1920x1080
#   OUT/clips/*.mp4             1080p30 H.264 High + AAC
#
# make-assets.sh --list prints what it makes and does nothing.
# What is newer than its sources is left as it is. Needs rsvg-convert and ffmpeg.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
drawings=$here/drawings
photos=" banyan-courtyard stone-bridge chrysanthemum "  # kept as JPEG
clips="gate-morning old-port lantern-night harvest-road"
fps=30

picture_name() { # DRAWING
  case $photos in
    *" $1 "*) echo "$1.jpg" ;;
    *) echo "$1.png" ;;
  esac
}

list() {
  for svg in "$drawings"/*.svg; do
    echo "pictures/$(picture_name "$(basename "$svg" .svg)")"
  done
  for clip in $clips; do
    echo "clips/$clip.mp4"
  done
}

is_newer() { # FILE SOURCE...
  file=$1
  shift
  [ -s "$file" ] && [ -z "$(find "$@" -newer "$file")" ]
}

quiet_ffmpeg() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }

make_picture() { # NAME
  target=$out/pictures/$(picture_name "$1")
  source=$drawings/$1.svg
  if is_newer "$target" "$source" "$here/make-assets.sh"; then return; fi
  echo "picture $(basename "$target")"
  rsvg-convert -w 1920 -h 1080 "$source" -o "$work/$1.png"
  case $target in
    *.jpg) quiet_ffmpeg -i "$work/$1.png" -pix_fmt yuvj420p -q:v 2 -update 1 \
      -bitexact "$work/$1.jpg" ;;
  esac
  mv "$work/$(basename "$target")" "$target"
}

# --- the layers of a drawing, each rendered by itself ---

layer() { # DRAWING LAYER[+LAYER] X Y WIDTH HEIGHT -> $work/LAYER.png: that part of it
  chosen="#$(echo "$2" | sed 's/+/,#/g')"
  printf '.layer{display:none}%s{display:inline}' "$chosen" >"$work/only.css"
  sed "s/viewBox=\"0 0 1920 1080\" width=\"1920\" height=\"1080\"/viewBox=\"$3 $4 $5 $6\" \
width=\"$5\" height=\"$6\"/" "$drawings/$1.svg" >"$work/part.svg"
  rsvg-convert -s "$work/only.css" "$work/part.svg" -o "$work/$2.png"
}

hanging() { # DRAWING LAYER X REACH HALF: what hangs from (X, -20), that point in the middle
  layer "$1" "$2" $(($3 - $5)) $((-20 - $4)) $(($5 * 2)) $(($4 * 2))
}

still="scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuva444p,\
loop=loop=-1:size=1:start=0,setpts=N/$fps/TB"

# --- sound: plucked strings in a scale of five notes, nothing recorded ---

pick() { # FREQUENCY...: the expression that chooses by the number of the beat
  index=0
  chosen=0
  for frequency in "$@"; do
    chosen="if(eq(ld(1),$index),$frequency,$chosen)"
    index=$((index + 1))
  done
  echo "$chosen"
}

string() { # BEAT DELAY FREQUENCY...: one plucked string, a note at every beat
  beat=$1
  delay=$2
  shift 2
  u="st(0,mod(t+$delay,$beat))*0+st(1,floor((t+$delay)/$beat))*0+st(2,$(pick "$@"))*0"
  body="sin(2*PI*ld(2)*ld(0))+0.45*exp(-3*ld(0))*sin(4*PI*ld(2)*ld(0))\
+0.22*exp(-6*ld(0))*sin(6*PI*ld(2)*ld(0))"
  echo "$u+0.42*min(1,ld(0)/0.006)*min(1,($beat-ld(0))/0.08)*exp(-2.4*ld(0))*($body)"
}

tune() { # SECONDS LEFT RIGHT OUT [FILTER]: two strings in a soft room
  quiet_ffmpeg -f lavfi -i "aevalsrc=exprs='$2|$3':c=stereo:s=48000:d=$1" -af "${5:-anull},\
pan=stereo|c0=0.75*c0+0.35*c1|c1=0.35*c0+0.75*c1,aecho=0.9:0.7:90|210:0.28|0.18,\
afade=t=in:d=0.2,afade=t=out:st=$(($1 - 2)):d=2,atrim=0:$1" -bitexact "$4"
}

encode() { # SECONDS SOUND OUT GRAPH INPUT...
  seconds=$1
  sound=$2
  target=$3
  graph=$4
  shift 4
  for name in "$@"; do
    set -- "$@" -framerate $fps -i "$work/$name.png"
    shift
  done
  quiet_ffmpeg "$@" -i "$sound" -filter_complex "$graph,format=yuv420p[film]" -map '[film]' \
    -map "$(($# / 4)):a" -t "$seconds" -r $fps -c:v libx264 -preset veryfast -crf 19 \
    -profile:v high -level 4.1 -g 60 -keyint_min 60 -sc_threshold 0 -bf 2 -flags +cgop \
    -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 \
    -c:a aac -b:a 160k -ac 2 -map_metadata -1 -fflags +bitexact -flags:v +bitexact \
    -flags:a +bitexact -movflags +faststart "$work/film.mp4"
  mv "$work/film.mp4" "$target"
}

over() { # BELOW INPUT X Y ABOVE: a layer laid on what is there, X and Y over the time t
  echo "[$2:v]${still}[l$2$5];[$1][l$2$5]overlay=x='$3':y='$4':format=yuv444:eval=frame[$5]"
}

ground() { # INPUT: the lowest layer
  echo "[$1:v]${still}[g]"
}

swing() { # INPUT ANGLE X Y BELOW ABOVE: a layer turned about its middle over the time t
  echo "[$1:v]$still,rotate=a='$2':c=black@0:ow=iw:oh=ih[r$1];\
[$5][r$1]overlay=x=$3:y=$4:format=yuv444[$6]"
}

# --- the films ---

gate_morning() { # early sun, drifting clouds, egrets; the camera walks to the right
  layer village-gate sky 0 0 1920 1080
  layer village-gate clouds -260 40 2440 460
  layer village-gate far -160 480 2240 600
  layer village-gate birds 430 240 430 150
  layer village-gate mid -160 0 2240 1080
  layer village-gate near -160 0 2240 1080
  tune 10 "$(string 1.2 0 293.66 392 493.88 440 392 329.63 392 293.66 0)" \
    "$(string 1.2 0.6 0 587.33 659.26 587.33 493.88 440 0 587.33 392 0)" "$work/sound.wav"
  encode 10 "$work/sound.wav" "$1" "$(ground 0);$(over g 1 '-335+15*t' 40 a);\
$(over a 2 '-122-7.5*t' 480 b);$(over b 3 '30+60*t' '270-6*t+8*sin(2*t)' c);\
$(over c 4 '-85-15*t' 0 d);$(over d 5 '-10-30*t' 0 e);[e]null" sky clouds far birds mid near
}

old_port() { # boats that sway at the quay
  layer old-port sky 0 0 1920 1080
  layer old-port clouds -260 40 2440 260
  layer old-port far 0 120 1920 640
  layer old-port river -160 740 2240 340
  layer old-port boat-left 310 490 500 410
  layer old-port boat-right 1130 500 480 390
  layer old-port boat-near 650 520 660 510
  tune 12 "$(string 1.5 0 220 293.66 329.63 440 392 329.63 293.66 220 0)" \
    "$(string 1.5 0.75 0 440 493.88 587.33 659.26 493.88 440 329.63 0)" "$work/sound.wav"
  encode 12 "$work/sound.wav" "$1" "$(ground 0);$(over g 1 '-340+15*t' 40 a);\
$(over a 2 0 120 b);$(over b 3 '-160+24*sin(0.9*t)' 740 c);\
$(over c 4 '235+15*t' '490+4*sin(1.5*t)' d);$(over d 5 '1205-15*t' '500+4*sin(1.4*t+2)' e);\
$(over e 6 '590+7.5*t' '520+7*sin(1.2*t+1)' f);[f]null" \
    sky clouds far river boat-left boat-right boat-near
}

lantern_night() { # star lanterns that swing, a lion head that nods to the drum
  layer mid-autumn-toys sky+moon 0 0 1920 1080
  layer mid-autumn-toys clouds -160 260 2240 260
  layer mid-autumn-toys far+toys 0 600 1920 480
  layer mid-autumn-toys lion 680 430 560 610
  hanging mid-autumn-toys lantern-1 250 580 220
  hanging mid-autumn-toys lantern-2 520 420 190
  hanging mid-autumn-toys lantern-3 1400 430 190
  hanging mid-autumn-toys lantern-4 1670 570 220
  drum="0.5*exp(-9*mod(t,0.8))*sin(2*PI*(95+60*exp(-30*mod(t,0.8)))*mod(t,0.8))\
+0.16*lt(mod(t,1.6),0.4)*gt(mod(t,1.6),0.2)*exp(-24*mod(t,0.2))*sin(2*PI*310*mod(t,0.2))"
  tune 12 "$(string 1.6 0 440 587.33 659.26 587.33 493.88 440 587.33 0)+$drum" \
    "$(string 1.6 0.8 0 783.99 880 659.26 783.99 587.33 493.88 440 0)+$drum" "$work/sound.wav"
  encode 12 "$work/sound.wav" "$1" "$(ground 0);$(over g 1 '-250+15*t' 260 a);\
$(over a 2 0 600 b);$(swing 3 '0.075*sin(1.9*t)' 30 -600 b c);\
$(swing 4 '0.06*sin(2.3*t+1)' 330 -440 c d);$(swing 5 '0.06*sin(2.2*t+2.4)' 1210 -450 d e);\
$(swing 6 '0.075*sin(1.8*t+3.6)' 1450 -590 e f);\
$(over f 7 '680+6*sin(PI*t/1.6)' '430-14*abs(sin(PI*t/0.8))' h);[h]null" \
    sky+moon clouds far+toys lantern-1 lantern-2 lantern-3 lantern-4 lion
}

harvest_road() { # traffic both ways through the ripe fields
  layer expressway sky 0 0 1920 1080
  layer expressway clouds -260 40 2440 240
  layer expressway far 0 280 1920 800
  layer expressway birds 440 360 970 130
  layer expressway road 0 600 1920 480
  layer expressway cars-back -260 740 2440 130
  layer expressway cars-front -260 790 2440 140
  layer expressway near -160 900 2240 180
  tune 10 "$(string 0.8 0 293.66 440 587.33 493.88 440 392 440 587.33 659.26 587.33 440 293.66 0)" \
    "$(string 0.8 0.4 0 587.33 659.26 783.99 659.26 587.33 493.88 659.26 783.99 880 587.33 0)" \
    "$work/sound.wav"
  encode 10 "$work/sound.wav" "$1" "$(ground 0);$(over g 1 '-335+15*t' 40 a);\
$(over a 2 0 280 b);$(over b 3 '140+60*t' '360+10*sin(1.5*t)' c);$(over c 4 0 600 d);\
$(over d 5 '-260-mod(300*t,2440)' 740 e);$(over e 6 '2180-mod(300*t,2440)' 740 f);\
$(over f 7 '-260+mod(240*t,2440)' 790 h);$(over h 8 '-2700+mod(240*t,2440)' 790 i);\
$(over i 9 '-85-15*t' 900 j);[j]null" \
    sky clouds far birds road cars-back cars-back cars-front cars-front near
}

make_clip() { # NAME DRAWING
  target=$out/clips/$1.mp4
  if is_newer "$target" "$drawings/$2.svg" "$here/make-assets.sh"; then return; fi
  echo "clip    $1.mp4"
  "$(echo "$1" | tr - _)" "$target"
}

if [ "${1:-}" = --list ]; then
  list
  exit 0
fi
out=${1:-$here}
for program in rsvg-convert ffmpeg; do
  command -v "$program" >/dev/null || {
    echo "make-assets.sh: $program is missing (Debian: librsvg2-bin, ffmpeg)" >&2
    exit 1
  }
done
mkdir -p "$out/pictures" "$out/clips"
work=$(mktemp -d "$out/clips/.making.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

for svg in "$drawings"/*.svg; do make_picture "$(basename "$svg" .svg)"; done
make_clip gate-morning village-gate
make_clip old-port old-port
make_clip lantern-night mid-autumn-toys
make_clip harvest-road expressway
echo "pictures and clips are in $out"
