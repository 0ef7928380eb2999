"""The disk is really full, on a small file system of the drill's own: at each step of a
publication and of what kiosks say, and while a kiosk fetches. The cause is named, nothing that
was answered is lost, hiding works, and all is well again by itself when there is room.

usage: full_disk_test.py [LEAVES]   (how many amounts of room are tried: 3, or 40 in the long form)
"""

import os
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end"), str(HERE.parent / "faults")]

import player_tools  # noqa: E402
from file_layer import IO_ERROR, FileLayer  # noqa: E402
from journeys import Journeys  # noqa: E402
from ledger import Ledger  # noqa: E402
from player_kill_test import programme  # noqa: E402
from server_tools import Server, SetUpOffice, office_client  # noqa: E402
from small_disk import SmallDisk, may_mount  # noqa: E402
from travel_tools import Commune, until  # noqa: E402

LEAVES = 3  # nothing, a little, and more than one small write
SERVER_DISK = "64m"
# The kiosk keeps half a gigabyte free for others: a smaller disk would be full from the start.
PLAYER_DISK = "600m"
PICTURE_BYTES = 2 << 20
KIB = 1 << 10
PATIENCE = 90
TOLD_BY_ITSELF = 150  # seconds; the housekeeper looks once a minute
MAY_MOUNT = may_mount()


def leaves(count):
    """Bytes of room: 0 and then more and more, up to half a megabyte, in pages."""
    return [n * 512 * KIB // count // (4 * KIB) * 4 * KIB for n in range(count)]


@unittest.skipUnless(MAY_MOUNT, "nobody may mount a file system here: neither as root nor in a "
                     "user namespace")
class FullDisk(unittest.TestCase):
    amounts = LEAVES

    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)

    def small_disk(self, folder, size):
        disk = SmallDisk(folder, size)
        self.addCleanup(disk.close)
        return disk

    def start_office(self, environment=None):
        self.server = Server(self.home, environment=environment).start()
        self.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), self.home)


class FullServer(FullDisk):
    def start(self, environment=None):
        self.disk = self.small_disk(self.home / "data", SERVER_DISK)
        self.start_office(environment)
        self.ledger = Ledger(self.home, self.commune.set_up.root)
        self.journeys = Journeys(self.commune, self.ledger)
        for name in ("publish", "enrol", "enrol"):
            self.journeys.go(name)

    def refused_for_the_disk(self, act):
        """True when it was; an error with another name fails the drill."""
        try:
            act()
            return False
        except office_client.ApiError as refused:
            self.assertEqual((refused.status, refused.code), (507, "disk-full"), refused)
            return True

    def still_answers(self):
        """Who only reads does not notice."""
        office = self.commune.api
        self.assertEqual(office.request("GET", "/repository/metadata/timestamp.json")[0], 200)
        self.assertEqual(office.request("GET", "/api/session")[0], 200)
        self.assertEqual(office.request("GET", "/api/kiosks")[0], 200)

    def steps_of_a_publication(self):
        """(name, act); each act can be done again after it was refused."""
        self.journeys.number += 1
        number = self.journeys.number
        picture = (player_tools.CLIPS / "08-still-720p.png").read_bytes() + os.urandom(1 << 20)
        (self.commune.written() / "one.png").write_bytes(picture)
        document, files = office_client.published_form(self.commune.written(programme(number)))
        made = {}

        def upload():
            office_client.upload(self.commune.api, files)
            self.ledger.assets += list(files)

        def submit():
            made["id"] = office_client.submit(self.commune.api, document)
            self.ledger.submissions.add(made["id"])
            self.ledger.numbers_asked = number

        def approve():
            self.ledger.releases[self.commune.approve(made["id"])] = number

        return [("upload", upload), ("submit", submit), ("approve", approve)]

    def test_each_step_of_a_publication(self):
        self.start()
        refused = {}
        for leave in leaves(self.amounts):
            for name, act in self.steps_of_a_publication():
                with self.subTest(step=name, leave=leave):
                    self.disk.fill(leave)
                    was_refused = self.refused_for_the_disk(act)
                    refused[name] = refused.get(name, 0) + was_refused
                    self.still_answers()
                    self.disk.empty()
                    if was_refused:
                        act()
                    self.ledger.check(self, self.commune)
        print(f"refused for a full disk, of {self.amounts} each: {refused}")
        self.assertGreater(refused["upload"], 0)
        self.assertGreater(refused["approve"], 0)
        self.assertEqual(self.server.stop(), 0)

    def test_what_kiosks_say(self):
        self.start()
        refused = {}
        for leave in leaves(self.amounts):
            for name in ("records", "enrol"):
                with self.subTest(journey=name, leave=leave):
                    self.disk.fill(leave)
                    count = 0
                    # The log has some room of its own before it must grow.
                    while count < 200 and not self.refused_for_the_disk(
                            lambda name=name: self.journeys.go(name)):
                        count += 1
                    refused[name] = refused.get(name, 0) + (count < 200)
                    self.still_answers()
                    self.disk.empty()
                    self.journeys.resume()
                    self.ledger.check(self, self.commune)
        print(f"refused for a full disk, of {self.amounts} each: {refused}")
        self.assertGreater(sum(refused.values()), 0)

    def test_hiding_works_while_the_disk_is_full(self):
        self.start()
        until(lambda: (self.home / "data/reserve").exists(), PATIENCE)
        self.disk.fill(0)
        self.assertTrue(self.refused_for_the_disk(lambda: self.journeys.go("publish")))
        self.journeys.go("take_down")
        self.ledger.check(self, self.commune)

    def test_hiding_without_any_room_is_told_and_done_later(self):
        self.start()
        until(lambda: (self.home / "data/reserve").exists(), PATIENCE)
        (self.home / "data/reserve").unlink()
        self.disk.fill(0)
        count = 0
        while not self.refused_for_the_disk(lambda: self.journeys.go("take_down")):
            count += 1
            self.assertLess(count, 500)
        self.still_answers()
        self.disk.empty()
        until(self.holds, TOLD_BY_ITSELF)
        self.journeys.go("take_down")
        self.ledger.check(self, self.commune)

    def holds(self):
        try:
            self.ledger.check(self, self.commune)
            return True
        except AssertionError:
            return False

    def test_a_start_on_a_full_disk(self):
        self.start()
        until(lambda: (self.home / "data/reserve").exists(), PATIENCE)
        self.assertEqual(self.server.stop(), 0)
        self.disk.fill(0)
        self.server.start()
        self.ledger.check(self, self.commune)
        self.journeys.go("take_down")
        self.disk.empty()
        self.journeys.go("publish")
        self.ledger.check(self, self.commune)

    def test_the_drill_notices_another_cause(self):
        """The control: the disk refuses for another reason, and that is not called full."""
        layer = FileLayer(self.home / "control", self.home / "data")
        self.start(layer.environment())
        layer.strike_at(1, IO_ERROR, calls=10 ** 9)
        with self.assertRaises(AssertionError):
            self.refused_for_the_disk(lambda: self.journeys.go("publish"))
        layer.rest()


class FullPlayer(FullDisk):
    def start(self):
        self.start_office()
        self.disk = self.small_disk(self.home / "cong-dinh/data", PLAYER_DISK)
        self.kiosk = self.commune.kiosk("cong-dinh")
        self.addCleanup(self.kiosk.close)
        self.number = 0
        version = self.publish()
        self.kiosk.start()
        self.commune.wait_held(self.kiosk, version, PATIENCE)

    def publish(self):
        self.number += 1
        picture = (player_tools.CLIPS / "08-still-720p.png").read_bytes()
        (self.commune.written() / "one.png").write_bytes(picture + os.urandom(PICTURE_BYTES))
        return self.commune.publish(programme(self.number))

    def shows(self, number):
        until(lambda: (self.commune.on_screen(self.kiosk) or "").endswith(f"-{number}"),
              PATIENCE)

    def tells(self, cause, since, seconds=PATIENCE):
        """In its log, and to the office."""
        until(lambda: f"event {cause} " in self.kiosk.log_text()[since:], seconds)
        until(lambda: cause in [fault["kind"] for fault in
                                (self.commune.seen(self.kiosk) or {}).get("faults", [])], seconds)

    def test_a_kiosk_plays_on_and_fetches_when_there_is_room(self):
        self.start()
        for leave in leaves(self.amounts):
            with self.subTest(leave=leave):
                since, before = len(self.kiosk.log_text()), self.number
                self.disk.fill(leave)
                version = self.publish()
                self.tells("no-space", since)
                self.shows(before)
                self.disk.empty()
                self.commune.wait_held(self.kiosk, version, PATIENCE)
                self.shows(self.number)
        self.check_screen()

    def test_a_kiosk_that_starts_on_a_full_disk(self):
        self.start()
        self.assertEqual(self.kiosk.stop(), 0)
        self.disk.fill(0)
        self.kiosk.start()
        self.shows(self.number)
        version = self.publish()
        self.tells("no-space", 0)
        self.disk.empty()
        self.commune.wait_held(self.kiosk, version, PATIENCE)
        self.check_screen()

    def check_screen(self):
        """Never an older programme after a newer one, never a long wait."""
        self.assertEqual(self.kiosk.stop(), 0, self.kiosk.log_text())
        pictures = player_tools.pictures_of(self.kiosk.frames)
        numbers = [int(item.rsplit("-", 1)[1]) for item in player_tools.items_of(pictures)
                   if item != "built-in card"]
        self.assertEqual(numbers, sorted(numbers))
        self.assertLess(player_tools.longest_wait(pictures), 5)

    def test_the_drill_notices_that_the_disk_is_not_full(self):
        """The control: with room enough nothing is told, and the drill would wait in vain."""
        self.start()
        self.publish()
        with self.assertRaises(TimeoutError):
            self.tells("no-space", 0, 3)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        FullDisk.amounts = int(sys.argv.pop(1))
    unittest.main()
