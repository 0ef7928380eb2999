"""The server is killed at the n-th write, flush or rename of each journey of an office, and
then at random: what was answered is there after the next start, the signed repository holds
and never goes back, and the screen shows nothing but what was approved.

usage: server_kill_test.py [KILLS]   (40 when not given; 1000 is the long form)
"""

import pathlib
import random
import shutil
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end"), str(HERE.parent / "faults")]

import player_tools  # noqa: E402
from file_layer import KILL, FileLayer  # noqa: E402
from journeys import BROKEN, Journeys  # noqa: E402
from ledger import Ledger  # noqa: E402
from server_tools import PASSWORD, Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402

KILLS = 40
LEAST_ACKNOWLEDGED = 2  # operations for each kill, on average
SYSTEMATIC = 0.8  # of the kills go through the operations of each journey in order
PATIENCE = 60
HIDES_WITHIN = 30  # seconds; how fast it is shows takedown_test.py


class Drill:
    """One office whose server can be killed, and a ledger of what it has answered for."""

    def __init__(self, case, home):
        self.case, self.home = case, pathlib.Path(home)
        self.layer = FileLayer(self.home / "control", self.home / "data")
        self.server = Server(home, environment=self.layer.environment()).start()
        case.addCleanup(self.server.close)
        self.commune = Commune(SetUpOffice(self.server), home)
        self.ledger = Ledger(home, self.commune.set_up.root)
        self.journeys = Journeys(self.commune, self.ledger)
        for name in ("publish", "enrol", "enrol"):
            self.journeys.go(name)

    def operations_of(self, name):
        """How many file operations that journey takes when nothing strikes."""
        before = self.layer.calls
        self.journeys.go(name)
        return self.layer.calls - before

    def kill_within(self, name, nth, before):
        """That journey, again and again until its nth operation is struck; True when it was.
        `before` it goes a whole one, so that there is something fresh to be lost."""
        self.journeys.go(before)
        self.layer.strike_at(nth, KILL)
        for _ in range(1000):
            try:
                self.journeys.go(name)
            except BROKEN:
                break
        else:
            self.case.fail("the kill never came")
        self.server.process.wait(PATIENCE)
        struck = self.layer.acted
        self.layer.rest()
        self.server.start()
        return struck

    def check(self, **how):
        self.ledger.check(self.case, self.commune, **how)


def evenly(most, count):
    """So many of the numbers from 1 to most, the first and the last among them."""
    if count >= most:
        return list(range(1, most + 1))
    return sorted({1 + round(n * (most - 1) / max(1, count - 1)) for n in range(count)})


def kills_of(drill, kills, chance):
    """(journey, operation) of each kill: first through each journey, then anywhere."""
    plan = []
    most = {name: drill.operations_of(name) for name in Journeys.NAMES}
    print("file operations: " + ", ".join(f"{name} {count}" for name, count in most.items()))
    for name, count in most.items():
        share = int(kills * SYSTEMATIC * count / sum(most.values()))
        plan += [(name, nth) for nth in evenly(count, max(4, share))]
    while len(plan) < kills:
        name = chance.choice(Journeys.NAMES)
        plan.append((name, chance.randint(1, most[name])))
    return plan[:max(kills, 4 * len(most))]


class KilledServer(unittest.TestCase):
    kills = KILLS

    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)

    def test_nothing_that_was_answered_is_lost(self):
        drill = Drill(self, self.home)
        kiosk = drill.commune.kiosk("cong-dinh")
        self.addCleanup(kiosk.close)
        kiosk.start(seconds=36000, size="320x180", heartbeat_ms=2000)
        chance = random.Random(20261128)
        plan, struck, hidden_at = kills_of(drill, self.kills, chance), 0, {}
        for name, nth in plan:
            with self.subTest(journey=name, operation=nth):
                struck += drill.kill_within(name, nth, chance.choice(Journeys.NAMES))
                for target in drill.ledger.acts.values():
                    hidden_at.setdefault(target, time.monotonic_ns())
                drill.journeys.resume()
                drill.check()
        drill.check(every_asset=True)
        acknowledged = drill.ledger.acknowledged
        print(f"{struck} of {len(plan)} kills inside of writing; acknowledged: " +
              ", ".join(f"{count} {what}" for what, count in sorted(acknowledged.items())))
        self.assertEqual(struck, len(plan))
        self.assertGreaterEqual(acknowledged.total(), LEAST_ACKNOWLEDGED * len(plan))
        drill.journeys.publish()
        drill.commune.wait_held(kiosk, max(drill.ledger.releases), PATIENCE)
        self.check_screen(kiosk, hidden_at, drill.ledger)
        self.assertEqual(drill.server.stop(), 0)

    def check_screen(self, kiosk, hidden_at, ledger):
        """Only what was sent to be approved, never an older programme after a newer one, and
        nothing that was hidden for long."""
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())
        pictures = [(picture["item"], int(picture["presented_ns"]))
                    for picture in player_tools.pictures_of(kiosk.frames)
                    if picture["item"] not in ("", "built-in card")]
        numbers = [int(item.rsplit("-", 1)[1]) for item, _ in pictures]
        self.assertGreater(len(set(numbers)), 1)
        self.assertEqual(numbers, sorted(numbers), "an older programme came after a newer one")
        self.assertLessEqual(max(numbers), ledger.numbers_asked)
        for item, moment in pictures:
            since = (moment - hidden_at.get(item, moment)) / 1e9
            self.assertLess(since, HIDES_WITHIN, f"{item} is shown though it was hidden")

    def test_the_drill_notices_a_server_with_an_older_database(self):
        """The control: the ledger beside a server that lost what it had answered for."""
        drill = Drill(self, self.home)
        data, older = self.home / "data", self.home / "older"
        drill.server.stop()
        shutil.copytree(data, older)
        for name in Journeys.NAMES:
            drill.server.start()
            drill.journeys.resume()
            drill.journeys.go(name)
            drill.check()
            drill.server.stop()
            newer = self.home / f"newer-{name}"
            shutil.copytree(data, newer)
            self.put_back(older, data, "office.sqlite*")
            with self.assertRaises(RuntimeError, msg="its own anchor knows better"):
                drill.server.start()
            drill.server.process.wait(PATIENCE)
            self.put_back(older, data, "audit.anchor")  # the check that is disabled
            drill.server.start()
            with self.assertRaises((AssertionError, office_client.ApiError), msg=name):
                drill.check()
            drill.server.stop()
            shutil.rmtree(data)
            shutil.copytree(newer, data)

    def test_the_drill_notices_a_repository_that_went_back(self):
        """The control: an older repository, whole and well signed."""
        drill = Drill(self, self.home)
        repository, older = self.home / "data/repository", self.home / "older"
        shutil.copytree(repository, older)
        drill.journeys.publish()
        drill.check()
        shutil.rmtree(repository)
        shutil.copytree(older, repository)
        with self.assertRaises(AssertionError):
            drill.check()

    @staticmethod
    def put_back(older, data, pattern):
        for path in data.glob(pattern):
            path.unlink()
        copies = list(older.glob(pattern))
        if not copies:
            raise FileNotFoundError(pattern)
        for path in copies:
            shutil.copy2(path, data / path.name)


class KilledSetUp(unittest.TestCase):
    def test_a_set_up_that_is_cut_short_can_be_done_again(self):
        """Killed at each write of the set-up in turn, until one comes through."""
        for nth in range(1, 400, 7):
            with tempfile.TemporaryDirectory(prefix="conglang-drill-") as folder:
                layer = FileLayer(pathlib.Path(folder) / "control", pathlib.Path(folder) / "data")
                server = Server(folder, environment=layer.environment())
                layer.strike_at(nth, KILL)
                try:
                    server.start()
                    SetUpOffice(server)
                    came_through = True
                except (RuntimeError, office_client.ApiError, *BROKEN):
                    came_through = False
                if came_through:
                    server.close()
                    return
                server.process.wait(60)
                layer.rest()
                server.start()
                if server.setup_code:
                    SetUpOffice(server)
                office = server.office()
                try:
                    office_client.sign_in(office, "lan", PASSWORD)
                    self.assertEqual(office.call("GET", "/api/office")["name"]["vi"], "Xã Hòa Phong")
                finally:
                    server.close()
        self.fail("the set-up has more writes than the drill knows of")


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        KilledServer.kills = int(sys.argv.pop(1))
    unittest.main()
