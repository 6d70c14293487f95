"""Read and change how this computer reaches the internet."""

import threading
from dataclasses import dataclass

from wizard.core.network_settings import Mode, Network
from wizard.core.problems import Expected, Problem
from wizard.core.progress import Report
from wizard.core.secret import Secret
from wizard.services import Services


@dataclass(frozen=True, slots=True)
class Shown:
    """The setting, and the system's own: the name of its proxy, or whether it has a script, which is not supported."""

    network: Network
    system_proxy: str = ""
    has_script: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The new setting; without a password the saved one stays."""

    network: Network
    password: Secret | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The setting; `not_kept` tells why the password lives for this session only, if it does."""

    network: Network
    not_kept: Problem | None = None


def load(services: Services, _nothing: None, _report: Report, _stop: threading.Event) -> Shown:
    """The setting. Does not read the keychain, which could prompt the person. Raises `Problem`."""
    network = services.local.ledger.settings.network()
    try:
        route = services.connections.system_route()
    except Expected:
        # Every connection reports that the proxy cannot be used.
        return Shown(network)
    return Shown(network, route.proxy.name if route.proxy else "", route.has_script)


def save(services: Services, wanted: Wanted, report: Report, stop: threading.Event) -> Saved:
    """Save the setting and use it from the next connection on. Raises `Problem`."""
    not_kept: Problem | None = None
    before = services.local.ledger.settings.network()
    password = wanted.password or _moved(services, before, wanted.network, report, stop)
    if password is not None:
        not_kept = services.local.secrets.keep(wanted.network.entry, password, stop, report)
    services.local.ledger.settings.keep_network(wanted.network)
    # Remove the password of a proxy that is no longer used or needs no sign-in.
    is_plain = wanted.network.mode is Mode.MANUAL and not wanted.network.user
    stale = {wanted.network.entry} if is_plain else set()
    if before.user and before.entry != wanted.network.entry and (is_plain or password is not None):
        stale.add(before.entry)
    for entry in stale:
        services.local.secrets.forget(entry, stop, report)
    services.connections.reopen()
    return Saved(wanted.network, not_kept)


def _moved(services: Services, before: Network, after: Network, report: Report, stop: threading.Event) -> Secret | None:
    """The saved password of the address before, if the person changed it; never because only the ledger changed."""
    if not before.user or not after.user or before.entry == after.entry:
        return None
    try:
        return services.local.secrets.load(before.entry, stop, report)
    except Expected:
        # The proxy asks for it then, and its answer leads to this setting.
        return None
