"""What an approver signs reaches every screen, and what is hidden leaves every screen."""

import json
import pathlib
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import player_tools  # noqa: E402
from server_tools import Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402


def only_card(title):
    """A publication with nothing but one card."""
    def change(document):
        document["assets"] = []
        document["playlists"][0]["items"] = [
            {"id": "card", "kind": "text_card", "duration_ms": 1000, "evergreen": True,
             "title": {"vi": title, "en": title}}]
    return change


class PublishTravels(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-travel-")
        self.addCleanup(self.home.cleanup)
        self.server = Server(self.home.name)
        self.server.start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home.name)
        self.kiosks = []

    def kiosk(self, name):
        kiosk = self.commune.kiosk(name)
        self.addCleanup(kiosk.close)
        return kiosk

    def test_two_kiosks_show_what_was_approved_and_nothing_before(self):
        kiosks = [self.kiosk("cong-dinh"), self.kiosk("uy-ban")]
        for kiosk in kiosks:
            kiosk.start()
        submission = self.commune.submit()
        for kiosk in kiosks:
            until(lambda kiosk=kiosk: self.commune.seen(kiosk))
            self.assertEqual(self.commune.seen(kiosk)["held_version"], 0)

        version = self.commune.approve(submission)

        for kiosk in kiosks:
            self.commune.wait_held(kiosk, version)
            shown = until(lambda kiosk=kiosk: self.commune.on_screen(kiosk))
            self.assertIn(shown, ("film", "one", "words", "two"))
            picture = pathlib.Path(self.home.name) / (kiosk.name + ".png")
            picture.write_bytes(self.commune.screenshot(kiosk))
            self.assertEqual(player_tools.Png(picture).size, (640, 360))
            self.assertGreater(player_tools.Png(picture).brightest(), 100)
            self.assertEqual(kiosk.stop(), 0, kiosk.log_text())
            items = player_tools.items_of(player_tools.pictures_of(kiosk.frames))
            self.assertLessEqual(set(items) - {"built-in card"}, {"film", "one", "words", "two"}, items)
            self.assertIn("film", items)

    def test_a_second_release_replaces_the_first_on_a_running_kiosk(self):
        kiosk = self.kiosk("cong-dinh").start()
        first = self.commune.publish()
        self.commune.wait_held(kiosk, first)
        second = self.commune.publish(only_card("Hội làng"))
        self.assertGreater(second, first)
        self.commune.wait_held(kiosk, second)
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_what_is_hidden_leaves_the_screen_and_comes_back_by_a_signature(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        until(lambda: self.commune.on_screen(kiosk) == "card")

        act = self.commune.take_down("card")
        until(lambda: self.commune.on_screen(kiosk) != "card", 20)
        kiosk.stop()

        # Also after a start without any network, from the first picture on.
        self.server.stop()
        kiosk.start(seconds=4)
        kiosk.process.wait(timeout=60)
        kiosk.stop()
        self.assertNotIn("card", player_tools.items_of(player_tools.pictures_of(kiosk.frames)))

        self.server.start()
        kiosk.start()
        asked = self.commune.api.call("POST", "/api/takedowns/reinstatement",
                                      {"group": "gate", "takedowns": [act["id"]]})
        self.commune.approve(asked["id"])
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_the_office_knows_what_is_on_the_screen_long_before_the_next_heartbeat(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        kiosk.stop()
        kiosk.start(heartbeat_ms=3_000_000)
        until(lambda: self.commune.on_screen(kiosk) == "card", 20)
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_it_goes_on_without_the_office_and_after_a_start_in_the_dark(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish())
        kiosk.stop()
        self.server.stop()

        kiosk.start(seconds=5)
        self.assertEqual(kiosk.process.wait(timeout=60), 0)

        items = player_tools.items_of(player_tools.pictures_of(kiosk.frames))
        self.assertTrue(set(items) & {"film", "one", "two", "words"}, items)
        self.assertLess(player_tools.longest_wait(player_tools.pictures_of(kiosk.frames)), 3)

    def test_a_correction_is_shown_among_the_rest(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        asked = self.commune.api.call("POST", "/api/corrections", {
            "group": "gate", "title": {"vi": "Đính chính", "en": "Correction"},
            "text": {"vi": "Hội mở ngày mười", "en": "The festival is on the tenth"}})
        self.commune.wait_held(kiosk, self.commune.approve(asked["id"]))
        until(lambda: self.commune.on_screen(kiosk) not in ("card", None))
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_an_urgent_message_is_shown_at_once_and_ends(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        api, key = self.commune.api, self.commune.set_up.person.key
        until(lambda: self.commune.on_screen(kiosk) == "card")

        sent = office_client.say_urgently(api, key, {
            "title": {"vi": "Cảnh báo mưa bão", "en": "Storm warning"}, "lasting_minutes": 30})
        until(lambda: self.commune.on_screen(kiosk) not in ("card", None))
        office_client.end_urgent(api, key, [sent["messages"][0]["id"]])
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_commands_are_done_once_and_a_revoked_kiosk_learns_it(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        for kind in ("identify", "refresh"):
            self.assertEqual(self.commune.command(kiosk, kind)[1], "done")
        self.assertTrue(self.commune.screenshot(kiosk).startswith(b"\x89PNG"))

        self.commune.api.call("POST", f"/api/kiosks/{kiosk.id}/commands",
                              {"kind": "restart"})
        self.assertEqual(kiosk.process.wait(timeout=60), 75)
        kiosk.stop()
        kiosk.start()
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.commune.api.call("POST", f"/api/kiosks/{kiosk.id}/revoke")
        until(lambda: "event not-known" in kiosk.log_text(), 60)
        self.assertIsNone(kiosk.process.poll())

    def test_the_display_goes_dark_and_nothing_is_said_to_be_shown_meanwhile(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))
        until(lambda: self.commune.on_screen(kiosk) == "card")

        off = self.commune.told(kiosk, "display-off")
        self.assertEqual(off["outcome"], "done")
        self.assertIn("plain black", off["detail"])
        until(lambda: self.commune.on_screen(kiosk) != "card")
        faults = until(lambda: self.commune.seen(kiosk)["faults"])
        self.assertEqual([fault["kind"] for fault in faults], ["display-off"])
        self.assertEqual(self.picture(kiosk).brightest(), 0)
        time.sleep(2)

        self.assertEqual(self.commune.command(kiosk, "display-on")[1], "done")
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertGreater(self.picture(kiosk).brightest(), 100)
        until(lambda: not self.commune.seen(kiosk)["faults"])
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())
        self.check_nothing_played_in_the_dark(kiosk)

        # A restart comes back with the display on, whatever was asked for before.
        kiosk.start()
        self.commune.command(kiosk, "display-off")
        kiosk.stop()
        kiosk.start()
        until(lambda: self.commune.on_screen(kiosk) == "card")

    def check_nothing_played_in_the_dark(self, kiosk):
        pictures = player_tools.pictures_of(kiosk.frames)
        dark = next(at for at, shown in enumerate(pictures) if shown["item"] == "display off")
        begins, ends = (int(pictures[at]["presented_ns"]) for at in (dark, dark + 1))
        self.assertGreater(ends - begins, 2e9, "black is one picture, and rests")
        listed = player_tools.run_player("status", "--plays", "--json", "--data", kiosk.data)
        plays = json.loads(listed.stdout)["plays"]
        self.assertGreaterEqual(len(plays), 2)
        for play in plays:
            started = play["started_monotonic_ns"]
            shown_until = started + play["shown_ms"] * 1_000_000
            self.assertTrue(shown_until < begins + 5e7 or started > ends - 5e7, play)

    def picture(self, kiosk):
        path = pathlib.Path(self.home.name) / "picture.png"
        path.write_bytes(self.commune.screenshot(kiosk))
        return player_tools.Png(path)

    def test_a_kiosk_takes_no_more_of_the_link_and_the_disk_than_it_may(self):
        version = self.commune.publish()  # 227 kB of files
        took = {}
        for name, options in (("uncapped", ()), ("capped", ("--most-kilobytes-per-second", 40))):
            kiosk = self.kiosk(name)
            began = time.monotonic()
            kiosk.start(*options)
            self.commune.wait_held(kiosk, version)
            took[name] = time.monotonic() - began
            kiosk.stop()
        self.assertGreater(took["capped"], 1)  # two files before the largest: 41 kB
        self.assertLess(took["uncapped"], took["capped"])

        kiosk = self.kiosk("full").start("--keep-free-megabytes", 100_000_000)
        until(lambda: "event no-space" in kiosk.log_text())
        self.assertIsNone(kiosk.process.poll())

    def test_a_volume_is_kept_over_a_restart(self):
        kiosk = self.kiosk("cong-dinh").start()
        told = self.commune.told(kiosk, "volume", 30)
        self.assertEqual(told["outcome"], "done")
        self.assertIn("--mute", told["detail"])
        self.assertEqual((kiosk.data / "volume").read_text(), "30")
        kiosk.stop()

        (kiosk.data / "volume").write_text("31x")
        kiosk.start()
        until(lambda: 'event malformed subject="volume"' in kiosk.log_text())
        self.assertEqual(self.commune.command(kiosk, "volume", 0)[1], "done")
        self.assertEqual((kiosk.data / "volume").read_text(), "0")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_what_was_shown_comes_back_as_records_once(self):
        kiosk = self.kiosk("cong-dinh").start()
        self.commune.wait_held(kiosk, self.commune.publish(only_card("Hội làng")))

        def plays():
            return self.commune.api.call("GET", f"/api/kiosks/{kiosk.id}/records")["plays"]

        found = until(lambda: [play for play in plays() if play["item"] == "card"], 90)
        self.assertEqual(len({play["id"] for play in plays()}), len(plays()))
        self.assertEqual(found[0]["outcome"], "completed")


if __name__ == "__main__":
    unittest.main()
