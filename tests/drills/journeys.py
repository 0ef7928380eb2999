"""What an office lives through while a fault may strike at any moment: each journey goes on
from where the last one was cut, and writes into the ledger what was answered for."""

import http.client

import player_tools
from player_kill_test import programme
from server_tools import office_client
from travel_tools import GROUP
from virtual_kiosk import VirtualKiosk

BROKEN = (OSError, http.client.HTTPException)
MOST_PLAYS = 150  # of one kiosk; the office lists the newest 200


class Journeys:
    """Each journey raises what breaks the connection."""

    NAMES = ("publish", "take_down", "records", "enrol")

    def __init__(self, commune, ledger):
        self.commune, self.ledger = commune, ledger
        self.number = 0
        self.speaker = self.unanswered = None  # a kiosk, and its batch without an answer
        self.sequence = 0
        self.newcomer = None  # a kiosk whose enrolment was cut, and how it asks again

    def go(self, name):
        getattr(self, name)()

    def resume(self):
        """After the office is back: who had no answer asks again, and must get one."""
        for kiosk in self.ledger.kiosks.values():
            kiosk.hang_up()  # from the server that is no more
        if self.unanswered:
            self._send(self.unanswered)
        if self.newcomer:
            self._take_in()

    # --- a publication, from its files to the screens ---

    def publish(self):
        self.number += 1
        source = self.commune.written()
        picture = (player_tools.CLIPS / "08-still-720p.png").read_bytes()
        (source / "one.png").write_bytes(picture + b"%d" % self.number)
        document, files = office_client.published_form(
            self.commune.written(programme(self.number)))
        for name in files:
            office_client.upload(self.commune.api, {name: files[name]})
            self.ledger.assets.append(name)
            self.ledger.acknowledge("upload")
        submission = office_client.submit(self.commune.api, document)
        self.ledger.submissions.add(submission)
        self.ledger.acknowledge("submission")
        self.ledger.numbers_asked = self.number
        version = self.commune.approve(submission)
        self.ledger.releases[version] = self.number
        self.ledger.acknowledge("release")

    # --- something is hidden ---

    def take_down(self):
        """The picture of the newest programme; its card stays."""
        number = max(self.ledger.releases.values())
        target = f"picture-{number}"
        act = self.commune.take_down(target)
        self.ledger.acts[act["id"]] = target
        self.ledger.acknowledge("takedown")

    # --- what kiosks wrote down ---

    def records(self):
        if self.speaker is None or len(self.ledger.plays[self.speaker.id]) > MOST_PLAYS:
            self.speaker, self.sequence = list(self.ledger.kiosks.values())[-1], 0
        self.sequence += 1
        self.unanswered = self.speaker.batch(self.sequence)
        self._send(self.unanswered)

    def _send(self, batch):
        kept = set(self.speaker.send(batch))
        if kept != {play["id"] for play in batch["batch"]["plays"]}:
            raise AssertionError("the office keeps other records than were sent")
        self.ledger.plays[self.speaker.id] |= kept
        self.ledger.acknowledge("batch")
        self.unanswered = None

    # --- a kiosk comes in ---

    def enrol(self):
        """By stick and by number in turn."""
        api = self.commune.api
        kiosk = VirtualKiosk(self.commune.server.address, self.commune.server.ca, "may-ao")
        if len(self.ledger.kiosks) % 2:
            enrolment, signature = kiosk.ask_in()
            api.call("POST", f"/api/enrolments/{enrolment}/confirm",
                     {"name": kiosk.name, "group": GROUP})
            self.newcomer = kiosk, lambda: kiosk.ask_how_it_goes(enrolment, signature)
        else:
            stick = api.call("POST", "/api/install-sticks",
                             {"name": kiosk.name, "group": GROUP})
            self.newcomer = kiosk, lambda: kiosk.use_stick(stick)
        self._take_in()

    def _take_in(self):
        kiosk, ask = self.newcomer
        ask()
        self.ledger.kiosks[kiosk.id] = kiosk
        self.ledger.acknowledge("enrolment")
        self.newcomer = None
        kiosk.beat()  # its token counts
        self.ledger.acknowledge("heartbeat")
