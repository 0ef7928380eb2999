"""What can be lost, and the way back from it: a password, a stick with the root key, an approver,
the server's machine, and the server's own keys. Each over several versions of the root, with a
kiosk that was off all the while and shows the new programme afterwards.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end")]

from ceremony_tools import PASSPHRASE, CommandOffice, done, started  # noqa: E402
from player_tools import PLAYER  # noqa: E402
from publish_travels_test import only_card  # noqa: E402
from server_tools import PASSWORD, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402
import attacker  # noqa: E402

KILLS = 16
NEW_PASSWORD = "mật khẩu mới của tôi"


class Losses(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-losses-")
        self.addCleanup(self.home.cleanup)
        self.folder = pathlib.Path(self.home.name)
        self.office = CommandOffice(self.folder)
        self.addCleanup(self.office.server.close)
        self.data = self.office.server.data
        self.commune = Commune(self.office, self.folder)

    def publish(self, title):
        return self.commune.publish(only_card(title))

    def running(self, name):
        kiosk = self.commune.kiosk(name)
        self.addCleanup(kiosk.close)
        return kiosk.start()

    def two_kiosks(self):
        """One that stays on, and one that has shown something and is off from now on."""
        on, off = self.running("cong-dinh"), self.running("uy-ban")
        version = self.publish("Trước")
        for kiosk in (on, off):
            self.commune.wait_held(kiosk, version)
            until(lambda kiosk=kiosk: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(off.stop(), 0, off.log_text())
        return on, off

    def assert_shows(self, version, on, off):
        """Also the kiosk that was off meanwhile, and one that joins only now."""
        off.start()
        for kiosk in (on, off, self.running("moi-den")):
            self.commune.wait_held(kiosk, version)
            until(lambda kiosk=kiosk: self.commune.on_screen(kiosk) == "card")
            self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def refused_approval(self, key):
        with self.assertRaises(office_client.ApiError) as refused:
            office_client.approve(self.office.api, self.commune.submit(only_card("Cũ")), key)
        return refused.exception.code

    def test_a_lost_password(self):
        on, off = self.two_kiosks()
        lost = self.office.person.key
        output = done("user", "reset", "lan", "--data", self.data)
        self.office.accept(output, office_client.Person("lan", "Nguyễn Thị Lan", NEW_PASSWORD))
        self.office.person = self.office.sign_in("lan", NEW_PASSWORD)

        self.assertEqual(self.office.keys("add", "lan"), 2)
        words = self.office.refused_keys("revoke", "lan")  # it signed what is shown
        self.assertIn("keys add", words)
        self.publish("Giữa")
        self.assertEqual(self.office.keys("revoke", "lan"), 3)
        self.assertEqual(self.office.keys("renew"), 4)

        self.assertEqual(self.refused_approval(lost), "not-your-key")
        self.assert_shows(self.publish("Sau"), on, off)
        self.assertNotIn(lost.key_id(), json.dumps(self.office.root()))

    def test_a_lost_root_key(self):
        on, off = self.two_kiosks()
        lost, kept, third = *self.office.sticks, self.folder / "stick-3.key"
        lost_id = office_client.open_key_file(lost, PASSPHRASE).key_id()
        self.assertIn(lost_id, done("keys", "list", "--data", self.data))

        self.assertEqual(self.office.keys("rotate", "root", "--key", lost_id[:8],
                                          "--root-key-out", third, stick=kept,
                                          secrets=[PASSPHRASE, PASSPHRASE]), 2)
        self.assertEqual(self.office.keys("rotate", "timestamp", stick=third), 3)
        self.assertEqual(self.office.keys("renew", stick=kept), 4)

        self.assertIn("0 of those given are its", self.office.refused_keys("renew", stick=lost))
        self.assertNotIn(lost_id, json.dumps(self.office.root()))
        self.assert_shows(self.publish("Sau"), on, off)

    def test_every_root_key_lost(self):
        """Then kiosks must learn another office: each is enrolled anew, on its own disk."""
        on, _ = self.two_kiosks()
        self.assertEqual(on.stop(), 0)
        self.office.server.stop()
        self.office = CommandOffice(self.folder / "anew")
        self.addCleanup(self.office.server.close)
        self.commune = Commune(self.office, self.folder / "anew")
        version = self.publish("Sau")
        on.server = self.office.server

        refused = subprocess.run(
            [PLAYER, "enrol", on.server.address, "--data", on.data], capture_output=True,
            text=True, stdin=subprocess.DEVNULL, env=on.environment, timeout=60)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--again", refused.stderr)
        on.enrol(self.commune, again=True)
        on.start()
        self.commune.wait_held(on, version)
        until(lambda: self.commune.on_screen(on) == "card")
        self.assertEqual(on.stop(), 0, on.log_text())

    def test_an_approver_who_is_gone(self):
        on, off = self.two_kiosks()
        gone = self.office.person.key
        output = done("user", "invite", "Trần Văn Nam", "--approver", "--author",
                      "--administrator", "--data", self.data)
        self.office.accept(output, office_client.Person("nam", "Trần Văn Nam", NEW_PASSWORD))
        self.assertEqual(self.office.keys("add", "nam"), 2)
        done("user", "close", "lan", "--data", self.data)
        self.office.person = self.office.sign_in("nam", NEW_PASSWORD)

        words = self.office.refused_keys("revoke", "lan")
        self.assertIn("let its owner approve something", words)
        self.assertIn("withdrawn  lan", done("keys", "list", "--data", self.data))
        self.publish("Giữa")
        self.assertEqual(self.office.keys("revoke", "lan"), 3)
        self.assertEqual(self.office.keys("renew"), 4)

        self.assertEqual(self.refused_approval(gone), "not-your-key")
        self.assert_shows(self.publish("Sau"), on, off)
        self.assertIn("each as it was written", done("audit", "verify", "--data", self.data))

    def test_a_server_machine_that_is_gone(self):
        on, off = self.two_kiosks()
        self.assertEqual(self.office.keys("rotate", "snapshot"), 2)
        self.assertEqual(self.office.keys("rotate", "timestamp"), 3)
        done("keys", "rotate", "takedown", "--data", self.data)
        hidden = self.commune.take_down("something")["id"]
        self.commune.wait_held(on, self.publish("Giữa"))
        self.assertEqual(self.office.keys("renew"), 4)
        saved = self.folder / "office.tar"
        done("backup", saved, "--data", self.data)
        self.commune.wait_held(on, self.publish("Lost with the machine"))
        self.office.server.stop()
        shutil.rmtree(self.data)

        done("restore", saved, "--data", self.data)
        self.office.server.start()
        self.office.person = self.office.sign_in("lan", PASSWORD)

        self.assertEqual(self.office.root()["version"], 4)
        acts = self.office.api.call("GET", "/api/takedowns")["takedowns"]
        self.assertEqual([act["id"] for act in acts], [hidden])
        self.assertEqual(self.office.keys("renew"), 5)
        self.assert_shows(self.publish("Sau"), on, off)

    def push_ahead(self):
        """What the server's own keys can do at worst: every number used up."""
        repository = self.data / "repository"
        genuine = attacker.Repository(repository)
        thief = attacker.Attacker(self.data / "keys", genuine)
        self.assertLess(genuine.newest, attacker.MOST)
        body = {**genuine.role("takedown"), "version": attacker.MOST}
        role = thief.sign(body, thief.keys["takedown"])
        thief.version = attacker.MOST - 1  # the next one is the last
        pushed, _ = thief.seal({f"metadata/{attacker.MOST}.takedown.json": role},
                               {"takedown.json": {"version": attacker.MOST,
                                                  **attacker.stated(role)}})
        for path in sorted(pushed, key=lambda path: path.endswith("timestamp.json")):
            (repository / path).write_bytes(pushed[path])

    def holds_pushed(self, kiosk):
        """Whether what the kiosk keeps on its disk is the thief's."""
        mark = str(attacker.MOST).encode()
        return any(mark in path.read_bytes() for path in kiosk.data.rglob("*")
                   if path.is_file() and path.stat().st_size < 1 << 20)

    def test_version_numbers_that_a_thief_used_up(self):
        on, off = self.two_kiosks()
        caught = self.running("cho-que")
        self.commune.wait_held(caught, self.publish("Giữa"))
        self.push_ahead()
        for kiosk in (on, caught):
            until(lambda kiosk=kiosk: self.holds_pushed(kiosk))
        self.assertEqual(caught.stop(), 0)

        # The control: neither an approval nor a root with the same keys brings it back.
        with self.assertRaises(office_client.ApiError) as refused:
            self.publish("Vô ích")
        self.assertEqual(refused.exception.code, "versions-used-up")
        self.assertIn("keys rotate", self.office.refused_keys("renew"))

        done("keys", "rotate", "takedown", "--data", self.data)
        self.assertEqual(self.office.keys("rotate", "snapshot"), 2)
        # With one of the two keys a kiosk forgets what both have signed.
        self.commune.wait_held(on, self.publish("Giữa hai lần"))
        self.assertEqual(self.office.keys("rotate", "timestamp"), 3)
        self.assertEqual(self.office.keys("renew"), 4)
        version = self.publish("Sau")

        caught.start()
        self.commune.wait_held(caught, version)
        self.assert_shows(version, on, off)
        self.assertFalse(self.holds_pushed(caught))
        # And the server hides again, with a key that the thief does not have.
        caught_act = self.commune.take_down("card")
        until(lambda: self.commune.on_screen(caught) not in ("card", None))
        self.assertIn(caught_act["id"], json.dumps(
            self.office.api.call("GET", "/api/takedowns")))
        self.assertEqual(caught.stop(), 0, caught.log_text())

    def killed(self, seconds, *words):
        """A ceremony whose process dies after so long; what it had begun is brought to an end
        by whoever comes next."""
        with started(*words, "--data", self.data, "--root-key", self.office.sticks[0],
                     secrets=[PASSPHRASE]) as process:
            time.sleep(seconds)
            process.kill()

    def test_a_ceremony_that_is_killed_at_any_moment(self):
        on, off = self.two_kiosks()
        began = time.monotonic()
        self.office.keys("rotate", "timestamp")
        whole = time.monotonic() - began
        versions = {self.office.root()["version"]}
        for kill in range(KILLS):
            role = ("timestamp", "snapshot")[kill % 2]
            # The key file takes most of the time to open; the files change at the very end.
            self.killed(whole * (0.5 + 0.7 * kill / KILLS), "rotate", role)
            if kill % 3 == 0:
                self.office.server.kill()
                self.office.server.start()
            self.commune.take_down(f"item-{kill}")
            version = self.publish(f"Lần {kill}")
            self.commune.wait_held(on, version)
            versions.add(self.office.root()["version"])
        print(f"{KILLS} kills, {len(versions) - 1} of them after the new root was published")
        self.assertIn("each as it was written", done("audit", "verify", "--data", self.data))
        self.assert_shows(self.publish("Sau"), on, off)

    def test_a_root_of_a_stranger_brings_nothing_back(self):
        """The control of all the above: what if whoever has the server signs the next root?"""
        on, off = self.two_kiosks()
        shown = self.commune.seen(on)["held_version"]
        stranger = office_client.SigningKey()
        file = self.folder / "stranger.key"
        file.write_text(json.dumps({
            "format": 1, "role": "root", "keyid": stranger.key_id(), "key": stranger.tuf_key(),
            "private": {"lock": "none", "seed": stranger.seed.hex()}}))
        self.assertIn("0 of those given are its",
                      self.office.refused_keys("renew", stick=file))

        repository = self.data / "repository"
        genuine = attacker.Repository(repository)
        genuine_files = genuine.files
        thief = attacker.Attacker(self.data / "keys", genuine)
        body = office_client.next_root(
            genuine_files["metadata/1.root.json"], add=[("targets", stranger.tuf_key()),
                                                        ("root", stranger.tuf_key())])
        version = genuine.version_of("targets") + 1
        forged = thief.sign({**genuine.role("targets"), "version": version}, stranger)
        pushed, _ = thief.seal({f"metadata/{version}.targets.json": forged},
                               {"targets.json": {"version": version, **attacker.stated(forged)}})
        pushed["metadata/2.root.json"] = thief.sign(body, stranger, *thief.keys.values())
        for path in sorted(pushed, key=lambda path: path.endswith("timestamp.json")):
            (repository / path).write_bytes(pushed[path])
        off.start()
        for kiosk in (on, off):
            until(lambda kiosk=kiosk: "bad-signature" in kiosk.log_text())
            self.assertEqual(self.trusted_root(kiosk), 1)
        self.assertEqual(off.stop(), 0)

        # The office clears the thief's files away, and the genuine ceremony is followed.
        for path in set(pushed) - set(genuine_files):
            (repository / path).unlink()
        for path, content in genuine_files.items():
            (repository / path).write_bytes(content)
        self.assertEqual(self.office.keys("rotate", "timestamp", stick=self.office.sticks[1]), 2)
        version = self.publish("Sau")
        self.assertGreater(version, shown)
        self.assert_shows(version, on, off)

    def trusted_root(self, kiosk):
        """The highest version of a root that the kiosk keeps."""
        versions = [int(found) for path in kiosk.data.rglob("*")
                    if path.is_file() and path.stat().st_size < 1 << 20
                    for found in re.findall(
                        rb'"_type": ?"root".{0,4000}?"version": ?(\d+)', path.read_bytes(),
                        re.DOTALL)]
        return max(versions)


if __name__ == "__main__":
    unittest.main()
