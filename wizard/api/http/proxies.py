"""The route to a host: directly or through a proxy, by the person's settings or the system's."""

import base64
import ipaddress
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from wizard.core.address import is_loopback
from wizard.core.network_settings import Mode, NetworkAccess
from wizard.core.problems import Code, Expected
from wizard.core.secret import Secret

_SCUTIL_TIMEOUT_S = 2.0


if sys.platform == "win32":
    import winreg

    def has_script() -> bool:
        """Whether this computer finds its proxies by a script (PAC), which this program cannot run."""
        path = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return bool(winreg.QueryValueEx(key, "AutoConfigURL")[0])
        except OSError:
            return False

elif sys.platform == "darwin":

    def has_script() -> bool:
        """Whether this computer finds its proxies by a script (PAC), which this program cannot run."""
        return has_script_setting(_scutil())

else:

    def has_script() -> bool:
        """Whether a script finds the proxies; on this system environment variables alone set them."""
        return False


@dataclass(frozen=True, slots=True)
class Proxy:
    """One HTTP proxy; it is shown by its `name`, never with user and password."""

    host: str
    port: int
    is_encrypted: bool = False
    user: str = field(default="", repr=False)
    password: Secret | None = None

    @property
    def name(self) -> str:
        """Host and port, as messages and logs name it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def basic_authorization(self) -> str:
        """The value of its authorization header (RFC 7617, in UTF-8 as recommended there)."""
        password = self.password.reveal() if self.password else ""
        return f"Basic {base64.b64encode(f'{self.user}:{password}'.encode()).decode()}"


@dataclass(frozen=True, slots=True)
class Route:
    """How one host is reached; `has_script` tells that the system finds its proxies by a script."""

    proxy: Proxy | None = None
    has_script: bool = False


DIRECT = Route()


@dataclass(frozen=True, slots=True)
class System:
    """The system's settings: environment variables, the registry of Windows, the system configuration of macOS.

    `proxies` gives an address for each scheme; `variables` those of the environment alone, with its exceptions under
    `no`; `bypasses` applies the exceptions of the system; `has_script` tells whether a script finds the proxies.
    """

    proxies: Callable[[], Mapping[str, str]] = urllib.request.getproxies
    variables: Callable[[], Mapping[str, str]] = urllib.request.getproxies_environment
    bypasses: Callable[[str], object] = urllib.request.proxy_bypass
    has_script: Callable[[], bool] = has_script


def route_to(scheme: str, host: str, port: int, way: NetworkAccess, system: System | None = None) -> Route:
    """The route to a host; this computer itself is always reached directly. Reads system settings: worker only.

    Raises `Expected` on a proxy whose kind or address cannot be used.
    """
    if is_loopback(host) or way.network.mode is Mode.NONE:
        return DIRECT
    if way.network.mode is Mode.MANUAL:
        chosen = way.network
        return Route(Proxy(chosen.host, chosen.port, user=chosen.user, password=way.password))
    system = system or System()
    proxies = system.proxies()
    address = proxies.get(scheme) or proxies.get("all")
    if not address:
        return Route(has_script=system.has_script())
    # Environment variables go before the system's settings, and have their own exceptions.
    variables = system.variables()
    is_bypassed = is_no_proxy(variables.get("no", ""), host, port) if variables else bool(system.bypasses(host))
    return DIRECT if is_bypassed else Route(parse_proxy(address))


def system_route(system: System | None = None) -> Route:
    """The system's route of encrypted connections, before any exception. Raises `Expected`."""
    system = system or System()
    proxies = system.proxies()
    address = proxies.get("https") or proxies.get("all")
    return Route(parse_proxy(address)) if address else Route(has_script=system.has_script())


def parse_proxy(address: str) -> Proxy:
    """The proxy of a system setting. Raises `Expected`, which holds neither user nor password."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        kind, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise Expected(Code.PROXY_FAILED, detail="address") from None
    if kind not in ("http", "https"):
        raise Expected(Code.PROXY_FAILED, kind=kind[:20])
    if not host or port == 0 or any(c.isspace() for c in host):
        raise Expected(Code.PROXY_FAILED, detail="address")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    is_encrypted = kind == "https"
    default_port = 443 if is_encrypted else 80
    return Proxy(host, port or default_port, is_encrypted, user, Secret(password) if user else None)


def is_no_proxy(exceptions: str, host: str, port: int) -> bool:
    """Whether a `NO_PROXY` list matches this host: `*`, `host`, `.domain`, `*.domain`, `host:port`, `10.0.0.0/8`."""
    host = host.lower().rstrip(".")
    for raw in exceptions.split(","):
        name = raw.strip().lower()
        if not name:
            continue
        if name == "*" or _is_in_network(host, name):
            return True
        bare, _, wanted_port = name.rpartition(":")
        if bare and wanted_port.isdecimal() and ":" not in bare:
            if int(wanted_port) != port:
                continue
            name = bare
        name = name.removeprefix("*").lstrip(".").rstrip(".")
        if name and (host == name or host.endswith(f".{name}")):
            return True
    return False


def _is_in_network(host: str, name: str) -> bool:
    """Whether the host is an IP address that is equal to, or within, the other."""
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(name.strip("[]"), strict=False)
    except ValueError:
        return False


def has_script_setting(settings: str) -> bool:
    """Whether the output of `scutil --proxy` (macOS) names a script."""
    lines = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in settings.splitlines())}
    return lines.get("ProxyAutoConfigEnable") == "1" or lines.get("ProxyAutoDiscoveryEnable") == "1"


def _scutil() -> str:
    try:
        done = subprocess.run(
            ["/usr/sbin/scutil", "--proxy"], capture_output=True, text=True, timeout=_SCUTIL_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout
