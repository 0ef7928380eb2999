"""An approver signs on a machine that is not the server, and believes only the root on the stick."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from publish_travels_test import only_card  # noqa: E402
from server_tools import BIN, PASSWORD, Server, SetUpOffice, office_client  # noqa: E402
from travel_tools import Commune, until  # noqa: E402


class SignElsewhere(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="conglang-sign-")
        self.addCleanup(self.home.cleanup)
        self.stick = pathlib.Path(self.home.name) / "stick"
        self.stick.mkdir()
        self.server = Server(self.home.name).start()
        self.addCleanup(self.server.close)
        self.office = SetUpOffice(self.server)
        self.commune = Commune(self.office, self.home.name)
        (self.stick / "root.json").write_text(self.office.root, encoding="utf-8")

    def carry(self, submission):
        """The officer's download, on the stick."""
        api = self.office.api
        api.call("POST", f"/api/submissions/{submission}/candidate", {})
        request = api.call("GET", f"/api/submissions/{submission}/approval-request")
        (self.stick / "request.json").write_text(json.dumps(request), encoding="utf-8")
        return request

    def sign(self, password=PASSWORD):
        reading, writing = os.pipe()
        os.write(writing, password.encode())
        os.close(writing)
        try:
            return subprocess.run(
                [BIN / "conglang-server", "sign", self.stick / "request.json", "--root",
                 self.stick / "root.json", "--out", self.stick / "approval.json",
                 "--passphrase-fd", str(reading)],
                pass_fds=[reading], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=60)
        finally:
            os.close(reading)

    def bring_back(self, submission):
        approval = json.loads((self.stick / "approval.json").read_text(encoding="utf-8"))
        return self.office.api.call("POST", f"/api/submissions/{submission}/approval", approval)

    def test_what_was_signed_elsewhere_reaches_the_screen(self):
        kiosk = self.commune.kiosk("cong-dinh")
        self.addCleanup(kiosk.close)
        kiosk.start()
        for title in ("Hội làng", "Tương Bần"):
            submission = self.commune.submit(only_card(title))
            self.carry(submission)
            ended = self.sign()
            self.assertEqual(ended.returncode, 0, ended.stderr)
            self.assertIn(title, ended.stdout)
            self.assertNotIn("! ", ended.stdout)
            version = self.bring_back(submission)["version"]
            self.commune.wait_held(kiosk, version)
        until(lambda: self.commune.on_screen(kiosk) == "card")
        self.assertEqual(kiosk.stop(), 0, kiosk.log_text())

    def test_a_wrong_password_signs_nothing(self):
        self.carry(self.commune.submit(only_card("Hội làng")))
        ended = self.sign("không phải mật khẩu ấy")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("Nothing was signed", ended.stderr)
        self.assertFalse((self.stick / "approval.json").exists())

    def test_an_office_that_lies_is_found_out_before_any_password(self):
        submission = self.commune.submit(only_card("Hội làng"))
        request = self.carry(submission)
        body = json.loads(request["body"])
        body["targets"]["publications/gate.json"]["hashes"]["sha256"] = "0" * 64
        request["body"] = office_client.canonical_json(body).decode()
        (self.stick / "request.json").write_text(json.dumps(request), encoding="utf-8")
        ended = self.sign()
        self.assertEqual(ended.returncode, 1)
        self.assertIn("more than the differences", ended.stderr)
        self.assertFalse((self.stick / "approval.json").exists())

    def test_what_was_signed_and_is_not_shown_is_told(self):
        self.carry(self.commune.submit(only_card("Hội làng")))
        self.assertEqual(self.sign().returncode, 0)  # and never brought back
        self.carry(self.commune.submit(only_card("Tương Bần")))
        ended = self.sign()
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn("is not what is shown now", ended.stdout)


if __name__ == "__main__":
    unittest.main()
