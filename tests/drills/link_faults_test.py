"""The link between kiosk and office goes bad in every way that links do: the screen is never
affected, the cause is told by its right name, and all is well again without a person."""

import os
import pathlib
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end"), str(HERE.parent / "faults")]

import player_tools  # noqa: E402
from faulty_link import Fault, FaultyLink  # noqa: E402
from player_kill_test import programme  # noqa: E402
from server_tools import Server, SetUpOffice  # noqa: E402
from travel_tools import Commune, until  # noqa: E402

BIG = 2 << 20  # bytes of a picture: enough to be cut in the middle
PATIENCE = 90


def once(*faults):
    """These for the first big files that are asked for, one after the other."""
    left = list(faults)

    def rule(_, path, __):
        return left.pop(0) if "/targets/assets/" in path and left else None
    return rule


class LinkFaults(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(self.home.cleanup)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home.name)
        self.link = FaultyLink(self.server.address, self.server.data / "tls/server.pem",
                               self.server.data / "tls/server.key")
        self.addCleanup(self.link.stop)
        self.commune.server = self.link
        self.kiosk = self.commune.kiosk("cong-dinh")
        self.addCleanup(self.kiosk.close)
        self.number = 0
        version = self.publish()
        self.kiosk.start()
        self.commune.wait_held(self.kiosk, version, PATIENCE)

    def publish(self):
        self.number += 1
        source = self.commune.written()
        picture = (player_tools.CLIPS / "08-still-720p.png").read_bytes()
        (source / "one.png").write_bytes(picture + os.urandom(BIG))
        return self.commune.publish(programme(self.number))

    def goes_through(self, rule, cause, seconds=3.0):
        """With that rule nothing new is shown, its cause is told; without it all is well."""
        told = len(self.kiosk.log_text())
        self.link.rule = rule
        version = self.publish()
        if cause:
            until(lambda: f"event {cause} " in self.kiosk.log_text()[told:], PATIENCE)
        else:
            time.sleep(seconds)
        self.link.rule = lambda *_: None
        self.link.mended.set()
        self.commune.wait_held(self.kiosk, version, PATIENCE)
        self.link.mended.clear()

    def check_screen(self):
        """It never stood still for long, and no older programme came after a newer one."""
        self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())
        pictures = player_tools.pictures_of(self.kiosk.frames)
        numbers = [int(item.rsplit("-", 1)[1]) for item in player_tools.items_of(pictures)
                   if item != "built-in card"]
        self.assertEqual(numbers, sorted(numbers))
        self.assertLess(player_tools.longest_wait(pictures), 5)

    def test_an_office_that_answers_with_errors(self):
        self.goes_through(lambda *_: Fault("status", 500), "status")
        self.goes_through(lambda *_: Fault("status", 503), "status")
        self.check_screen()

    def test_the_login_page_of_a_hotel(self):
        self.goes_through(lambda *_: Fault("portal"), "captive-portal")
        self.check_screen()

    def test_a_download_that_is_cut_goes_on_where_it_was(self):
        self.goes_through(once(Fault("cut", BIG // 2), Fault("cut", BIG // 4)), "cut")
        self.check_screen()

    def test_a_whole_file_in_answer_to_a_range(self):
        self.goes_through(once(Fault("cut", BIG // 2), Fault("whole")), "cut")
        self.check_screen()

    def test_another_range_than_was_asked_for(self):
        self.goes_through(once(Fault("cut", BIG // 2), Fault("offset")), "wrong-offset")
        self.check_screen()

    def test_a_byte_that_was_changed_on_the_way(self):
        self.goes_through(once(Fault("altered")), "wrong-hash")
        self.check_screen()

    def test_a_link_that_stalls(self):
        self.goes_through(once(Fault("stall")), None)
        self.check_screen()

    def test_an_office_that_is_gone_and_comes_back(self):
        told = len(self.kiosk.log_text())
        self.server.stop()
        until(lambda: "event " in self.kiosk.log_text()[told:], PATIENCE)
        self.server.start()
        self.commune.wait_held(self.kiosk, self.publish(), PATIENCE)
        self.check_screen()

    def test_a_start_without_any_name_service(self):
        self.kiosk.stop()
        self.kiosk.change_enrolment(server="https://conglang.invalid:8443")
        self.kiosk.start(seconds=6)
        self.assertEqual(self.kiosk.process.wait(60), 0)
        self.assertIn("event dns ", self.kiosk.log_text())
        items = player_tools.items_of(player_tools.pictures_of(self.kiosk.frames))
        self.assertIn("card-1", items)

    def test_the_drill_notices_a_screen_that_stands_still(self):
        """The control: a log with a long wait, and one with an old programme, fail it."""
        self.kiosk.stop()
        for lines in ("card-1\t1\ncard-1\t9000000000\n", "card-2\t1\ncard-1\t2\n"):
            self.kiosk.start(seconds=1)
            self.kiosk.process.wait(60)
            self.kiosk.frames.write_text("item\tpresented_ns\n" + lines)
            with self.assertRaises(AssertionError):
                self.check_screen()
            self.kiosk.stop()


if __name__ == "__main__":
    unittest.main()
