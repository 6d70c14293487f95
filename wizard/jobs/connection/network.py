"""How this computer reaches the internet: what is set, and setting it."""

import threading
from dataclasses import dataclass

from wizard.core.network_settings import NETWORK, Mode, Network
from wizard.core.problems import Expected, Problem
from wizard.core.secret import Secret
from wizard.services import Report, Services


@dataclass(frozen=True, slots=True)
class Shown:
    """What is set now, and what the system itself says: a proxy's name, or a script that nobody here can run."""

    network: Network
    system_proxy: str = ""
    has_script: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set; without a password the one that is kept stays."""

    network: Network
    password: Secret | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What is set now; `not_kept` tells why the password lives for this session only, if it does."""

    network: Network
    not_kept: Problem | None = None


def load(services: Services, _nothing: None, _report: Report, _stop: threading.Event) -> Shown:
    """What is set. The keychain is not asked: it could ask the person. Raises `Problem`."""
    from wizard.api.http.proxies import system_route

    network = services.ledger.setting(NETWORK, Network) or Network()
    try:
        route = system_route()
    except Expected:
        # A proxy that cannot be used: every connection says so.
        return Shown(network)
    return Shown(network, route.proxy.name if route.proxy else "", route.has_script)


def save(services: Services, wanted: Wanted, report: Report, stop: threading.Event) -> Saved:
    """Set it, for every connection from the next one on. Raises `Problem`."""
    not_kept: Problem | None = None
    before = services.ledger.setting(NETWORK, Network) or Network()
    password = wanted.password or _moved(services, before, wanted.network, report, stop)
    if password is not None:
        not_kept = services.secrets.keep(wanted.network.entry, password, stop, report)
    services.ledger.keep_setting(NETWORK, wanted.network)
    # A proxy that is no longer used leaves no password behind, and neither does one without a sign-in.
    is_plain = wanted.network.mode is Mode.MANUAL and not wanted.network.user
    stale = {wanted.network.entry} if is_plain else set()
    if before.user and before.entry != wanted.network.entry and (is_plain or password is not None):
        stale.add(before.entry)
    for entry in stale:
        services.secrets.forget(entry, stop, report)
    services.reopen_sessions()
    return Saved(wanted.network, not_kept)


def _moved(services: Services, before: Network, after: Network, report: Report, stop: threading.Event) -> Secret | None:
    """The kept password for an address that the person changed; what the ledger alone says of one moves nothing."""
    if not before.user or not after.user or before.entry == after.entry:
        return None
    try:
        return services.secrets.load(before.entry, stop, report)
    except Expected:
        # The proxy asks then, and its answer leads here.
        return None
