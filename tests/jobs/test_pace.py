"""Two pairs of credentials for one company share its pace, in the run that connects them and in the next one."""

import threading
from pathlib import Path

from tests.helpers.clients import no_report
from wizard.api.http.pacing import CompanyPace
from wizard.core.address import Origin
from wizard.core.customers import Customer
from wizard.core.secret import Secret
from wizard.demo import Credential, PracticePlatform
from wizard.jobs.connection import connect
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain


def connected(services: Services, platform: PracticePlatform, credential: Credential) -> Customer:
    typed = connect.Credentials("ACME", Origin(platform.url), credential.client_id, Secret(credential.client_secret))
    return connect.run(services, typed, no_report, threading.Event()).customer


def paces(services: Services, customers: list[Customer]) -> list[CompanyPace]:
    return [services.connections.session(customer.id).platform._exchange._pace for customer in customers]


def test_one_company_has_one_pace(platform: PracticePlatform, tmp_path: Path) -> None:
    keychain = MemoryKeychain()
    first, second, blind = (
        Credential("one", "1"), Credential("two", "2"), Credential("three", "3", frozenset({"integrations:read"}))
    )  # fmt: skip
    platform.world.add(first, second, blind)
    services = Services(tmp_path / "data", keychain=keychain)
    customers = [connected(services, platform, credential) for credential in (first, second, blind)]
    one, two, other = paces(services, customers)
    assert one is two
    # Without the right to read groups nothing tells which company it is.
    assert other is not one
    services.close()
    again = Services(tmp_path / "data", keychain=keychain)
    assert paces(again, customers) == [one, two, other]
    again.close()
