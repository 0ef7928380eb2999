"""`conglang-player play`: local files, good and bad, and what its options promise."""

import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from player_tools import (CLIPS, PATIENCE, PLAYER, Png, environment, event_kinds, event_lines,
                          event_subjects, items_of, longest_wait, pictures_of, run_player)

FIRST = CLIPS / "01-h264-360p30-1s.mp4"
LAST = CLIPS / "06-hevc-360p30-1s.mp4"
STILL = CLIPS / "08-still-720p.png"
CELLS = 24  # in a row of the barcode strip


def is_light(colour):
    return sum(colour) > 3 * 128


def sync_cells(png, at):
    """The first four cells of the upper row of the strip, at(across, down) in 0 to 1."""
    cells = [at((2 * cell + 1) / (2 * CELLS), 1 / 32) for cell in range(4)]
    return [is_light(png.pixel(int(x * png.width), int(y * png.height))) for x, y in cells]


class Play(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="conglang-play-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.log = self.home / "frames.tsv"
        self.captures = self.home / "captures"

    def play(self, *arguments, size="320x180"):
        ended = run_player("play", *arguments, "--size", size, "--frame-log", self.log)
        return ended, pictures_of(self.log)

    def bad_files(self):
        """A name for each kind of bad file, and what is in it; nothing at all is missing."""
        return {"b-empty.mp4": b"",
                "c-garbage.mp4": bytes(range(7, 256)) * 80,
                "d-cut.mp4": FIRST.read_bytes()[:9000],
                "e-note.txt": "Đình làng mở hội\n".encode(),
                "g-cut.png": STILL.read_bytes()[:700]}

    def mixed_folder(self):
        folder = self.home / "mixed"
        folder.mkdir()
        for name, content in self.bad_files().items():
            (folder / name).write_bytes(content)
        shutil.copy(FIRST, folder / "a-first.mp4")
        shutil.copy(STILL, folder / "f-still.png")
        shutil.copy(LAST, folder / "h-last.mp4")
        return folder

    def test_names_each_bad_file_once_and_shows_all_the_good_ones(self):
        ended, pictures = self.play(self.mixed_folder(), "/no/such/x.mp4", FIRST,
                                    "--still-seconds", "1")

        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(items_of(pictures),
                         ["a-first.mp4", "f-still.png", "h-last.mp4", FIRST.name])
        self.assertEqual(sorted(event_subjects(ended)), sorted([*self.bad_files(), "x.mp4"]))
        kinds = dict(zip(event_subjects(ended), event_kinds(ended)))
        self.assertEqual(kinds["x.mp4"], "missing")
        self.assertEqual(kinds["e-note.txt"], "unsupported")
        self.assertEqual(kinds["c-garbage.mp4"], "unsupported")

    def test_has_the_next_picture_soon_after_a_run_of_bad_files(self):
        _, pictures = self.play(self.mixed_folder(), "--still-seconds", "1")

        # A still is one picture a second; bad files may cost no more than that again.
        self.assertLess(longest_wait(pictures), 2)

    def test_a_loop_tells_a_bad_file_once_not_in_every_round(self):
        ended, pictures = self.play(FIRST, "/no/such/x.mp4", "--loop", "--exit-after", "4.5")

        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertGreaterEqual(
            sum(1 for picture in pictures if picture["frame"] == pictures[0]["frame"]), 3)
        self.assertEqual(event_kinds(ended), ["missing"])

    def test_fails_when_no_file_could_be_shown(self):
        folder = self.mixed_folder()
        for good in ("a-first.mp4", "f-still.png", "h-last.mp4"):
            (folder / good).unlink()

        ended, pictures = self.play(folder)

        self.assertEqual(ended.returncode, 1)
        self.assertEqual(len(event_lines(ended)), len(self.bad_files()))
        self.assertEqual(items_of(pictures), [])

    def test_fails_on_an_empty_folder(self):
        (self.home / "empty").mkdir()

        ended = run_player("play", self.home / "empty", "--size", "320x180")

        self.assertEqual(ended.returncode, 1)
        self.assertIn("no file to show", ended.stderr)

    def test_keeps_a_picture_of_the_size_asked_for(self):
        ended, _ = self.play(FIRST, "--capture-at", "0.5", "--capture-dir", self.captures)

        self.assertEqual(ended.returncode, 0, ended.stderr)
        png = Png(next(self.captures.glob("*.png")))
        self.assertEqual(png.size, (320, 180))
        self.assertEqual(sync_cells(png, lambda x, y: (x, y)), [True, False, True, False])

    def test_turns_the_picture_clockwise(self):
        ended, _ = self.play(FIRST, "--rotate", "90", "--capture-at", "0.5", "--capture-dir",
                             self.captures, size="360x640")

        self.assertEqual(ended.returncode, 0, ended.stderr)
        png = Png(next(self.captures.glob("*.png")))
        self.assertEqual(png.size, (360, 640))
        self.assertEqual(sync_cells(png, lambda x, y: (1 - y, x)), [True, False, True, False])

    def test_fades_only_where_it_is_asked_to(self):
        def faded(*options):
            _, pictures = self.play(FIRST, STILL, "--still-seconds", "1", *options)
            return sum(picture["fading"] == "1" for picture in pictures)

        self.assertEqual(faded(), 0)
        self.assertGreater(faded("--crossfade", "0.5"), 5)

    def test_shows_a_still_as_long_as_asked(self):
        def seconds(asked):
            began = time.monotonic()
            self.play(STILL, "--still-seconds", str(asked))
            return time.monotonic() - began

        self.assertGreaterEqual(seconds(2.5), 2.4)
        self.assertLess(seconds(0.3), 2.4)

    def test_ends_by_itself_where_it_is_told_to(self):
        began = time.monotonic()
        ended, _ = self.play(STILL, "--still-seconds", "60", "--exit-after", "1")

        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertLess(time.monotonic() - began, 30)

    def test_a_signal_ends_it_cleanly_and_keeps_the_frame_log(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=number):
                player = subprocess.Popen(
                    [PLAYER, "play", FIRST, "--loop", "--size", "320x180", "--frame-log",
                     self.log], env=environment(), stdin=subprocess.DEVNULL,
                    stderr=subprocess.PIPE)
                time.sleep(1.5)
                self.assertIsNone(player.poll())
                asked = time.monotonic()
                player.send_signal(number)
                _, told = player.communicate(timeout=PATIENCE)

                self.assertLess(time.monotonic() - asked, 2)
                self.assertEqual((player.returncode, told), (0, b""))
                self.assertEqual(items_of(pictures_of(self.log)), [FIRST.name])

    def test_wrong_usage_ends_with_2_and_one_reason(self):
        for wrong in (["--rotate", "45"], ["--language", "fr"], ["--size", "640"],
                      ["--size", "0x0"], ["--still-seconds", "0"], ["--crossfade", "-1"],
                      ["--capture-at", "soon"], ["--no-such-option"]):
            with self.subTest(wrong=wrong):
                ended = run_player("play", FIRST, *wrong)

                self.assertEqual(ended.returncode, 2, ended.stderr)
                self.assertTrue(ended.stderr.strip())
        self.assertEqual(run_player("play").returncode, 2)
        self.assertEqual(run_player().returncode, 2)

    def test_a_frame_log_that_cannot_be_written_is_an_error(self):
        ended = run_player("play", FIRST, "--size", "320x180", "--frame-log", "/no/such/log")

        self.assertEqual(ended.returncode, 1)
        self.assertIn("/no/such/log", ended.stderr)


if __name__ == "__main__":
    unittest.main()
