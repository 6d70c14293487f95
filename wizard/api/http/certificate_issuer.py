"""Who issued the certificate that this computer does not trust, so that IT knows what to mend."""

import http.client
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from wizard.api.http.proxies import Proxy, Route
from wizard.core.problems import Expected, Problem

_TIMEOUT_S = 3.0
_SHOWN = 80
"""Characters of a name that comes from a stranger."""

_ORGANISATION, _COMMON_NAME = bytes((0x55, 0x04, 0x0A)), bytes((0x55, 0x04, 0x03))
"""The object identifiers 2.5.4.10 and 2.5.4.3 as they travel."""

_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
"""UTF8String, PrintableString, TeletexString, IA5String, UniversalString and BMPString."""

_SEQUENCE, _SET, _OBJECT_IDENTIFIER, _VERSION = 0x30, 0x31, 0x06, 0xA0


def named(problem: Problem, origin: str, route: Route) -> Problem:
    """The same problem with the issuer's name, where it leaves the place for one."""
    if problem.facts.get("issuer") != "":
        return problem
    parts = urlsplit(origin)
    issuer = presented_issuer(parts.hostname or "", parts.port or 443, route)
    detail = f"{problem.detail} ({issuer})" if issuer else problem.detail
    return Expected(problem.code, field=problem.field, detail=detail, **{**problem.facts, "issuer": issuer})


def presented_issuer(host: str, port: int, route: Route, timeout_s: float = _TIMEOUT_S) -> str:
    """The issuer of the certificate shown for `host` on this route, or an empty text if that cannot be found out.

    One more handshake, without verification, that ends before any request: nothing is sent over it.
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
    # To look at what was refused already; nothing travels over this connection.
    context.verify_mode = ssl.CERT_NONE
    proxy = route.proxy
    near = (proxy.host, proxy.port) if proxy else (host, port)
    connection = http.client.HTTPSConnection(*near, timeout=timeout_s, context=context)
    try:
        if proxy:
            connection.set_tunnel(host, port, _sign_in(proxy))
        connection.connect()
        return connection.sock.getpeercert(binary_form=True) or b""
    finally:
        connection.close()


def _sign_in(proxy: Proxy) -> dict[str, str]:
    """What this proxy has had already, with the request that it or its network broke."""
    return {"Proxy-Authorization": proxy.basic} if proxy.user else {}


def issuer_name(certificate: bytes) -> str:
    """The organisation that issued a certificate (DER), else the issuer's common name, else an empty text.

    Reads no more than it needs and never raises, whatever it is given.
    """
    try:
        names = dict(_names(certificate))
    except (ValueError, IndexError):
        return ""
    return names.get(_ORGANISATION) or names.get(_COMMON_NAME) or ""


def _names(certificate: bytes) -> Iterator[tuple[bytes, str]]:
    """Each part of the issuer's name with its text (RFC 5280, 4.1)."""
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
            if kind_tag == _OBJECT_IDENTIFIER and text_tag in _TEXTS and (said := _shown(text, _TEXTS[text_tag])):
                yield kind, said


def _shown(text: bytes, coding: str) -> str:
    """A stranger's text on one line, without what nobody sees or what turns the reading direction."""
    plain = "".join(c if c.isprintable() else " " for c in text.decode(coding, "replace"))
    line = " ".join(plain.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _only(data: bytes, tag: int) -> bytes:
    """The content of the first part, which has to be of this kind."""
    found, content = next(_parts(data), (-1, b""))
    if found != tag:
        raise ValueError(found)
    return content


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of one part after the other (X.690, definite lengths)."""
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
