"""An office set up at the command line, and its keys: what is made, where it lies, what is
refused. What the ceremonies bring back is in tests/drills/losses_test.py.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from ceremony_tools import PASSPHRASE, CommandOffice, command, done  # noqa: E402
from server_tools import BIN, PASSWORD, Server, office_client  # noqa: E402

KILLS = 12


class KeyCommands(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-keys-")
        self.addCleanup(self.home.cleanup)
        self.folder = pathlib.Path(self.home.name)
        self.data = self.folder / "data"
        self.stick = self.folder / "root.key"

    def words(self, root_key=None):
        return ["init", "--data", str(self.data), "--name", "Xã Hòa Phong", "--account", "lan",
                "--person", "Nguyễn Thị Lan", "--root-key-out", str(root_key or self.stick)]

    def init(self, root_key=None):
        return command(*self.words(root_key), secrets=[PASSWORD, PASSPHRASE])

    def office(self):
        office = CommandOffice(self.folder)
        self.addCleanup(office.server.close)
        return office

    def test_an_office_is_set_up_as_in_a_browser(self):
        office = self.office()
        about = office.api.call("GET", "/api/office")
        self.assertEqual(about["name"], {"vi": "Xã Hòa Phong", "en": "Hoa Phong Commune"})
        self.assertFalse(about["second_person_approves"])
        me = office.api.call("GET", "/api/session")
        self.assertEqual(me["key_state"], "trusted")
        self.assertTrue(me["person"]["rights"]["administrator"])
        self.assertEqual(len(office.root()["roles"]["root"]["keyids"]), 2)
        self.assertIsNone(office.server.setup_code)
        actions = [entry["action"] for entry in office.api.call("GET", "/api/audit")["entries"]]
        self.assertIn("office.set-up", actions)

    def test_private_keys_lie_where_they_should_and_are_locked(self):
        office = self.office()
        root = office_client.open_key_file(office.sticks[0], PASSPHRASE)
        self.assertIn(root.key_id(), office.root()["roles"]["root"]["keyids"])
        office.server.stop()
        secrets = [root.seed, office.person.key.seed, PASSWORD.encode(), PASSPHRASE.encode()]
        secrets += [secret.hex().encode() for secret in secrets]
        for path in [*office.sticks, *filter(pathlib.Path.is_file, office.server.data.rglob("*"))]:
            content = path.read_bytes()
            for secret in secrets:
                self.assertNotIn(secret, content, path)
        for stick in office.sticks:
            self.assertEqual(stick.stat().st_mode & 0o777, 0o600)

    def test_it_says_where_the_keys_were_made(self):
        out = done(*self.words(), secrets=[PASSWORD, PASSPHRASE])
        self.assertIn("The private keys were made on this machine", out)
        self.assertIn(str(self.stick), out)

    def test_an_office_that_is_there_is_not_set_up_again(self):
        self.assertEqual(self.init().returncode, 0)
        before = self.stick.read_bytes()
        again = self.init(self.folder / "other.key")
        self.assertEqual(again.returncode, 1)
        self.assertIn("set up already", again.stderr)
        self.assertFalse((self.folder / "other.key").exists())
        self.assertEqual(self.stick.read_bytes(), before)

    def test_a_root_key_stays_out_of_the_data_folder(self):
        for place in (self.data / "root.key", self.data / "keys/../root.key"):
            ended = self.init(place)
            self.assertEqual(ended.returncode, 1, place)
            self.assertIn("outside", ended.stderr)
        self.assertFalse((self.data / "root.key").exists())

    def test_nothing_is_written_over(self):
        self.stick.write_text("somebody's words")
        self.assertEqual(self.init().returncode, 1)
        self.assertEqual(self.stick.read_text(), "somebody's words")

    def test_weak_words_and_missing_ones_are_refused(self):
        for secrets in ([PASSWORD], ["short", PASSPHRASE], [PASSWORD, "short"]):
            ended = command(*self.words(), secrets=secrets)
            self.assertEqual(ended.returncode, 1, secrets)
        self.assertEqual(command("init", "--data", self.data).returncode, 2)
        self.assertEqual(self.init().returncode, 0)

    def test_a_server_that_runs_there_is_not_disturbed(self):
        with Server(self.folder):
            ended = self.init()
            self.assertEqual(ended.returncode, 1)
            self.assertIn("another conglang-server works there", ended.stderr)

    def test_killed_at_any_moment_it_can_be_done_again(self):
        began = time.monotonic()
        self.assertEqual(self.init().returncode, 0)
        whole = time.monotonic() - began
        finished = 0
        for kill in range(KILLS):
            with tempfile.TemporaryDirectory(prefix="conglang-init-") as home:
                self.folder = pathlib.Path(home)
                self.data, self.stick = self.folder / "data", self.folder / "root.key"
                self.kill_after(whole * (kill + 1) / KILLS)
                ended = self.init()
                finished += ended.returncode != 0
                self.assertIn(ended.returncode, (0, 1))
                if ended.returncode == 1:
                    self.assertIn("set up already", ended.stderr)
                # Whichever run it was: the password opens, and the stick signs.
                done("keys", "renew", "--data", self.data, "--root-key", self.stick,
                     secrets=[PASSPHRASE])
                with Server(self.folder) as server:
                    office_client.sign_in(server.office(), "lan", PASSWORD)
        self.assertLess(finished, KILLS)  # some were killed before their end

    def kill_after(self, seconds):
        reading, writing = os.pipe()
        os.write(writing, f"{PASSWORD}\n{PASSPHRASE}\n".encode())
        os.close(writing)
        process = subprocess.Popen(
            [BIN / "conglang-server", *self.words(), "--passphrase-fd", str(reading)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            pass_fds=(reading,))
        os.close(reading)
        time.sleep(seconds)
        process.kill()
        process.wait()

    def test_wrong_words_of_a_ceremony_are_refused(self):
        office = self.office()
        data = office.server.data
        usage = [("add", "lan"), ("rotate", "root", "--root-key", office.sticks[0]),
                 ("add", "snapshot", "--root-key", office.sticks[0]), ("renew",), ("rotate",),
                 ("revoke", "lan", "--root-key", office.sticks[0], "--root-key-out", self.stick)]
        for words in usage:
            self.assertEqual(command("keys", *words, "--data", data).returncode, 2, words)
        wrong = [("add", "nobody"), ("add", "lan"), ("revoke", "root"), ("revoke", "lan"),
                 ("revoke", "root", "--key", "zz")]
        for words in wrong:
            office.refused_keys(*words)
        office.refused_keys("renew", secrets=["another passphrase"])
        office.refused_keys("renew", stick=self.folder / "no.key")
        self.assertEqual(command("keys", "list", "--data", self.folder / "no").returncode, 1)
        self.assertEqual(office.root()["version"], 1)

    def test_a_threshold_of_two_wants_both_sticks(self):
        office = self.office()
        both = ["--root-key", office.sticks[1]]
        second = office_client.open_key_file(office.sticks[1], PASSPHRASE).key_id()
        third = self.folder / "stick-3.key"
        self.assertEqual(office.keys("add", "root", "--threshold", "2", "--root-key-out", third,
                                     secrets=[PASSPHRASE] * 2), 2)
        self.assertEqual(office.root()["roles"]["root"]["threshold"], 2)
        self.assertIn("wants 2", office.refused_keys("renew"))
        self.assertEqual(office.keys("renew", *both, secrets=[PASSPHRASE] * 2), 3)
        self.assertEqual(office.keys("revoke", "root", "--key", second, "--root-key", third,
                                     secrets=[PASSPHRASE] * 2), 4)
        self.assertIn("wants 2", office.refused_keys("renew", *both, secrets=[PASSPHRASE] * 2))

    def test_a_browser_does_the_same(self):
        office = self.office()
        root_key = office_client.open_key_file(office.sticks[0], PASSPHRASE)
        self.assertEqual(office_client.rotate_online_keys(office.api, [root_key]), 2)
        done("user", "reset", "lan", "--data", office.server.data)
        with self.assertRaises(office_client.ApiError):
            office.api.call("GET", "/api/root")  # the session ended with the password
        self.assertEqual(office.keys("renew"), 3)

    def test_the_list_names_every_key_and_whose_it_is(self):
        office = self.office()
        listed = done("keys", "list", "--data", office.server.data)
        self.assertIn("1 of 2 root keys must sign", listed)
        for role in office.root()["roles"].values():
            for key_id in role["keyids"]:
                self.assertIn(key_id, listed)
        self.assertIn("trusted  lan  Nguyễn Thị Lan", listed)


if __name__ == "__main__":
    unittest.main()
