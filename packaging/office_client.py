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
            link.request(method, path, body=stream if stream is not None else body, headers=sent)
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
