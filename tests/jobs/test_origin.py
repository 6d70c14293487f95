"""A secret goes to the address it was checked at: whoever changes that in the ledger gets nothing sent."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.helpers.made import customer
from tests.jobs.bench import Bench, silent
from wizard.core.address import Origin
from wizard.core.checks import Check
from wizard.core.network_settings import Mode, Network, NetworkAccess
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret
from wizard.demo import PracticePlatform, Settings
from wizard.jobs.connection import connect, network
from wizard.jobs.integrations import preflight
from wizard.jobs.places import groups


@pytest.fixture
def other() -> Iterator[PracticePlatform]:
    """Another platform, where these credentials would work, too."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running


def move(bench: Bench, other: PracticePlatform) -> None:
    """Change the address of the saved customer in the file, as a planted copy or another computer does."""
    path = bench.services.local.folders.ledger
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("UPDATE customer SET origin = ?", (other.url,)).rowcount == 1


def tries(bench: Bench, other: PracticePlatform) -> list[Expected]:
    """Everything that would use the secret that is kept; how each ends."""
    typed = connect.Credentials("ACME", Origin(other.url), bench.credential.client_id)
    services = bench.services
    jobs = (
        lambda: services.connections.session("c1"),
        lambda: connect.run(services, typed, silent, bench.stop),
        lambda: groups.run(services, "c1", silent, bench.stop),
        lambda: bench.create(),
    )
    ends = []
    for job in jobs:
        with pytest.raises(Expected) as refused:
            job()
        ends.append(refused.value)
    return ends


@pytest.mark.parametrize("is_restarted", [True, False])
def test_another_address_in_the_ledger_gets_nothing(bench: Bench, other: PracticePlatform, is_restarted: bool) -> None:
    bench.services.connections.session("c1").platform.sign_in(bench.report, bench.stop)
    before = len(bench.platform.received())
    move(bench, other)
    if is_restarted:
        bench.restarted()
    for problem in tries(bench, other):
        # A row that is at odds with itself is of nobody: the secret has to be typed.
        assert problem.code in (Code.SECRET_GONE, Code.SECRET_MISSING)
        assert problem.field is Field.CLIENT_SECRET
    results = preflight.run(bench.services, bench.draft(), silent, bench.stop)
    assert Code.SECRET_GONE in [result.kind for result in results.results if result.check is Check.SIGN_IN]
    # Nor is the connection of before taken for one to there.
    assert (len(bench.platform.received()), other.received()) == (before, [])


def test_another_address_that_is_typed_as_well_gets_nothing(bench: Bench, other: PracticePlatform) -> None:
    move(bench, other)
    typed = connect.Credentials("ACME", Origin(other.url), bench.credential.client_id)
    with pytest.raises(Expected) as refused:
        connect.run(bench.restarted(), typed, silent, bench.stop)
    assert refused.value.code is Code.SECRET_GONE
    assert other.received() == []


def test_the_secret_typed_again_is_that_addresss_own(bench: Bench, other: PracticePlatform) -> None:
    move(bench, other)
    services = bench.restarted()
    secret = Secret(bench.credential.client_secret)
    typed = connect.Credentials("ACME", Origin(other.url), bench.credential.client_id, secret)
    there = connect.run(services, typed, silent, bench.stop).customer
    assert (there.id, there.origin) == ("c1", other.url)
    assert bench.restarted().connections.session("c1").platform is not None
    assert services.local.secrets.load(there.entry) == services.local.secrets.load(bench.customer.entry) == secret


def test_another_proxy_in_the_ledger_gets_no_password(bench: Bench) -> None:
    real, planted = (Network(Mode.MANUAL, f"{name}.example", 3128, "jo") for name in ("proxy", "planted"))
    password, services = Secret("canary"), bench.services
    network.save(services, network.Wanted(real, password), silent, bench.stop)
    services.local.ledger.settings.keep_network(planted)
    assert bench.restarted().connections.way() == NetworkAccess(planted)
    # Nor does it after a look at the settings, which changes nothing.
    network.save(bench.services, network.Wanted(planted), silent, bench.stop)
    assert bench.services.connections.way() == NetworkAccess(planted)
    network.save(bench.services, network.Wanted(real), silent, bench.stop)
    assert bench.services.connections.way() == NetworkAccess(real, password)


def test_who_moves_a_proxy_need_not_type_its_password_again(bench: Bench) -> None:
    before = Network(Mode.MANUAL, "proxy.example", 3128, "jo")
    after = Network(Mode.MANUAL, "proxy.example", 8080, "jo")
    password = Secret("canary")
    network.save(bench.services, network.Wanted(before, password), silent, bench.stop)
    network.save(bench.services, network.Wanted(after), silent, bench.stop)
    assert bench.restarted().connections.way() == NetworkAccess(after, password)
    with pytest.raises(Expected):
        bench.keychain.load(before.entry)


def test_the_name_in_the_keychain_tells_one_address_from_another() -> None:
    here, there = (customer("c1", "ACME", Origin(f"https://{host}.example"), "id").entry for host in "ab")
    assert (here, there) == ("c1 https://a.example", "c1 https://b.example")
