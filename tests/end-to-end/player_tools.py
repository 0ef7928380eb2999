"""Starts conglang-player without a display and reads what it leaves: log, events, pictures."""

import os
import pathlib
import struct
import subprocess
import zlib

BIN = pathlib.Path(os.environ["CONGLANG_BIN_DIR"])
PLAYER = BIN / "conglang-player"
CLIPS = BIN.parent / "barcode-clips"
PATIENCE = 90  # seconds; the machine may be busy


def environment():
    """Of a machine without display and loudspeaker."""
    ours = {name: value for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    ours["SDL_AUDIODRIVER"] = "dummy"
    return ours


def run_player(*arguments):
    return subprocess.run([PLAYER, *map(str, arguments)], env=environment(),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=PATIENCE)


def event_lines(ended):
    return [line for line in ended.stderr.splitlines() if line.startswith("event ")]


def event_kinds(ended):
    return [line.split()[1] for line in event_lines(ended)]


def event_subjects(ended):
    return [line.split('subject="')[1].split('"')[0] for line in event_lines(ended)]


def pictures_of(frame_log):
    """Each picture shown, as a dictionary by column."""
    lines = frame_log.read_text().splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


def items_of(pictures):
    """The items in the order shown; one that is shown on counts once."""
    shown = []
    for picture in pictures:
        if picture["item"] and (not shown or shown[-1] != picture["item"]):
            shown.append(picture["item"])
    return shown


def longest_wait(pictures):
    """The most seconds between two pictures."""
    moments = [int(picture["presented_ns"]) for picture in pictures]
    return max((b - a for a, b in zip(moments, moments[1:])), default=0) / 1e9


class Png:
    """A picture of 8 bits RGB, as the player writes them."""

    def __init__(self, path):
        data = path.read_bytes()
        if data[:8] != b"\x89PNG\r\n\x1a\n":
            raise ValueError(f"{path} is no PNG")
        packed, at = b"", 8
        while at < len(data):
            length, name = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + length]
            if zlib.crc32(name + body) != struct.unpack(">I", data[at + 8 + length:][:4])[0]:
                raise ValueError(f"{path}: a chunk is damaged")
            if name == b"IHDR":
                self.width, self.height, depth, colour = struct.unpack(">IIBB", body[:10])
                if (depth, colour) != (8, 2):
                    raise ValueError(f"{path} is not 8 bits RGB")
            if name == b"IDAT":
                packed += body
            at += length + 12
        self.rows = self._unfiltered(zlib.decompress(packed))

    @property
    def size(self):
        return self.width, self.height

    def _unfiltered(self, filtered):
        stride = 3 * self.width
        above, rows = bytearray(stride), []
        for start in range(0, len(filtered), stride + 1):
            kind = filtered[start]
            row = bytearray(filtered[start + 1:start + 1 + stride])
            undo_filter(kind, row, above)
            rows.append(row)
            above = row
        if len(rows) != self.height:
            raise ValueError("a PNG with too few rows")
        return rows

    def pixel(self, x, y):
        return tuple(self.rows[y][3 * x:3 * x + 3])

    def brightest(self):
        return max(max(row) for row in self.rows)

    def colours(self):
        """How many different colours a grid of up to 64 by 64 pixels finds."""
        return len({self.pixel(x, y) for y in range(0, self.height, max(1, self.height // 64))
                    for x in range(0, self.width, max(1, self.width // 64))})


def undo_filter(kind, row, above):
    """Source: PNG specification, section 9 (filtering), for three bytes a pixel."""
    if kind == 2:
        row[:] = bytes((value + up) & 255 for value, up in zip(row, above))
    elif kind:
        for at, value in enumerate(row):
            left = row[at - 3] if at >= 3 else 0
            up_left = above[at - 3] if at >= 3 else 0
            guess = {1: left, 3: (left + above[at]) // 2,
                     4: paeth(left, above[at], up_left)}[kind]
            row[at] = (value + guess) & 255


def paeth(left, up, up_left):
    estimate = left + up - up_left
    return min((left, up, up_left), key=lambda value: abs(estimate - value))
