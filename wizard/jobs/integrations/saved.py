"""The saved integrations of this computer."""

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.services import Services


def read(services: Services) -> list[tuple[Creation, Customer | None]]:
    """Every creation whose id is known, the oldest first, with its customer. Makes no file.

    None for a customer that is gone: that is no reason to withhold an id.
    """
    if not services.local.has_ledger():
        return []
    customers = {c.id: c for c in services.local.ledger.customers.all()}
    return [(c, customers.get(c.customer_id)) for c in services.local.ledger.creations.saved()]
