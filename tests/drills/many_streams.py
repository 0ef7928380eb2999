"""Thousands of event streams held by one thread: plain HTTP, as from a proxy."""

import errno
import selectors
import socket
import time

AT_ONCE = 200  # connections that are opened together


class Stream:
    """One listener. `heard` grows with what the server says; `end` is when it hung up."""

    def __init__(self, number, request):
        self.number, self.request = number, request
        self.heard, self.end, self.connection = b"", None, None

    @property
    def is_open(self):
        return b"\nretry: " in self.heard and self.end is None

    def has(self, event):
        return b"event: " + event in self.heard


class ManyStreams:
    """Listens with `tokens` in turn, each stream from an address of its own."""

    def __init__(self, server, tokens):
        self._place = server
        self._tokens = tokens
        self._selector = selectors.DefaultSelector()
        self.streams = []

    def _request(self, number):
        peer = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return (f"GET /kiosk/events HTTP/1.1\r\nHost: kiosks.example.vn\r\n"
                f"Authorization: Bearer {self._tokens[number % len(self._tokens)]}\r\n"
                f"X-Forwarded-For: {peer}\r\nX-Forwarded-Proto: https\r\n\r\n").encode()

    def open(self, count, patience=120):
        """Every stream is open when it returns."""
        end = time.monotonic() + patience
        for first in range(0, count, AT_ONCE):
            some = [self._begin(len(self.streams) + n) for n in range(min(AT_ONCE, count - first))]
            self.streams += some
            self.wait(lambda some=some: all(stream.is_open for stream in some),
                      end - time.monotonic())

    def _begin(self, number):
        stream = Stream(number, self._request(number))
        stream.connection = socket.socket()
        stream.connection.setblocking(False)
        code = stream.connection.connect_ex(self._place)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, "a stream cannot connect")
        self._selector.register(stream.connection, selectors.EVENT_WRITE, stream)
        return stream

    def wait(self, what, patience):
        """Reads until what() holds."""
        end = time.monotonic() + patience
        while not what():
            if time.monotonic() > end:
                raise TimeoutError(f"{sum(s.is_open for s in self.streams)} of "
                                   f"{len(self.streams)} streams are open; it did not come to that")
            self._read(0.2)

    def _read(self, seconds):
        for key, _ in self._selector.select(seconds):
            stream = key.data
            if stream.request:
                stream.connection.sendall(stream.request)
                stream.request = None
                self._selector.modify(stream.connection, selectors.EVENT_READ, stream)
                continue
            try:
                content = stream.connection.recv(4096)
            except OSError:
                content = b""
            stream.heard += content
            if not content:
                self.hang_up(stream)

    def hang_up(self, stream):
        if stream.end is None:
            stream.end = time.monotonic()
            self._selector.unregister(stream.connection)
            stream.connection.close()

    def close(self):
        for stream in self.streams:
            self.hang_up(stream)
        self._selector.close()
