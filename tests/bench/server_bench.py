"""Reads, assets and heartbeats of the server, with nginx beside it. usage: server_bench.py ROUNDS"""

import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "drills"), str(TESTS / "end-to-end")]

from server_tools import PUBLIC, ProxiedServer, SetUpOffice, office_client  # noqa: E402
from travel_tools import GROUP, Commune, until  # noqa: E402
from virtual_kiosk import VirtualKiosk, now_text  # noqa: E402

SECONDS = 3
ASSET_BYTES = 10 << 20
UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def spread(values, form="{:.0f}"):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


def wrk(url, connections, headers=(), script=None, threads=1):
    """(requests, bytes) a second, p99 in ms, answers that were errors."""
    command = ["wrk", "-c", str(connections), "-t", str(threads), "-d", f"{SECONDS}s",
               "--latency", url]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    number, unit = re.search(r"Transfer/sec:\s+([\d.]+)([KMG]?B)", out).groups()
    late, late_unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), float(number) * UNITS[unit],
            float(late) * {"us": 0.001, "ms": 1, "s": 1000}[late_unit],
            int(errors[1]) if errors else 0)


class Nginx:
    def __init__(self, home):
        self.home = pathlib.Path(home) / "nginx"
        (self.home / "files").mkdir(parents=True)
        self.home.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        (self.home / "nginx.conf").write_text(f"""
worker_processes 2; daemon off; pid {self.home}/pid; error_log {self.home}/errors;
{'user root;' if os.geteuid() == 0 else ''}
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  types {{ application/json json; }}
  client_body_temp_path {self.home}/a; proxy_temp_path {self.home}/b;
  fastcgi_temp_path {self.home}/c; uwsgi_temp_path {self.home}/d; scgi_temp_path {self.home}/e;
  server {{ listen {self.address}; root {self.home}/files; }} }}
""")

    def start(self):
        self.process = subprocess.Popen(["nginx", "-c", str(self.home / "nginx.conf"),
                                         "-e", str(self.home / "errors")])

        def listens():
            with socket.socket() as probe:
                host, port = self.address.split(":")
                return probe.connect_ex((host, int(port))) == 0
        until(listens, 10)
        return f"http://{self.address}"

    def close(self):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.server = ProxiedServer(self.home).start()
        self.set_up = SetUpOffice(self.server)
        self.api = self.set_up.api
        Commune(self.set_up, self.home)
        self.nginx = Nginx(self.home)
        self.origin = self.nginx.start()
        self.kiosk = VirtualKiosk(self.server.address, None, "may")
        self.kiosk.enrol(self.api, GROUP)

    def close(self):
        self.kiosk.close()
        self.nginx.close()
        self.server.close()

    def forwarded(self):
        return [f"Origin: {PUBLIC}", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"]

    def reads(self, rounds):
        content = self.api.request("GET", "/api/session")[2]
        (self.nginx.home / "files/session.json").write_bytes(content)
        cookie = [f"Cookie: {self.api.cookie}", "X-Conglang: 1"]
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(self.good(wrk(self.server.address + "/api/session", 32,
                                      cookie + self.forwarded()))[0])
            theirs.append(self.good(wrk(self.origin + "/session.json", 32))[0])
        self.row("signed-in JSON read, requests/s", ours, theirs)

    def assets(self, rounds):
        source = self.home / "asset.png"
        source.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(ASSET_BYTES - 8))
        digest = subprocess.run(["sha256sum", source], capture_output=True,
                                text=True).stdout.split()[0]
        office_client.upload(self.api, {f"{digest}.png": source})
        # As the screens fetch it: a plain file of the repository.
        place = self.server.data / f"repository/targets/assets/{digest}.{digest}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
        shutil.copy(source, self.nginx.home / "files/asset.png")
        path = "/repository/" + place.relative_to(self.server.data / "repository").as_posix()
        for name, headers in (("whole", []), ("range", ["Range: bytes=1048576-9437183"])):
            ours, theirs = [], []
            for _ in range(rounds):
                for url, list_ in ((self.server.address + path, ours),
                                   (self.origin + "/asset.png", theirs)):
                    list_.append(self.good(wrk(url, 4, headers))[1] / 1e6)
            self.row(f"asset of 10 MB, {name}, MB/s", ours, theirs)

    def heartbeats(self, rounds):
        body = json.dumps({"program": "bench", "run": self.kiosk.run, "up_ms": 1,
                           "clock": now_text(), "clock_trust": "network", "known_version": 0,
                           "held_version": 0, "takedown_version": 0, "free_bytes": 1,
                           "waiting_records": 0})
        lua = ('wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
               f"wrk.body = '{body}'\n")
        fast, steady = self.home / "fast.lua", self.home / "steady.lua"
        fast.write_text(lua)
        steady.write_text(lua + "function delay() return 100 end\n")
        headers = [f"Authorization: Bearer {self.kiosk.token}"] + self.forwarded()
        url = self.server.address + "/kiosk/heartbeat"
        rates, lates, paces = [], [], []
        for _ in range(rounds):
            rates.append(self.good(wrk(url, 64, headers, fast))[0])
            pace, _, late, _ = self.good(wrk(url, 100, headers, steady))
            paces.append(pace)
            lates.append(late)
        print(f"heartbeats, requests/s: {spread(rates)}; at {spread(paces)} a second p99 "
              f"{spread(lates, '{:.1f}')} ms")
        self.kiosk.hang_up()
        self.kiosk.beat(known_version=4711)
        self.server.kill()
        self.server.start()
        seen = self.api.call("GET", f"/api/kiosks/{self.kiosk.id}")["kiosk"]["seen"]
        print("after kill -9 the last answered heartbeat is",
              "there" if seen["known_version"] == 4711 else "LOST")

    @staticmethod
    def good(measured):
        if measured[3]:
            raise RuntimeError(f"{measured[3]} answers were errors")
        return measured

    @staticmethod
    def row(name, ours, theirs):
        print(f"{name}: {spread(ours)}, nginx {spread(theirs)}, ratio "
              + spread([a / b for a, b in zip(ours, theirs)], "{:.2f}"), flush=True)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(prefix="conglang-bench-") as home:
        pathlib.Path(home).chmod(0o755)
        bench = Bench(home)
        try:
            bench.reads(rounds)
            bench.assets(rounds)
            bench.heartbeats(rounds)
        finally:
            bench.close()


if __name__ == "__main__":
    main()
