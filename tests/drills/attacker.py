"""What somebody can publish who has taken the whole server over: its disk, its TLS key and the
keys that lie there (snapshot, timestamp, takedown). Only the approvers' and root keys are not there.

A repository is a dict from path to bytes. Every mutant is (name, faults, repository): the
faults that a kiosk may name for it, by the words of its events.
"""

import copy
import datetime
import hashlib
import json
import random

import office_client

FAR = "2099-01-01T00:00:00Z"
PAST = "2020-01-01T00:00:00Z"
MOST = 2 ** 53  # no version is higher


def soon(days=7):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_online_keys(folder):
    keys = {}
    for role in ("snapshot", "timestamp", "takedown"):
        seed = json.loads((folder / f"{role}.key").read_text())["private"]["seed"]
        keys[role] = office_client.SigningKey(bytes.fromhex(seed))
    return keys


def read_repository(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def stated(version, content):
    return {"version": version, "length": len(content),
            "hashes": {"sha256": hashlib.sha256(content).hexdigest()}}


def encode(value):
    return json.dumps(value, ensure_ascii=False).encode()


class Repository:
    """One genuine state of the repository, taken apart so that it can be put together anew."""

    def __init__(self, files):
        self.files = dict(files)
        timestamp = json.loads(files["metadata/timestamp.json"])["signed"]
        version = timestamp["meta"]["snapshot.json"]["version"]
        snapshot = json.loads(files[f"metadata/{version}.snapshot.json"])["signed"]
        self.roles = {}  # "targets.json" -> (version, bytes)
        for name, meta in snapshot["meta"].items():
            self.roles[name] = (meta["version"], files[f"metadata/{meta['version']}.{name}"])
        self.version = max(version, timestamp["version"])
        self.targets = json.loads(self.roles["targets.json"][1])
        self.rest = {path: content for path, content in files.items()
                     if not path.startswith("metadata/") or path.endswith(".root.json")}

    def publications(self):
        return [path for path in self.targets["signed"]["targets"]
                if path.startswith("publications/")]

    def path_of(self, target):
        digest = self.targets["signed"]["targets"][target]["hashes"]["sha256"]
        folder, _, name = target.rpartition("/")
        return f"targets/{folder}/{digest}.{name}"


class Attacker:
    def __init__(self, keys, version, seed=1):
        self.keys = keys
        self.version = version
        self.random = random.Random(seed)
        self.own = office_client.SigningKey()

    def next_version(self):
        self.version += 1
        return self.version

    def sign(self, body, *keys):
        return encode(office_client.signed(body, keys))

    def publish(self, genuine, roles=None, rest=None, snapshot=None, timestamp=None):
        """A repository whose snapshot and timestamp are signed as they should be. `roles`
        replaces (version, bytes); `snapshot` and `timestamp` change those bodies."""
        roles = {**genuine.roles, **(roles or {})}
        files = dict(genuine.rest if rest is None else rest)
        for name, (version, content) in roles.items():
            files[f"metadata/{version}.{name}"] = content
        number = self.next_version()
        body = {"_type": "snapshot", "spec_version": "1.0.34", "version": number,
                "expires": soon(),
                "meta": {name: stated(*role) for name, role in roles.items()}}
        if snapshot:
            snapshot(body)
        content = self.sign(body, self.keys["snapshot"])
        files[f"metadata/{body['version']}.snapshot.json"] = content
        body = {"_type": "timestamp", "spec_version": "1.0.34", "version": number,
                "expires": soon(),
                "meta": {"snapshot.json": stated(body["version"], content)}}
        if timestamp:
            timestamp(body)
        files["metadata/timestamp.json"] = self.sign(body, self.keys["timestamp"])
        return files

    def forged_targets(self, genuine, change, keys, version=None):
        envelope = copy.deepcopy(genuine.targets)
        change(envelope["signed"])
        envelope["signed"]["version"] = version or genuine.roles["targets.json"][0] + 1
        content = self.sign(envelope["signed"], *keys)
        return envelope["signed"]["version"], content


# --- the mutants, by what a kiosk must call them ---


def bad_signature(attacker, genuine, count):
    """Content that no approver signed, under every signature an attacker can make."""
    signers = {"nobody": [], "himself": [attacker.own], "timestamp": [attacker.keys["timestamp"]],
               "all online keys": list(attacker.keys.values())}
    for number in range(count):
        who = list(signers)[number % len(signers)]
        evil = f"assets/{'%064x' % attacker.random.getrandbits(256)}.png"

        def change(body, number=number, evil=evil):
            if number % 3 == 0:
                body["targets"][evil] = stated(1, b"x")
                del body["targets"][evil]["version"]
            elif number % 3 == 1:
                body["expires"] = FAR
            else:
                body["delegations"]["roles"].insert(0, {
                    "name": "mine", "keyids": [attacker.own.key_id()], "threshold": 1,
                    "terminating": False, "paths": ["*"]})
                body["delegations"]["keys"][attacker.own.key_id()] = attacker.own.tuf_key()

        version = None if number % 2 else MOST - 1 - number
        forged = attacker.forged_targets(genuine, change, signers[who], version)
        files = attacker.publish(genuine, {"targets.json": forged})
        yield f"targets signed by {who}, {number}", {"bad-signature"}, files
    for number in range(count):
        root = json.loads(next(content for path, content in sorted(genuine.rest.items())
                               if path.endswith("1.root.json")))["signed"]
        newest = max(int(path.split("/")[1].split(".")[0]) for path in genuine.rest
                     if path.endswith(".root.json"))
        root["version"] = newest + 1
        root["expires"] = FAR
        root["keys"][attacker.own.key_id()] = attacker.own.tuf_key()
        for role in root["roles"].values():
            role["keyids"] = [attacker.own.key_id()]
        keys = [attacker.own] * (1 + number % 2) + list(attacker.keys.values())[:number % 4]
        files = attacker.publish(genuine)
        files[f"metadata/{newest + 1}.root.json"] = attacker.sign(root, *keys)
        yield f"a root of the attacker's own, {number}", {"bad-signature"}, files


def rollback(attacker, genuine, older, count):
    """Genuine, approved, and not the newest."""
    for number in range(count):
        old = older[number % len(older)]
        kind = number % 3
        if kind == 0:
            files = attacker.publish(genuine, {"targets.json": old.roles["targets.json"]},
                                     {**old.rest, **genuine.rest})
        elif kind == 1:
            files = attacker.publish(
                genuine, timestamp=lambda body: body.update(version=1 + number))
        else:
            files = attacker.publish(genuine, snapshot=lambda body: body["meta"].pop("takedown.json"))
        yield f"older, {('targets', 'timestamp', 'vanished role')[kind]}, {number}", {
            "rollback"}, files


def wrong_hash(attacker, genuine, count):
    for number in range(count):
        name = genuine.publications()[0]
        files = attacker.publish(genuine)
        path = genuine.path_of(name)
        content = bytearray(files[path])
        content[attacker.random.randrange(len(content))] ^= 1 << number % 8
        files[path] = bytes(content)
        # The same publication again is not read again; so it is signed for as if it were new
        # only by the genuine update that the drill serves in this form.
        yield f"a publication with a flipped bit, {number}", {"wrong-hash"}, files


def wrong_length(attacker, genuine, count):
    for number in range(count):
        files = attacker.publish(genuine)
        path = genuine.path_of(genuine.publications()[0])
        files[path] = files[path][:-1 - number] if number % 2 else files[path] + b" " * (1 + number)
        yield f"a publication of another length, {number}", {"wrong-length"}, files


def mix_and_match(attacker, genuine, older, count):
    for number in range(count):
        old = older[number % len(older)]

        def claim(body, number=number, old=old):
            body["meta"]["targets.json"] = {
                "version": genuine.roles["targets.json"][0] + 1 + number}

        files = attacker.publish(genuine, snapshot=claim)
        version = genuine.roles["targets.json"][0] + 1 + number
        source = old if number % 2 else genuine
        files[f"metadata/{version}.targets.json"] = source.roles["targets.json"][1]
        yield f"targets under another version, {number}", {"mix-and-match"}, files


def endless_data(attacker, genuine, count):
    for number in range(count):
        files = attacker.publish(genuine)
        if number % 2:
            files["metadata/timestamp.json"] = files["metadata/timestamp.json"] + b" " * (40 << 20)
        else:
            path = genuine.path_of(genuine.publications()[0])
            files[path] = files[path] + bytes(20 << 20)
        yield f"without an end, {number}", {"endless-data", "wrong-length", "too-large"}, files


def missing(attacker, genuine, count):
    for number in range(count):
        files = attacker.publish(genuine)
        if number % 3 == 0:
            del files[genuine.path_of(genuine.publications()[0])]
            yield f"no publication, {number}", {"missing"}, files
        elif number % 3 == 1:
            del files[f"metadata/{attacker.version}.snapshot.json"]
            yield f"no snapshot, {number}", {"missing"}, files
        else:
            version = genuine.roles["targets.json"][0]
            files = attacker.publish(genuine, {"targets.json": (
                version + 1 + number, genuine.roles["targets.json"][1])})
            del files[f"metadata/{version + 1 + number}.targets.json"]
            yield f"no targets, {number}", {"missing"}, files


def malformed(attacker, genuine, count):
    texts = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"signed":{}}', b'{"signatures":[]}',
             b'{"signatures":{},"signed":{"_type":"timestamp"}}', b"<html></html>", b"0" * 1000]
    for number in range(count):
        files = attacker.publish(genuine)
        if number < len(texts):
            files["metadata/timestamp.json"] = texts[number]
            yield f"no metadata, {texts[number][:20]!r}", {"malformed"}, files
            continue
        odd = [("version", "9"), ("version", 0), ("version", -1), ("version", MOST + 1),
               ("version", 1.5), ("expires", "tomorrow"), ("expires", "2026-02-30T00:00:00Z"),
               ("meta", []), ("_type", "snapshot"), ("spec_version", "2.0.0")]
        member, value = odd[number % len(odd)]

        def change(body, member=member, value=value):
            body[member] = value

        body = json.loads(files["metadata/timestamp.json"])["signed"]
        change(body)
        message = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        key = attacker.keys["timestamp"]
        files["metadata/timestamp.json"] = encode(
            {"signatures": [{"keyid": key.key_id(), "sig": key.sign(message)}], "signed": body})
        # What has no canonical form cannot have a signature either.
        yield f"{member} = {value!r}", {"malformed", "bad-signature"}, files


def freeze(attacker, genuine, count):
    for number in range(count):
        def expire(body):
            body["expires"] = PAST

        if number % 2:
            files = attacker.publish(genuine, timestamp=expire)
        else:
            files = attacker.publish(genuine, snapshot=expire)
        yield f"expired {('snapshot', 'timestamp')[number % 2]}, {number}", {"freeze"}, files


def takedowns(attacker, genuine, count):
    """A forged list can only hide; an emptier or older one must bring nothing back."""
    version = genuine.roles["takedown.json"][0]
    for number in range(count):
        body = {"_type": "targets", "spec_version": "1.0.34", "expires": soon(),
                "version": version + 1 + number, "targets": {}}
        keys = [attacker.keys["takedown"]]
        if number % 4 == 1:
            keys = [attacker.own]
        if number % 4 == 2:
            body["version"] = 1
        if number % 4 == 3:
            body["targets"]["publications/hoa-phong.json"] = {
                "length": 1, "hashes": {"sha256": hashlib.sha256(b"x").hexdigest()}}
        content = attacker.sign(body, *keys)
        files = attacker.publish(genuine, {"takedown.json": (body["version"], content)})
        faults = [{"freeze", ""}, {"bad-signature"}, {"rollback"}, {"freeze", ""}][number % 4]
        yield f"a takedown list of the attacker's, {number}", faults, files
