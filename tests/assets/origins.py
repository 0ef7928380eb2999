#!/usr/bin/env python3
"""Every file of ours has an origin and a licence, and the sample shows only what is there.

Ends with 0, or with 1 and one line per fault. Takes the root of the source tree as an
argument, or CONGLANG_SOURCE_DIR, or the tree it lies in.
"""
import json
import os
import pathlib
import subprocess
import sys

COLUMNS = ["path", "made_by", "licence", "source"]
LICENCES = {"CC-BY-4.0", "Apache-2.0"}
MADE = ("assets/demo/pictures/", "assets/demo/clips/")  # not tracked, made by make-assets.sh


def files_of(root):
    """The files below assets/ that belong to the project, by their path from the root."""
    tracked = subprocess.run(["git", "-C", root, "ls-files", "-z", "assets"], text=True,
                             capture_output=True, check=False)
    if tracked.returncode == 0 and tracked.stdout:
        return {name for name in tracked.stdout.split("\0") if (root / name).is_file()}
    found = {path.relative_to(root).as_posix() for path in (root / "assets").rglob("*")
             if path.is_file()}
    return {name for name in found if not name.startswith(MADE) and "__pycache__" not in name}


def check_origins(root, faults):
    rows = [line.split("\t") for line in
            (root / "assets/origins.tsv").read_text(encoding="utf-8").splitlines()]
    if not rows or rows[0] != COLUMNS:
        faults.append(f"assets/origins.tsv: the first line is not {COLUMNS}")
        return
    listed = set()
    for number, row in enumerate(rows[1:], 2):
        where = f"assets/origins.tsv:{number}"
        if len(row) != len(COLUMNS) or not all(field.strip() for field in row):
            faults.append(f"{where}: {len(COLUMNS)} filled columns are wanted: {row}")
            continue
        name, _, licence, source = row
        if name in listed:
            faults.append(f"{where}: {name} is listed twice")
        if licence not in LICENCES:
            faults.append(f"{where}: {name} has the unknown licence {licence}")
        if "/" in source and not (root / source).is_file():
            faults.append(f"{where}: {name} comes from {source}, which is missing")
        listed.add(name)
    present = files_of(root)
    faults += [f"assets/origins.tsv: {name} has no row" for name in sorted(present - listed)]
    faults += [f"assets/origins.tsv: {name} is listed, but missing"
               for name in sorted(listed - present)]


def made_files(root, faults):
    script = root / "assets/demo/make-assets.sh"
    made = subprocess.run(["sh", script, "--list"], text=True, capture_output=True, check=False)
    if made.returncode != 0:
        faults.append(f"assets/demo/make-assets.sh --list: {made.stderr.strip()}")
    return set(made.stdout.split())


def check_sample(root, faults):
    sample = root / "playlists/samples/hoa-phong"
    made = made_files(root, faults)
    publication = json.loads((sample / "publication.json").read_text(encoding="utf-8"))
    assets = publication["assets"]
    if not assets:
        faults.append("publication.json: no asset to look at")
    for asset in assets:
        path = asset["path"]
        tracked = (sample / path).is_file() or (
            not (("assets/demo/" + path).startswith(MADE)) and
            (root / "assets/demo" / path).is_file())
        if path not in made and not tracked:
            faults.append(f"publication.json: {path} is neither tracked nor made")
        if asset.get("licence") not in LICENCES or not asset.get("credit"):
            faults.append(f"publication.json: {path} has no credit or no known licence")
    for path in sorted(made - {asset["path"] for asset in assets}):
        faults.append(f"make-assets.sh: {path} is made, but the sample does not name it")


def main():
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CONGLANG_SOURCE_DIR")
    root = pathlib.Path(given) if given else pathlib.Path(__file__).resolve().parents[2]
    faults = []
    check_origins(root, faults)
    check_sample(root, faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
