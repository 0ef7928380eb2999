"""slowhttptest holds hundreds of connections open with slow headers, slow bodies and slow
reading: whoever asks properly meanwhile is answered as always.

usage: slow_clients_test.py [CONNECTIONS]   (400 when not given; 4000 is the long form)
"""

import pathlib
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "end-to-end"))

from server_tools import Server, SetUpOffice  # noqa: E402

CONNECTIONS = 400
SECONDS = 12
# Generous: two busy cores, TLS for each request. A server that waits for the slow ones takes
# as long as they do, which is tens of seconds.
WORST_ANSWER = 5.0


class SlowClients(unittest.TestCase):
    connections = CONNECTIONS

    def attack(self, options, path="/api/openapi.json"):
        """Slow clients on one side, an ordinary one on the other."""
        if shutil.which("slowhttptest") is None:
            self.skipTest("slowhttptest is not installed")
        with Server() as server:
            office = SetUpOffice(server)
            attack = subprocess.Popen(
                ["slowhttptest", *options, "-u", server.address + path,
                 "-c", str(self.connections), "-r", "200", "-l", str(SECONDS), "-p", "3"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            answers = []
            end = time.monotonic() + SECONDS
            try:
                while attack.poll() is None and time.monotonic() < end:
                    start = time.monotonic()
                    office.api.call("GET", "/api/session")
                    answers.append(time.monotonic() - start)
                    time.sleep(0.05)
            finally:
                attack.kill()
                attack.wait()
            answers.sort()
            print(f"{options[0]}: {len(answers)} answers beside {self.connections} slow ones, median "
                  f"{answers[len(answers) // 2] * 1000:.0f} ms, worst {answers[-1] * 1000:.0f} ms")
            self.assertGreater(len(answers), SECONDS)
            self.assertLess(answers[-1], WORST_ANSWER)
            self.assertEqual(server.stop(), 0)

    def test_slow_headers(self):
        self.attack(["-H", "-i", "5", "-t", "GET"])

    def test_slow_bodies(self):
        self.attack(["-B", "-i", "5", "-s", "8192", "-t", "POST"], "/api/session")

    def test_slow_reading(self):
        self.attack(["-X", "-w", "1", "-y", "8", "-n", "5", "-z", "8", "-k", "3"])


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        SlowClients.connections = int(sys.argv.pop(1))
    unittest.main()
