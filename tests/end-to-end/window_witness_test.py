"""Reads the window itself under Xvfb while clips play: a witness from outside the player.

The gap test reads back what the player composed; this one looks at what the X server
shows. The machine is shared, so only what must never happen is asserted tightly.
"""

import mmap
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(os.environ["CONGLANG_BIN_DIR"])
CLIPS = [BIN.parent / "barcode-clips" / name
         for name in ("01-h264-360p30-1s.mp4", "02-h264-360p30-2s.mp4", "06-hevc-360p30-1s.mp4")]
FRAMES = {1: 30, 2: 60, 6: 30}
ORDER = [1, 2, 6]
WIDTH, HEIGHT, CELLS = 640, 360, 24
SECONDS, RATE = 14, 200


def check_of(clip, frame):
    crc = 0xFFFF
    for byte in (clip, frame >> 8, frame & 0xFF):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


class Screen:
    """The frame buffer of an Xvfb of our own, mapped into memory."""

    def __init__(self, folder):
        ours, theirs = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
             "-fbdir", folder, "-nolisten", "tcp", "-noreset"],
            pass_fds=[theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs)
        number = b""
        while not number.endswith(b"\n"):  # the server ends when nobody reads its last byte
            byte = os.read(ours, 1)
            if not byte:
                sys.exit("Xvfb did not start")
            number += byte
        self.display = ":" + number.decode().strip()
        os.close(ours)
        file = open(os.path.join(folder, "Xvfb_screen0"), "rb")
        self.pixels = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self.pixels[:100])  # XWDFileHeader of X11/XWDFile.h
        self.start = header[0] + 12 * header[19]
        self.stride = header[12]

    def bits(self, row):
        y = (2 * row + 1) * HEIGHT // 32
        value = 0
        for cell in range(CELLS):
            x = (2 * cell + 1) * WIDTH // (2 * CELLS)
            at = self.start + y * self.stride + 4 * x
            blue, green, red = self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]
            value = value << 1 | (blue + 2 * green + red > 4 * 128)
        return value

    def look(self):
        """(clip, frame), "black" or "other"."""
        upper, lower = self.bits(0), self.bits(1)
        clip, frame = upper >> 12 & 0xFF, (lower >> 16 & 0xF) << 12 | upper & 0xFFF
        if upper >> 20 == 0b1010 and lower >> 20 == 0b0101 and lower & 0xFFFF == check_of(clip, frame):
            return clip, frame
        for step in range(16):
            at = self.start + (step * HEIGHT // 16) * self.stride + 4 * (step * WIDTH // 16)
            if max(self.pixels[at:at + 3]) > 24:
                return "other"
        return "black"

    def close(self):
        self.server.terminate()
        self.server.wait()


def watch(screen, player):
    """The changes of the picture: (when, what), from the first clip on."""
    seen = []
    end = None
    patience = time.monotonic() + 60
    while end is None or time.monotonic() < end:
        if end is None and time.monotonic() > patience:
            sys.exit(f"no clip on the screen after 60 s, but {screen.look()}")
        if player.poll() is not None:
            sys.exit(f"the player ended by itself with {player.returncode}")
        now, what = time.monotonic(), screen.look()
        if end is None and isinstance(what, tuple):
            end = now + SECONDS
        if end is not None and (not seen or seen[-1][1] != what):
            seen.append((now, what))
        time.sleep(1 / RATE)
    return seen


def without_torn(seen):
    """Drops what stood for less than 12 ms: the picture was looked at while it was copied."""
    kept = []
    for (when, what), (until, _) in zip(seen, seen[1:]):
        if not isinstance(what, tuple) and until - when < 0.012:
            continue
        if not kept or kept[-1][1] != what:
            kept.append((when, what))
    return kept


def judge(seen):
    faults = []
    gaps, missing = [], 0
    for (_, before), (when, now) in zip(seen, seen[1:]):
        if not isinstance(now, tuple):
            faults.append(f"a {now} picture after {before}")
            continue
        if not isinstance(before, tuple):
            continue
        if before[0] == now[0]:
            if now[1] <= before[1]:
                faults.append(f"{now} after {before}: it went back")
            missing += now[1] - before[1] - 1
            continue
        if ORDER[(ORDER.index(before[0]) + 1) % len(ORDER)] != now[0]:
            faults.append(f"clip {now[0]} after clip {before[0]}")
        missing += FRAMES[before[0]] - 1 - before[1] + now[1]
        gaps.append(when)
    frames = sum(1 for _, what in seen if isinstance(what, tuple))
    return faults, gaps, missing, frames


def gap_lengths(seen):
    """How much longer than its 33 ms the last picture of each clip stayed."""
    lengths = []
    for (shown, before), (until, now) in zip(seen, seen[1:]):
        if isinstance(before, tuple) and isinstance(now, tuple) and before[0] != now[0]:
            lengths.append((until - shown) * 1000 - 1000 / 30)
    return lengths


def main():
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(folder)
        environment = dict(os.environ, DISPLAY=screen.display, SDL_AUDIODRIVER="dummy")
        environment.pop("WAYLAND_DISPLAY", None)
        player = subprocess.Popen(
            [BIN / "conglang-player", "play", "--fullscreen", "--loop", *CLIPS],
            env=environment, stdin=subprocess.DEVNULL)
        try:
            seen = without_torn(watch(screen, player))
        finally:
            player.terminate()
            player.wait(20)
            screen.close()
    faults, changes, missing, frames = judge(seen)
    lengths = gap_lengths(seen)
    print(f"{len(changes)} changes, {frames} frames seen, {missing} never seen, "
          f"gaps in ms: {[round(length) for length in lengths]}")
    if len(changes) < 7:
        faults.append(f"only {len(changes)} changes of clip in {SECONDS} s")
    if frames < 9 * missing:
        faults.append("more than a tenth of the frames was never on the screen")
    if lengths and statistics.median(lengths) > 50:
        faults.append("the last picture of a clip stays too long")
    if player.returncode != 0:
        faults.append(f"the player ended with {player.returncode}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
