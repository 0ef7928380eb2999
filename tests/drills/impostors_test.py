"""Who speaks in the name of a kiosk and is not it, against a real server: each is refused by
its name, and nothing of what it said is kept."""

import copy
import pathlib
import sys
import unittest
import uuid

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end")]

from server_tools import Server, SetUpOffice, office_client  # noqa: E402
from virtual_kiosk import VirtualKiosk  # noqa: E402

GROUP = "gate"
TOKEN_LABEL = "conglang token 1\n"


class Impostors(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.close)
        self.api = SetUpOffice(self.server).api
        self.api.call("PUT", f"/api/groups/{GROUP}", {"name": {"vi": "Cổng làng"}})
        self.kiosk, self.other = self.enrolled("cong-dinh"), self.enrolled("uy-ban")

    def kiosk_named(self, name):
        kiosk = VirtualKiosk(self.server.address, self.server.ca, name)
        self.addCleanup(kiosk.close)
        return kiosk

    def enrolled(self, name):
        kiosk = self.kiosk_named(name)
        kiosk.enrol(self.api, GROUP)
        return kiosk

    def refused(self, status, code, act, *arguments):
        with self.assertRaises(office_client.ApiError) as refused:
            act(*arguments)
        self.assertEqual((refused.exception.status, refused.exception.code), (status, code))

    def plays(self, kiosk):
        return [play["id"] for play in
                self.api.call("GET", f"/api/kiosks/{kiosk.id}/records")["plays"]]

    def acts(self, action):
        return self.api.call("GET", "/api/audit?action=" + action)["entries"]

    def token_request(self, kiosk, counter, key=None):
        text = f"{TOKEN_LABEL}{kiosk.id}\n{counter}".encode()
        return {"kiosk": kiosk.id, "counter": counter,
                "signature": (key or kiosk.key).sign(text)}

    def test_a_stolen_token(self):
        thief = self.kiosk_named("thief")
        thief.id, thief.token = self.kiosk.id, self.kiosk.token
        self.refused(403, "bad-signature", thief.send, thief.batch(1))
        self.refused(403, "wrong-kiosk", thief.send, self.other.batch(1))
        self.refused(403, "bad-signature", thief.call, "POST", "/kiosk/token",
                     self.token_request(self.kiosk, 1, thief.key))
        self.assertEqual(self.plays(self.kiosk) + self.plays(self.other), [])

        # It can pretend to be alive, and that is noticed.
        for kiosk in (self.kiosk, thief, self.kiosk, thief):
            kiosk.beat()
        self.assertEqual(len(self.acts("kiosk.two-machines")), 1)

        # A new token, for which the key is needed, shuts it out.
        asked = self.token_request(self.kiosk, 1)
        self.kiosk.token = self.kiosk.call("POST", "/kiosk/token", asked)["token"]
        self.refused(401, "unknown-token", thief.beat)
        self.refused(403, "token-replayed", thief.call, "POST", "/kiosk/token", asked)
        self.kiosk.beat()

    def test_a_replayed_batch(self):
        batch = self.kiosk.batch(1)
        kept = self.kiosk.send(batch)
        self.assertEqual(self.kiosk.send(batch), kept)
        self.assertEqual(sorted(self.plays(self.kiosk)), sorted(kept))
        self.refused(403, "wrong-kiosk", self.other.send, batch)
        later = copy.deepcopy(batch)
        later["batch"]["sequence"] = 2
        self.refused(403, "bad-signature", self.kiosk.send, later)
        self.refused(403, "sequence-reused", self.kiosk.send, self.kiosk.batch(1))
        self.assertEqual(sorted(self.plays(self.kiosk)), sorted(kept))

    def test_a_forged_batch(self):
        genuine = self.kiosk.batch(1)
        changes = {"id": str(uuid.uuid4()), "item": "quang-cao", "shown_ms": 999999,
                   "outcome": "failed", "started_at": "2020-01-01T00:00:00.000Z"}
        for member, value in changes.items():
            with self.subTest(member=member):
                forged = copy.deepcopy(genuine)
                forged["batch"]["plays"][0][member] = value
                self.refused(403, "bad-signature", self.kiosk.send, forged)
        fewer = copy.deepcopy(genuine)
        del fewer["batch"]["plays"][0]
        self.refused(403, "bad-signature", self.kiosk.send, fewer)
        self.refused(403, "bad-signature", self.kiosk.send,
                     {**genuine, "signature": "0" * 128})
        self.assertEqual(self.plays(self.kiosk), [])
        # What was forged is taken as it was, so each of these was refused for its change.
        self.assertEqual(len(self.kiosk.send(genuine)), 3)

    def test_another_kiosks_key(self):
        batch = self.kiosk.batch(1)
        batch["signature"] = self.other.sign_batch(batch["batch"])
        self.refused(403, "bad-signature", self.kiosk.send, batch)
        self.refused(403, "wrong-kiosk", self.other.send, batch)
        self.refused(403, "bad-signature", self.kiosk.call, "POST", "/kiosk/token",
                     self.token_request(self.kiosk, 1, self.other.key))
        stick = self.api.call("POST", "/api/install-sticks", {"name": "moi", "group": GROUP})
        self.kiosk_named("moi").use_stick(stick)
        self.refused(403, "stick-token", self.kiosk_named("ke-trom").use_stick, stick)
        self.assertEqual(self.plays(self.kiosk) + self.plays(self.other), [])

    def test_a_kiosk_that_was_revoked(self):
        self.api.call("POST", f"/api/kiosks/{self.kiosk.id}/revoke")
        self.refused(401, "revoked", self.kiosk.beat)
        self.refused(401, "revoked", self.kiosk.send, self.kiosk.batch(1))
        self.refused(401, "revoked", self.kiosk.call, "POST", "/kiosk/token",
                     self.token_request(self.kiosk, 1))

    def test_the_drill_notices_who_is_let_in(self):
        """The control: the genuine kiosk, where a refusal is expected."""
        with self.assertRaises(AssertionError):
            self.refused(403, "bad-signature", self.kiosk.send, self.kiosk.batch(1))


if __name__ == "__main__":
    unittest.main()
