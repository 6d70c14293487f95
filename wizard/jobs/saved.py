"""The saved integrations of this computer."""

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.services import Services


def read(services: Services) -> list[tuple[Creation, Customer]]:
    """Every creation whose id is known, with its customer, the oldest first. Makes nothing where nothing was saved."""
    if not services.has_ledger():
        return []
    customers = {c.id: c for c in services.ledger.customers()}
    return [(c, customers[c.customer_id]) for c in services.ledger.saved()]
