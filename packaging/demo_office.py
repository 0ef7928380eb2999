#!/usr/bin/env python3
"""The office of the demo: a real server on this machine, set up and used by script.

usage: demo_office.py COMMAND ...

  prepare KIOSK...       starts the server, sets the office up, publishes the sample
                         commune, enrols the kiosks (demo.sh does this)
  stop                   ends the server
  items                  what plays, by id
  hide ITEM [REASON]     takes it off every screen now; no approval is needed for that
  show-again ITEM        brings it back: an approver signs
  say WORDS [ENGLISH]    an urgent message in place of the show, for ten minutes
  silence                ends the urgent messages
  correct WORDS [ENGLISH] a correction at the beginning of the show
  retitle ITEM WORDS [ENGLISH] changes the title of a text card, and publishes that
  picture KIOSK FILE.png what is on that kiosk's screen now
  status                 which kiosk shows what
  await KIOSK...         returns when these hold what was published

Everything lies in build/demo, made for this demo alone: the password too, readable by its
owner. A real officer types a password that is stored nowhere.
"""

import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time

import office_client

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMO = ROOT / "build/demo"
BIN = ROOT / "build/release/bin"
OFFICE = DEMO / "office"
ACCOUNT = DEMO / "account.json"
SAMPLE = ROOT / "playlists/samples/hoa-phong"
COMMUNE = {"vi": "Xã Hòa Phong", "en": "Hoa Phong Commune"}
GROUP = json.loads((SAMPLE / "publication.json").read_text(encoding="utf-8"))["group"]
START_SECONDS = 60


class DemoError(Exception):
    pass


def write_private(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
              encoding="utf-8") as file:
        file.write(text)


# --- the server ---


def is_running():
    try:
        pid = int((DEMO / "server.pid").read_text())
        os.kill(pid, 0)
        return "conglang-server" in pathlib.Path(f"/proc/{pid}/cmdline").read_text()
    except (OSError, ValueError):
        return False


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def usual_port():
    """The one of last time, where the kiosks look for their office; else a free one."""
    known = DEMO / "port"
    for port in [int(known.read_text())] if known.exists() else []:
        if is_free(port):
            return port
    return 8443 if is_free(8443) else 0


def start_server():
    """Returns the address and, before the set-up, its one-time code."""
    log = open(DEMO / "server.log", "w+", encoding="utf-8")
    process = subprocess.Popen(
        [BIN / "conglang-server", "serve", "--data", OFFICE, "--listen",
         f"127.0.0.1:{usual_port()}", "--help-listen", "127.0.0.1:0"],
        stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    (DEMO / "server.pid").write_text(str(process.pid))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        said = (DEMO / "server.log").read_text(encoding="utf-8")
        ready = re.search(r"^ready (\S+)$", said, re.MULTILINE)
        if ready:
            code = re.search(r"^setup \S+#(\S+)$", said, re.MULTILINE)
            (DEMO / "port").write_text(ready[1].rsplit(":", 1)[1])
            return ready[1], code[1] if code else None
        if process.poll() is not None:
            raise DemoError("the server ended:\n" + said)
        time.sleep(0.1)
    raise DemoError("the server did not start:\n" + (DEMO / "server.log").read_text())


def stop_server():
    if not is_running():
        return
    pid = int((DEMO / "server.pid").read_text())
    os.kill(pid, signal.SIGTERM)
    for _ in range(150):
        if not is_running():
            break
        time.sleep(0.1)
    else:
        os.kill(pid, signal.SIGKILL)
    (DEMO / "server.pid").unlink(missing_ok=True)


# --- its people ---


class SignedIn:
    """The demo's officer, with the key that only the password opens."""

    def __init__(self, address):
        account = json.loads(ACCOUNT.read_text(encoding="utf-8"))
        self.office = office_client.Office(address, str(OFFICE / "tls/ca.pem"))
        keys = office_client.sign_in(self.office, account["account"], account["password"])
        blob = self.office.call("GET", "/api/session")["locked_key"]
        self.key = office_client.unlock_key(blob, keys["unlock"])

    def publish(self, document):
        """Returns what the approver was shown before signing."""
        return office_client.approve(self.office, office_client.submit(self.office, document),
                                     self.key)

    def shown(self):
        return self.office.call("GET", f"/api/groups/{GROUP}/publication")["publication"]


def signed_in():
    if not is_running():
        raise DemoError("the demo is not running: sh packaging/demo.sh")
    return SignedIn("https://127.0.0.1:" + (DEMO / "port").read_text())


def set_up(address, code):
    password = " ".join(secrets.choice(
        ["cổng", "làng", "đình", "chùa", "sông", "nhãn", "tương", "bánh", "hội", "trống",
         "sen", "lúa", "gốm", "chợ", "phố", "diều"]) for _ in range(8))
    root_key = office_client.SigningKey()
    person = office_client.Person("lan", "Nguyễn Thị Lan", password)
    office_client.set_up(office_client.Office(address, str(OFFICE / "tls/ca.pem")), code,
                         COMMUNE, person, root_key)
    write_private(DEMO / "root.key", root_key.seed.hex() + "\n")
    write_private(ACCOUNT, json.dumps({"account": "lan", "password": password},
                                      ensure_ascii=False) + "\n")


# --- its kiosks ---


def enrol(officer, name, address):
    data = DEMO / "kiosks" / name
    log = DEMO / "kiosks" / (name + ".address")
    if (data / "enrolment").exists() and log.exists() and log.read_text() == address:
        print(f"{name}: is enrolled already")
        return
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    player = subprocess.Popen([BIN / "conglang-player", "enrol", address, "--data", data],
                              env={**os.environ, "SDL_AUDIODRIVER": "dummy"}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    for line in player.stdout:
        print(f"{name}: {line}", end="")
        if line.startswith("number "):
            # The officer compares this number with the one on the page.
            office_client.enrol_waiting(officer.office, "".join(line.split()[1:]), name, GROUP)
    if player.wait() != 0:
        raise DemoError(f"{name} could not be enrolled")
    log.write_text(address)


# --- commands ---


def prepare(*kiosks):
    DEMO.mkdir(parents=True, exist_ok=True)
    stop_server()
    if not ACCOUNT.exists():
        shutil.rmtree(OFFICE, ignore_errors=True)
        shutil.rmtree(DEMO / "kiosks", ignore_errors=True)
    address, code = start_server()
    if code:
        set_up(address, code)
        print("The office is set up: first person, root key, online keys, certificate.")
    officer = SignedIn(address)
    officer.office.call("PUT", f"/api/groups/{GROUP}", {"name": COMMUNE})
    document, files = office_client.published_form(SAMPLE)
    office_client.upload(officer.office, files)
    print(f"{len(files)} files are uploaded.")
    candidate = officer.publish(document)
    print(f"Release {candidate['version']} is approved and signed; "
          f"{len(candidate['differences'])} differences were shown before.")
    for kiosk in kiosks:
        enrol(officer, kiosk, address)
    print(f"The office answers at {address}")


def items(document):
    return [item for playlist in document["playlists"] for item in playlist["items"]]


def title_of(item, document):
    for entry in document["entries"]:
        if entry["id"] == item.get("entry"):
            return entry["title"]["vi"]
    return item.get("title", {}).get("vi", "")


def list_items():
    document = signed_in().shown()
    for item in items(document):
        print(f"{item['id']:32} {item['kind']:11} {title_of(item, document)}")


def both(vi, en=None):
    return {"vi": vi, **({"en": en} if en else {})}


def hide(item, reason="Thử nghiệm"):
    officer = signed_in()
    if item not in [each["id"] for each in items(officer.shown())]:
        raise DemoError(f"nothing that plays is called {item}; see the command items")
    began = time.monotonic()
    officer.office.call("POST", "/api/takedowns",
                        {"kind": "item", "target": item, "reason": reason})
    print(f"Hidden and published after {time.monotonic() - began:.2f} s.")


def show_again(item):
    officer = signed_in()
    acts = [act["id"] for act in officer.office.call("GET", "/api/takedowns")["takedowns"]
            if act["target"] == item]
    if not acts:
        raise DemoError(f"{item} was not hidden")
    asked = officer.office.call("POST", "/api/takedowns/reinstatement",
                                {"group": GROUP, "takedowns": acts})
    office_client.approve(officer.office, asked["id"], officer.key)
    print("Signed: it comes back.")


def say(vi, en=None):
    officer = signed_in()
    office_client.say_urgently(officer.office, officer.key,
                               {"title": both(vi, en), "lasting_minutes": 10})


def silence():
    officer = signed_in()
    said = officer.office.call("GET", "/api/urgent-messages")["messages"]
    if said:
        office_client.end_urgent(officer.office, officer.key, [each["id"] for each in said])
    print(f"{len(said)} messages ended.")


def correct(vi, en=None):
    officer = signed_in()
    asked = officer.office.call("POST", "/api/corrections",
                                {"group": GROUP, "title": both("Đính chính", "Correction"),
                                 "text": both(vi, en)})
    office_client.approve(officer.office, asked["id"], officer.key)


def retitle(item, vi, en=None):
    officer = signed_in()
    document = officer.shown()
    cards = [each for each in items(document) if each["id"] == item and "title" in each]
    if not cards:
        raise DemoError(f"there is no text card {item}; see the command items")
    for card in cards:
        card["title"] = both(vi, en)
    for difference in officer.publish(document)["differences"]:
        print(difference["vi"])


def find_kiosk(officer, name):
    for kiosk in officer.office.call("GET", "/api/kiosks")["kiosks"]:
        if kiosk["name"] == name and "revoked_at" not in kiosk:
            return kiosk
    raise DemoError(f"there is no kiosk {name}")


def picture(name, file):
    officer = signed_in()
    kiosk = find_kiosk(officer, name)
    made = officer.office.call("POST", f"/api/kiosks/{kiosk['id']}/commands",
                               {"kind": "screenshot"})
    for _ in range(300):
        status, _, content = officer.office.request(
            "GET", f"/api/kiosks/{kiosk['id']}/pictures/{made['id']}")
        if status == 200:
            pathlib.Path(file).write_bytes(content)
            return
        time.sleep(0.1)
    raise DemoError(f"{name} sent no picture")


def status():
    for kiosk in signed_in().office.call("GET", "/api/kiosks")["kiosks"]:
        seen = kiosk.get("seen", {})
        screen = seen.get("on_screen", {})
        print(f"{kiosk['name']:12} {kiosk['health']:12} wanted {kiosk['wanted_version']} "
              f"held {seen.get('held_version', '-')} shows {screen.get('item') or '-'}")


def await_kiosks(*names):
    officer = signed_in()
    end = time.monotonic() + 60
    late = list(names)
    while late:
        for name in list(late):
            kiosk = find_kiosk(officer, name)
            if kiosk.get("seen", {}).get("held_version") == kiosk["wanted_version"]:
                late.remove(name)
        if late and time.monotonic() > end:
            raise DemoError("the programme did not come to " + ", ".join(late))
        time.sleep(0.2)
    status()


COMMANDS = {"prepare": prepare, "stop": stop_server, "items": list_items, "hide": hide,
            "show-again": show_again, "say": say, "silence": silence, "correct": correct,
            "retitle": retitle, "picture": picture, "status": status,
            "await": await_kiosks}


def main(arguments):
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]](*arguments[1:])
    except TypeError:
        print(__doc__, file=sys.stderr)
        return 2
    except (DemoError, office_client.ApiError, OSError, LookupError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
