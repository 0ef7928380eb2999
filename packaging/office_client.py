"""What the officer's browser does, as a small Python module: for the demo and the tests.

It makes the root key and the approver's key, locks them with one password, signs in,
and signs what it has looked at. No private key ever leaves this side in clear.
"""

import ctypes
import ctypes.util
import datetime
import hashlib
import http.client
import json
import os
import pathlib
import ssl
import tomllib
import unicodedata
import urllib.parse

_sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
if _sodium.sodium_init() < 0:
    raise RuntimeError("libsodium cannot start")

ARGON2ID = 2
MEMORY = 64 << 20  # bytes
PASSES = 3


def _out(size):
    return ctypes.create_string_buffer(size)


def _checked(code, what):
    if code != 0:
        raise ValueError(f"{what} failed")


# --- keys ---


def derive_password_keys(password, salt):
    """One password gives two keys: one to sign in with, one that never leaves this side."""
    text = unicodedata.normalize("NFC", password).encode()
    master = _out(32)
    _checked(_sodium.crypto_pwhash(master, ctypes.c_ulonglong(32), text,
                                   ctypes.c_ulonglong(len(text)), salt,
                                   ctypes.c_ulonglong(PASSES), ctypes.c_size_t(MEMORY),
                                   ARGON2ID), "argon2id")
    return {"login": _labelled(master.raw, b"conglang login key 1"),
            "unlock": _labelled(master.raw, b"conglang unlock key 1")}


def _labelled(key, label):
    digest = _out(32)
    _checked(_sodium.crypto_generichash(digest, ctypes.c_size_t(32), label,
                                        ctypes.c_ulonglong(len(label)), key,
                                        ctypes.c_size_t(len(key))), "BLAKE2b")
    return digest.raw


class SigningKey:
    def __init__(self, seed=None):
        self.seed = seed or os.urandom(32)
        public, secret = _out(32), _out(64)
        _checked(_sodium.crypto_sign_seed_keypair(public, secret, self.seed), "key")
        self.public = public.raw
        self._secret = secret.raw

    def sign(self, message):
        signature = _out(64)
        _checked(_sodium.crypto_sign_detached(signature, None, message,
                                              ctypes.c_ulonglong(len(message)), self._secret),
                 "signing")
        return signature.raw.hex()

    def tuf_key(self):
        return {"keytype": "ed25519", "scheme": "ed25519",
                "keyval": {"public": self.public.hex()}}

    def key_id(self):
        return hashlib.sha256(canonical_json(self.tuf_key())).hexdigest()


def lock_key(key, unlock_key, salt):
    """The blob that the server may keep: useless without the password."""
    nonce = os.urandom(24)
    box, length = _out(32 + 16), ctypes.c_ulonglong()
    _checked(_sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        box, ctypes.byref(length), key.seed, ctypes.c_ulonglong(32), key.public,
        ctypes.c_ulonglong(32), None, nonce, unlock_key), "locking the key")
    return {"format": 1, "salt": salt.hex(), "nonce": nonce.hex(), "box": box.raw.hex(),
            "public": key.public.hex()}


def unlock_key(blob, unlock):
    public, box = bytes.fromhex(blob["public"]), bytes.fromhex(blob["box"])
    seed, length = _out(32), ctypes.c_ulonglong()
    _checked(_sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        seed, ctypes.byref(length), None, box, ctypes.c_ulonglong(len(box)), public,
        ctypes.c_ulonglong(32), bytes.fromhex(blob["nonce"]), unlock), "unlocking the key")
    return SigningKey(seed.raw)


# --- TUF metadata ---


def canonical_json(value):
    """The form that signatures are over: sorted members, no blanks, no escapes but two."""
    if isinstance(value, dict):
        members = (canonical_json(name) + b":" + canonical_json(value[name])
                   for name in sorted(value))
        return b"{" + b",".join(members) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical_json, value)) + b"]"
    if isinstance(value, str):
        return b'"' + value.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'
    if value is True or value is False or value is None:
        return {True: b"true", False: b"false", None: b"null"}[value]
    if isinstance(value, int):
        return str(value).encode()
    raise TypeError(f"{value!r} has no canonical form")


def signed(body, keys):
    message = canonical_json(body)
    return {"signatures": [{"keyid": key.key_id(), "sig": key.sign(message)} for key in keys],
            "signed": body}


# --- the server ---


class ApiError(Exception):
    def __init__(self, status, body):
        self.status = status
        self.code = body.get("error", {}).get("code") if isinstance(body, dict) else None
        super().__init__(f"{status}: {body}")


class Office:
    """One person's connection to the server."""

    def __init__(self, address, ca_file=None):
        self.address = address
        parts = urllib.parse.urlsplit(address)
        self._host, self._port, self._secure = parts.hostname, parts.port, parts.scheme == "https"
        self._context = ssl.create_default_context(cafile=ca_file) if self._secure else None
        self.cookie = None

    def request(self, method, path, body=None, headers=None, stream=None, length=None):
        """Returns (status, headers, bytes)."""
        if self._secure:
            link = http.client.HTTPSConnection(self._host, self._port, timeout=60,
                                               context=self._context)
        else:
            link = http.client.HTTPConnection(self._host, self._port, timeout=60)
        sent = {"X-Conglang": "1", "Origin": self.address, **(headers or {})}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if stream is not None:
            sent["Content-Length"] = str(length)
        try:
            try:
                link.request(method, path, body=stream if stream is not None else body,
                             headers=sent)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                pass  # refused before it had everything: the answer says why
            response = link.getresponse()
            content = response.read()
        finally:
            link.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        return response.status, dict(response.getheaders()), content

    def call(self, method, path, value=None):
        """JSON in, JSON out; an ApiError when the server refuses."""
        body = None if value is None else json.dumps(value, ensure_ascii=False).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        status, _, content = self.request(method, path, body, headers)
        answer = json.loads(content) if content else None
        if status >= 400:
            raise ApiError(status, answer)
        return answer


# --- the root, and its ceremonies ---


def key_id_of(tuf_key):
    return hashlib.sha256(canonical_json(tuf_key)).hexdigest()


def in_years(years):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=years * 365)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def next_root(root, add=(), remove=(), threshold=None, expires=None):
    """The unsigned root after `root` (bytes). `add` and `remove` hold (role, key in TUF's form)."""
    body = json.loads(root)["signed"]
    body["version"] += 1
    body["expires"] = expires or in_years(5)
    for role, key in remove:
        body["roles"][role]["keyids"].remove(key_id_of(key))
    for role, key in add:
        body["keys"][key_id_of(key)] = key
        body["roles"][role]["keyids"].append(key_id_of(key))
    if threshold is not None:
        body["roles"]["root"]["threshold"] = threshold
    named = {key_id for role in body["roles"].values() for key_id in role["keyids"]}
    body["keys"] = {key_id: key for key_id, key in body["keys"].items() if key_id in named}
    return body


def change_root(office, root_keys, add=(), remove=(), threshold=None):
    """A whole ceremony over what is published now; returns the new version."""
    current = office.call("GET", "/api/root")
    body = next_root(current["root"], add, remove, threshold)
    return publish_root(office, signed(body, root_keys))["version"]


def publish_root(office, root):
    return office.call("POST", "/api/root", {"root": json.dumps(root, ensure_ascii=False)})


def add_approvers(office, root_keys):
    """Everybody's waiting key, beside those that are there."""
    waiting = [key for key in office.call("GET", "/api/root")["approver_keys"]
               if key["state"] == "waiting"]
    return change_root(office, root_keys, add=[("targets", key["key"]) for key in waiting])


def revoke_lost_keys(office, root_keys):
    """What people have lost goes out of the root; needs an approval by another key before."""
    current = office.call("GET", "/api/root")
    named = json.loads(current["root"])["signed"]["roles"]["targets"]["keyids"]
    lost = [("targets", key["key"]) for key in current["approver_keys"]
            if key["state"] == "withdrawn" and key["key_id"] in named]
    return change_root(office, root_keys, remove=lost)


def rotate_online_keys(office, root_keys, roles=("snapshot", "timestamp")):
    body = json.loads(office.call("GET", "/api/root")["root"])["signed"]
    add = [(role, office.call("POST", "/api/online-keys", {"role": role})["key"])
           for role in roles]
    remove = [(role, body["keys"][key_id]) for role in roles
              for key_id in body["roles"][role]["keyids"]]
    return change_root(office, root_keys, add, remove)


def rotate_takedown_key(office):
    """The next approval names the key that is returned; nothing else is needed."""
    return office.call("POST", "/api/online-keys", {"role": "takedown"})


def open_key_file(path, passphrase):
    """A key file of the server's command line: root-1.key and the like."""
    document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    private = document["private"]
    if private["lock"] == "none":
        return SigningKey(bytes.fromhex(private["seed"]))
    text = unicodedata.normalize("NFC", passphrase).encode()
    key, seed, length = _out(32), _out(32), ctypes.c_ulonglong()
    _checked(_sodium.crypto_pwhash(
        key, ctypes.c_ulonglong(32), text, ctypes.c_ulonglong(len(text)),
        bytes.fromhex(private["salt"]), ctypes.c_ulonglong(private["passes"]),
        ctypes.c_size_t(private["memory_kib"] << 10), ARGON2ID), "argon2id")
    box, key_id = bytes.fromhex(private["box"]), document["keyid"].encode()
    _checked(_sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        seed, ctypes.byref(length), None, box, ctypes.c_ulonglong(len(box)), key_id,
        ctypes.c_ulonglong(len(key_id)), bytes.fromhex(private["nonce"]), key.raw),
        "unlocking the key")
    return SigningKey(seed.raw)


# --- the set-up ---


def make_root(root_key, approver, online_keys, expires):
    """root.json version 1: one root key, one approver, the server's own online keys."""
    keys, ids = {}, {}
    for role, key in (("root", root_key.tuf_key()), ("targets", approver.tuf_key()),
                      ("snapshot", online_keys["snapshot"]),
                      ("timestamp", online_keys["timestamp"])):
        key_id = hashlib.sha256(canonical_json(key)).hexdigest()
        keys[key_id] = key
        ids[role] = key_id
    body = {"_type": "root", "spec_version": "1.0.34", "version": 1, "expires": expires,
            "consistent_snapshot": True, "keys": keys,
            "roles": {role: {"keyids": [key_id], "threshold": 1}
                      for role, key_id in ids.items()}}
    return json.dumps(signed(body, [root_key]), ensure_ascii=False)


class Person:
    """Somebody with a password and, when they approve, a key that only they can open."""

    def __init__(self, account, name, password):
        self.account, self.name = account, name
        self.salt = os.urandom(16)
        self.keys = derive_password_keys(password, self.salt)
        self.key = SigningKey()

    def credentials(self):
        return {"account": self.account, "name": self.name, "salt": self.salt.hex(),
                "login_key": self.keys["login"].hex(),
                "locked_key": lock_key(self.key, self.keys["unlock"], self.salt)}


def set_up(office, code, commune, person, root_key, second_person=False):
    """From a server in set-up to an office with its first person."""
    state = office.call("GET", "/api/setup")
    if not state["needed"]:
        raise ValueError("the office is set up already")
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=5 * 365)
    root = make_root(root_key, person.key, state["online_keys"],
                     moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    office.call("POST", "/api/setup", {
        "code": code, "root": root, "person": person.credentials(),
        "office": {"name": commune, "second_person_approves": second_person}})
    return root


def sign_in(office, account, password):
    """The person's keys; the office's cookie is kept for what follows."""
    salt = office.call("GET", "/api/session/salt?account=" + urllib.parse.quote(account))["salt"]
    keys = derive_password_keys(password, bytes.fromhex(salt))
    office.call("POST", "/api/session", {"account": account, "login_key": keys["login"].hex()})
    return keys


# --- publishing ---


def published_form(folder):
    """A written folder as (publication, {asset name: path}): files by digest, not by path."""
    folder = pathlib.Path(folder)
    publication = json.loads((folder / "publication.json").read_text(encoding="utf-8"))
    settings = folder / "pack.toml"
    roots = [folder]
    if settings.exists():
        roots += [folder / root for root in
                  tomllib.loads(settings.read_text(encoding="utf-8")).get("asset_roots", [])]
    files = {}
    for asset in publication["assets"]:
        name = asset.pop("path")
        path = next((root / name for root in roots if (root / name).is_file()), None)
        if path is None:
            raise FileNotFoundError(name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        extension = path.suffix.lstrip(".").lower()
        asset.update(sha256=digest, length=path.stat().st_size, extension=extension)
        files[f"{digest}.{extension}"] = path
    return publication, files


def upload(office, files, tell=lambda name: None):
    for name, path in sorted(files.items()):
        tell(name)
        with open(path, "rb") as stream:
            status, _, content = office.request(
                "PUT", "/api/assets/" + name, stream=stream, length=path.stat().st_size,
                headers={"Content-Type": "application/octet-stream"})
        if status >= 300:
            raise ApiError(status, json.loads(content))


def submit(office, publication):
    """Returns the id of the submission."""
    answer = office.call("POST", "/api/submissions", {"document": publication})
    return answer["id"]


def approve(office, submission, key):
    """Signs exactly what was looked at; returns what was shown to the approver."""
    candidate = office.call("POST", f"/api/submissions/{submission}/candidate", {})
    body = candidate["body"].encode()
    if hashlib.sha256(body).hexdigest() != candidate["sha256"]:
        raise ValueError("the candidate is not what the server says it is")
    if canonical_json(json.loads(body)) != body:
        raise ValueError("the candidate is not in its canonical form")
    office.call("POST", f"/api/submissions/{submission}/approval",
                {"body_sha256": candidate["sha256"], "key_id": key.key_id(),
                 "signature": key.sign(body)})
    return candidate


# --- kiosks ---


def enrol_waiting(office, number, name, group, site=None):
    """Confirms the kiosk whose screen shows this number, and no other."""
    for waiting in office.call("GET", "/api/enrolments")["enrolments"]:
        if waiting.get("number", "").replace(" ", "") == number:
            return office.call("POST", f"/api/enrolments/{waiting['id']}/confirm",
                               {"name": name, "group": group, **({"site": site} if site else {})})
    raise LookupError(f"no machine shows the number {number}")


# --- urgent messages ---


def say_urgently(office, key, message):
    """What the approver signs is shown at once; returns what is said now."""
    return _sign_urgent(office, key, {"add": message})


def end_urgent(office, key, ids):
    return _sign_urgent(office, key, {"end": ids})


def _sign_urgent(office, key, change):
    made = office.call("POST", "/api/urgent-messages/candidate", change)
    body = made["body"].encode()
    if canonical_json(json.loads(body)) != body:
        raise ValueError("the candidate is not in its canonical form")
    return office.call("POST", "/api/urgent-messages",
                       {"body": made["body"], "documents": made["documents"],
                        "key_id": key.key_id(), "signature": key.sign(body)})
