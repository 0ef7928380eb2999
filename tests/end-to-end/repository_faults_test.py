"""A kiosk plays what was signed, and goes on when the repository or a file goes bad."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

BIN = pathlib.Path(os.environ["CONGLANG_BIN_DIR"])
CLIPS = BIN.parent / "barcode-clips"
PASSPHRASE = "a gate, a banyan tree and a well"
THEME = {"background": "#2a120f", "surface": "#43201a", "text": "#fbf2dc",
         "text_muted": "#dcc6a0", "accent": "#e5ae45", "accent_text": "#2a120f"}


def words(vi, en):
    return {"vi": vi, "en": en}


def asset(name, kind, path):
    return {"id": name, "kind": kind, "path": path, "credit": "test", "licence": "CC-BY-4.0"}


def publication():
    def picture(name):
        return {"id": name, "kind": "image", "asset": name, "duration_ms": 1000, "evergreen": True}

    region = {"id": "main", "x": 0, "y": 0, "width": 1920, "height": 1080}
    return {
        "format": 1, "id": "test", "group": "test", "title": words("Xã thử", "Test commune"),
        "theme": THEME,
        "layouts": [{"id": "full", "landscape": {"width": 1920, "height": 1080, "regions": [region]}}],
        "assets": [asset("film", "video", "film.mp4"), asset("one", "image", "one.png"),
                   asset("two", "image", "two.jpg")],
        "categories": [], "entries": [],
        "playlists": [{"id": "all", "title": words("Tất cả", "All"), "layout": "full",
                       "transition": {"kind": "cut"},
                       "items": [{"id": "film", "kind": "video", "asset": "film"}, picture("one"),
                                 {"id": "words", "kind": "text_card", "duration_ms": 1000,
                                  "title": words("Đình làng mở hội", "The village festival")},
                                 picture("two")]}],
        "schedule": [{"playlist": "all", "when": "always"}],
    }


def brightness_of_png(path):
    """The mean of the filtered bytes of a PNG: zero for a black picture, and for no other."""
    data = path.read_bytes()
    packed, at = b"", 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        if name == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    rows = zlib.decompress(packed)
    return sum(rows) / len(rows)


def with_passphrase(command):
    ours, theirs = os.pipe()
    os.write(theirs, (PASSPHRASE + "\n").encode())
    os.close(theirs)
    try:
        return subprocess.run([*map(str, command), "--passphrase-fd", str(ours)], pass_fds=[ours],
                              check=True, capture_output=True, text=True, timeout=120)
    finally:
        os.close(ours)


class Kiosk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = pathlib.Path(tempfile.mkdtemp(prefix="conglang-office-"))
        source = cls.office / "source"
        source.mkdir()
        shutil.copy(CLIPS / "01-h264-360p30-1s.mp4", source / "film.mp4")
        shutil.copy(CLIPS / "08-still-720p.png", source / "one.png")
        shutil.copy(CLIPS / "09-still-360p.jpg", source / "two.jpg")
        (source / "publication.json").write_text(json.dumps(publication()))
        with_passphrase([BIN / "conglang-server", "keys", "create", "--out", cls.office / "keys"])
        cls.pack(cls.office / "first")
        shutil.copytree(cls.office / "first", cls.office / "second")
        cls.pack(cls.office / "second")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.office)

    @classmethod
    def pack(cls, repository):
        with_passphrase([BIN / "conglang-server", "pack", cls.office / "source", "--keys",
                         cls.office / "keys", "--out", repository])

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="conglang-kiosk-"))
        self.addCleanup(shutil.rmtree, self.home)

    def repository(self, version="first"):
        copy = self.home / "repository"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.office / version, copy)
        return copy

    def run_kiosk(self, repository, seconds=6, root=None):
        """The items shown in order, the event lines, and the brightness at the end."""
        log, pictures = self.home / "frames.tsv", self.home / "pictures"
        pictures.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment["SDL_AUDIODRIVER"] = "dummy"
        ended = subprocess.run(
            [BIN / "conglang-player", "run", "--repository", repository, "--root",
             root or self.office / "keys" / "root.json", "--data", self.home / "data", "--size",
             "640x360", "--exit-after", str(seconds), "--frame-log", log, "--capture-at",
             str(seconds - 0.5), "--capture-dir", pictures],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=90)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        shown = []
        for line in log.read_text().splitlines()[1:]:
            name = line.split("\t")[4]
            if name and (not shown or shown[-1] != name):
                shown.append(name)
        brightness = brightness_of_png(next(pictures.glob("*.png")))
        events = [line for line in ended.stderr.splitlines() if line.startswith("event ")]
        return shown, events, brightness

    def kinds(self, events):
        return [event.split()[1] for event in events]

    def asset_file(self, repository, extension):
        return next((repository / "targets" / "assets").glob(f"*.{extension}"))

    def test_plays_the_signed_items_in_order_and_keeps_the_plays(self):
        shown, events, brightness = self.run_kiosk(self.repository())

        self.assertEqual(shown[:5], ["film", "one", "words", "two", "film"])
        self.assertEqual(events, [])
        self.assertGreater(brightness, 1)
        status = subprocess.run(
            [BIN / "conglang-player", "status", "--plays", "--json", "--data", self.home / "data"],
            check=True, capture_output=True, text=True, timeout=30)
        self.assertIn('"completed"', status.stdout)
        json.loads(status.stdout)

    def test_names_a_missing_file_once_and_plays_the_others(self):
        repository = self.repository()
        self.asset_file(repository, "png").unlink()

        shown, events, _ = self.run_kiosk(repository)

        self.assertEqual(self.kinds(events), ["missing"])
        self.assertEqual(shown[:4], ["film", "words", "two", "film"])

    def test_never_shows_a_file_with_one_other_byte(self):
        repository = self.repository()
        picture = self.asset_file(repository, "jpg")
        content = bytearray(picture.read_bytes())
        content[len(content) // 2] ^= 1
        picture.write_bytes(content)

        shown, events, _ = self.run_kiosk(repository)

        self.assertEqual(self.kinds(events), ["untrusted"])
        self.assertNotIn("two", shown)
        self.assertEqual(shown[:4], ["film", "one", "words", "film"])

    def test_plays_on_what_it_trusted_when_the_repository_is_tampered_with(self):
        repository = self.repository()
        self.run_kiosk(repository, seconds=2)
        targets = next((repository / "metadata").glob("*.targets.json"))
        content = bytearray(targets.read_bytes())
        content[len(content) // 2] ^= 1
        targets.write_bytes(content)
        snapshot = next((repository / "metadata").glob("*.snapshot.json"))
        snapshot.write_bytes(snapshot.read_bytes()[:-20])
        (repository / "metadata" / "timestamp.json").write_bytes(b"{}")

        shown, events, _ = self.run_kiosk(repository)

        self.assertEqual(len(events), 1, events)
        self.assertEqual(shown[:3], ["film", "one", "words"])

    def test_names_a_rollback_and_keeps_the_newer_programme(self):
        self.run_kiosk(self.repository("second"), seconds=2)

        shown, events, _ = self.run_kiosk(self.repository("first"))

        self.assertEqual(self.kinds(events), ["rollback"])
        self.assertEqual(shown[:3], ["film", "one", "words"])

    def test_shows_the_built_in_card_when_there_is_nothing_to_trust(self):
        (self.home / "empty").mkdir()

        shown, events, brightness = self.run_kiosk(self.home / "empty", seconds=4)

        self.assertEqual(shown, ["built-in card"])
        self.assertEqual(self.kinds(events), ["missing"])
        self.assertGreater(brightness, 1)

    def test_trusts_no_repository_of_another_office(self):
        with_passphrase([BIN / "conglang-server", "keys", "create", "--out", self.home / "keys"])

        shown, events, _ = self.run_kiosk(self.repository(), seconds=4,
                                          root=self.home / "keys" / "root.json")

        self.assertEqual(shown, ["built-in card"])
        self.assertEqual(len(events), 1, events)


if __name__ == "__main__":
    unittest.main()
