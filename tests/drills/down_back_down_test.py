"""Something is taken down, brought back and taken down again, in all six orders of these three,
on a real office; the kiosk is off after some of the steps. Whenever it is on, it shows what the
office had hidden by then not for a single picture, and everything else.

usage: down_back_down_test.py [all]   (each order with the kiosk off after one of its steps;
with "all" after every choice of them: 48 trials, about eight minutes)
"""

import itertools
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end")]

import player_tools  # noqa: E402
from server_tools import Server, SetUpOffice  # noqa: E402
from travel_tools import Commune  # noqa: E402

STEPS = ("down by its item", "back", "down by its asset")
SECONDS = 2  # of a run: five items' turns


def trial(number):
    """A card, and a picture that is to go and to come; both of this trial alone."""
    def change(document):
        document["assets"] = [asset for asset in document["assets"] if asset["id"] == "one"]
        document["assets"][0]["id"] = f"picture-{number}"
        document["playlists"][0]["items"] = [
            {"id": f"card-{number}", "kind": "text_card", "duration_ms": 400, "evergreen": True,
             "title": {"vi": f"Lần {number}", "en": f"Trial {number}"}},
            {"id": f"picture-{number}", "kind": "image", "asset": f"picture-{number}",
             "duration_ms": 400, "evergreen": True}]
    return change


class DownBackDown(unittest.TestCase):
    every_choice = False

    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(self.home.cleanup)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home.name)
        self.kiosk = self.commune.kiosk("cong-dinh")
        self.addCleanup(self.kiosk.close)
        self.number = 0
        self.in_force = []  # acts on the picture of this trial that nobody took back

    def begin(self):
        self.number += 1
        self.in_force = []
        self.commune.publish(trial(self.number))
        self.look()

    def act(self, step):
        if step == "down by its item":
            self.in_force.append(self.commune.take_down(f"picture-{self.number}")["id"])
        elif step == "down by its asset":
            self.in_force.append(self.commune.take_down(f"picture-{self.number}", "asset")["id"])
        elif self.in_force:
            asked = self.commune.api.call("POST", "/api/takedowns/reinstatement", {
                "group": "gate", "takedowns": self.in_force})
            self.commune.approve(asked["id"])
            self.in_force = []
        else:  # nothing is down yet: the same once more
            self.commune.publish(trial(self.number))

    def look(self):
        """The kiosk is on for a moment."""
        self.kiosk.start(seconds=SECONDS)
        self.assertEqual(self.kiosk.process.wait(60), 0, self.kiosk.log_text())
        self.kiosk.stop()
        self.check_glass()

    def check_glass(self):
        items = player_tools.items_of(player_tools.pictures_of(self.kiosk.frames))
        self.assertIn(f"card-{self.number}", items)
        seen = f"picture-{self.number}" in items
        self.assertEqual(seen, not self.in_force, f"hidden by {self.in_force}: {items}")

    def run_trial(self, order, off_after):
        self.begin()
        for at, step in enumerate(order):
            self.act(step)
            if at not in off_after:
                self.look()
        if len(order) - 1 in off_after:
            self.look()

    def test_all_six_orders(self):
        for number, order in enumerate(itertools.permutations(STEPS)):
            choices = [off for most in range(4) for off in itertools.combinations(range(3), most)]
            for off_after in choices if self.every_choice else [(number % 3,)]:
                with self.subTest(order=order, off_after=off_after):
                    self.run_trial(order, off_after)

    def test_the_drill_notices_what_is_shown_though_it_is_down(self):
        """The control: a kiosk whose memory was deleted does not hear of it without an office."""
        self.begin()
        kept = (self.kiosk.data / "trust").read_bytes()
        self.act("down by its item")
        self.look()
        (self.kiosk.data / "trust").write_bytes(kept)
        self.server.stop()
        with self.assertRaisesRegex(AssertionError, "hidden by"):
            self.look()


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "all":
        DownBackDown.every_choice = sys.argv.pop(1) == "all"
    unittest.main()
