"""`conglang-player render`: the items of the sample commune, in each language and direction."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from player_tools import Png, run_player

SOURCE = pathlib.Path(os.environ["CONGLANG_SOURCE_DIR"])
SAMPLE = SOURCE / "playlists" / "samples" / "hoa-phong" / "publication.json"
DEMO = SOURCE / "assets" / "demo"
LANDSCAPE, PORTRAIT = (1280, 720), (720, 1280)


class Render(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not (DEMO / "pictures").is_dir():
            subprocess.run([DEMO / "make-assets.sh"], check=True, timeout=240,
                           capture_output=True)

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="conglang-render-"))
        self.addCleanup(shutil.rmtree, self.home)

    def render(self, item, size, language):
        out = self.home / "picture.png"
        ended = run_player("render", SAMPLE, "--item", item, "--size", f"{size[0]}x{size[1]}",
                           "--language", language, "--out", out)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return json.loads(ended.stdout), Png(out)

    def test_draws_every_kind_of_item_whole(self):
        for item, size, language in (
                ("text-chao-mung", LANDSCAPE, "vi"),
                ("text-chao-mung", PORTRAIT, "both"),
                ("card-chua-van-duong", LANDSCAPE, "both"),  # with a code to scan
                ("card-chua-van-duong", PORTRAIT, "en"),
                ("card-tuong-ban", LANDSCAPE, "en"),  # with several pictures
                ("card-tuong-ban", PORTRAIT, "vi"),
                ("picture-pagoda-gate", LANDSCAPE, "vi"),
                ("film-old-port", PORTRAIT, "both"),
                ("pho-hien", LANDSCAPE, "both")):  # an entry, not an item
            with self.subTest(item=item, size=size, language=language):
                report, png = self.render(item, size, language)

                self.assertEqual(report, {"item": item, "language": language,
                                          "size": f"{size[0]}x{size[1]}", "issues": []})
                self.assertEqual(png.size, size)
                self.assertGreater(png.brightest(), 128)
                self.assertGreater(png.colours(), 8)

    def test_each_language_has_its_own_words(self):
        _, vietnamese = self.render("text-chao-mung", (640, 360), "vi")
        _, english = self.render("text-chao-mung", (640, 360), "en")

        self.assertNotEqual(vietnamese.rows, english.rows)

    def test_draws_the_same_picture_every_time(self):
        _, once = self.render("card-pho-hien", (640, 360), "both")
        _, again = self.render("card-pho-hien", (640, 360), "both")

        self.assertEqual(once.rows, again.rows)

    def test_says_what_it_cannot_draw(self):
        for publication, item, reason in ((SAMPLE, "no-such-item", "no-such-item"),
                                          ("/no/such/publication.json", "x", "/no/such/"),
                                          (__file__, "x", "render_test.py")):
            with self.subTest(item=item, publication=str(publication)):
                out = self.home / "none.png"
                ended = run_player("render", publication, "--item", item, "--out", out)

                self.assertEqual(ended.returncode, 1)
                self.assertEqual(len(ended.stderr.splitlines()), 1)
                self.assertIn(reason, ended.stderr)
                self.assertFalse(out.exists())


if __name__ == "__main__":
    unittest.main()
