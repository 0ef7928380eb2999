"""Starts a real conglang-server in a folder of its own, and sets its office up."""

import os
import pathlib
import queue
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

SOURCE = pathlib.Path(os.environ["CONGLANG_SOURCE_DIR"])
BIN = pathlib.Path(os.environ["CONGLANG_BIN_DIR"])
sys.path.insert(0, str(SOURCE / "packaging"))

import office_client  # noqa: E402

PASSWORD = "đường làng có cổng tam quan"
COMMUNE = {"vi": "Xã Hòa Phong", "en": "Hoa Phong Commune"}
START_SECONDS = 60  # generous: sanitizers on a busy machine


class Server:
    """One conglang-server; starts again on the same port and folder after stop() or kill()."""

    def __init__(self, folder=None, environment=None, arguments=()):
        self._owned = None
        if folder is None:
            self._owned = tempfile.TemporaryDirectory(prefix="conglang-server-")
            folder = self._owned.name
        self.data = pathlib.Path(folder) / "data"
        self.listen = "127.0.0.1:0"
        self.environment = environment or {}
        self.arguments = list(arguments)
        self.process = None
        self.log = []

    def start(self):
        command = [str(BIN / "conglang-server"), "serve", "--data", str(self.data), "--listen",
                   self.listen, "--help-listen", "127.0.0.1:0", *self.arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, **self.environment})
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process.stdout, lines),
                         daemon=True).start()
        self.setup_code = self.help = None
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                line = lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError("the server did not start: " + "\n".join(self.log)) from None
            if line is None:
                raise RuntimeError("the server ended: " + "\n".join(self.log))
            if found := re.match(r"setup \S+#(\S+)", line):
                self.setup_code = found[1]
            if found := re.match(r"help (\S+)", line):
                self.help = found[1]
            if found := re.match(r"ready (\S+)", line):
                self._is_ready_at(found[1])
                return self

    def _is_ready_at(self, address):
        self.address = address
        self.listen = "127.0.0.1:" + address.rsplit(":", 1)[1]

    def _read(self, stream, lines):
        with stream:
            for line in stream:
                self.log.append(line.rstrip("\n"))
                lines.put(line.rstrip("\n"))
        lines.put(None)

    @property
    def ca(self):
        return self.data / "tls/ca.pem"

    def office(self):
        return office_client.Office(self.address, str(self.ca))

    def stop(self):
        """Asks it to end; returns its exit code."""
        self.process.terminate()
        return self.process.wait(START_SECONDS)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        if self._owned:
            self._owned.cleanup()

    def __enter__(self):
        return self.start()

    def __exit__(self, *unused):
        self.close()


PUBLIC = "https://kiosks.example.vn"


class ProxiedServer(Server):
    """One that speaks plain HTTP behind a proxy that it trusts; whoever asks is that proxy."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.listen = f"127.0.0.1:{free.getsockname()[1]}"
        self.data.mkdir(parents=True)
        (self.data / "conglang.toml").write_text(
            f'[server]\nlisten = "{self.listen}"\nbehind_proxy = true\n'
            f'public_address = "{PUBLIC}"\n'
            'trusted_proxies = ["127.0.0.1"]\n', encoding="utf-8")

    def _is_ready_at(self, address):
        self.address = "http://" + self.listen

    @property
    def ca(self):
        return None

    def office(self):
        return ProxiedOffice(self.address)


class ProxiedOffice(office_client.Office):
    def request(self, method, path, body=None, headers=None, **more):
        return super().request(method, path, body, {
            "Origin": PUBLIC, "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https",
            **(headers or {})}, **more)


class SetUpOffice:
    """An office with its first person, who may do everything and is signed in."""

    def __init__(self, server, second_person=False):
        self.server = server
        self.root_key = office_client.SigningKey()
        self.person = office_client.Person("lan", "Nguyễn Thị Lan", PASSWORD)
        self.api = server.office()
        self.root = office_client.set_up(self.api, server.setup_code, COMMUNE, self.person,
                                         self.root_key, second_person)
        office_client.sign_in(self.api, "lan", PASSWORD)
