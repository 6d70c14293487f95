"""The first job of every run: open the ledger and find what is pending."""

import contextlib
import threading
from dataclasses import dataclass

from wizard.core.creation import Creation, needs_a_look
from wizard.core.customers import Customer
from wizard.core.draft import Draft
from wizard.core.problems import Expected
from wizard.core.progress import Report
from wizard.core.store_news import News
from wizard.jobs.integrations import saved
from wizard.jobs.integrations.saved import Saved
from wizard.services import Services


@dataclass(frozen=True, slots=True)
class Started:
    """What is on this computer: customers, drafts and creations that need a look, the latest first; what is saved."""

    customers: tuple[Customer, ...]
    drafts: tuple[Draft, ...]
    pending: tuple[Creation, ...]
    news: tuple[News, ...] = ()
    saved: tuple[Saved, ...] = ()


def run(services: Services, _input: None, report: Report, stop: threading.Event) -> Started:
    """Open log and ledger. In practice, also start the practice platform and save its customer."""
    services.local.open_log(services.facts)
    if services.is_practice:
        _practise(services)
    ledger = services.local.ledger
    done = {c.draft_id for c in ledger.creations.saved()}
    for draft in ledger.drafts.all():
        if draft.id in done:
            ledger.drafts.discard(draft.id)
    creations = (*ledger.creations.open(), *ledger.creations.saved())
    waiting = tuple(c for c in creations if needs_a_look(c))
    # One that another window is working on right now is not for this window.
    pending = tuple(c for c in waiting if services.local.creating_lock(c.customer_id).is_free())
    services.local.copy_ledger()
    listed = saved.run(services, None, report, stop)
    return Started(ledger.customers.all(), ledger.drafts.all(), pending, services.local.news, listed)


def told(services: Services, _input: None, _report: Report, _stop: threading.Event) -> None:
    """Forget the news, which are shown now. If the disk takes nothing, they are shown again at the next start."""
    services.local.forget_news()
    with contextlib.suppress(Expected):
        services.local.ledger.settings.forget_news()
        services.local.ledger.set_aside.note_told()


def _practise(services: Services) -> None:
    customer, secret = services.connections.start_practice()
    if services.local.ledger.customers.find(customer.origin, customer.client_id) is None:
        services.local.secrets.keychain.save(customer.entry, secret)
        services.local.ledger.customers.keep(customer)
