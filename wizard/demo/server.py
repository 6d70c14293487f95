"""The HTTP server of the practice platform."""

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
_STOP_TIMEOUT_S = 5.0


class DroppedError(ConnectionError):
    """Ends the connection without an answer, or within it; with a TCP reset if `is_reset`."""

    def __init__(self, *, is_reset: bool = False) -> None:
        super().__init__("dropped on purpose")
        self.is_reset = is_reset


class Connections:
    """All open connections, to end those that clients keep alive. Thread-safe."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._is_closing = False

    def opened(self, connection: socket.socket) -> None:
        """Add a new connection, or end it if the server is stopping."""
        with self._changed:
            self._open.add(connection)
            if self._is_closing:
                _end(connection)

    def closed(self, connection: socket.socket) -> None:
        """Remove a connection."""
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def close_all(self) -> None:
        """End all connections, and wait for their threads."""
        with self._changed:
            self._is_closing = True
            for connection in self._open:
                _end(connection)
            self._changed.wait_for(lambda: not self._open, timeout=_STOP_TIMEOUT_S)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # With keep-alive, Nagle's algorithm would delay the body, which is sent after the head.
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
                # With a linger time of zero, closing sends RST instead of FIN.
                kind = "hh" if sys.platform == "win32" else "ii"
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(kind, 1, 0))
                self.connection.close()
        except OSError:
            pass
        finally:
            self.connections.closed(self.connection)

    def run_wsgi(self) -> None:
        # Werkzeug's own method closes the connection after each answer, because applications may leave a part of a
        # body unread. This one reads every body, so that connections can be kept alive.
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
            self._is_reset = dropped.is_reset
            self.close_connection = True
        except OSError:
            # The client closed the connection.
            self.close_connection = True

    def version_string(self) -> str:
        return "practice"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Log nothing: `PracticePlatform.requests` has all requests."""


class Server:
    """Serves a WSGI application on 127.0.0.1 in a thread of its own."""

    def __init__(self, app: "WSGIApplication", port: int = 0) -> None:
        self._connections = Connections()
        handler = type("Handler", (_Handler,), {"connections": self._connections})
        # With a bound socket, Werkzeug does not end the process if the port is in use, and the standard library does
        # not look up the name of this computer, which can take seconds.
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
        """Stop listening, and end all connections."""
        self._server.shutdown()
        self._thread.join(_STOP_TIMEOUT_S)
        self._server.server_close()
        self._connections.close_all()
