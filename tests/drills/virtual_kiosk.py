"""A kiosk without a screen: it enrols, listens, and reads what its office says, so that many
of them fit into one process."""

import hashlib
import http.client
import json
import socket
import ssl
import threading
import time
import urllib.parse

from server_tools import office_client

STICK_LABEL = b"conglang enrolment stick 1\n"


class VirtualKiosk:
    """One enrolled kiosk. listen() keeps its event stream open in a thread."""

    def __init__(self, address, ca, name):
        self.name = name
        self._parts = urllib.parse.urlsplit(address)
        self._context = ssl.create_default_context(cafile=str(ca))
        self._key = office_client.SigningKey()
        self._link = None
        self.token = self.id = None
        self.seen = {}  # takedown id -> when it was read (monotonic)
        self.woken = 0
        self.listening = threading.Event()
        self._stopped = False
        self._stream = None

    def _open(self):
        return http.client.HTTPSConnection(self._parts.hostname, self._parts.port, timeout=60,
                                           context=self._context)

    def request(self, method, path, value=None):
        """Status and JSON (or bytes); one connection is kept for all."""
        if self._link is None:
            self._link = self._open()
        headers = {"Authorization": "Bearer " + self.token} if self.token else {}
        body = None
        if value is not None:
            body = json.dumps(value).encode()
            headers["Content-Type"] = "application/json"
        try:
            self._link.request(method, path, body=body, headers=headers)
            response = self._link.getresponse()
            return response.status, response.read()
        except (http.client.HTTPException, OSError):
            self._link.close()
            self._link = None
            raise

    def call(self, method, path, value=None):
        status, content = self.request(method, path, value)
        if status >= 300:
            raise office_client.ApiError(status, json.loads(content) if content else {})
        return json.loads(content) if content else None

    def enrol(self, office, group):
        """By an install stick: the officer makes one for each kiosk."""
        stick = office.call("POST", "/api/install-sticks", {"name": self.name, "group": group})
        text = STICK_LABEL + stick["token"].encode() + b"\n" + self._key.public.hex().encode()
        grant = self.call("POST", "/kiosk/enrolments/stick",
                          {"token": stick["token"], "public_key": self._key.public.hex(),
                           "signature": self._key.sign(text), "program": "virtual kiosk"})
        self.id, self.token = grant["kiosk"], grant["token"]

    def read_takedowns(self):
        """The acts of the published list, as any kiosk finds it."""
        timestamp = json.loads(self.request("GET", "/repository/metadata/timestamp.json")[1])
        snapshot_version = timestamp["signed"]["meta"]["snapshot.json"]["version"]
        snapshot = json.loads(
            self.request("GET", f"/repository/metadata/{snapshot_version}.snapshot.json")[1])
        version = snapshot["signed"]["meta"]["takedown.json"]["version"]
        role = json.loads(
            self.request("GET", f"/repository/metadata/{version}.takedown.json")[1])
        listed = role["signed"]["targets"].get("takedown/list.json")
        if listed is None:
            return []
        digest = listed["hashes"]["sha256"]
        content = self.request("GET", f"/repository/targets/takedown/{digest}.list.json")[1]
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError("the list is not what was signed for")
        return json.loads(content)["acts"]

    def listen(self):
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            self._stream = self._open()
            self._stream.request("GET", "/kiosk/events",
                                 headers={"Authorization": "Bearer " + self.token})
            response = self._stream.getresponse()
            if response.status != 200:
                return
            self.listening.set()
            for line in response:
                if self._stopped:
                    return
                if line.startswith(b"event: look") or line.startswith(b"event:look"):
                    self.woken += 1
                    for act in self.read_takedowns():
                        self.seen.setdefault(act["takedown_id"], time.monotonic())
        except (OSError, ValueError, http.client.HTTPException):
            if not self._stopped:
                self.listening.clear()

    def close(self):
        self._stopped = True
        for link in (self._stream, self._link):
            if link is not None and link.sock is not None:
                try:
                    link.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                link.close()

