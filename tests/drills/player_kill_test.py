"""The player is killed at the n-th write, flush or rename while a new programme comes in,
again and again: after the next start it shows the old programme or the new one, whole, and it
goes on to the new one by itself.

usage: player_kill_test.py [KILLS]   (20 when not given; 1000 is the long form)
"""

import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end"), str(HERE.parent / "faults")]

import player_tools  # noqa: E402
from file_layer import KILL, FileLayer  # noqa: E402
from server_tools import Server, SetUpOffice  # noqa: E402
from travel_tools import Commune, until  # noqa: E402

KILLS = 20
PATIENCE = 60


def programme(number):
    """Three items that are of this programme alone, one of them a picture of its own bytes."""
    def change(document):
        document["assets"] = [asset for asset in document["assets"] if asset["id"] == "one"]
        document["assets"][0]["id"] = f"picture-{number}"
        document["playlists"][0]["items"] = [
            {"id": f"card-{number}", "kind": "text_card", "duration_ms": 400, "evergreen": True,
             "title": {"vi": f"Bản {number}", "en": f"Version {number}"}},
            {"id": f"picture-{number}", "kind": "image", "asset": f"picture-{number}", "duration_ms": 400,
             "evergreen": True}]
    return change


class KilledPlayer(unittest.TestCase):
    kills = KILLS

    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(self.home.cleanup)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home.name)
        self.kiosk = self.commune.kiosk("cong-dinh")
        self.addCleanup(self.kiosk.close)
        self.layer = FileLayer(pathlib.Path(self.home.name) / "control", self.kiosk.data)
        self.kiosk.environment = {**self.kiosk.environment, **self.layer.environment()}

    def publish(self, number):
        """A programme whose picture nobody has yet."""
        source = self.commune.written()
        picture = (player_tools.CLIPS / "08-still-720p.png").read_bytes()
        (source / "one.png").write_bytes(picture + b"%d" % number)
        return self.commune.publish(programme(number))

    def check_shown(self, allowed):
        """Nothing but these programmes, and no mixture: at most one change between them."""
        lines = self.kiosk.frames.read_text().splitlines(keepends=True)
        if not lines:
            return  # killed before anything was written down
        column = lines[0].rstrip("\n").split("\t").index("item")
        whole = [line.rstrip("\n").split("\t") for line in lines[1:] if line.endswith("\n")]
        shown = [line[column] for line in whole if line[column] not in ("", "built-in card")]
        self.assertTrue(all("-" in item for item in shown), shown)
        numbers = [int(item.rsplit("-", 1)[1]) for item in shown]
        self.assertLessEqual(set(numbers), set(allowed), shown)
        self.assertEqual(numbers, sorted(numbers), "an older programme came after a newer one")

    def test_the_old_or_the_new_programme_and_never_anything_between(self):
        chance = random.Random(20261123)
        version = self.publish(0)
        self.kiosk.start()
        self.commune.wait_held(self.kiosk, version)
        self.kiosk.stop()
        inside = acknowledged = 0
        for number in range(1, self.kills + 1):
            version = self.publish(number)
            acknowledged += 1
            self.layer.strike_at(chance.randint(1, 90), KILL)
            self.kiosk.start()
            try:
                self.kiosk.process.wait(3)
            except subprocess.TimeoutExpired:
                pass
            inside += self.layer.acted
            self.layer.rest()
            self.kiosk.kill()
            self.check_shown([number - 1, number])

            self.kiosk.start()
            self.commune.wait_held(self.kiosk, version, PATIENCE)
            until(lambda number=number:
                  (self.commune.on_screen(self.kiosk) or "").endswith(f"-{number}"), PATIENCE)
            self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())
            self.check_shown([number - 1, number])
        print(f"{inside} of {self.kills} kills inside of writing, {acknowledged} releases")
        self.assertGreaterEqual(inside, self.kills // 2)

    def test_the_drill_notices_a_mixture(self):
        """The control: a frame log with something older after something newer fails it."""
        frames = pathlib.Path(self.home.name) / "frames.tsv"
        frames.write_text("item\tpresented_ns\ncard-2\t1\ncard-1\t2\n")
        self.kiosk.frames = frames
        with self.assertRaises(AssertionError):
            self.check_shown([1, 2])
        frames.write_text("item\tpresented_ns\ncard-9\t1\n")
        with self.assertRaises(AssertionError):
            self.check_shown([1, 2])

    def test_a_damaged_disk_heals_itself(self):
        """Each file that the kiosk keeps is cut short in turn, or is not there any more."""
        version = self.publish(0)
        self.kiosk.start()
        self.commune.wait_held(self.kiosk, version)
        self.kiosk.stop()
        whole = pathlib.Path(self.home.name) / "whole"
        shutil.copytree(self.kiosk.data, whole)
        names = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
        self.assertLessEqual({"enrolment", "enrolment-2", "identity", "identity-2", "plays.db"},
                             {str(name) for name in names})
        for name in names:
            for damage in ("cut", "gone", "noise"):
                with self.subTest(file=str(name), damage=damage):
                    shutil.rmtree(self.kiosk.data)
                    shutil.copytree(whole, self.kiosk.data)
                    self.damage(self.kiosk.data / name, damage)
                    self.kiosk.start()
                    try:
                        until(lambda: (self.commune.on_screen(self.kiosk) or "").endswith("-0"),
                              PATIENCE)
                    finally:
                        code = self.kiosk.stop()
                    self.assertEqual(code, 0, self.kiosk.log_text())
                    self.check_shown([0])

    def test_what_has_no_good_copy_left_is_told_and_keeps_nothing_from_the_screen(self):
        version = self.publish(0)
        self.kiosk.start()
        self.commune.wait_held(self.kiosk, version)
        self.kiosk.stop()

        for name in ("identity", "identity-2"):
            self.damage(self.kiosk.data / name, "cut")
        self.kiosk.start()
        until(lambda: (self.commune.on_screen(self.kiosk) or "").endswith("-0"), PATIENCE)
        self.assertIn('event identity-damaged subject="identity"', self.kiosk.log_text())
        # What the office hides, and what it publishes, comes all the same.
        second = self.publish(1)
        self.commune.wait_held(self.kiosk, second)
        self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())

        for name in ("enrolment", "enrolment-2"):
            self.damage(self.kiosk.data / name, "cut")
        self.kiosk.start(seconds=3)
        self.assertEqual(self.kiosk.process.wait(PATIENCE), 1)
        self.kiosk.stop()
        self.assertIn("event malformed", self.kiosk.log_text())
        shown = player_tools.items_of(player_tools.pictures_of(self.kiosk.frames))
        self.assertEqual(shown, ["built-in card"])

    @staticmethod
    def damage(path, kind):
        if kind == "gone":
            path.unlink()
        elif kind == "cut":
            path.write_bytes(path.read_bytes()[:path.stat().st_size // 2])
        else:
            content = bytearray(path.read_bytes())
            if content:
                content[len(content) // 2] ^= 0x55
            path.write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        KilledPlayer.kills = int(sys.argv.pop(1))
    unittest.main()
