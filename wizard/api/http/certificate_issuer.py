"""The issuer of a certificate that this computer does not trust, so that IT knows what to install."""

import http.client
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from wizard.api.http.proxies import Proxy, Route
from wizard.core.address import Origin, port_of
from wizard.core.problems import Expected

_TIMEOUT_S = 3.0
_NAME_LIMIT = 80
"""Characters that are kept of a name, because an untrusted server sends it."""

_ORGANISATION, _COMMON_NAME = bytes((0x55, 0x04, 0x0A)), bytes((0x55, 0x04, 0x03))
"""The object identifiers 2.5.4.10 and 2.5.4.3 in DER."""

_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
"""UTF8String, PrintableString, TeletexString, IA5String, UniversalString and BMPString."""

_SEQUENCE, _SET, _OBJECT_IDENTIFIER, _VERSION = 0x30, 0x31, 0x06, 0xA0


def with_issuer(problem: Expected, origin: Origin, route: Route) -> Expected:
    """The same problem with the issuer's name, if it has a place for one."""
    if problem.facts.get("issuer") != "":
        return problem
    issuer = presented_issuer(urlsplit(origin).hostname or "", port_of(origin), route)
    detail = f"{problem.detail} ({issuer})" if issuer else problem.detail
    return Expected(problem.code, field=problem.field, detail=detail, **{**problem.facts, "issuer": issuer})


def presented_issuer(host: str, port: int, route: Route, timeout_s: float = _TIMEOUT_S) -> str:
    """The issuer of the certificate presented for `host` on this route, or an empty string if it cannot be read.

    Makes one more handshake, without verification, and sends nothing over it.
    """
    if route.proxy is not None and route.proxy.is_encrypted:
        return ""
    try:
        return issuer_name(_presented(host, port, route, timeout_s))
    except (OSError, http.client.HTTPException, ValueError):
        return ""


def _presented(host: str, port: int, route: Route, timeout_s: float) -> bytes:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    # Only to read a certificate that was refused already; nothing is sent over this connection.
    context.verify_mode = ssl.CERT_NONE
    proxy = route.proxy
    address = (proxy.host, proxy.port) if proxy else (host, port)
    connection = http.client.HTTPSConnection(*address, timeout=timeout_s, context=context)
    try:
        if proxy:
            connection.set_tunnel(host, port, _authorization(proxy))
        connection.connect()
        return connection.sock.getpeercert(binary_form=True) or b""
    finally:
        connection.close()


def _authorization(proxy: Proxy) -> dict[str, str]:
    """The proxy has received this already, with the request that failed."""
    return {"Proxy-Authorization": proxy.basic_authorization} if proxy.user else {}


def issuer_name(certificate: bytes) -> str:
    """The organisation that issued a certificate (DER), else the issuer's common name, else an empty string.

    Never raises, whatever bytes it is given.
    """
    try:
        names = dict(_names(certificate))
    except (ValueError, IndexError):
        return ""
    return names.get(_ORGANISATION) or names.get(_COMMON_NAME) or ""


def _names(certificate: bytes) -> Iterator[tuple[bytes, str]]:
    """Each attribute of the issuer's name with its text (RFC 5280, 4.1)."""
    signed = _only(_only(certificate, _SEQUENCE), _SEQUENCE)
    parts = [part for _, part in zip(range(4), _parts(signed), strict=False)]
    if parts[0][0] == _VERSION:
        parts.pop(0)
    tag, issuer = parts[2]
    if tag != _SEQUENCE:
        raise ValueError(tag)
    for set_tag, relative in _parts(issuer):
        if set_tag != _SET:
            raise ValueError(set_tag)
        for _, pair in _parts(relative):
            (kind_tag, kind), (text_tag, text) = list(_parts(pair))[:2]
            if kind_tag != _OBJECT_IDENTIFIER or text_tag not in _ENCODINGS:
                continue
            if name := _one_line(text, _ENCODINGS[text_tag]):
                yield kind, name


def _one_line(text: bytes, encoding: str) -> str:
    """Untrusted text on one line, without invisible characters and those that change the reading direction."""
    printable = "".join(c if c.isprintable() else " " for c in text.decode(encoding, "replace"))
    line = " ".join(printable.split())
    return line if len(line) <= _NAME_LIMIT else f"{line[: _NAME_LIMIT - 1]}…"


def _only(data: bytes, tag: int) -> bytes:
    """The content of the first element, which must have this tag."""
    found, content = next(_parts(data), (-1, b""))
    if found != tag:
        raise ValueError(found)
    return content


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element (X.690, definite lengths)."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or at + count > len(data):
                raise ValueError(count)
            length = int.from_bytes(data[at : at + count], "big")
            at += count
        if at + length > len(data):
            raise ValueError(length)
        yield tag, data[at : at + length]
        at += length
