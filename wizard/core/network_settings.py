"""How this computer reaches the internet: the settings that a person chooses."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from wizard.core.address import encode_host
from wizard.core.cleaning import clean
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

USUAL_PORT = 8080
"""The initial value of the port field: the port that most companies use."""
PORT_RANGE = (1, 65_535)
HOST_LIMIT = 253
NAME_LIMIT = 200

NETWORK = "network"
"""The name of the setting in the ledger."""

PROXY_ENTRY = "network-proxy"
"""Prefix of the keychain entry of the proxy's password. Entries of customers begin with generated ids instead."""


class Mode(StrEnum):
    """By the settings of the system, directly, or through a proxy that is entered."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Network:
    """The settings as they are stored. Host, port and user apply to `MANUAL` only; the password is in the keychain."""

    mode: Mode = Mode.SYSTEM
    host: str = ""
    port: int = USUAL_PORT
    user: str = field(default="", repr=False)

    @property
    def entry(self) -> str:
        """The name of the password in the keychain.

        It contains the address, so that a changed address in the ledger cannot get the password of another proxy.
        """
        return f"{PROXY_ENTRY} {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class NetworkAccess:
    """The settings with the password, for one connection."""

    network: Network = field(default_factory=Network)
    password: Secret | None = None


def parse_proxy(address: str, port: int, user: str) -> Network:
    """The settings for a proxy given as a host name, an IP address, or `http://host:port/`.

    Raises `Expected` at its field.
    """
    text = clean(address).value.strip("<>\"'").strip()
    if not text:
        raise Expected(Code.PROXY_ADDRESS_MISSING, field=Field.PROXY_HOST)
    # `urlsplit` takes "host" of "host:3128" for a scheme, and a bare IPv6 address for a host with a port.
    text = f"[{text}]" if _is_ipv6(text) else text
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host, pasted_port = _proxy_host(parts.hostname or ""), parts.port
    except ValueError:
        raise _unreadable() from None
    if not host or pasted_port == 0 or "@" in parts.netloc or parts.path not in ("", "/") or parts.query:
        raise _unreadable()
    if parts.scheme not in ("", "http"):
        raise Expected(Code.PROXY_FAILED, field=Field.PROXY_HOST, kind=parts.scheme[:20])
    name = clean(user).value
    # RFC 7617: a user name contains no colon.
    if ":" in name or len(name) > NAME_LIMIT:
        raise Expected(Code.PROXY_NAME_NOT_READABLE, field=Field.PROXY_USER)
    return Network(Mode.MANUAL, host, pasted_port or port, name)


def parse_proxy_password(text: str, network: Network) -> Secret | None:
    """The password in `text`, or None if it is blank. Raises `Expected` if the user name is missing."""
    if not text.strip():
        return None
    if not network.user:
        raise Expected(Code.PROXY_NAME_MISSING, field=Field.PROXY_USER)
    # Keep spaces, which can belong to a password; line breaks come from pasting.
    return Secret(text.strip("\r\n"))


def _unreadable() -> Expected:
    return Expected(Code.PROXY_ADDRESS_NOT_READABLE, field=Field.PROXY_HOST)


def _proxy_host(name: str) -> str:
    """The encoded host, which may contain underscores in a private network. Raises `ValueError` if it is invalid."""
    host = encode_host(name, "-._")
    if len(host) > HOST_LIMIT:
        raise ValueError(name)
    return host


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
