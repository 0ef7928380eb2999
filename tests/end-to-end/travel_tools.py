"""An office with kiosks: real server, real players, and the script that an officer's browser is."""

import datetime
import hashlib
import json
import pathlib
import shutil
import subprocess
import time

from player_tools import CLIPS, PLAYER, environment
from repository_faults_test import publication
from server_tools import office_client

GROUP = "gate"


def until(what, seconds=60):
    """Waits until `what()` gives something; that is returned."""
    end = time.monotonic() + seconds
    while True:
        found = what()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError("it did not come to that")
        time.sleep(0.05)


class Kiosk:
    """One machine: enrolled once, started as often as wished."""

    def __init__(self, folder, name, server):
        self.folder, self.name, self.server = pathlib.Path(folder) / name, name, server
        self.data = self.folder / "data"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process, self.started = None, ""
        self.environment = environment()
        self.starts = 0

    def enrol(self, office, group=GROUP, again=False):
        process = subprocess.Popen(
            [PLAYER, "enrol", self.server.address, "--data", self.data, "--poll-ms", "50",
             *(["--again"] if again else [])],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        try:
            number = None
            for line in process.stdout:
                if line.startswith("number "):
                    number = "".join(line.split()[1:])
                    break
            granted = office.enrol_waiting(number, self.name, group)
            _, errors = process.communicate(timeout=60)
            if process.returncode != 0:
                raise RuntimeError(f"enrol: {process.returncode}: {errors}")
        finally:
            process.kill()
            process.wait()
        self.id = granted["id"]
        return granted

    def start(self, *arguments, seconds=300, size="640x360", heartbeat_ms=200):
        self.starts += 1
        self.started = datetime.datetime.now(datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        self.frames = self.folder / f"frames-{self.starts}.tsv"
        self.log = open(self.folder / f"log-{self.starts}.txt", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [PLAYER, "run", "--data", self.data, "--size", size, "--mute", "--heartbeat-ms",
             str(heartbeat_ms), "--poll-ms", "500", "--exit-after", str(seconds), "--frame-log", self.frames,
             *map(str, arguments)],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        return self

    def change_enrolment(self, **members):
        """As if the kiosk had been told something else when it was enrolled."""
        document = json.loads((self.data / "enrolment").read_text(encoding="utf-8"))
        del document["sha256"]
        document.update(members)
        compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        document["sha256"] = hashlib.sha256(compact.encode()).hexdigest()
        for copy in ("enrolment", "enrolment-2"):
            (self.data / copy).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def stop(self):
        """Its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(timeout=60)
        self.log.close()
        self.process = None
        return code

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()
        self.process = None

    def log_text(self):
        return (self.folder / f"log-{self.starts}.txt").read_text(encoding="utf-8")

    def close(self):
        if self.process:
            self.kill()


class Commune:
    """The office of the tests: a group, kiosks in it, and what is published."""

    def __init__(self, set_up, folder):
        self.api, self.set_up, self.folder = set_up.api, set_up, pathlib.Path(folder)
        self.server = set_up.server
        self.api.call("PUT", f"/api/groups/{GROUP}", {"name": {"vi": "Cổng làng"}})

    def enrol_waiting(self, number, name, group):
        return office_client.enrol_waiting(self.api, number, name, group)

    def kiosk(self, name):
        kiosk = Kiosk(self.folder, name, self.server)
        kiosk.enrol(self)
        return kiosk

    def written(self, change=lambda document: None):
        """A source folder with two pictures, a film and a card, changed as wished."""
        source = self.folder / "source"
        if not source.exists():
            source.mkdir(parents=True)
            shutil.copy(CLIPS / "01-h264-360p30-1s.mp4", source / "film.mp4")
            shutil.copy(CLIPS / "08-still-720p.png", source / "one.png")
            shutil.copy(CLIPS / "09-still-360p.jpg", source / "two.jpg")
        document = publication()
        document["group"] = GROUP
        change(document)
        (source / "publication.json").write_text(json.dumps(document), encoding="utf-8")
        return source

    def submit(self, change=lambda document: None):
        document, files = office_client.published_form(self.written(change))
        office_client.upload(self.api, files)
        return office_client.submit(self.api, document)

    def approve(self, submission):
        """The version that the screens are to show from now on."""
        return office_client.approve(self.api, submission, self.set_up.person.key)["version"]

    def publish(self, change=lambda document: None):
        return self.approve(self.submit(change))

    def take_down(self, target, kind="item", reason="thử"):
        return self.api.call("POST", "/api/takedowns",
                             {"kind": kind, "target": target, "reason": reason})

    def seen(self, kiosk):
        """What the kiosk said last since it was started, or nothing."""
        for one in self.api.call("GET", "/api/kiosks")["kiosks"]:
            if one["id"] == kiosk.id and one.get("seen", {}).get("at", "") >= kiosk.started:
                return one.get("seen")
        return None

    def wait_held(self, kiosk, version, seconds=60):
        return until(lambda: (self.seen(kiosk) or {}).get("held_version") == version, seconds)

    def on_screen(self, kiosk):
        seen = self.seen(kiosk) or {}
        return (seen.get("on_screen") or {}).get("item")

    def command(self, kiosk, kind, argument=0):
        """Its id and its outcome, once the kiosk has said it."""
        told = self.told(kiosk, kind, argument)
        return told["id"], told["outcome"]

    def told(self, kiosk, kind, argument=0):
        """All that the office knows of a command, once the kiosk has said how it went."""
        made = self.api.call("POST", f"/api/kiosks/{kiosk.id}/commands",
                             {"kind": kind, "argument": argument})

        def told():
            for one in self.api.call("GET", f"/api/kiosks/{kiosk.id}")["commands"]:
                if one["id"] == made["id"] and one.get("outcome"):
                    return one
            return None

        return until(told)

    def screenshot(self, kiosk):
        """The bytes of a PNG of what is on the screen now."""
        command, _ = self.command(kiosk, "screenshot")

        def picture():
            status, _, content = self.api.request(
                "GET", f"/api/kiosks/{kiosk.id}/pictures/{command}")
            return content if status == 200 else None

        return until(picture)
