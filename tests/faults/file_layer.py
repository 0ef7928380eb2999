"""The driver's side of the file layer: counts file operations of a program, and at the n-th
of them kills it, fails the call or pretends that the disk is full."""

import mmap
import os
import pathlib
import struct

KILL, IO_ERROR, DISK_FULL = 1, 2, 3


class FileLayer:
    """One control file; give environment() to the program that shall feel it."""

    def __init__(self, control, root):
        self.path, self.root = pathlib.Path(control), pathlib.Path(root)
        self.path.write_bytes(bytes(64))
        with open(self.path, "r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 64)

    def environment(self):
        library = pathlib.Path(os.environ["CONGLANG_BIN_DIR"]).parent / "tests/libfile_faults.so"
        if not library.exists():
            raise FileNotFoundError(library)
        return {"LD_PRELOAD": str(library), "CONGLANG_FAULTS": str(self.path),
                "CONGLANG_FAULTS_ROOT": str(self.root)}

    def _read(self, place):
        return struct.unpack_from("<q", self._memory, place * 8)[0]

    def _write(self, place, value):
        struct.pack_into("<q", self._memory, place * 8, value)

    @property
    def calls(self):
        return self._read(0)

    @property
    def acted(self):
        return self._read(3)

    def strike_at(self, nth, act, calls=1):
        """At the nth counted call from now on, and at so many calls from there."""
        self._write(1, 0)
        start = self.calls
        self._write(2, act)
        self._write(4, start + nth + calls - 1)
        self._write(3, 0)
        self._write(1, start + nth)

    def rest(self):
        self._write(1, 0)
