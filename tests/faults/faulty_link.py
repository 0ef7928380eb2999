"""A link between kiosk and server that can be made bad: cut, stalled, lying, or a hotel's
login page. It speaks TLS with the certificate it is given, as whoever holds the key could."""

import http.client
import http.server
import ssl
import threading
import urllib.parse

BLOCK = 16 << 10
PORTAL = ("<!doctype html><html><head><title>Wi-Fi</title></head>"
          "<body>Please sign in / Vui lòng đăng nhập</body></html>").encode()


class Fault:
    """What happens to one request.

    kind: 'status' (value: the status), 'portal', 'cut' (value: after so many bytes of the
    body), 'stall' (until the link is mended), 'slow' (value: bytes a second), 'whole' (the
    whole file in answer to a range), 'offset' (another range than was asked for, claimed to
    be the right one), 'altered' (a byte of the body changed).
    """

    def __init__(self, kind, value=0):
        self.kind, self.value = kind, value


class FaultyLink:
    """rule(method, path, headers) -> Fault or None, may be changed at any time."""

    def __init__(self, upstream, certificate, key):
        self.rule = lambda method, path, headers: None
        self.requests = []  # (method, path) as they came
        self.mended = threading.Event()
        self._upstream = urllib.parse.urlsplit(upstream)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        # The handshake belongs to the connection's thread, not to the one that accepts.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True,
                                                  do_handshake_on_connect=False)
        self.address = f"https://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self.mended.set()
        self._server.shutdown()
        self._server.server_close()

    def _open(self):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # the link is no judge: both ends are
        return http.client.HTTPSConnection(self._upstream.hostname, self._upstream.port,
                                           timeout=600, context=context)

    def _handler(self):
        link = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 600

            def log_message(self, *arguments):
                pass

            def answer(self):
                try:
                    link._carry(self)
                except (OSError, http.client.HTTPException, ssl.SSLError):
                    self.close_connection = True

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = answer

        return Handler

    def _carry(self, side):
        length = int(side.headers.get("Content-Length") or 0)
        body = side.rfile.read(length) if length else None
        headers = {name: value for name, value in side.headers.items()
                   if name.lower() not in ("connection", "host")}
        self.requests.append((side.command, side.path))
        fault = self.rule(side.command, side.path, headers)
        if fault and fault.kind in ("status", "portal"):
            return self._refuse(side, fault)
        if fault and fault.kind == "stall":
            self.mended.wait()
            side.close_connection = True
            return None
        if fault and fault.kind in ("whole", "offset"):
            asked = _without(headers, "range")
            if fault.kind == "offset" and asked:
                headers["Range"] = _shifted(asked)
        upstream = self._open()
        try:
            upstream.request(side.command, side.path, body=body,
                             headers={**headers, "Host": self._upstream.netloc,
                                      "Connection": "close"})
            self._bring(side, upstream.getresponse(), fault)
        finally:
            upstream.close()
        return None

    def _refuse(self, side, fault):
        status = fault.value if fault.kind == "status" else 200
        content = PORTAL if fault.kind == "portal" else b"{}"
        side.send_response(status)
        side.send_header("Content-Type", "text/html; charset=utf-8")
        side.send_header("Content-Length", str(len(content)))
        side.end_headers()
        side.wfile.write(content)

    def _bring(self, side, response, fault):
        side.send_response_only(response.status)
        sized = False
        for name, value in response.getheaders():
            if name.lower() in ("connection", "transfer-encoding"):
                continue
            if fault and fault.kind == "offset" and name.lower() == "content-range":
                value = _unshifted(value)
            sized = sized or name.lower() == "content-length"
            side.send_header(name, value)
        if not sized:
            side.send_header("Connection", "close")
            side.close_connection = True
        side.end_headers()
        sent = 0
        while block := response.read1(BLOCK if not fault or fault.kind != "slow" else 1):
            if fault and fault.kind == "cut" and sent + len(block) >= fault.value:
                side.wfile.write(block[:max(0, fault.value - sent)])
                side.close_connection = True
                return
            if fault and fault.kind == "altered" and sent == 0:
                block = bytes([block[0] ^ 1]) + block[1:]
            side.wfile.write(block)
            side.wfile.flush()
            sent += len(block)
            if fault and fault.kind == "slow" and self.mended.wait(1 / fault.value):
                side.close_connection = True
                return


def _without(headers, wanted):
    for name in list(headers):
        if name.lower() == wanted:
            return headers.pop(name)
    return None


def _shifted(value):
    """bytes=5- becomes bytes=6-"""
    start, _, end = value.removeprefix("bytes=").partition("-")
    return f"bytes={int(start) + 1}-{end}"


def _unshifted(value):
    """bytes 6-9/10 is told as bytes 5-8/10"""
    span, _, whole = value.removeprefix("bytes ").partition("/")
    first, _, last = span.partition("-")
    return f"bytes {int(first) - 1}-{int(last) - 1}/{whole}"
