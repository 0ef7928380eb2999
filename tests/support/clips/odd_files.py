"""Writes files that no encoder of ours makes. usage: odd_files.py DIR"""

import pathlib
import random
import struct
import subprocess
import sys

OUT = pathlib.Path(sys.argv[1])


def exif(orientation):
    """An APP1 segment that holds one entry: the orientation."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def run(*words):
    subprocess.run(words, check=True)


def make_turned():
    """Left half red, right half blue, as stored; 160x80."""
    plain = OUT / "halves.jpg"
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "color=c=red:size=80x80",
        "-f", "lavfi", "-i", "color=c=blue:size=80x80", "-filter_complex",
        "[0][1]hstack,format=yuvj444p", "-frames:v", "1", "-q:v", "1", str(plain))
    data = plain.read_bytes()
    for orientation in range(1, 9):
        turned = data[:2] + exif(orientation) + data[2:]
        (OUT / f"turned-{orientation}.jpg").write_bytes(turned)


def make_variants():
    run("convert", str(OUT / "plain.jpg"), "-interlace", "JPEG", str(OUT / "progressive.jpg"))
    run("convert", "-size", "64x48", "xc:#3366cc", "-colorspace", "CMYK", "-quality", "95",
        str(OUT / "cmyk.jpg"))


def make_garbage():
    dice = random.Random(1)
    (OUT / "garbage.mp4").write_bytes(dice.randbytes(50_000))
    (OUT / "playlist.mp4").write_text("ffconcat version 1.0\nfile h264-aac.mp4\n")
    (OUT / "playlist.m3u8").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n"
                                       "h264-aac.mp4\n#EXT-X-ENDLIST\n")
    # A JPEG whose header claims 20000 x 20000 pixels.
    data = bytearray((OUT / "plain.jpg").read_bytes())
    frame = data.index(b"\xff\xc0")
    data[frame + 5:frame + 9] = struct.pack(">HH", 20000, 20000)
    (OUT / "huge-claim.jpg").write_bytes(data)
    # A clip damaged in the middle: its index is whole, its packets are not.
    clip = bytearray((OUT / "faststart.mp4").read_bytes())
    middle = clip.index(b"mdat") + 4 + 20_000
    clip[middle:middle + 30_000] = dice.randbytes(30_000)
    (OUT / "damaged.mp4").write_bytes(clip)


make_turned()
make_variants()
make_garbage()
