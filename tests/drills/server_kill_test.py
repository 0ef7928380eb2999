"""The server is killed at the n-th write, flush or rename of what an office does, again and
again: what was answered is there after the next start, the book of acts has no gap, and
nothing is half done.

usage: server_kill_test.py [KILLS]   (40 when not given; 1000 is the long form)
"""

import http.client
import pathlib
import random
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "end-to-end"), str(HERE.parent / "faults")]

from file_layer import KILL, FileLayer  # noqa: E402
from server_tools import PASSWORD, Server, SetUpOffice, office_client  # noqa: E402

KILLS = 40
LEAST_ACKNOWLEDGED = 1  # operations for each kill, on average
BROKEN = (OSError, http.client.HTTPException)


class Ledger:
    """What the server has answered for, kept by the driver."""

    def __init__(self):
        self.units = {}  # id -> name
        self.acknowledged = 0

    def check(self, case, api):
        there = {unit["id"]: unit["name"]["vi"] for unit in api.call("GET", "/api/units")["units"]}
        for unit, name in self.units.items():
            case.assertEqual(there.get(unit), name, "an acknowledged unit is lost")
        # At most the one that was under way is there without an answer.
        case.assertLessEqual(len(there), len(self.units) + 1)
        for unit, name in there.items():
            self.units.setdefault(unit, name)


def whole_book(api):
    entries, before = [], 0
    while True:
        page = api.call("GET", "/api/audit?most=500" + (f"&before={before}" if before else ""))
        entries += page["entries"]
        before = page["next_before"]
        if before is None:
            return entries[::-1]


class KilledServer(unittest.TestCase):
    kills = KILLS

    def test_nothing_that_was_answered_is_lost(self):
        chance = random.Random(20261123)
        with tempfile.TemporaryDirectory(prefix="conglang-drill-") as folder:
            layer = FileLayer(pathlib.Path(folder) / "control", pathlib.Path(folder) / "data")
            server = Server(folder, environment=layer.environment())
            server.start()
            self.addCleanup(server.close)
            office = SetUpOffice(server)
            ledger, inside = Ledger(), 0
            for round_number in range(self.kills):
                layer.strike_at(chance.randint(1, 250), KILL)
                self.work(office.api, ledger, round_number)
                server.process.wait(60)
                inside += layer.acted
                layer.rest()
                server.start()
                # The session outlives the server.
                ledger.check(self, office.api)
                self.check_book(office.api)
            print(f"{inside} kills inside of writing, {ledger.acknowledged} acknowledged acts")
            self.assertEqual(inside, self.kills)
            self.assertGreaterEqual(ledger.acknowledged, LEAST_ACKNOWLEDGED * self.kills)
            self.assertEqual(server.stop(), 0)

    def work(self, api, ledger, round_number):
        for number in range(1000):
            name = f"Đơn vị {round_number}-{number}"
            try:
                unit = api.call("POST", "/api/units", {"name": {"vi": name}})
            except BROKEN:
                return
            ledger.units[unit["id"]] = name
            ledger.acknowledged += 1
        self.fail("the kill never came")

    def check_book(self, api):
        numbers = [entry["number"] for entry in whole_book(api)]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def test_the_drill_notices_a_loss(self):
        """The control: an acknowledged act that is not there fails the drill."""
        ledger = Ledger()
        ledger.units["gone"] = "Đơn vị"

        class Empty:
            def call(self, method, path):
                return {"units": []}

        with self.assertRaises(AssertionError):
            ledger.check(self, Empty())


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
