"""Fails where the code and the map in ARCHITECTURE.md disagree, naming file and rule.

Reads the block ```layers of ARCHITECTURE.md: one room a line, and after the arrow the
rooms it may include from. `folder/*` stands for every other room below the folder.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_FILE = 500  # lines; chosen: what one can still hold in one's head

# Headers of libraries, and the only places that may see them. A place is a room or a file.
LIBRARY_HEADERS = [
    ("FFmpeg", r"lib(av|sw)\w+/", {"player/media"}),
    ("libyuv", r"libyuv(\.h|/)", {"player/canvas/cpu"}),
    ("SDL_ttf", r"(SDL2/)?SDL_ttf\.h", {"player/text"}),
    ("X11", r"X11/", {"player/platform"}),
    ("SDL", r"(SDL2/)?SDL(_\w+)?\.h", {"player/platform", "player/sound", "player/text"}),
    ("X11", r"X11/", {"player/platform"}),
    ("nlohmann json", r"nlohmann/", {"playlists/base"}),
    ("SQLite", r"sqlite3\.h", {"player/report", "content-server/storage"}),
    ("SOCI", r"soci/", {"content-server/storage"}),
    ("Boost", r"boost/", {"content-server/http"}),
    ("libcurl", r"curl/", {"player/sync"}),
    ("libqrencode", r"qrencode\.h", {"player/scene", "content-server/app"}),
    ("OpenSSL", r"openssl/", {"playlists/base", "content-server/http", "player/sync"}),
    ("utf8proc", r"utf8proc\.h", {"playlists/base", "player/text"}),
    ("libsodium", r"sodium(\.h|/)",
     {"playlists/trust", "content-server/publishing", "content-server/access",
      "content-server/kiosks", "player/identity"}),
    ("CLI11", r"CLI/", {"playlists/tool", "content-server/app", "player/app"}),
    ("toml++", r"toml\+\+/|toml\.hpp", {"content-server/publishing", "content-server/app", "player/app"}),
]

PROGRAMS = {"player/app", "content-server/app", "playlists/tool"}

# What headers cannot tell apart, by what is called. SDL has one header for everything.
CALLS = [
    ("SDL sound", r"\bSDL_\w*Audio\w*\s*\(", {"player/sound"}),
    ("SDL video and events",
     r"\bSDL_\w*(Window|Renderer|Texture|Event|Display|VideoDriver)\w*\s*\(",
     {"player/platform"}),
    ("starting threads", r"\bstd::(jthread|thread|async)\b", PROGRAMS - {"playlists/tool"}),
    ("reading the clock", r"\b(system|steady|high_resolution)_clock::now\s*\(",
     PROGRAMS | {"player/platform"}),
    ("reading the environment", r"\b(secure_)?getenv\s*\(", PROGRAMS | {"player/platform"}),
]


def read_map(text):
    """The rooms in their order, each with the set of rooms it may include from."""
    block = re.search(r"```layers\n(.*?)```", text, re.S)
    if block is None:
        raise ValueError("ARCHITECTURE.md: no block named layers")
    rows = {}
    for line in filter(str.strip, block[1].splitlines()):
        room, arrow, targets = line.partition("->")
        if not arrow or not room.strip() or room.strip() in rows:
            raise ValueError(f"ARCHITECTURE.md: not a line of the map, or there twice: {line}")
        rows[room.strip()] = targets.split()
    edges = {}
    for room, targets in rows.items():
        edges[room] = set()
        for target in targets:
            named = [other for other in rows if other != room
                     and (other == target
                          or target.endswith("/*") and other.startswith(target[:-1]))]
            if not named:
                raise ValueError(f"ARCHITECTURE.md: {room} -> {target}, which has no line")
            edges[room].update(named)
    return edges


def cycle_faults(edges):
    """One fault for each circle found on the way down from the rooms in their order."""
    finished, faults = set(), []

    def descend(room, way):
        if room in way:
            faults.append("circle in the map: " + " -> ".join([*way[way.index(room):], room]))
        elif room not in finished:
            for target in sorted(edges[room]):
                descend(target, [*way, room])
            finished.add(room)

    for room in edges:
        descend(room, [])
    return faults


def room_of(path, rooms):
    """The longest listed room that holds `path`, or None for a library's header."""
    homes = [room for room in rooms if path.startswith(room + "/")]
    return max(homes, key=len, default=None)


def without_comments(source):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.S)


def include_faults(root, path, source, edges):
    home = room_of(path, edges)
    for included in re.findall(r'^\s*#\s*include\s+"([^"]+)"', source, re.M):
        target = room_of(included, edges)
        if not (root / included).is_file():
            yield f'{path} includes "{included}": no such path from the root of the tree'
        elif target is None:
            yield f"{path} includes {included}: in no room of the map"
        elif target != home and target not in edges[home]:
            yield f"{path} includes {included}: {home} may not use {target}"


def place_faults(path, source, edges):
    home = room_of(path, edges)
    headers = re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', source, re.M)
    code = without_comments(source)
    for header in headers:
        for library, pattern, places in LIBRARY_HEADERS:
            if re.match(pattern, header):
                if home not in places:
                    yield f"{path} includes <{header}>: {library} belongs to {one_of(places)}"
                break
    for deed, pattern, places in CALLS:
        call = re.search(pattern, code)
        if call and home not in places:
            yield f"{path} has {call[0].rstrip('( ')}: {deed} belongs to {one_of(places)}"


def one_of(places):
    return " or ".join(sorted(places))


def sources_below(folder, suffixes):
    return sorted(file for file in folder.rglob("*") if file.suffix in suffixes)


def tree_faults(root, edges):
    for room in edges:
        if not (root / room).is_dir():
            yield f"{room}: listed in the map, absent from the tree"
    for top in sorted({room.split("/")[0] for room in edges}):
        for file in sources_below(root / top, {".h", ".cpp"}):
            path = file.relative_to(root).as_posix()
            if room_of(path, edges) is None:
                yield f"{path}: in no room of the map"
                continue
            source = file.read_text(encoding="utf-8")
            yield from include_faults(root, path, source, edges)
            yield from place_faults(path, source, edges)


def test_faults(root, edges):
    """A test outside of a room's mirror would never be built, and nobody would notice."""
    for file in sources_below(root / "tests", {".cpp"}):
        folder = file.relative_to(root / "tests").parent.as_posix()
        if file.name.endswith("_test.cpp") and folder not in edges:
            if not (file.parent / "CMakeLists.txt").is_file():
                yield f"tests/{folder}/{file.name}: {folder} is no room, so nothing builds it"


def length_faults(root, edges):
    tops = {room.split("/")[0] for room in edges} | {"tests", "packaging", "assets"}
    for top in sorted(tops):
        for file in sources_below(root / top, {".h", ".cpp", ".py", ".sh"}):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_FILE:
                path = file.relative_to(root).as_posix()
                yield f"{path}: {lines} lines; split it before {LONGEST_FILE}"


def all_faults(root):
    try:
        edges = read_map((root / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    except ValueError as fault:
        return [str(fault)]
    return [*cycle_faults(edges), *tree_faults(root, edges), *test_faults(root, edges),
            *length_faults(root, edges)]


if __name__ == "__main__":
    found = all_faults(ROOT)
    print("\n".join(found) or "The tree is as the map says.")
    sys.exit(bool(found))
