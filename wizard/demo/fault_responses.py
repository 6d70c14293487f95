"""The HTTP responses of faults."""

import json
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from typing import Any

from wizard.demo.answers import Answer
from wizard.demo.faults import FOREIGN, Fault
from wizard.demo.server import DroppedError

Response = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""
_JSON = "application/json; charset=utf-8"
_PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_CHUNK_BYTES = 64 * 1024
_DRIP_S = 0.05
"""Default pause between the bytes of a slow body."""


def to_response(answer: Answer) -> Response:
    """The response for an answer without a fault."""
    content = {} if answer.body is None else {"Content-Type": _JSON}
    return answer.status, content | answer.headers, answer.encoded_body()


class FaultResponder:
    """Responds with faults: changes the response, writes to the connection, or ends it by raising `DroppedError`."""

    def __init__(self, stopping: threading.Event, url: Callable[[], str]) -> None:
        self._stopping = stopping
        self._url = url

    def wait(self, seconds: float) -> None:
        """Wait; end the connection if the platform is stopped meanwhile."""
        if seconds > 0 and self._stopping.wait(seconds):
            raise DroppedError

    def respond(self, fault: Fault, answer: Answer | None, connection: socket.socket, path: str) -> Response:
        """The response instead of `answer` (None: the request took no effect)."""
        match fault.kind:
            case "drop_before" | "drop_after":
                raise DroppedError
            case "reset":
                raise DroppedError(is_reset=True)
            case "silent":
                self._stopping.wait()
                raise DroppedError
            case "garbage":
                connection.sendall(b"\x16\x03\x01 this is not HTTP\r\n\r\n")
                raise DroppedError
            case "status":
                return _custom(fault, 500, fault.body)
            case "html":
                return _custom(fault, 502, _PAGE if fault.body is None else fault.body, "text/html")
            case "rate_limit":
                body = {"error": "tooManyRequests"} if fault.body is None else fault.body
                return _custom(fault, 429, body)
            case "redirect":
                target = {"Location": fault.target or FOREIGN + path}
                return fault.status or 307, target | fault.headers, b""
        status, headers, data = to_response(answer or Answer(200, {}))
        status, headers = fault.status or status, headers | fault.headers
        match fault.kind:
            case "empty":
                return status, headers, b""
            case "broken_json":
                return status, headers, data[: max(1, len(data) // 2)]
            case "wrong_shape":
                return status, headers, json.dumps(fault.body).encode()
            case "wrong_types":
                return status, headers, json.dumps(_with_wrong_types(json.loads(data or b"null"))).encode()
            case "wrong_echo":
                changed = _changed(json.loads(data or b"null"), fault.changes)
                return status, headers, json.dumps(changed).encode()
            case "foreign_link":
                link = fault.target or f"{FOREIGN}{path}?next=abc"
                return status, headers | {"Link": f'<{link}>; rel="next"'}, data
            case "loop_link":
                link = f"{self._url()}{path}"
                return status, headers | {"Link": f'<{link}>; rel="next"'}, data
            case "truncated":
                head = _head(status, headers | {"Content-Length": str(len(data) + 64)})
                connection.sendall(head + data[: max(1, len(data) // 2)])
                raise DroppedError
            case "drip":
                connection.sendall(_head(status, headers | {"Content-Length": str(len(data))}))
                for number in range(len(data)):
                    self.wait(fault.delay_after_s or _DRIP_S)
                    connection.sendall(data[number : number + 1])
                raise DroppedError
            case "endless" | "big":
                self._stream(fault, connection, status, headers)
            case "gzip_bomb":
                return status, headers | {"Content-Encoding": "gzip"}, _gzip_bomb(fault.size)
        return status, headers, data

    def _stream(self, fault: Fault, connection: socket.socket, status: int, headers: dict[str, str]) -> None:
        is_endless = fault.kind == "endless"
        length = {"Transfer-Encoding": "chunked"} if is_endless else {"Content-Length": str(fault.size)}
        connection.sendall(_head(status, headers | length))
        left = fault.size
        part = b"[" + b" " * (_CHUNK_BYTES - 1)
        while (is_endless or left > 0) and not self._stopping.is_set():
            sent = part if is_endless else part[:left]
            connection.sendall(b"%x\r\n%s\r\n" % (len(sent), sent) if is_endless else sent)
            left -= len(sent)
            part = b" " * _CHUNK_BYTES
            if fault.delay_after_s and self._stopping.wait(fault.delay_after_s):
                break
        raise DroppedError


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Practice", *(f"{name}: {headers[name]}" for name in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _custom(fault: Fault, status: int, body: Any, content_type: str = "text/plain") -> Response:
    """A response with this status and body, unless the fault has others."""
    if isinstance(body, str):
        body = body.encode()
    if not isinstance(body, bytes):
        content_type, body = _JSON, b"" if body is None else json.dumps(body).encode()
    content = {"Content-Type": fault.content_type or content_type} if body else {}
    return fault.status or status, content | fault.headers, body


def _with_wrong_types(value: Any) -> Any:
    match value:
        case dict():
            return {name: _with_wrong_types(item) for name, item in value.items()}
        case list():
            return [_with_wrong_types(item) for item in value]
        case bool():
            return "yes" if value else "no"
        case str():
            return len(value)
        case int() | float():
            return [value]
    return value


def _changed(value: Any, changes: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_changed(item, changes) for item in value]
    return value | changes if isinstance(value, dict) else value


def _gzip_bomb(size: int) -> bytes:
    # Repeat one compressed block: blocks after a full flush do not depend on each other.
    part = b" " * (1024 * 1024)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    count = max(1, size // len(part))
    checksum = 0
    for _ in range(count):
        checksum = zlib.crc32(part, checksum)
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    tail = struct.pack("<II", checksum, count * len(part) % 2**32)
    return head + block * count + b"\x03\x00" + tail
