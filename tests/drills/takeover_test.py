"""Somebody takes the whole server over: database, disk, TLS key, and valid snapshot, timestamp
and takedown keys. At the office's own address, with the office's own certificate, he serves two
real kiosks one mutant after another, of ten classes in turn. Each kiosk names each by its right
name; nothing unapproved is on the glass, nothing taken down comes back; after every ten the
genuine server comes back, and what it publishes then appears.

usage: takeover_test.py [ROUNDS]   (3 rounds of ten when not given; 20 is the long form, in
which each class has its 20 mutants: about seven minutes)
"""

import pathlib
import re
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end")]

import player_tools  # noqa: E402
from attacker import Attacker, Repository, StolenServer  # noqa: E402
from server_tools import Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402

PATIENCE = 60
HIDDEN = "hidden"  # in every edition, and taken down


def edition(number):
    """Two cards of this edition alone, and one that the office has taken down."""
    def change(document):
        document["assets"] = []
        document["playlists"][0]["items"] = [
            {"id": name, "kind": "text_card", "duration_ms": 400, "evergreen": True,
             "title": {"vi": f"Bản {number}", "en": f"Version {number}"}}
            for name in (f"card-{number}", f"other-{number}", HIDDEN)]
    return change


class Takeover(unittest.TestCase):
    rounds = 3
    patience = PATIENCE

    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(self.home.cleanup)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.set_up = SetUpOffice(self.server)
        self.commune = Commune(self.set_up, self.home.name)
        self.kiosks, self.stolen, self.number = [], None, 0
        self.mutants = self.updates = 0
        self.addCleanup(self.end_attack)
        self.publish_unseen()
        self.older = [self.state()]  # with everything still to be seen
        self.commune.take_down(HIDDEN)
        self.older.append(self.state())

    def kiosk(self, name):
        kiosk = self.commune.kiosk(name)
        self.addCleanup(kiosk.close)
        kiosk.start(seconds=3600)  # longer than any drill
        self.kiosks.append(kiosk)
        return kiosk

    # --- the office ---

    def state(self):
        return Repository(self.server.data / "repository")

    def publish_unseen(self):
        self.number += 1
        return self.commune.publish(edition(self.number))

    def publish(self):
        """A new edition, which every kiosk comes to show."""
        told = {kiosk: len(kiosk.log_text()) for kiosk in self.kiosks}
        version = self.publish_unseen()
        for kiosk in self.kiosks:
            self.wait_for(kiosk, told[kiosk], f'event programme-changed subject="version {version}"')
            self.wait_shown(kiosk)
        self.updates += 1
        return version

    def wait_for(self, kiosk, told, words):
        try:
            until(lambda: words in kiosk.log_text()[told:], self.patience)
        except TimeoutError:
            self.fail(f"{kiosk.name}: no {words!r} in\n{kiosk.log_text()[told:]}")

    def wait_shown(self, kiosk):
        ours = (f"card-{self.number}", f"other-{self.number}")
        try:
            until(lambda: self.commune.on_screen(kiosk) in ours, self.patience)
        except TimeoutError:
            self.fail(f"{kiosk.name}: edition {self.number} never came on the glass")

    # --- the attack ---

    def begin_attack(self):
        """Everything of the office's server is the attacker's now."""
        self.attacker = Attacker(self.server.data / "keys", self.state(), self.older)
        self.older.append(self.attacker.genuine)
        self.server.stop()
        port = int(self.server.listen.rsplit(":", 1)[1])
        self.stolen = StolenServer(port, self.server.data / "tls")
        self.stolen.serve(self.attacker.genuine.files)
        self.wait_for_looks()

    def end_attack(self):
        if self.stolen:
            self.stolen.stop()
        self.stolen = None

    def wait_for_looks(self):
        """Until every kiosk has seen what is served now; each looks twice a second."""
        enough = self.stolen.looks + 3 * len(self.kiosks)
        until(lambda: self.stolen.looks >= enough, self.patience)

    def serve(self, mutant):
        """All that each kiosk says of the repository now is what it should say."""
        self.mutants += 1
        told = {kiosk: len(kiosk.log_text()) for kiosk in self.kiosks}
        self.stolen.serve(mutant.files)
        if not mutant.faults:
            self.wait_for_looks()
        for kiosk in self.kiosks:
            for fault in mutant.faults:
                self.wait_for(kiosk, told[kiosk], f'event {fault} subject="repository"')
            named = set(re.findall(r'^event (\S+) subject="repository"',
                                   kiosk.log_text()[told[kiosk]:], re.M)) - {"recovered"}
            self.assertEqual(named, mutant.faults, f"{kiosk.name}: {mutant.what}")

    def genuine_update(self):
        """The office is back on its machine. Its versions are seconds: never below his."""
        self.end_attack()
        while time.time() <= self.attacker.version:
            time.sleep(0.1)
        self.server.start()
        self.commune.take_down(f"nothing-{self.number}")  # also gives the list a new version
        self.publish()

    def check_screens(self):
        for kiosk in self.kiosks:
            self.assertEqual(kiosk.stop(), 0, kiosk.log_text())
            self.check_screen(kiosk)

    def check_screen(self, kiosk):
        """Only what was approved, never what was taken down, and nothing older after newer."""
        pictures = player_tools.pictures_of(kiosk.frames)
        items = [item for item in player_tools.items_of(pictures) if item != "built-in card"]
        unapproved = [item for item in items if not re.fullmatch(r"(card|other)-\d+", item)]
        self.assertEqual(unapproved, [])
        numbers = [int(item.rsplit("-", 1)[1]) for item in items]
        self.assertEqual(numbers, sorted(numbers))
        self.assertIn(self.number, numbers)
        self.assertLess(player_tools.longest_wait(pictures), 5)

    # --- the drill ---

    def test_each_mutant_is_named_and_none_is_shown(self):
        for name in ("cong-dinh", "uy-ban"):
            self.kiosk(name)
        self.publish()
        for number in range(self.rounds):
            self.begin_attack()
            for make in Attacker.CLASSES:
                self.serve(make(self.attacker, number))
            self.genuine_update()
        print(f"{self.mutants} mutants, {self.updates} genuine updates on "
              f"{len(self.kiosks)} kiosks")
        self.check_screens()

    def test_new_keys_bring_every_kiosk_back(self):
        """From version 2^53 and the year 2099; one kiosk was off meanwhile."""
        self.kiosk("cong-dinh")
        off = self.kiosk("uy-ban")
        self.publish()
        self.assertEqual(off.stop(), 0)
        self.kiosks.remove(off)
        self.begin_attack()
        self.serve(self.attacker.fast_forward())
        self.end_attack()
        told = len(self.kiosks[0].log_text())
        self.server.start()
        self.publish_unseen()
        self.wait_for(self.kiosks[0], told, 'event rollback subject="repository"')

        office_client.rotate_takedown_key(self.commune.api)
        office_client.rotate_online_keys(self.commune.api, [self.set_up.root_key])
        off.start()
        self.kiosks.append(off)

        self.publish()
        self.check_screens()

    def test_the_drill_notices_a_kiosk_that_forgot_what_it_trusted(self):
        """The control: without its memory a kiosk believes what is older and genuine."""
        kiosk = self.kiosk("cong-dinh")
        self.publish()
        self.assertEqual(kiosk.stop(), 0)
        self.kiosks.remove(kiosk)
        self.begin_attack()
        for name in ("trust", "publications"):
            (kiosk.data / name).unlink()
        rollback = Attacker.rollback(self.attacker, 0)
        self.stolen.serve(rollback.files)
        kiosk.start()
        self.kiosks.append(kiosk)
        self.patience = 5
        with self.assertRaisesRegex(AssertionError, "no 'event rollback"):
            self.serve(rollback)
        until(lambda: HIDDEN in self.stolen.seen, PATIENCE)
        kiosk.stop()
        with self.assertRaisesRegex(AssertionError, HIDDEN):
            self.check_screen(kiosk)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        Takeover.rounds = int(sys.argv.pop(1))
    unittest.main()
