"""Platform addresses, reduced to their origin."""

import ipaddress
from enum import StrEnum
from typing import NewType
from urllib.parse import urlsplit

from wizard.core.cleaning import clean
from wizard.core.problems import Code, Expected, Field

Origin = NewType("Origin", str)
"""Scheme and host (and port), without a path: `https://app.360learning.com`."""

EU = Origin("https://app.360learning.com")
US = Origin("https://app.us.360learning.com")


class Region(StrEnum):
    """Where a platform is hosted: one of the vendor's two regions, or another address."""

    EU = "eu"
    US = "us"
    OTHER = "other"


_DOCUMENTATION = {"api.360learning.com", "360learning.readme.io", "support.360learning.com"}
"""Hosts with documentation only, which public API clients mistake for a platform."""


def region_of(origin: Origin | None) -> Region:
    """The region of an origin; the EU if there is none yet."""
    return {EU: Region.EU, US: Region.US}.get(origin, Region.OTHER) if origin else Region.EU


def host_of(origin: Origin) -> str:
    """The host, with the port if there is one, of an origin."""
    return urlsplit(origin).netloc


def port_of(origin: Origin) -> int:
    """The port of an origin, also where the scheme implies it."""
    parts = urlsplit(origin)
    return parts.port or {"https": 443, "http": 80}[parts.scheme]


def is_loopback(host: str) -> bool:
    """Whether `host` is this computer, to which secrets may be sent over plain HTTP."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def parse_origin(text: str) -> Origin:
    """The origin of a typed or pasted address.

    Only HTTPS is accepted, except for this computer. Raises `Expected` at the address field.
    """
    text = clean(text).value.strip("<>\"'").strip()
    if not text:
        raise Expected(Code.ADDRESS_MISSING, field=Field.ADDRESS)
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = _platform_host(parts.hostname or ""), parts.port
    except ValueError:
        raise Expected(Code.ADDRESS_NOT_READABLE, field=Field.ADDRESS) from None
    if not host or port == 0 or "@" in parts.netloc or any(c.isspace() for c in text):
        raise Expected(Code.ADDRESS_NOT_READABLE, field=Field.ADDRESS)
    if host in _DOCUMENTATION:
        raise Expected(Code.ADDRESS_IS_DOCUMENTATION, field=Field.ADDRESS, host=host)
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not is_loopback(host)):
        raise Expected(Code.ADDRESS_NOT_HTTPS, field=Field.ADDRESS, host=host)
    name = f"[{host}]" if ":" in host else host
    is_usual = port is None or port == {"https": 443, "http": 80}[parts.scheme]
    return Origin(f"{parts.scheme}://{name}" if is_usual else f"{parts.scheme}://{name}:{port}")


def encode_host(name: str, symbols: str = "-.") -> str:
    """The host in ASCII (IDNA), in lower case, or an IPv6 address.

    Raises `ValueError` for characters other than letters, digits and `symbols`.
    """
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    host = name.encode("idna").decode("ascii").lower().rstrip(".")
    if not all(c.isalnum() or c in symbols for c in host):
        raise ValueError(name)
    return host


def _platform_host(name: str) -> str:
    """The encoded host, without an IPv6 zone; a last label of digits must be an IPv4 address. Raises `ValueError`."""
    if "%" in name:
        raise ValueError(name)
    host = encode_host(name)
    is_number = ":" not in host and host.rpartition(".")[2].isdigit()
    return str(ipaddress.IPv4Address(host)) if is_number else host
