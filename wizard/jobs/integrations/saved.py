"""The saved integrations of this computer."""

import threading

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.services import Report, Services

Saved = tuple[Creation, Customer | None]
"""A creation whose id is known, and its customer; None if that is gone, which is no reason to withhold an id."""


def read(services: Services) -> tuple[Saved, ...]:
    """Every creation whose id is known, the oldest first. Makes nothing where nothing was saved. Raises `Expected`."""
    return _all(services) if services.has_ledger() else ()


def run(services: Services, _input: None, _report: Report, _stop: threading.Event) -> tuple[Saved, ...]:
    """The same for a window, which has opened the ledger before."""
    return _all(services)


def _all(services: Services) -> tuple[Saved, ...]:
    customers = {c.id: c for c in services.ledger.customers()}
    return tuple((c, customers.get(c.customer_id)) for c in services.ledger.saved())
