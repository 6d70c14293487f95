"""How each fault looks on the wire."""

from __future__ import annotations

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

#: status, headers, body
Wire = tuple[int, dict[str, str], bytes]
_JSON = "application/json; charset=utf-8"
_PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_CHUNK = 64 * 1024
_DRIP_S = 0.05


def wire(answer: Answer) -> Wire:
    """Returns an answer as it should go out."""
    content = {} if answer.body is None else {"Content-Type": _JSON}
    return answer.status, content | answer.headers, answer.data()


class Spoiler:
    """Turns a true answer into a spoilt one, or ends the connection by raising DroppedError."""

    def __init__(self, stopping: threading.Event, url: Callable[[], str]) -> None:
        self._stopping = stopping
        self._url = url

    def wait(self, seconds: float) -> None:
        """Waits; ends the connection when the platform stops meanwhile."""
        if seconds > 0 and self._stopping.wait(seconds):
            raise DroppedError

    def spoil(self, fault: Fault, answer: Answer | None, connection: socket.socket, path: str) -> Wire:
        """Returns what goes out instead of `answer` (None: the request took no effect)."""
        match fault.kind:
            case "drop_before" | "drop_after":
                raise DroppedError
            case "reset":
                raise DroppedError(reset=True)
            case "silent":
                self._stopping.wait()
                raise DroppedError
            case "garbage":
                connection.sendall(b"\x16\x03\x01 this is not HTTP\r\n\r\n")
                raise DroppedError
            case "status":
                return _given(fault, 500, fault.body)
            case "html":
                return _given(fault, 502, _PAGE if fault.body is None else fault.body, "text/html")
            case "rate_limit":
                told = {"error": "tooManyRequests"} if fault.body is None else fault.body
                return _given(fault, 429, told)
            case "redirect":
                target = {"Location": fault.target or FOREIGN + path}
                return fault.status or 307, target | fault.headers, b""
        status, headers, body = wire(answer or Answer(200, {}))
        status, headers = fault.status or status, headers | fault.headers
        match fault.kind:
            case "empty":
                return status, headers, b""
            case "broken_json":
                return status, headers, body[: max(1, len(body) // 2)]
            case "wrong_shape":
                return status, headers, json.dumps(fault.body).encode()
            case "wrong_types":
                return status, headers, json.dumps(_mistyped(json.loads(body or b"null"))).encode()
            case "wrong_echo":
                changed = _changed(json.loads(body or b"null"), fault.changes)
                return status, headers, json.dumps(changed).encode()
            case "foreign_link":
                link = fault.target or f"{FOREIGN}{path}?next=abc"
                return status, headers | {"Link": f'<{link}>; rel="next"'}, body
            case "loop_link":
                link = f"{self._url()}{path}"
                return status, headers | {"Link": f'<{link}>; rel="next"'}, body
            case "truncated":
                head = _head(status, headers | {"Content-Length": str(len(body) + 64)})
                connection.sendall(head + body[: max(1, len(body) // 2)])
                raise DroppedError
            case "drip":
                connection.sendall(_head(status, headers | {"Content-Length": str(len(body))}))
                for number in range(len(body)):
                    self.wait(fault.delay_after_s or _DRIP_S)
                    connection.sendall(body[number : number + 1])
                raise DroppedError
            case "endless" | "big":
                self._stream(fault, connection, status, headers)
            case "gzip_bomb":
                return status, headers | {"Content-Encoding": "gzip"}, _bomb(fault.size)
        return status, headers, body

    def _stream(self, fault: Fault, connection: socket.socket, status: int, headers: dict[str, str]) -> None:
        is_endless = fault.kind == "endless"
        told = {"Transfer-Encoding": "chunked"} if is_endless else {}
        connection.sendall(_head(status, headers | (told or {"Content-Length": str(fault.size)})))
        left = fault.size
        part = b"[" + b" " * (_CHUNK - 1)
        while (is_endless or left > 0) and not self._stopping.is_set():
            sent = part if is_endless else part[:left]
            connection.sendall(b"%x\r\n%s\r\n" % (len(sent), sent) if is_endless else sent)
            left -= len(sent)
            part = b" " * _CHUNK
            if fault.delay_after_s and self._stopping.wait(fault.delay_after_s):
                break
        raise DroppedError


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Practice", *(f"{name}: {headers[name]}" for name in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _given(fault: Fault, status: int, body: Any, content_type: str = "text/plain") -> Wire:
    if isinstance(body, str):
        body = body.encode()
    if not isinstance(body, bytes):
        content_type, body = _JSON, b"" if body is None else json.dumps(body).encode()
    told = {"Content-Type": fault.content_type or content_type} if body else {}
    return fault.status or status, told | fault.headers, body


def _mistyped(value: Any) -> Any:
    match value:
        case dict():
            return {name: _mistyped(item) for name, item in value.items()}
        case list():
            return [_mistyped(item) for item in value]
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


def _bomb(size: int) -> bytes:
    # One compressed block, repeated: blocks after a full flush do not depend on each other.
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
