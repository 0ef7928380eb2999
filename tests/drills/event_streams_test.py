"""Hundreds of kiosks listen at once, through a proxy: each hears of a takedown, others are
answered as always, and a server that is asked to end says good-bye to every one of them.

usage: event_streams_test.py [STREAMS]   (500 when not given; 10000 is the long form)
"""

import pathlib
import resource
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "end-to-end")]

from many_streams import ManyStreams  # noqa: E402
from publish_travels_test import only_card  # noqa: E402
from server_tools import ProxiedServer, SetUpOffice  # noqa: E402
from travel_tools import GROUP, Commune  # noqa: E402
from virtual_kiosk import VirtualKiosk  # noqa: E402

STREAMS = 500
KIOSKS = 20  # share the streams: their number is not what a stream costs
FEW_FILES = 256  # the server must not depend on a generous limit of its surroundings
PATIENCE = 60
# 10,000 streams may take 60 MB; what is shared among few (the allocator's own) comes on top.
MOST_BYTES_EACH, MOST_BYTES_SHARED = 6 << 10, 8 << 20


def allow_files(count):
    """For this process and the programs it starts from now on."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))


def memory_of(process):
    """Bytes of its own, shared libraries in proportion."""
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("Pss:"))


class EventStreams(unittest.TestCase):
    streams = STREAMS

    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="conglang-drill-")
        self.addCleanup(home.cleanup)
        allow_files(FEW_FILES)
        self.server = ProxiedServer(home.name).start()
        self.addCleanup(self.server.close)
        allow_files(1 << 20)
        self.commune = Commune(SetUpOffice(self.server), home.name)
        self.commune.publish(only_card("Hội làng"))

    def listen(self, count):
        tokens = []
        for number in range(KIOSKS):
            kiosk = VirtualKiosk(self.server.address, None, f"may-{number}")
            kiosk.enrol(self.commune.api, GROUP)
            kiosk.close()
            tokens.append(kiosk.token)
        host, port = self.server.listen.rsplit(":", 1)
        many = ManyStreams((host, int(port)), tokens)
        self.addCleanup(many.close)
        many.open(count)
        return many

    def wake(self, many, patience=PATIENCE):
        """Seconds from the officer's click until the last stream knows."""
        began = time.monotonic()
        self.commune.take_down("card")
        many.wait(lambda: all(stream.has(b"look") for stream in many.streams), patience)
        return time.monotonic() - began

    def end(self, many):
        """The server is asked to end: each stream is told so, and closed."""
        began = time.monotonic()
        self.server.process.terminate()
        many.wait(lambda: all(stream.end for stream in many.streams), PATIENCE)
        self.assertTrue(all(stream.has(b"closing") for stream in many.streams))
        self.assertEqual(self.server.process.wait(PATIENCE), 0)
        return time.monotonic() - began

    def test_every_stream_hears_and_is_let_go(self):
        before = memory_of(self.server.process)
        many = self.listen(self.streams)
        each = (memory_of(self.server.process) - before) / self.streams
        seconds = self.wake(many)
        asked = time.monotonic()
        self.commune.api.call("GET", "/api/session")
        answered = time.monotonic() - asked
        self.assertTrue(all(stream.is_open for stream in many.streams))
        print(f"{self.streams} streams: {each / 1024:.1f} KB each "
              f"({each * self.streams / (1 << 20):.0f} MB), the last one hears of a takedown "
              f"after {seconds * 1000:.0f} ms, another request is answered after "
              f"{answered * 1000:.0f} ms; all are let go in {self.end(many) * 1000:.0f} ms")
        self.assertLess(each * self.streams,
                        MOST_BYTES_SHARED + MOST_BYTES_EACH * self.streams)
        self.assertLess(answered, 5)

    def test_the_drill_notices_one_stream_that_hears_nothing(self):
        """The control: one of them has hung up."""
        many = self.listen(20)
        many.hang_up(many.streams[7])
        with self.assertRaises(TimeoutError):
            self.wake(many, 2)

    def test_the_drill_notices_a_server_that_says_no_good_bye(self):
        """The control: one that is killed."""
        many = self.listen(20)
        self.server.process.kill()
        with self.assertRaises(AssertionError):
            self.end(many)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1].isdigit():
        EventStreams.streams = int(sys.argv.pop(1))
    unittest.main()
