"""A kiosk without a screen: it enrols, listens, and reads what its office says, so that many
of them fit into one process."""

import datetime
import hashlib
import http.client
import json
import os
import socket
import ssl
import threading
import time
import urllib.parse
import uuid

from server_tools import office_client

STICK_LABEL = b"conglang enrolment stick 1\n"
COMMITMENT_LABEL = b"conglang enrolment commitment 1\n"
POLL_LABEL = b"conglang enrolment poll 1\n"
RECORDS_LABEL = b"conglang records 1\n"
PROGRAM = "virtual kiosk"


def now_text():
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class VirtualKiosk:
    """One enrolled kiosk. listen() keeps its event stream open in a thread."""

    def __init__(self, address, ca, name):
        self.name = name
        self._parts = urllib.parse.urlsplit(address)
        self._context = ssl.create_default_context(cafile=str(ca)) if ca else None
        self.key = office_client.SigningKey()
        self.run = str(uuid.uuid4())
        self._link = None
        # What a proxy adds, when there is one between.
        self.forwarded = {} if ca else {"X-Forwarded-For": "192.0.2.2",
                                        "X-Forwarded-Proto": "https"}
        self.token = self.id = None
        self.seen = {}  # takedown id -> when it was read (monotonic)
        self.woken = 0
        self.listening = threading.Event()
        self._stopped = False
        self._stream = None

    def _open(self):
        if self._context is None:
            return http.client.HTTPConnection(self._parts.hostname, self._parts.port, timeout=60)
        return http.client.HTTPSConnection(self._parts.hostname, self._parts.port, timeout=60,
                                           context=self._context)

    def request(self, method, path, value=None):
        """Status and JSON (or bytes); one connection is kept for all."""
        if self._link is None:
            self._link = self._open()
        headers = {"Authorization": "Bearer " + self.token} if self.token else {}
        headers.update(self.forwarded)
        body = None
        if value is not None:
            body = json.dumps(value).encode()
            headers["Content-Type"] = "application/json"
        try:
            self._link.request(method, path, body=body, headers=headers)
            response = self._link.getresponse()
            return response.status, response.read()
        except (http.client.HTTPException, OSError):
            self.hang_up()
            raise

    def call(self, method, path, value=None):
        status, content = self.request(method, path, value)
        if status >= 300:
            raise office_client.ApiError(status, json.loads(content) if content else {})
        return json.loads(content) if content else None

    def enrol(self, office, group):
        """By an install stick: the officer makes one for each kiosk."""
        self.use_stick(office.call("POST", "/api/install-sticks",
                                   {"name": self.name, "group": group}))

    def use_stick(self, stick):
        """May be done again by the same kiosk when the answer was lost."""
        text = STICK_LABEL + stick["token"].encode() + b"\n" + self.key.public.hex().encode()
        self._take(self.call("POST", "/kiosk/enrolments/stick",
                             {"token": stick["token"], "public_key": self.key.public.hex(),
                              "signature": self.key.sign(text), "program": PROGRAM}))

    def ask_in(self):
        """Shows its number on its screen, so to say; returns the enrolment's id and the
        signature that asks how it goes."""
        nonce = os.urandom(32)
        commitment = hashlib.sha256(COMMITMENT_LABEL + nonce + self.key.public).hexdigest()
        offer = self.call("POST", "/kiosk/enrolments",
                          {"commitment": commitment, "program": PROGRAM})
        enrolment = offer["enrolment"]
        self.call("POST", f"/kiosk/enrolments/{enrolment}/reveal",
                  {"public_key": self.key.public.hex(), "nonce": nonce.hex()})
        asks = POLL_LABEL + f"{enrolment}\n{offer['office_nonce']}".encode()
        return enrolment, self.key.sign(asks)

    def ask_how_it_goes(self, enrolment, signature):
        """True once it was taken in; may be asked again when the answer was lost."""
        progress = self.call("POST", f"/kiosk/enrolments/{enrolment}/poll",
                             {"signature": signature})
        if progress["state"] == "confirmed":
            self._take(progress["grant"])
        return progress["state"] == "confirmed"

    def _take(self, grant):
        self.id, self.token = grant["kiosk"], grant["token"]

    def beat(self, **changed):
        """What the office answers to a heartbeat."""
        return self.call("POST", "/kiosk/heartbeat", {
            "program": PROGRAM, "run": self.run, "up_ms": 1000, "clock": now_text(),
            "clock_trust": "network", "known_version": 0, "held_version": 0,
            "takedown_version": 0, "free_bytes": 1 << 30, "waiting_records": 0, **changed})

    def batch(self, sequence, plays=3):
        """A signed batch of records, as the body that is sent."""
        batch = {"format": 1, "kiosk": self.id, "sequence": sequence, "events": [], "plays": [
            {"id": str(uuid.uuid4()), "item": "hoi-lang", "started_at": now_text(),
             "clock_trust": "network", "outcome": "completed", "shown_ms": 1000,
             "frames_shown": 60, "frames_late": 0} for _ in range(plays)]}
        return {"batch": batch, "signature": self.sign_batch(batch)}

    def sign_batch(self, batch):
        return self.key.sign(RECORDS_LABEL + office_client.canonical_json(batch))

    def send(self, batch):
        """The ids that the office keeps now."""
        return self.call("POST", "/kiosk/records", batch)["kept"]

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
                                 headers={"Authorization": "Bearer " + self.token,
                                          **self.forwarded})
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

    def hang_up(self):
        """The kept connection; the next request opens another."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def close(self):
        self._stopped = True
        for link in (self._stream, self._link):
            if link is not None and link.sock is not None:
                try:
                    link.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                link.close()

