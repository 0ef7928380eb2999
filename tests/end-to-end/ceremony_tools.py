"""An office that was set up, and whose keys change, by the commands of conglang-server."""

import json
import os
import pathlib
import re
import subprocess

from server_tools import BIN, PASSWORD, Server, office_client

PASSPHRASE = "cây đa giếng nước sân đình"


def command(*arguments, secrets=()):
    """Runs conglang-server with secrets on a descriptor, one a line."""
    words = [str(BIN / "conglang-server"), *map(str, arguments)]
    reading, writing = os.pipe()
    try:
        os.write(writing, "".join(secret + "\n" for secret in secrets).encode())
        os.close(writing)
        if secrets:
            words += ["--passphrase-fd", str(reading)]
        return subprocess.run(words, text=True, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=120, pass_fds=(reading,))
    finally:
        os.close(reading)


def started(*words, secrets):
    """The same, `keys` with those words, not waited for."""
    reading, writing = os.pipe()
    os.write(writing, "".join(secret + "\n" for secret in secrets).encode())
    os.close(writing)
    process = subprocess.Popen(
        [BIN / "conglang-server", "keys", *map(str, words), "--passphrase-fd", str(reading)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        pass_fds=(reading,))
    os.close(reading)
    return process


def done(*arguments, secrets=()):
    ended = command(*arguments, secrets=secrets)
    if ended.returncode != 0:
        raise AssertionError(f"{arguments}: {ended.returncode}: {ended.stdout}{ended.stderr}")
    return ended.stdout


class CommandOffice:
    """Set up with `init`: the root keys lie on two sticks beside the server."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.sticks = [self.folder / "stick-1.key", self.folder / "stick-2.key"]
        self.server = Server(self.folder)
        done("init", "--data", self.server.data, "--name", "Xã Hòa Phong", "--name-en",
             "Hoa Phong Commune", "--account", "lan", "--person", "Nguyễn Thị Lan",
             "--root-key-out", self.sticks[0], "--root-key-out", self.sticks[1],
             secrets=[PASSWORD, PASSPHRASE, PASSPHRASE])
        self.server.start()
        self.api = self.server.office()
        self.person = self.sign_in("lan", PASSWORD)

    def sign_in(self, account, password):
        """The person, with the key that only the password opens."""
        keys = office_client.sign_in(self.api, account, password)
        person = office_client.Person.__new__(office_client.Person)
        person.account = account
        person.key = office_client.unlock_key(self.api.call("GET", "/api/session")["locked_key"],
                                              keys["unlock"])
        return person

    def keys(self, *arguments, stick=None, secrets=None):
        """A ceremony; returns the new version of the root."""
        out = done("keys", *arguments, "--data", self.server.data, "--root-key",
                   stick or self.sticks[0], secrets=secrets or [PASSPHRASE])
        return int(re.search(r"root version (\d+)", out)[1])

    def refused_keys(self, *arguments, stick=None, secrets=None):
        ended = command("keys", *arguments, "--data", self.server.data, "--root-key",
                        stick or self.sticks[0], secrets=secrets or [PASSPHRASE])
        if ended.returncode != 1:
            raise AssertionError(f"{arguments}: {ended.returncode}: {ended.stdout}")
        return ended.stderr

    def root(self):
        return json.loads(self.api.call("GET", "/api/root")["root"])["signed"]

    def accept(self, output, person):
        token = re.search(r"^invitation (\S+)", output, re.MULTILINE)[1]
        self.api.call("POST", "/api/invitations/accept",
                      {"token": token, **person.credentials()})
