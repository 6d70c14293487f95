"""The first job of every run: open the ledger and see what was left."""

import contextlib
import threading
from dataclasses import dataclass

from wizard.core.address import Origin
from wizard.core.creation import Creation, needs_a_look
from wizard.core.customers import Customer
from wizard.core.draft import Draft
from wizard.core.problems import Expected
from wizard.core.secret import Secret
from wizard.core.store_news import NEWS, News
from wizard.jobs.integrations import saved
from wizard.jobs.integrations.saved import Saved
from wizard.services import Report, Services


@dataclass(frozen=True, slots=True)
class Started:
    """What is on this computer: customers, drafts and creations that need a look, the latest first; what is saved."""

    customers: tuple[Customer, ...]
    drafts: tuple[Draft, ...]
    unfinished: tuple[Creation, ...]
    news: tuple[News, ...] = ()
    saved: tuple[Saved, ...] = ()


def run(services: Services, _input: None, report: Report, stop: threading.Event) -> Started:
    """Open everything. In practice, the practice platform is started and its credentials are made ready."""
    services.open_log()
    if services.is_practice:
        _practise(services)
    ledger = services.ledger
    done = {c.draft_id for c in ledger.saved()}
    for draft in ledger.drafts():
        if draft.id in done:
            ledger.discard_draft(draft.id)
    # A creation that another window is working on right now is not unfinished business of this one.
    creations = (*ledger.open_creations(), *ledger.saved()) if services.guard.is_free() else ()
    unfinished = tuple(c for c in creations if needs_a_look(c))
    services.copy_ledger()
    listed = saved.run(services, None, report, stop)
    return Started(ledger.customers(), ledger.drafts(), unfinished, services.store_news, listed)


def told(services: Services, _input: None, _report: Report, _stop: threading.Event) -> None:
    """The person has the news before them; where the disk takes nothing, they are told again next time."""
    services.store_news = ()
    with contextlib.suppress(Expected):
        services.ledger.forget_setting(NEWS)


def _practise(services: Services) -> None:
    from wizard.demo import practice_credential

    credential = practice_credential()
    origin = Origin(services.practice.url)
    if services.ledger.customer_at(origin, credential.client_id) is None:
        customer = Customer("practice", "ACME", origin, credential.client_id)
        services.secrets.vault.save(customer.entry, Secret(credential.client_secret))
        services.ledger.keep_customer(customer)
