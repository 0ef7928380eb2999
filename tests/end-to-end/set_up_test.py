"""A server on an empty folder becomes an office, over TLS, by what a browser would do."""

import hashlib
import json
import pathlib
import ssl
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import server_tools  # noqa: E402
from server_tools import PASSWORD, Server, SetUpOffice, office_client  # noqa: E402


class SetUp(unittest.TestCase):
    def test_the_first_person_signs_in_and_everything_is_in_the_book(self):
        with Server() as server:
            office = SetUpOffice(server)

            session = office.api.call("GET", "/api/session")
            actions = [entry["action"] for entry in office.api.call("GET", "/api/audit")["entries"]]

            self.assertEqual(session["person"]["name"], "Nguyễn Thị Lan")
            self.assertEqual(session["key_state"], "trusted")
            for action in ("office.set-up", "root.changed", "session.opened"):
                self.assertIn(action, actions)
            self.assertEqual(server.stop(), 0)

    def test_the_locked_key_comes_back_and_opens_with_the_password_alone(self):
        with Server() as server:
            office = SetUpOffice(server)
            blob = office.api.call("GET", "/api/session")["locked_key"]

            keys = office_client.derive_password_keys(PASSWORD, bytes.fromhex(blob["salt"]))
            opened = office_client.unlock_key(blob, keys["unlock"])

            self.assertEqual(opened.seed, office.person.key.seed)
            with self.assertRaises(ValueError):
                office_client.unlock_key(blob, keys["login"])

    def test_no_secret_of_a_person_lies_on_the_server(self):
        with Server() as server:
            office = SetUpOffice(server)
            secrets = [office.person.key.seed, office.root_key.seed, PASSWORD.encode(),
                       office.person.keys["unlock"], office.person.keys["login"]]
            secrets += [secret.hex().encode() for secret in secrets]
            server.stop()

            for path in filter(pathlib.Path.is_file, server.data.rglob("*")):
                content = path.read_bytes()
                for secret in secrets:
                    self.assertNotIn(secret, content, path)
                self.assertEqual(path.stat().st_mode & 0o077 if path.suffix == ".key" else 0, 0)

    def test_two_servers_have_nothing_in_common(self):
        with Server() as one, Server() as other:
            SetUpOffice(one)
            SetUpOffice(other)
            for name in ("keys/timestamp.key", "keys/snapshot.key", "keys/takedown.key",
                         "tls/ca.pem", "tls/server.key"):
                self.assertNotEqual((one.data / name).read_bytes(),
                                    (other.data / name).read_bytes(), name)
            self.assertNotEqual(one.setup_code, other.setup_code)

    def test_a_wrong_code_sets_nothing_up_and_a_right_one_works_once(self):
        with Server() as server:
            person = office_client.Person("lan", "Lan", PASSWORD)
            key = office_client.SigningKey()
            with self.assertRaises(office_client.ApiError) as refused:
                office_client.set_up(server.office(), "AAAA-BBBB-CCCC", {"vi": "Xã"}, person, key)
            self.assertEqual(refused.exception.code, "setup-code")

            SetUpOffice(server)

            with self.assertRaises(ValueError):
                office_client.set_up(server.office(), server.setup_code, {"vi": "Xã"}, person, key)

    def test_the_office_is_there_after_a_kill(self):
        with Server() as server:
            SetUpOffice(server)
            server.kill()
            server.start()

            api = server.office()
            office_client.sign_in(api, "lan", PASSWORD)

            self.assertIsNone(server.setup_code)
            self.assertEqual(api.call("GET", "/api/office")["name"]["en"], "Hoa Phong Commune")

    def test_a_second_server_does_not_share_the_folder(self):
        with Server() as server:
            ended = subprocess.run(
                [str(server_tools.BIN / "conglang-server"), "serve", "--data", str(server.data),
                 "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=60)

            self.assertEqual(ended.returncode, 1)
            self.assertIn("another conglang-server works there", ended.stderr)

    def test_nobody_changes_anything_from_another_page_or_without_a_session(self):
        with Server() as server:
            office = SetUpOffice(server)
            body = json.dumps({"name": {"vi": "Xã khác"}, "timezone": "Asia/Ho_Chi_Minh"}).encode()
            kind = {"Content-Type": "application/json"}

            foreign, _, content = office.api.request("PUT", "/api/office", body,
                                                     {**kind, "Origin": "https://evil.example"})
            self.assertEqual((foreign, json.loads(content)["error"]["code"]),
                             (403, "foreign-origin"))
            plain, _, content = office.api.request("PUT", "/api/office", body,
                                                   {**kind, "X-Conglang": "0"})
            self.assertEqual(json.loads(content)["error"]["code"], "foreign-origin")
            with self.assertRaises(office_client.ApiError) as refused:
                server.office().call("GET", "/api/people")
            self.assertEqual((refused.exception.status, refused.exception.code),
                             (401, "not-signed-in"))

    def test_the_cookie_is_for_this_host_and_secure_and_no_script_reads_it(self):
        with Server() as server:
            office = SetUpOffice(server)
            salt = office.api.call("GET", "/api/session/salt?account=lan")["salt"]
            keys = office_client.derive_password_keys(PASSWORD, bytes.fromhex(salt))
            _, headers, _ = office.api.request(
                "POST", "/api/session",
                json.dumps({"account": "lan", "login_key": keys["login"].hex()}).encode(),
                {"Content-Type": "application/json"})
            cookie = headers["Set-Cookie"]
            self.assertTrue(cookie.startswith("__Host-conglang="))
            for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
                self.assertIn(word, cookie)

    def test_the_help_page_explains_the_certificate_and_gives_it(self):
        with Server() as server:
            port = server.help.rstrip("/").rsplit(":", 1)[1]
            base = f"http://127.0.0.1:{port}"

            page = urllib.request.urlopen(base + "/").read().decode()
            certificate = urllib.request.urlopen(base + "/ca.crt").read()

            printed = next(line.split()[1] for line in server.log
                           if line.startswith("certificate "))
            self.assertIn(printed, page)
            self.assertEqual(certificate, server.ca.read_bytes())
            der = ssl.PEM_cert_to_DER_cert(certificate.decode())
            self.assertEqual(hashlib.sha256(der).hexdigest().upper(), printed.replace(":", ""))

    def test_an_unknown_setting_is_an_error_and_settings_can_be_printed(self):
        with Server() as server:
            server.stop()
            program = [str(server_tools.BIN / "conglang-server"), "serve", "--data",
                       str(server.data)]
            printed = subprocess.run([*program, "--print-settings"], capture_output=True,
                                     text=True, timeout=60)
            self.assertEqual(printed.returncode, 0)
            (server.data / "conglang.toml").write_text(printed.stdout + "colour = 1\n")
            refused = subprocess.run(program, capture_output=True, text=True, timeout=60)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("office.colour is not a setting", refused.stderr)


if __name__ == "__main__":
    unittest.main()
