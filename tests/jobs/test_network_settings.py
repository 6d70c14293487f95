"""Network settings: parsed, saved, and used for the next connection."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.helpers.networks import PLATFORM, connect_proxy, context_of, empty_platform, trust, web_server
from wizard.api.http.proxies import DIRECT, Route
from wizard.api.http.proxies import Proxy as There
from wizard.core.address import Origin
from wizard.core.network_settings import Mode, Network, NetworkAccess, parse_proxy, parse_proxy_password
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret
from wizard.jobs.connection import connect, network
from wizard.jobs.connection.connect import Credentials
from wizard.jobs.connection.network import Wanted
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain

STOP = threading.Event()
CANARY = "proxy-canary-3141"


class Broken(MemoryKeychain):
    """A keychain that keeps nothing."""

    def save(self, customer_id: str, secret: Secret) -> None:
        raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)

    def load(self, customer_id: str) -> Secret:
        raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)

    def forget(self, customer_id: str) -> None:
        raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)


@pytest.fixture
def keychain() -> MemoryKeychain:
    """A keychain."""
    return MemoryKeychain()


@pytest.fixture
def services(tmp_path: Path, keychain: MemoryKeychain) -> Iterator[Services]:
    """A computer."""
    made = Services(tmp_path / "data", keychain=keychain)
    yield made
    made.close()


def save(services: Services, chosen: Network, secret: str = "") -> network.Saved:
    return network.save(services, Wanted(chosen, Secret(secret) if secret else None), lambda _news: None, STOP)


# ------------------------------------------------------------------ what is typed


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("proxy.example.com", "proxy.example.com", 8080),
        ("  Proxy.Example.com.\n", "proxy.example.com", 8080),
        ("proxy.example.com:3128", "proxy.example.com", 3128),
        ("http://proxy.example.com:3128/", "proxy.example.com", 3128),
        ("<http://proxy.example.com>", "proxy.example.com", 8080),
        ("10.1.2.3", "10.1.2.3", 8080),
        ("2001:db8::1", "2001:db8::1", 8080),
        ("[2001:db8::1]:3128", "2001:db8::1", 3128),
        ("proxy", "proxy", 8080),
        ("prüfung.example", "xn--prfung-4ya.example", 8080),
        ("my_proxy", "my_proxy", 8080),
    ],
)
def test_addresses(typed: str, host: str, port: int) -> None:
    assert parse_proxy(typed, 8080, " jo ") == Network(Mode.MANUAL, host, port, "jo")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", Code.PROXY_ADDRESS_MISSING),
        (" \u200b ", Code.PROXY_ADDRESS_MISSING),
        ("user:canary@proxy.example", Code.PROXY_ADDRESS_NOT_READABLE),
        ("http://user:canary@proxy.example:3128", Code.PROXY_ADDRESS_NOT_READABLE),
        ("proxy.example:99999", Code.PROXY_ADDRESS_NOT_READABLE),
        ("proxy.example:0", Code.PROXY_ADDRESS_NOT_READABLE),
        ("a b", Code.PROXY_ADDRESS_NOT_READABLE),
        ("http://proxy.example/p.pac", Code.PROXY_ADDRESS_NOT_READABLE),
        ("http://[::1", Code.PROXY_ADDRESS_NOT_READABLE),
        ("<b>x</b>", Code.PROXY_ADDRESS_NOT_READABLE),
        ("a" * 300, Code.PROXY_ADDRESS_NOT_READABLE),
        ("socks5://proxy.example", Code.PROXY_FAILED),
        ("https://proxy.example", Code.PROXY_FAILED),
    ],
)
def test_unreadable_addresses(typed: str, code: Code) -> None:
    with pytest.raises(Expected) as refused:
        parse_proxy(typed, 8080, "")
    assert (refused.value.code, refused.value.field) == (code, Field.PROXY_HOST)
    assert "canary" not in str(refused.value.facts)


@pytest.mark.parametrize("user", ["a:b", "x" * 201])
def test_unreadable_names(user: str) -> None:
    with pytest.raises(Expected) as refused:
        parse_proxy("proxy.example", 8080, user)
    assert (refused.value.code, refused.value.field) == (Code.PROXY_NAME_NOT_READABLE, Field.PROXY_USER)


def test_passwords() -> None:
    chosen = parse_proxy("proxy.example", 8080, "jo")
    assert parse_proxy_password("", chosen) is None
    assert parse_proxy_password("  \n", chosen) is None
    assert parse_proxy_password(" two words: \r\n", chosen) == Secret(" two words: ")
    with pytest.raises(Expected) as refused:
        parse_proxy_password("x", parse_proxy("proxy.example", 8080, ""))
    assert (refused.value.code, refused.value.field) == (Code.PROXY_NAME_MISSING, Field.PROXY_USER)


# ------------------------------------------------------------------ what is kept


def test_the_default_is_the_systems_route(services: Services) -> None:
    assert services.connections.way() == NetworkAccess(Network())
    assert network.load(services, None, lambda _news: None, STOP) == network.Shown(Network())


def test_the_systems_proxy_is_shown(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://jo:{CANARY}@proxy.example:3128")
    shown = network.load(services, None, lambda _news: None, STOP)
    assert shown == network.Shown(Network(), "proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://proxy.example")
    assert network.load(services, None, lambda _news: None, STOP) == network.Shown(Network())


def test_the_password_is_in_the_keychain_only(services: Services, keychain: MemoryKeychain, tmp_path: Path) -> None:
    chosen = parse_proxy("proxy.example", 3128, "jo")
    assert save(services, chosen, CANARY).not_kept is None
    assert keychain.load(chosen.entry) == Secret(CANARY)
    assert services.connections.way() == NetworkAccess(chosen, Secret(CANARY))
    assert services.local.ledger.settings.network() == chosen
    services.local.ledger.close()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes()


def test_a_password_is_kept_until_another_one_comes(services: Services) -> None:
    chosen = parse_proxy("proxy.example", 3128, "jo")
    save(services, chosen, CANARY)
    save(services, chosen)
    assert services.connections.way().password == Secret(CANARY)
    save(services, chosen, "new")
    assert services.connections.way().password == Secret("new")


def test_the_keychain_is_asked_only_where_a_name_is_set(services: Services, keychain: MemoryKeychain) -> None:
    save(services, parse_proxy("proxy.example", 3128, "jo"), CANARY)
    save(services, Network(Mode.NONE, "proxy.example", 3128, "jo"))
    assert services.connections.way().password is None
    # Chosen again, it is there again; without a name it is forgotten.
    save(services, parse_proxy("proxy.example", 3128, "jo"))
    assert services.connections.way().password == Secret(CANARY)
    save(services, parse_proxy("proxy.example", 3128, ""))
    with pytest.raises(Expected):
        keychain.load(parse_proxy("proxy.example", 3128, "").entry)


def test_a_keychain_that_keeps_nothing(tmp_path: Path) -> None:
    services = Services(tmp_path / "data", keychain=Broken())
    chosen = parse_proxy("proxy.example", 3128, "jo")
    saved = save(services, chosen, CANARY)
    assert saved.not_kept is not None
    assert saved.not_kept.code is Code.KEYCHAIN_MISSING
    assert services.connections.way() == NetworkAccess(chosen, Secret(CANARY))
    services.close()
    later = Services(tmp_path / "data", keychain=Broken())
    # The proxy asks then, and its answer leads to the settings.
    assert later.connections.way() == NetworkAccess(chosen)
    save(later, parse_proxy("proxy.example", 3128, ""))
    later.close()


# ------------------------------------------------------------------ what it does


def test_the_next_connection_takes_the_new_route(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    trust(authority, tmp_path, monkeypatch)
    with (
        web_server(empty_platform, context_of(authority, "platform.example")) as server,
        connect_proxy(hosts={"platform.example": server.port}, sign_in=("jo", CANARY)) as between,
    ):
        save(services, parse_proxy(between.name, 1, "jo"), CANARY)
        typed = Credentials("ACME", Origin(PLATFORM), "id", Secret("secret-canary-2718"))
        connected = connect.run(services, typed, lambda _news: None, STOP)
        before = services.connections.session(connected.customer.id)
        there = There("127.0.0.1", between.port, user="jo", password=Secret(CANARY))
        assert before.platform._exchange._transport.route == Route(there)
        save(services, Network(Mode.NONE))
        after = services.connections.session(connected.customer.id)
        assert after is not before
        assert after.platform._exchange._transport.route == DIRECT
        # What was under way ends over the connection it has.
        assert list(before.platform.integrations(lambda _news: None, STOP)) == []
    assert server.asked[0] == "POST /api/v2/oauth2/token"
