"""Looking after an office from its own machine: backup, restore, doctor, audit, people."""

import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from publish_travels_test import only_card  # noqa: E402
from server_tools import BIN, PASSWORD, Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402


def command(*arguments):
    return subprocess.run([BIN / "conglang-server", *map(str, arguments)], text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


class OfficeCommands(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-office-")
        self.addCleanup(self.home.cleanup)
        self.folder = pathlib.Path(self.home.name)
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.office = SetUpOffice(self.server)

    def done(self, *arguments):
        ended = command(*arguments)
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        return ended.stdout

    def test_a_machine_that_is_gone_comes_back_from_one_file(self):
        commune = Commune(self.office, self.home.name)
        kiosk = commune.kiosk("cong-dinh")
        self.addCleanup(kiosk.close)
        kiosk.start()
        first = commune.publish(only_card("Trước"))
        commune.wait_held(kiosk, first)
        hidden = commune.take_down("something")["id"]
        saved = self.folder / "office.tar"
        self.done("backup", saved, "--data", self.server.data)
        self.assertEqual(saved.stat().st_mode & 0o077, 0)
        # What comes after the backup is lost with the machine, not on the kiosks.
        commune.wait_held(kiosk, commune.publish(only_card("Sau")))
        self.server.stop()
        shutil.rmtree(self.server.data)

        self.done("restore", saved, "--data", self.server.data)
        self.server.start()

        office_client.sign_in(self.office.api, "lan", PASSWORD)
        actions = [entry["action"] for entry in
                   self.office.api.call("GET", "/api/audit?most=20")["entries"]]
        self.assertIn("office.restored", actions)
        self.assertFalse((self.server.data / "restored.json").exists())
        acts = self.office.api.call("GET", "/api/takedowns")["takedowns"]
        self.assertEqual([act["id"] for act in acts], [hidden])
        third = commune.publish(only_card("Khôi phục"))
        self.assertGreater(third, first)
        commune.wait_held(kiosk, third)
        until(lambda: commune.on_screen(kiosk) == "card")
        self.assertIn("each as it was written",
                      self.done("audit", "verify", "--data", self.server.data))

    def test_a_backup_that_was_touched_is_not_put_back(self):
        saved = self.folder / "office.tar"
        self.done("backup", saved, "--data", self.server.data)
        content = bytearray(saved.read_bytes())
        content[len(content) // 2] ^= 1
        saved.write_bytes(content)
        ended = command("restore", saved, "--data", self.folder / "elsewhere")
        self.assertEqual(ended.returncode, 1)
        self.assertFalse((self.folder / "elsewhere").exists())

    def test_nothing_is_put_over_an_office(self):
        saved = self.folder / "office.tar"
        self.done("backup", saved, "--data", self.server.data)
        ended = command("restore", saved, "--data", self.server.data)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("conflict", ended.stderr)

    def test_the_doctor_speaks_both_languages_and_finds_a_missing_key(self):
        Commune(self.office, self.home.name).publish(only_card("Hội làng"))
        well = command("doctor", "--data", self.server.data)
        self.assertNotIn("fault ", well.stdout)
        self.assertEqual(well.returncode, 0, well.stdout)
        (self.server.data / "keys/timestamp.key").unlink()
        ill = command("doctor", "--data", self.server.data)
        self.assertEqual(ill.returncode, 1, ill.stdout)
        self.assertIn("fault ", ill.stdout)

    def test_the_book_tells_an_entry_that_was_changed(self):
        self.server.stop()
        self.assertEqual(command("audit", "verify", "--data", self.server.data).returncode, 0)
        database = sqlite3.connect(self.server.data / "office.sqlite")
        tables = [row[0] for row in
                  database.execute("select name from sqlite_master where type = 'table'")]
        table = next(name for name in tables if name.startswith("audit"))
        for trigger in [row[0] for row in database.execute(
                "select name from sqlite_master where type = 'trigger'")]:
            database.execute(f"drop trigger {trigger}")
        database.execute(f"update {table} set actor = 'person:somebody' where number = 1")
        database.commit()
        database.close()
        ended = command("audit", "verify", "--data", self.server.data)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("entry 1", ended.stderr)

    def test_a_lost_password_is_replaced_by_a_link(self):
        data = self.server.data
        self.assertIn("administrator", self.done("user", "list", "--data", data))
        out = self.done("user", "reset", "lan", "--data", data)
        token = next(line.split()[1] for line in out.splitlines()
                     if line.startswith("invitation "))
        api = self.server.office()
        with self.assertRaises(office_client.ApiError):
            office_client.sign_in(api, "lan", PASSWORD)
        person = office_client.Person("lan", "Nguyễn Thị Lan", "mật khẩu mới của tôi")
        credentials = person.credentials()
        api.call("POST", "/api/invitations/accept", {"token": token, **credentials})
        office_client.sign_in(api, "lan", "mật khẩu mới của tôi")
        self.assertEqual(api.call("GET", "/api/session")["key_state"], "waiting")
        self.assertIn("key waiting", self.done("user", "list", "--data", data))

    def test_somebody_is_invited_and_leaves(self):
        data = self.server.data
        out = self.done("user", "invite", "Trần Văn Nam", "--author", "--data", data)
        self.assertIn("invitation ", out)
        person = out.split()[1]
        self.done("user", "close", person, "--data", data)
        self.assertIn("closed", self.done("user", "list", "--data", data))
        ended = command("user", "close", "lan", "--data", data)
        self.assertEqual(ended.returncode, 1)  # nobody else administrates
        self.assertEqual(command("user", "reset", "nobody", "--data", data).returncode, 1)

    def test_an_empty_folder_is_no_office(self):
        for arguments in (("backup",), ("doctor",), ("audit", "verify"), ("user", "list")):
            ended = command(*arguments, "--data", self.folder / "nothing")
            self.assertEqual(ended.returncode, 1, arguments)
            self.assertFalse((self.folder / "nothing").exists())
        self.assertEqual(command("backup").returncode, 2)


if __name__ == "__main__":
    unittest.main()
