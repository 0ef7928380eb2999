"""A stick instead of a network: what the office signed is carried to the kiosk, and what was
shown is carried back."""

import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import player_tools  # noqa: E402
from publish_travels_test import only_card  # noqa: E402
from server_tools import Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402


class Stick(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-stick-")
        self.addCleanup(self.home.cleanup)
        self.folder = pathlib.Path(self.home.name)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home.name)
        self.kiosk = self.commune.kiosk("ben-do")
        self.addCleanup(self.kiosk.close)
        self.media = self.folder / "media"
        self.media.mkdir()

    def fill(self, name):
        """A stick with what the office has published; it is mounted in one step."""
        drawer = self.folder / "drawer" / name
        drawer.mkdir(parents=True)
        shutil.copytree(pathlib.Path(self.server.data) / "repository", drawer / "repository")
        return drawer

    def plug_in(self, drawer):
        os.rename(drawer, self.media / drawer.name)
        return self.media / drawer.name

    def start(self, *arguments):
        return self.kiosk.start("--sticks", self.media, *arguments)

    def shown(self):
        """The items on the screen, once the player has ended."""
        return player_tools.items_of(player_tools.pictures_of(self.kiosk.frames))

    def plays(self):
        """The items of the play log."""
        told = player_tools.run_player("status", "--plays", "--json", "--data", self.kiosk.data)
        return {play["item"] for play in json.loads(told.stdout or '{"plays": []}')["plays"]}

    def wait_event(self, words, seconds=60):
        until(lambda: words in self.kiosk.log_text(), seconds)

    def play(self, seconds, *arguments):
        """Without an office, from start to end; what was shown is returned."""
        self.kiosk.start("--sticks", self.media, *arguments, seconds=seconds)
        self.assertEqual(self.kiosk.process.wait(timeout=90), 0, self.kiosk.log_text())
        self.kiosk.stop()
        return set(self.shown())

    def test_a_publication_is_carried_there_and_the_records_are_carried_back(self):
        version = self.commune.publish()
        drawer = self.fill("usb")
        self.server.stop()
        self.start()
        stick = self.plug_in(drawer)

        self.wait_event(f'event stick-read subject="stick" detail="received version {version}')
        time.sleep(14)  # the card has the screen for ten seconds, the film is of one
        self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())
        self.assertIn("film", self.plays())
        self.assertLessEqual({"stick", "film"}, set(self.shown()), "the card, and the programme")

        # The same stick again: what was shown meanwhile goes home on it.
        os.rename(stick, drawer)
        self.start()
        stick = self.plug_in(drawer)
        batches = until(lambda: sorted((stick / "records").glob("records-*.json")))
        self.wait_event('subject="stick" detail="nothing newer')
        self.kiosk.stop()

        self.server.start()
        api = self.commune.api
        for batch in batches:
            kept = api.call("POST", f"/api/kiosks/{self.kiosk.id}/records",
                            json.loads(batch.read_text()))
            self.assertTrue(kept["kept"])
        plays = api.call("GET", f"/api/kiosks/{self.kiosk.id}/records")["plays"]
        self.assertIn("film", {play["item"] for play in plays})
        # A forged one is refused, and the kiosk sends the same ones by network without harm.
        forged = json.loads(batches[0].read_text())
        forged["signature"] = "0" * 128
        with self.assertRaises(office_client.ApiError):
            api.call("POST", f"/api/kiosks/{self.kiosk.id}/records", forged)
        self.start()
        until(lambda: (self.commune.seen(self.kiosk) or {}).get("waiting_records") == 0, 90)
        ids = [play["id"] for play in
               api.call("GET", f"/api/kiosks/{self.kiosk.id}/records")["plays"]]
        self.assertEqual(len(ids), len(set(ids)))

    def test_a_technician_reads_a_stick_by_hand(self):
        version = self.commune.publish(only_card("Hội làng"))
        drawer = self.fill("usb")
        self.server.stop()

        ended = player_tools.run_player("import", drawer, "--data", self.kiosk.data)

        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn(f"received version {version}\n", ended.stdout)
        again = player_tools.run_player("import", drawer, "--data", self.kiosk.data)
        self.assertEqual((again.returncode, again.stdout.splitlines()[0]), (0, "nothing newer"))
        self.assertIn("card", self.play(4))
        self.start()
        self.wait_event('subject="heartbeat"')
        busy = player_tools.run_player("import", drawer, "--data", self.kiosk.data)
        self.assertEqual(busy.returncode, 1)
        self.assertIn("another conglang-player uses it", busy.stderr)

    def test_whatever_a_stick_is_like_the_screen_goes_on(self):
        self.commune.publish(only_card("Một"))
        old = self.fill("old")
        self.commune.publish(only_card("Hai"))
        good = self.fill("good")
        self.server.stop()
        player_tools.run_player("import", good, "--data", self.kiosk.data)

        endless = self.folder / "drawer" / "endless"
        shutil.copytree(good, endless)
        with open(endless / "repository/metadata/timestamp.json", "r+b") as timestamp:
            timestamp.truncate(10_000_000_000)
        forged = self.folder / "drawer" / "forged"
        shutil.copytree(good, forged)
        timestamp = forged / "repository/metadata/timestamp.json"
        document = json.loads(timestamp.read_text())
        document["signed"]["version"] += 1
        timestamp.write_text(json.dumps(document))
        linked = self.folder / "drawer" / "linked"
        linked.mkdir()
        (linked / "repository").symlink_to(good / "repository")
        hostile = self.folder / "drawer" / "hostile"
        shutil.copytree(good / "repository", hostile / "repository")
        (hostile / "records").symlink_to(self.kiosk.data)

        for drawer, cause in ((old, "rollback"), (endless, "endless-data"),
                              (forged, "bad-signature"), (hostile, "unsupported")):
            with self.subTest(stick=drawer.name):
                self.start()
                time.sleep(3)  # the card is on the screen by now
                stick = self.plug_in(drawer)
                self.wait_event(f'event {cause} subject="stick"', 30)
                os.rename(stick, drawer)
                self.wait_event('event recovered subject="stick"', 30)
                self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())
                self.assertIn("card", self.shown())
                self.assertLessEqual(set(self.shown()), {"built-in card", "card", "stick"})

        self.start()
        self.plug_in(linked)
        self.assertRaises(TimeoutError, self.wait_event, 'subject="stick"', 6)

    def test_a_stick_of_another_office_brings_nothing(self):
        """And the control: the same stick for a kiosk of that office brings it."""
        self.server.stop()
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        other_server = Server(str(elsewhere)).start()
        self.addCleanup(other_server.close)
        other = Commune(SetUpOffice(other_server), str(elsewhere))
        version = other.publish(only_card("Nơi khác"))
        theirs = other.kiosk("xa")
        self.addCleanup(theirs.close)
        stick = self.folder / "theirs"
        stick.mkdir()
        shutil.copytree(pathlib.Path(other_server.data) / "repository", stick / "repository")

        ours = player_tools.run_player("import", stick, "--data", self.kiosk.data)
        self.assertEqual(ours.returncode, 1)
        self.assertIn("bad-signature", ours.stderr)
        self.assertFalse((stick / "records").exists())
        self.assertNotIn("card", self.play(3))

        control = player_tools.run_player("import", stick, "--data", theirs.data)
        self.assertIn(f"received version {version}\n", control.stdout, control.stderr)


if __name__ == "__main__":
    unittest.main()
