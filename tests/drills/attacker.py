"""What somebody can publish who has taken the whole server over: its database, its disk, its
TLS key and the keys that lie there (snapshot, timestamp, takedown). Only the approvers' and
root keys are not there.

A repository is a dict from path to bytes. A mutant is served as it is, and says what a kiosk
must call it by the words of its events.
"""

import collections
import copy
import datetime
import hashlib
import http.server
import json
import pathlib
import ssl
import threading

from server_tools import office_client

MOST = 2 ** 53  # no version is higher
FORGED = "forged"  # how every item begins that nobody approved
YEAR_2099 = "2099-01-01T00:00:00Z"
PAST = "2020-01-01T00:00:00Z"

Mutant = collections.namedtuple("Mutant", "what faults files")


def soon():
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=7)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def encode(value):
    return json.dumps(value, ensure_ascii=False).encode()


def stated(content):
    return {"length": len(content), "hashes": {"sha256": hashlib.sha256(content).hexdigest()}}


def flipped(content, number):
    changed = bytearray(content)
    changed[(number * 7919) % len(changed)] ^= 1 << number % 7
    return bytes(changed)


class Repository:
    """A genuine state of the repository, as it lies on the stolen disk."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.files = {path.relative_to(folder).as_posix(): path.read_bytes()
                      for path in sorted(folder.rglob("*")) if path.is_file()}
        timestamp = self.signed("metadata/timestamp.json")
        self.version = timestamp["meta"]["snapshot.json"]["version"]
        self.snapshot_path = f"metadata/{self.version}.snapshot.json"
        self.snapshot = self.signed(self.snapshot_path)
        self.newest = max(timestamp["version"], self.version)

    def signed(self, path):
        return json.loads(self.files[path])["signed"]

    def version_of(self, role):
        return self.snapshot["meta"][role + ".json"]["version"]

    def role(self, role):
        return self.signed(f"metadata/{self.version_of(role)}.{role}.json")

    def takedown_list(self):
        digest = self.role("takedown")["targets"]["takedown/list.json"]["hashes"]["sha256"]
        return self.files[f"targets/takedown/{digest}.list.json"]

    def root_version(self):
        return max(int(path.split("/")[1].split(".")[0]) for path in self.files
                   if path.endswith(".root.json"))


class Attacker:
    """Makes mutants of the newest genuine state, `genuine`; `older` are those before it."""

    def __init__(self, keys_folder, genuine, older=()):
        self.keys = {}
        for role in ("snapshot", "timestamp", "takedown"):
            private = json.loads((pathlib.Path(keys_folder) / f"{role}.key").read_text())["private"]
            self.keys[role] = office_client.SigningKey(bytes.fromhex(private["seed"]))
        self.own = office_client.SigningKey()
        self.genuine, self.older = genuine, list(older)
        self.version = genuine.newest
        self.roles = dict(genuine.snapshot["meta"])  # never to be listed with less again
        self.lists = {}  # what he made of the takedown role, by path

    def next_version(self):
        self.version += 1
        return self.version

    # --- putting a repository together ---

    def sign(self, body, *keys):
        return encode(office_client.signed(body, keys))

    def freshness(self, kind, version, meta, expires=None):
        body = {"_type": kind, "spec_version": "1.0.34", "version": version,
                "expires": expires or soon(), "meta": meta}
        return self.sign(body, self.keys[kind])

    def seal(self, changed=None, meta=None, snapshot_expires=None, timestamp_expires=None):
        """Everything that is genuine and what he made of the takedown role, then `changed`;
        snapshot and timestamp over it. Returns files and the snapshot's path."""
        files = {**self.genuine.files, **self.lists, **(changed or {})}
        number = self.next_version()
        path = f"metadata/{number}.snapshot.json"
        files[path] = self.freshness("snapshot", number, {**self.roles, **(meta or {})},
                                     snapshot_expires)
        files["metadata/timestamp.json"] = self.freshness(
            "timestamp", number,
            {"snapshot.json": {"version": number, **stated(files[path])}}, timestamp_expires)
        return files, path

    def seal_list(self, acts, expires=None, change=lambda body: None):
        """A takedown list that the stolen key signs, and all around it."""
        content = encode({"format": 1, "acts": acts}) if isinstance(acts, list) else acts
        version = self.next_version()
        body = {"_type": "targets", "spec_version": "1.0.34", "version": version,
                "expires": expires or soon(),
                "targets": {"takedown/list.json": stated(content)}}
        change(body)
        role = self.sign(body, self.keys["takedown"])
        digest = hashlib.sha256(content).hexdigest()
        self.lists[f"targets/takedown/{digest}.list.json"] = content
        self.lists[f"metadata/{version}.takedown.json"] = role
        self.roles["takedown.json"] = {"version": version, **stated(role)}
        return self.seal()[0]

    def forged_publication(self, number):
        """Path, file and target of a publication of his own for the same group."""
        targets = self.genuine.role("targets")["targets"]
        path = next(path for path in targets if path.startswith("publications/"))
        folder, _, name = path.rpartition("/")
        digest = targets[path]["hashes"]["sha256"]
        document = json.loads(self.genuine.files[f"targets/{folder}/{digest}.{name}"])
        document["playlists"][0]["items"] = [
            {"id": f"{FORGED}-{number}", "kind": "text_card", "duration_ms": 400,
             "evergreen": True, "title": {"vi": "Do kẻ lạ viết"}}]
        content = encode(document)
        digest = hashlib.sha256(content).hexdigest()
        return path, {f"targets/{folder}/{digest}.{name}": content}, stated(content)

    # --- the mutants, by what a kiosk must call them ---

    def bad_signature(self, number):
        keys = self.keys
        signers = [[], [self.own], list(keys.values()), [keys["timestamp"], self.own],
                   [keys["takedown"]]][number % 5]
        return (self.unsigned_targets, self.own_root, self.other_timestamp)[number % 3](
            number, signers)

    def unsigned_targets(self, number, signers):
        """Under the approver's signature of other words, and all that he can make."""
        path, files, target = self.forged_publication(number)
        now = self.genuine.version_of("targets")
        envelope = json.loads(self.genuine.files[f"metadata/{now}.targets.json"])
        body = envelope["signed"]
        body["targets"][path] = target
        body["version"] = self.next_version()
        if number % 2:
            body["expires"] = YEAR_2099
        own = office_client.signed(body, signers)["signatures"]
        files[f"metadata/{body['version']}.targets.json"] = encode(
            {"signatures": envelope["signatures"] + own, "signed": body})
        self.roles["targets.json"] = {"version": body["version"]}
        return Mutant("targets that no approver signed", {"bad-signature"}, self.seal(files)[0])

    def other_timestamp(self, number, signers):
        files, _ = self.seal()
        body = json.loads(files["metadata/timestamp.json"])["signed"]
        body.update(version=MOST - number, expires=YEAR_2099)
        signers = [key for key in signers if key is not self.keys["timestamp"]]
        files["metadata/timestamp.json"] = self.sign(body, *signers)
        return Mutant("a timestamp by other keys", {"bad-signature"}, files)

    def own_root(self, number, signers):
        root = self.genuine.signed(f"metadata/{self.genuine.root_version()}.root.json")
        root["version"] += 1
        root["expires"] = YEAR_2099
        root["keys"][self.own.key_id()] = self.own.tuf_key()
        for role in root["roles"].values():
            role["keyids"], role["threshold"] = [self.own.key_id()], 1
        files, _ = self.seal()
        files[f"metadata/{root['version']}.root.json"] = self.sign(root, self.own, *signers)
        return Mutant(f"a root of his own, {number}", {"bad-signature"}, files)

    def rollback(self, number):
        old = self.older[number % len(self.older)]
        if number % 3 == 0:
            return Mutant("the whole repository of before", {"rollback"}, dict(old.files))
        if number % 3 == 1:
            files = dict(self.genuine.files)
            files["metadata/timestamp.json"] = self.freshness(
                "timestamp", self.next_version(),
                {"snapshot.json": {"version": old.version}}, YEAR_2099)
            return Mutant("a new timestamp over an old snapshot", {"rollback"}, files)
        return Mutant("a new snapshot over old targets", {"rollback"}, self.seal(
            meta={"targets.json": old.snapshot["meta"]["targets.json"]})[0])

    def freeze(self, number):
        which = ("snapshot_expires", "timestamp_expires")[number % 2]
        return Mutant("expired: " + which, {"freeze"}, self.seal(**{which: PAST})[0])

    def wrong_hash(self, number):
        files, path = self.seal()
        files[path] = flipped(files[path], number)
        return Mutant("a snapshot with another bit", {"wrong-hash"}, files)

    def wrong_length(self, number):
        files, path = self.seal()
        files[path] = (files[path] + b" " * (1 + number) if number % 2 else
                       files[path][:-1 - number])
        return Mutant("a snapshot of another length", {"wrong-length"}, files)

    def mix_and_match(self, number):
        old = self.older[number % len(self.older)]
        files, path = self.seal()
        files[path] = old.files[old.snapshot_path]
        if number % 2:
            files["metadata/timestamp.json"] = self.freshness(
                "timestamp", self.next_version(), {"snapshot.json": {"version": self.version - 1}})
        return Mutant("an old snapshot as a new one", {"mix-and-match"}, files)

    def endless_data(self, number):
        files, path = self.seal()
        if number % 3 == 0:
            files["metadata/timestamp.json"] += b" " * ((4 << 20) + number)
        elif number % 3 == 1:
            files[path] += b" " * ((8 << 20) + number)
        else:
            files[f"metadata/{self.genuine.root_version() + 1}.root.json"] = b"{" * (4 << 20)
        return Mutant("a file without an end", {"endless-data"}, files)

    def missing(self, number):
        files, path = self.seal()
        del files["metadata/timestamp.json" if number % 2 else path]
        return Mutant("a file that is not there", {"missing"}, files)

    def malformed(self, number):
        files, _ = self.seal()
        texts = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"signed":{}}', b"{}{}", b"9" * 40000,
                 b'{"signatures":[]}', b"[" * 20000]
        if number % 2:
            files["metadata/timestamp.json"] = texts[number // 2 % len(texts)]
            return Mutant("no metadata at all", {"malformed"}, files)
        odd = [("version", MOST + 1), ("expires", "2099-02-30T00:00:00Z"), ("version", 0),
               ("version", -1), ("version", "9"), ("expires", "99999-01-01T00:00:00Z"),
               ("meta", []), ("_type", "snapshot"), ("spec_version", "2.0.0"), ("meta", {})]
        member, value = odd[number // 2 % len(odd)]
        body = json.loads(files["metadata/timestamp.json"])["signed"]
        body[member] = value
        files["metadata/timestamp.json"] = self.sign(body, self.keys["timestamp"])
        return Mutant(f"{member} = {value!r}", {"malformed"}, files)

    def takedown_list(self, number):
        """Lists that the stolen key signs: they bring nothing back."""
        if number % 4 == 0:
            return Mutant("an empty list", {"rollback"}, self.seal_list([]))
        if number % 4 == 1:
            return Mutant("an empty list of the year 2020", {"freeze", "rollback"},
                          self.seal_list([], expires=PAST))
        if number % 4 == 2:
            return Mutant("a list that is none", {"malformed"}, self.seal_list(b'{"show":["all"]}'))

        def add_publication(body):
            path, files, target = self.forged_publication(number)
            self.lists.update(files)
            body["targets"] = {path: target}
            body["expires"] = YEAR_2099

        return Mutant("a publication instead of a list", {"rollback"},
                      self.seal_list([], change=add_publication))

    # One of each in turn: no two after one another have the same name, because a kiosk tells
    # each thing once when it begins. What lasts (a role with a higher version) comes last.
    CLASSES = (malformed, rollback, freeze, wrong_hash, wrong_length, mix_and_match,
               endless_data, missing, takedown_list, bad_signature)

    def fast_forward(self):
        """Nothing is wrong with it, but that no genuine version is ever as high."""
        self.version = MOST - 3
        self.seal_list(self.genuine.takedown_list(), expires=YEAR_2099)
        self.version = MOST - 1
        return Mutant("version 2^53 and the year 2099", set(), self.seal(
            snapshot_expires=YEAR_2099, timestamp_expires=YEAR_2099)[0])


class StolenServer:
    """An HTTPS server at the office's own address, with the office's own TLS key."""

    def __init__(self, port, tls_folder):
        self.files, self._before = {}, {}
        self.looks = 0  # how often somebody asked for the timestamp
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls_folder / "server.pem", tls_folder / "server.key")
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True,
                                                  do_handshake_on_connect=False)
        self.seen = set()  # every item that a kiosk said it shows
        self._links = set()
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def serve(self, files):
        self._before, self.files = self.files, files

    def find(self, path):
        """Whoever is in the middle of the mutant before finds the rest of that one: its
        numbers are its own. Timestamp and roots, where each look begins, are of this one."""
        content = self.files.get(path)
        is_beginning = path.endswith(("/timestamp.json", ".root.json"))
        return self._before.get(path) if content is None and not is_beginning else content

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        for link in list(self._links):
            link.close_connection = True
            try:
                link.connection.close()
            except OSError:
                pass

    def _handler(self):
        stolen = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                stolen._links.add(self)

            def finish(self):
                stolen._links.discard(self)
                try:
                    super().finish()
                except (OSError, ValueError):
                    pass

            def log_message(self, *arguments):
                pass

            def handle(self):
                try:
                    super().handle()
                except (OSError, ValueError, ssl.SSLError):
                    self.close_connection = True

            def do_GET(self):
                content = stolen.find(self.path.removeprefix("/repository/"))
                if self.path.endswith("/timestamp.json"):
                    stolen.looks += 1
                self.answer(404 if content is None else 200, content or b"{}")

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path != "/kiosk/heartbeat":
                    return self.answer(404, b"{}")
                seen = json.loads(body).get("on_screen") or {}
                stolen.seen.add(seen.get("item"))
                return self.answer(200, encode({
                    "time": soon(), "name": "stolen", "group": "gate", "wanted_version": 0,
                    "takedown_version": 0, "commands": [], "results": []}))

            do_PUT = do_POST

            def answer(self, status, content):
                self.send_response_only(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        return Handler
