"""The HTTP server under the practice platform: keep-alive, silent, and able to be cut off."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_POLL_S = 0.02
_PATIENCE_S = 5.0


class DroppedError(ConnectionError):
    """Ends the connection without (or in the middle of) an answer."""

    def __init__(self, *, reset: bool = False) -> None:
        super().__init__("dropped on purpose")
        self.reset = reset


class Connections:
    """All open connections, so that stopping can end those that a client keeps alive."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._is_closing = False

    def opened(self, connection: socket.socket) -> None:
        """Notes a new connection; ends it at once when the platform is stopping."""
        with self._changed:
            self._open.add(connection)
            if self._is_closing:
                _end(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forgets a connection."""
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def close_all(self) -> None:
        """Ends every connection and waits until its thread has noticed."""
        with self._changed:
            self._is_closing = True
            for connection in self._open:
                _end(connection)
            self._changed.wait_for(lambda: not self._open, timeout=_PATIENCE_S)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in separate small packets would wait for each other over keep-alive.
    disable_nagle_algorithm = True
    connections: Connections

    def setup(self) -> None:
        super().setup()
        self._is_reset = False
        self.connections.opened(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
            if self._is_reset:
                # Closing a socket that may not linger sends RST instead of FIN.
                kind = "hh" if sys.platform == "win32" else "ii"
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(kind, 1, 0))
                self.connection.close()
        except OSError:
            pass
        finally:
            self.connections.closed(self.connection)

    def run_wsgi(self) -> None:
        # Werkzeug's own loop ends every connection after one answer, because an application may
        # leave part of a body unread. The platform reads every body, so connections can live on.
        environ = self.make_environ()
        head: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            head.append((status, headers))

        try:
            body = b"".join(self.server.app(environ, start_response))
            status, headers = head[-1]
            self.send_response(int(status.split()[0]))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)
        except DroppedError as dropped:
            self._is_reset = dropped.reset
            self.close_connection = True
        except OSError:
            # The client went away first.
            self.close_connection = True

    def version_string(self) -> str:
        return "practice"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Says nothing: what was received is kept in PracticePlatform.requests."""


class Server:
    """Serves one WSGI application on 127.0.0.1 from a thread of its own."""

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        self._connections = Connections()
        handler = type("Handler", (_Handler,), {"connections": self._connections})
        # Handing over a bound socket keeps Werkzeug from ending the program when the port is taken, and
        # the standard library from looking up the computer's name, which takes seconds on some.
        with socket.create_server(("127.0.0.1", port), backlog=128) as listening:
            self._server: BaseWSGIServer = make_server(
                "127.0.0.1", port, app, threaded=True, request_handler=handler, fd=listening.fileno()
            )
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="practice", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stops listening and ends every connection."""
        self._server.shutdown()
        self._thread.join(_PATIENCE_S)
        self._server.server_close()
        self._connections.close_all()
