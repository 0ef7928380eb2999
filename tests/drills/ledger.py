"""What an office has answered for, kept by the driver of a drill, and compared with the office
after each fault: what was acknowledged is there, once, and the signed repository holds."""

import collections
import hashlib
import json
import pathlib
import subprocess

import player_tools
from travel_tools import GROUP

VERIFY = str(player_tools.BIN / "conglang-playlists")
LAST_ASSETS = 5  # read back after each fault; all of them at the end


def whole_book(api):
    """The audit log, oldest entry first."""
    entries, before = [], 0
    while True:
        page = api.call("GET", "/api/audit?most=500" + (f"&before={before}" if before else ""))
        entries += page["entries"]
        before = page["next_before"]
        if before is None:
            return entries[::-1]


class Ledger:
    """`asked` is what was sent, `kept` what was answered for; what was sent without an answer
    may be there or not."""

    def __init__(self, home, root):
        self.root, self.state = pathlib.Path(home) / "anchor.json", pathlib.Path(home) / "trust"
        self.root.write_text(root, encoding="utf-8")
        self.assets = []  # names
        self.submissions = set()
        self.releases = {}  # version -> number of the programme
        self.numbers_asked = 0  # the highest that was sent to be approved
        self.acts = {}  # takedown id -> target
        self.plays = collections.defaultdict(set)  # kiosk id -> ids of its plays
        self.kiosks = {}  # id -> VirtualKiosk
        self.roles = {}  # role -> highest version seen
        self.acknowledged = collections.Counter()

    def acknowledge(self, what):
        self.acknowledged[what] += 1

    # --- the comparison: every method raises AssertionError ---

    def check(self, case, commune, every_asset=False):
        api, data = commune.api, commune.server.data
        self.check_repository(case, data / "repository")
        self.check_book(case, api)
        self.check_files(case, api, self.assets if every_asset else self.assets[-LAST_ASSETS:])
        self.check_releases(case, api)
        self.check_takedowns(case, api, data / "repository")
        self.check_kiosks(case, api)

    def check_repository(self, case, repository):
        """As a kiosk that remembers what it trusted before."""
        if not (repository / "metadata/timestamp.json").exists():
            case.assertFalse(self.releases, "everything that was published is gone")
            return
        ended = subprocess.run([VERIFY, "verify", str(repository), "--root", str(self.root),
                                "--state", str(self.state)], capture_output=True, text=True)
        case.assertEqual(ended.returncode, 0, ended.stderr)
        for role, version in published_roles(repository).items():
            case.assertGreaterEqual(version, self.roles.get(role, 0), f"{role} went back")
            self.roles[role] = version

    def check_book(self, case, api):
        numbers = [entry["number"] for entry in whole_book(api)]
        case.assertEqual(numbers, list(range(1, len(numbers) + 1)))

    def check_files(self, case, api, names):
        for name in names:
            status, _, content = api.request("GET", "/api/assets/" + name)
            case.assertEqual(status, 200, f"an acknowledged asset is lost: {name}")
            case.assertEqual(hashlib.sha256(content).hexdigest(), name.split(".")[0])

    def check_releases(self, case, api):
        submissions = {one["id"] for one in
                       api.call("GET", "/api/submissions")["submissions"]}
        newest = sorted(self.submissions)[-100:]  # a listing is bounded; ids grow with time
        case.assertLessEqual(set(newest), submissions, "an acknowledged submission is lost")
        if not self.releases:
            return
        there = {one["version"]: one["state"] for one in
                 api.call("GET", f"/api/releases?group={GROUP}")["releases"]}
        for version in sorted(self.releases)[-100:]:
            case.assertEqual(there.get(version), "released", f"release {version} is lost")
        shown = api.call("GET", f"/api/groups/{GROUP}/publication")
        last = max(self.releases)
        case.assertGreaterEqual(shown["version"], last, "the published version went back")
        number = number_of(shown["publication"])
        case.assertGreaterEqual(number, self.releases[last])
        case.assertLessEqual(number, self.numbers_asked)
        if shown["version"] == last:
            case.assertEqual(number, self.releases[last])

    def check_takedowns(self, case, api, repository):
        told = api.call("GET", "/api/takedowns")["takedowns"]
        there = {act["id"]: act["target"] for act in told}
        for act, target in self.acts.items():
            case.assertEqual(there.get(act), target, "an acknowledged takedown is lost")
        listed = published_acts(repository)
        case.assertEqual(len(listed), len(set(listed)))
        case.assertEqual(set(listed), set(there), "what is hidden and what the office knows of")

    def check_kiosks(self, case, api):
        there = {one["id"] for one in api.call("GET", "/api/kiosks")["kiosks"]}
        case.assertLessEqual(set(self.kiosks), there, "an acknowledged kiosk is lost")
        for kiosk, ids in list(self.plays.items())[-3:]:
            plays = [play["id"] for play in
                     api.call("GET", f"/api/kiosks/{kiosk}/records")["plays"]]
            case.assertEqual(len(plays), len(set(plays)), "a record is there twice")
            case.assertLessEqual(ids, set(plays), "an acknowledged record is lost")


def number_of(publication):
    """Of the programmes of player_kill_test."""
    return int(publication["playlists"][0]["items"][0]["id"].rsplit("-", 1)[1])


def snapshot_of(repository):
    timestamp = json.loads((repository / "metadata/timestamp.json").read_text())["signed"]
    version = timestamp["meta"]["snapshot.json"]["version"]
    snapshot = json.loads((repository / f"metadata/{version}.snapshot.json").read_text())
    return timestamp["version"], version, snapshot["signed"]


def published_roles(repository):
    timestamp, version, snapshot = snapshot_of(repository)
    return {"timestamp": timestamp, "snapshot": version,
            **{name: meta["version"] for name, meta in snapshot["meta"].items()}}


def published_acts(repository):
    """The ids of takedown/list.json as every kiosk finds it."""
    if not (repository / "metadata/timestamp.json").exists():
        return []
    meta = snapshot_of(repository)[2]["meta"].get("takedown.json")
    if meta is None:
        return []
    role = json.loads((repository / f"metadata/{meta['version']}.takedown.json").read_text())
    listed = role["signed"]["targets"].get("takedown/list.json")
    if listed is None:
        return []
    path = repository / f"targets/takedown/{listed['hashes']['sha256']}.list.json"
    return [act["takedown_id"] for act in json.loads(path.read_text())["acts"]]
