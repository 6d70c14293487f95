"""The saved integrations of this computer."""

import threading

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.progress import Report
from wizard.core.saved_integrations import SavedIntegration
from wizard.services import Services

Saved = tuple[SavedIntegration, Customer | None]
"""An integration and its customer; None for a customer that is gone: that is no reason to withhold an id."""


def read(services: Services) -> list[tuple[Creation, Customer | None]]:
    """Every creation whose id is known, the oldest first, with its customer. Makes no file.

    None for a customer that is gone: that is no reason to withhold an id.
    """
    if not services.local.has_ledger():
        return []
    customers = {c.id: c for c in services.local.ledger.customers.all()}
    return [(c, customers.get(c.customer_id)) for c in services.local.ledger.creations.saved()]


def run(services: Services, _input: None, _report: Report, _stop: threading.Event) -> tuple[Saved, ...]:
    """Every saved integration, the oldest first. Raises `Expected`."""
    customers = {c.id: c for c in services.local.ledger.customers.all()}
    return tuple((one, customers.get(one.customer_id)) for one in services.local.ledger.integrations.all())
