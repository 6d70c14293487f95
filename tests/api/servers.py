"""Servers that a practice platform cannot be: with TLS, and a proxy."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Seen(ThreadingHTTPServer):
    """A server that writes down what it was asked."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that does not trust us hangs up."""


class _Platform(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Seen

    def do_GET(self) -> None:
        self._answer([])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._answer({"access_token": "t", "expires_in": 3600})

    def _answer(self, body: object) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Proxy(_Platform):
    def do_CONNECT(self) -> None:
        self.server.asked.append(f"CONNECT {self.path}")
        status, name = self.path_status
        self.send_response(status, name)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    path_status = (407, "Proxy Authentication Required")


class _BrokenProxy(_Proxy):
    path_status = (503, "Service Unavailable")


@contextmanager
def _running(server: Seen) -> Iterator[Seen]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def tls_platform(context: ssl.SSLContext) -> Iterator[Seen]:
    """A platform with HTTPS that has no integrations."""
    server = Seen(_Platform)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _running(server) as running:
        yield running


@contextmanager
def proxy(*, is_broken: bool = False) -> Iterator[Seen]:
    """A proxy that lets nobody through."""
    with _running(Seen(_BrokenProxy if is_broken else _Proxy)) as running:
        yield running
