"""A real file system that is small: a tmpfs in a mount namespace of the drill's own, so that
nobody else sees it and nothing is left behind."""

import os
import pathlib
import subprocess
import sys

INSIDE = "CONGLANG_IN_NAMESPACE"
WAYS = (["--mount"], ["--user", "--map-root-user", "--mount"])


def may_mount():
    """True inside of a mount namespace; starts this program again in one when that can be."""
    if os.environ.get(INSIDE):
        return True
    for way in WAYS[0 if os.geteuid() == 0 else 1:]:
        try:
            ended = subprocess.run(["unshare", *way, "mount", "-t", "tmpfs", "none", "/mnt"],
                                   capture_output=True)
        except FileNotFoundError:
            return False
        if ended.returncode == 0:
            os.environ[INSIDE] = "1"
            sys.stdout.flush()
            os.execvp("unshare", ["unshare", *way, sys.executable, "-B", *sys.argv])
    return False


class SmallDisk:
    def __init__(self, folder, size):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none",
                        str(self.folder)], check=True)
        self._ballast = self.folder / "ballast"

    @property
    def free(self):
        """Bytes."""
        facts = os.statvfs(self.folder)
        return facts.f_bavail * facts.f_frsize

    def fill(self, leave=0):
        """Until only so many bytes are free, in whole pages."""
        self.empty()
        with open(self._ballast, "wb") as file:
            if self.free > leave:
                os.posix_fallocate(file.fileno(), 0, self.free - leave)

    def empty(self):
        self._ballast.unlink(missing_ok=True)

    def close(self):
        """The programs that write there have ended."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
