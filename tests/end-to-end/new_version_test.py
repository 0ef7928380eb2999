"""A running kiosk takes on the next version of its folder, without a gap in what it shows."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from repository_faults_test import BIN, CLIPS, publication, with_passphrase


def items_of(log):
    """The names shown so far, each change once."""
    shown = []
    for line in log.read_text().splitlines()[1:] if log.exists() else []:
        name = line.split("\t")[4]
        if name and (not shown or shown[-1] != name):
            shown.append(name)
    return shown


class NewVersion(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="conglang-version-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.source = self.home / "source"
        self.source.mkdir()
        shutil.copy(CLIPS / "01-h264-360p30-1s.mp4", self.source / "film.mp4")
        shutil.copy(CLIPS / "08-still-720p.png", self.source / "one.png")
        shutil.copy(CLIPS / "09-still-360p.jpg", self.source / "two.jpg")
        with_passphrase([BIN / "conglang-server", "keys", "create", "--out", self.home / "keys"])

    def pack(self, items):
        document = publication()
        playlist = document["playlists"][0]
        playlist["items"] = [item for item in playlist["items"] if item["id"] in items]
        named = {item.get("asset") for item in playlist["items"]}
        document["assets"] = [asset for asset in document["assets"] if asset["id"] in named]
        (self.source / "publication.json").write_text(json.dumps(document))
        with_passphrase([BIN / "conglang-server", "pack", self.source, "--keys",
                         self.home / "keys", "--out", self.home / "repository"])

    def test_is_on_the_glass_while_the_same_player_runs(self):
        self.pack({"film", "one"})
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        log = self.home / "frames.tsv"
        kiosk = subprocess.Popen(
            [BIN / "conglang-player", "run", "--repository", self.home / "repository", "--root",
             self.home / "keys" / "root.json", "--data", self.home / "data", "--size", "640x360",
             "--mute", "--exit-after", "20", "--frame-log", log],
            env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(kiosk.kill)
        deadline = time.monotonic() + 20
        while not log.exists():  # it is made after the first version was read
            self.assertLess(time.monotonic(), deadline, "the kiosk did not begin")
            time.sleep(0.05)

        self.pack({"words", "two"})
        _, lines = kiosk.communicate(timeout=60)

        self.assertEqual(kiosk.returncode, 0, lines)
        shown = items_of(log)
        self.assertEqual(set(shown), {"film", "one", "words", "two"})
        first_new = min(shown.index("words"), shown.index("two"))
        self.assertEqual(set(shown[first_new:]) & {"film", "one"}, set())
        events = [line.split()[1] for line in lines.splitlines() if line.startswith("event ")]
        self.assertEqual(events, ["programme-changed"], lines)


if __name__ == "__main__":
    unittest.main()
