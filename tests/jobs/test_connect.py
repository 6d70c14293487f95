"""Checking a connection: what is tried, what is kept, what a failure leaves behind."""

import threading
from collections.abc import Iterator
from pathlib import Path

import keyring.backends.fail
import pytest

from tests.helpers.made import customer
from tests.jobs.bench import INTEGRATIONS, TOKEN, open_services, silent
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.customers import Right, Scope
from wizard.core.problems import Code, Expected, Field, Stopped
from wizard.core.progress import Progress, Waiting
from wizard.core.secret import Secret
from wizard.demo import Credential, Fault, PracticePlatform, guide_credential, practice_credential
from wizard.demo.answers import Received
from wizard.jobs.connection import connect
from wizard.jobs.connection.connect import Connected, Credentials
from wizard.jobs.places import groups
from wizard.services import Services
from wizard.store.keychain import Keychain, MemoryKeychain, SystemKeychain

R = Right


class Computer:
    """A computer without any customer."""

    def __init__(self, platform: PracticePlatform, folder: Path, keychain: Keychain | None = None) -> None:
        self.platform, self.folder, self.keychain = platform, folder, keychain or MemoryKeychain()
        self.told: list[Progress] = []
        self.stop = threading.Event()
        self._started: list[Services] = []
        self.services = self.start()

    def start(self) -> Services:
        self.services = open_services(self.folder, keychain=self.keychain)
        self._started.append(self.services)
        return self.services

    def close(self) -> None:
        for services in self._started:
            services.close()

    def connect(
        self, one: Credential | None = None, secret: str | None = "", label: str = "ACME", origin: str = ""
    ) -> Connected:
        one = one or practice_credential()
        typed = Secret(secret or one.client_secret) if secret is not None else None
        at = Origin(origin or self.platform.url)
        return connect.run(self.services, Credentials(label, at, one.client_id, typed), self.told.append, self.stop)


@pytest.fixture
def computer(platform: PracticePlatform, tmp_path: Path) -> Iterator[Computer]:
    """A new computer."""
    made = Computer(platform, tmp_path / "data")
    yield made
    made.close()


def test_all_rights(computer: Computer, platform: PracticePlatform) -> None:
    found = computer.connect()
    customer = found.customer
    root = platform.world.root()
    assert (customer.platform_name, customer.root_id, customer.label) == (root.name, root.id, "ACME")
    assert customer.rights == {
        Scope.INTEGRATIONS_READ: R.CONFIRMED,
        Scope.INTEGRATIONS_WRITE: R.UNTESTABLE,
        Scope.INTEGRATIONS_BULK: R.UNTESTABLE,
        Scope.GROUPS_READ: R.CONFIRMED,
        Scope.USERS_READ: R.CONFIRMED,
        Scope.COURSES_READ: R.CONFIRMED,
        Scope.BULK_OPERATIONS_READ: R.CONFIRMED,
        Scope.GROUPS_BULK: R.UNTESTABLE,
    }
    assert (found.not_kept, customer.title) == (None, root.name)
    assert {r.method for r in platform.received() if r.path != TOKEN} == {"GET"}
    assert len(platform.received(template=TOKEN)) == 1
    assert computer.start().local.ledger.customers.all() == (customer,)
    assert computer.services.local.secrets.load(customer.entry) == Secret(practice_credential().client_secret)


def test_the_three_rights_of_the_vendors_guide(computer: Computer) -> None:
    customer = computer.connect(guide_credential()).customer
    assert (customer.platform_name, customer.root_id, customer.title) == ("", None, "ACME")
    missing = {scope for scope, right in customer.rights.items() if right is R.MISSING}
    assert missing == {Scope.GROUPS_READ, Scope.USERS_READ, Scope.COURSES_READ, Scope.BULK_OPERATIONS_READ}
    assert customer.can(Scope.INTEGRATIONS_READ)


def nothing_kept(computer: Computer) -> bool:
    return computer.start().local.ledger.customers.all() == () and vars(computer.keychain) == {"_secrets": {}}


@pytest.mark.parametrize(
    ("secret", "code", "field"),
    [("wrong", Code.INVALID_CLIENT, Field.CLIENT_SECRET), (None, Code.SECRET_MISSING, Field.CLIENT_SECRET)],
)
def test_a_wrong_secret(computer: Computer, secret: str | None, code: Code, field: Field) -> None:
    with pytest.raises(Expected) as refused:
        computer.connect(secret=secret)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert nothing_kept(computer)


def test_a_wrong_address(computer: Computer, platform: PracticePlatform) -> None:
    platform.faults.add(Fault("html", None, None, status=200, times=None))
    with pytest.raises(Expected) as refused:
        computer.connect()
    assert refused.value.code is Code.NOT_THE_PLATFORM
    with pytest.raises(Expected) as unreachable:
        computer.connect(origin="http://127.0.0.1:9")
    assert unreachable.value.code is Code.NO_CONNECTION
    assert nothing_kept(computer)


def test_without_reading_integrations_nothing_goes(computer: Computer, platform: PracticePlatform) -> None:
    poor = Credential("poor", "secret", frozenset({"integrations:write", "groups:read"}))
    platform.world.add(poor)
    with pytest.raises(Expected) as refused:
        computer.connect(poor)
    assert (refused.value.code, refused.value.field) == (Code.INVALID_SCOPE, Field.CLIENT_ID)
    assert refused.value.facts == {"scope": "integrations:read"}
    assert nothing_kept(computer)


def test_what_could_not_be_tried_is_unknown(computer: Computer, platform: PracticePlatform) -> None:
    platform.faults.add(Fault("status", "GET", "/api/v2/users", status=500, times=None))
    platform.faults.add(Fault("broken_json", "GET", "/api/v2/groups", times=None))
    customer = computer.connect().customer
    assert customer.rights[Scope.USERS_READ] is customer.rights[Scope.GROUPS_READ] is R.UNKNOWN
    assert customer.rights[Scope.COURSES_READ] is R.CONFIRMED


def test_the_same_credentials_are_the_same_customer(computer: Computer) -> None:
    first = computer.connect().customer
    computer.start()
    second = computer.connect(label="Another label").customer
    assert (second.id, second.colour) == (first.id, first.colour)
    assert [c.label for c in computer.services.local.ledger.customers.all()] == ["Another label"]
    third = computer.connect(guide_credential()).customer
    assert third.id != first.id
    assert third.colour != first.colour
    assert [c.id for c in computer.services.local.ledger.customers.all()] == [third.id, first.id]


def test_two_windows_check_the_same_new_credentials_at_once(computer: Computer, platform: PracticePlatform) -> None:
    mine = computer.services
    others: list[str] = []

    def be_faster(_received: Received) -> None:
        platform.on_received = None
        computer.start()
        others.append(computer.connect().customer.id)

    platform.on_received = be_faster
    one = practice_credential()
    typed = Credentials("ACME", Origin(platform.url), one.client_id, Secret(one.client_secret))
    connected = connect.run(mine, typed, computer.told.append, computer.stop)
    assert [connected.customer.id] == others
    assert [c.id for c in mine.local.ledger.customers.all()] == others


def test_a_saved_customer_needs_no_secret_typed(computer: Computer, platform: PracticePlatform) -> None:
    first = computer.connect().customer
    computer.start()
    assert computer.connect(secret=None).customer.id == first.id
    assert platform.received(template=TOKEN)[-1].body["client_secret"] == practice_credential().client_secret


def test_a_wrong_secret_does_not_replace_the_good_one(computer: Computer) -> None:
    customer = computer.connect().customer
    with pytest.raises(Expected):
        computer.connect(secret="wrong")
    assert computer.services.local.secrets.load(customer.entry) == Secret(practice_credential().client_secret)
    assert computer.connect(secret=None).customer.id == customer.id


def test_without_a_keychain_the_secret_lives_for_this_session(platform: PracticePlatform, tmp_path: Path) -> None:
    broken = SystemKeychain(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    computer = Computer(platform, tmp_path / "data", broken)
    found = computer.connect()
    assert found.not_kept is not None
    assert found.not_kept.code is Code.KEYCHAIN_MISSING
    assert groups.run(computer.services, found.customer.id, silent, computer.stop).forest is not None
    assert computer.connect(secret=None).customer.id == found.customer.id
    computer.start()
    with pytest.raises(Expected) as refused:
        computer.connect(secret=None)
    assert refused.value.code is Code.KEYCHAIN_MISSING
    assert computer.services.local.ledger.customers.all()[0].id == found.customer.id
    secret = practice_credential().client_secret.encode()
    assert not [f for f in (tmp_path / "data").rglob("*") if f.is_file() and secret in f.read_bytes()]
    computer.close()


def test_no_secret_and_no_token_on_the_disk(computer: Computer, platform: PracticePlatform) -> None:
    computer.connect()
    computer.services.close()
    held = b"".join(f.read_bytes() for f in computer.folder.rglob("*") if f.is_file())
    assert practice_credential().client_id.encode() in held
    for secret in (practice_credential().client_secret, *platform.world.tokens):
        assert secret.encode() not in held


def test_pauses_are_told_for_as_long_as_the_check_lasts(computer: Computer, platform: PracticePlatform) -> None:
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=503))
    customer = computer.connect().customer
    assert [type(told) for told in computer.told] == [Waiting]
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=503))
    groups.run(computer.services, customer.id, silent, computer.stop)
    assert len(computer.told) == 1


def test_stopped(computer: Computer) -> None:
    computer.stop.set()
    with pytest.raises(Stopped):
        computer.connect()
    assert nothing_kept(computer)


def test_the_ledger_that_fails_says_so(computer: Computer) -> None:
    computer.services.local.ledger.database._db.execute("PRAGMA query_only = ON")
    with pytest.raises(Expected) as failed:
        computer.connect()
    assert failed.value.code is Code.STORE_READ_ONLY


def is_closed(client: Client) -> bool:
    return client._exchange._transport.client.is_closed


def test_a_second_check_closes_the_first_connection(computer: Computer) -> None:
    customer = computer.connect().customer
    first = computer.services.connections.session(customer.id).platform
    computer.connect()
    second = computer.services.connections.session(customer.id).platform
    assert second is not first
    assert (is_closed(first), is_closed(second)) == (True, False)
    computer.services.close()
    assert is_closed(second)


def test_titles() -> None:
    assert customer("1", "Label", Origin("https://a.example"), "id").title == "Label"
