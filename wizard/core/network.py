"""How this computer reaches the outside: the person's choice, as data."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from wizard.core.address import encode_host
from wizard.core.cleaning import clean
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

USUAL_PORT = 8080
"""What most companies use; nothing depends on it but the first value of a field."""
PORT_RANGE = (1, 65_535)
HOST_LIMIT = 253
NAME_LIMIT = 200

NETWORK = "network"
"""The name of the choice in the ledger."""

PROXY_ENTRY = "network-proxy"
"""How the name of the proxy's password in the keychain begins; customers have generated ids, so none is called so."""


class Mode(StrEnum):
    """The three answers to "how does this computer reach the internet?"."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Network:
    """The choice as it is kept: address, port and name count for `MANUAL` alone, and the password is not here."""

    mode: Mode = Mode.SYSTEM
    host: str = ""
    port: int = USUAL_PORT
    user: str = field(default="", repr=False)

    @property
    def entry(self) -> str:
        """The name of its password in the keychain: whoever changes the address in the ledger finds none to send."""
        return f"{PROXY_ENTRY} {self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Way:
    """The choice with the proxy's password, for the one connection that is about to be made."""

    network: Network = field(default_factory=Network)
    password: Secret | None = None


def manual(address: str, port: int, user: str) -> Network:
    """A proxy as typed or pasted: a name, an address, or `http://host:port/`. Raises `Expected` at its field."""
    text = clean(address).value.strip("<>\"'").strip()
    if not text:
        raise Expected(Code.PROXY_ADDRESS_MISSING, field=Field.PROXY_HOST)
    # "host:3128" alone would be read as a scheme, and a bare IPv6 address as a host with a port.
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
    # RFC 7617: the first colon ends the name.
    if ":" in name or len(name) > NAME_LIMIT:
        raise Expected(Code.PROXY_NAME_NOT_READABLE, field=Field.PROXY_USER)
    return Network(Mode.MANUAL, host, pasted_port or port, name)


def password(text: str, network: Network) -> Secret | None:
    """The password in `text`, None if nothing was typed. Raises `Expected` where the name for it is missing."""
    if not text.strip():
        return None
    if not network.user:
        raise Expected(Code.PROXY_NAME_MISSING, field=Field.PROXY_USER)
    # Blanks can belong to a password; line breaks come with a paste.
    return Secret(text.strip("\r\n"))


def _unreadable() -> Expected:
    return Expected(Code.PROXY_ADDRESS_NOT_READABLE, field=Field.PROXY_HOST)


def _proxy_host(name: str) -> str:
    """The encoded host; in a private network its name may hold underscores. Raises `ValueError`."""
    host = encode_host(name, "-._")
    if len(host) > HOST_LIMIT:
        raise ValueError(name)
    return host


def _is_ipv6(text: str) -> bool:
    return text.count(":") > 1 and _holds(lambda: IPv6Address(text))


def _holds(check: Callable[[], object]) -> bool:
    try:
        check()
    except ValueError:
        return False
    return True
