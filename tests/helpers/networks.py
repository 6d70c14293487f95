"""A company's network on loopback: web servers, and a CONNECT proxy with authentication or TLS inspection."""

import base64
import contextlib
import json
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import pytest
import trustme

Answer = tuple[int, Mapping[str, str], bytes]
Respond = Callable[[str, str, Mapping[str, str]], Answer]
"""Method, path and headers of a request; the answer to it."""

PLATFORM = "https://platform.example"


def context_of(authority: trustme.CA, *names: str, **how: object) -> ssl.SSLContext:
    """The TLS context of a server with these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **how).configure_cert(context)  # type: ignore[arg-type]  # trustme's own keywords
    return context


def trust(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this computer trust an authority."""
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Log nothing: clients that do not trust the certificate hang up."""


@contextlib.contextmanager
def _serving(server: _Server) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class WebServer:
    """A server: its port, each request line with headers and body, and how many connections were made."""

    port: int = 0
    asked: list[str] = field(default_factory=list, repr=False)
    headers: list[dict[str, str]] = field(default_factory=list, repr=False)
    bodies: list[bytes] = field(default_factory=list, repr=False)
    connections: int = 0


@contextlib.contextmanager
def web_server(respond: Respond, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[WebServer]:
    """A server that answers what `respond` gives."""
    seen = WebServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            seen.connections += 1
            if context:
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            with contextlib.suppress(OSError):
                super().finish()
            self.request.close()

        def _answer(self) -> None:
            seen.bodies.append(self.rfile.read(int(self.headers.get("content-length", 0))))
            seen.asked.append(f"{self.command} {self.path}")
            seen.headers.append({name.lower(): value for name, value in self.headers.items()})
            status, headers, body = respond(self.command, self.path, seen.headers[-1])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204 and not {"Content-Length", "Transfer-Encoding"} & set(headers):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - the server calls them so

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    class Server(_Server):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    server = Server((host, 0), Handler)
    with _serving(server) as port:
        seen.port = port
        yield seen


def empty_platform(method: str, path: str, _headers: Mapping[str, str]) -> Answer:
    """A platform that has no integrations."""
    body: object = {"access_token": "t", "expires_in": 3600} if method == "POST" else []
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


@dataclass
class Proxy:
    """A CONNECT proxy: requests, the authorization headers of each, and the traffic that it decrypted."""

    hosts: dict[str, int] = field(default_factory=dict)
    sign_in: tuple[str, str] | None = None
    authority: trustme.CA | None = None
    refusal: int = 502
    port: int = 0
    asked: list[str] = field(default_factory=list)
    sign_ins: list[str] = field(default_factory=list)
    read: list[bytes] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As messages name it."""
        return f"127.0.0.1:{self.port}"


@contextlib.contextmanager
def connect_proxy(**how: object) -> Iterator[Proxy]:
    """A running proxy: `hosts` maps names to local ports, `sign_in` is required, `authority` decrypts the traffic."""
    made = Proxy(**how)  # type: ignore[arg-type]  # the fields of the class

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            head = _head(self.request)
            if not head:
                return
            target = head[0].split()[1]
            headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
            made.asked.append(f"CONNECT {target}")
            given = headers.get("proxy-authorization", "")
            made.sign_ins.append(given)
            if made.sign_in and given != _basic(*made.sign_in):
                self._refuse(407, "Proxy Authentication Required")
                return
            port = made.hosts.get(target.rpartition(":")[0])
            if port is None:
                self._refuse(made.refusal, "No")
                return
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with contextlib.ExitStack() as ends:
                near = ends.enter_context(contextlib.closing(self.request))
                far = ends.enter_context(contextlib.closing(socket.create_connection(("127.0.0.1", port))))
                if made.authority:
                    inside = context_of(made.authority, target.rpartition(":")[0])
                    near = ends.enter_context(contextlib.closing(inside.wrap_socket(near, server_side=True)))
                    outside = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                    outside.check_hostname = False
                    outside.verify_mode = ssl.CERT_NONE
                    far = ends.enter_context(contextlib.closing(outside.wrap_socket(far)))
                _pump(near, far, made.read if made.authority else [])

        def _refuse(self, status: int, reason: str) -> None:
            self.request.sendall(f"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n\r\n".encode())

    server = _Server(("127.0.0.1", 0), Handler)
    with _serving(server) as port:
        made.port = port
        yield made


@contextlib.contextmanager
def silent_port() -> Iterator[int]:
    """A port that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@contextlib.contextmanager
def dropping_port() -> Iterator[int]:
    """A port on which every connection hangs, as in a network that drops packets."""
    with contextlib.ExitStack() as held, socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(8):
            filler = held.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        yield int(server.getsockname()[1])


def closed_port() -> int:
    """A port that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _head(connection: socket.socket) -> list[str]:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(4096)
        if not piece:
            return []
        data += piece
    return data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")


def _basic(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _pump(near: socket.socket, far: socket.socket, kept: list[bytes]) -> None:
    """Carry bytes both ways until one side ends; on one thread, as one TLS connection bears no two."""
    ways = {near: far, far: near}
    with contextlib.suppress(OSError):
        while True:
            waiting = [end for end in ways if isinstance(end, ssl.SSLSocket) and end.pending()]
            for end in waiting or select.select(list(ways), [], [])[0]:
                # Something came, but with TLS it need not be anything to read.
                end.setblocking(False)
                try:
                    piece = end.recv(65536)
                except (ssl.SSLWantReadError, BlockingIOError):
                    continue
                finally:
                    end.setblocking(True)
                if not piece:
                    return
                if end is near:
                    kept.append(piece)
                ways[end].sendall(piece)
