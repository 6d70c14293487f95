"""The saved customers, as one wizard knows them, and where their secrets are."""

from collections.abc import Iterable

from wizard.core.customers import Customer
from wizard.core.draft import Draft


class CustomerBook:
    """One list of customers for all pages, the last used first."""

    def __init__(self) -> None:
        self.customers: tuple[Customer, ...] = ()
        self._without_secret: set[str] = set()
        self._session_only: set[str] = set()

    def fill(self, customers: Iterable[Customer]) -> None:
        """Take the customers that are saved on this computer."""
        self.customers = tuple(customers)

    def keep(self, customer: Customer, *, is_secret_kept: bool) -> None:
        """Take a customer that was just checked to the front; its secret is in hand.

        `is_secret_kept` tells whether a keychain has the secret, too, or only this session.
        """
        self.customers = (customer, *(c for c in self.customers if c.id != customer.id))
        self._without_secret.discard(customer.id)
        (self._session_only.discard if is_secret_kept else self._session_only.add)(customer.id)

    def get(self, customer_id: str) -> Customer | None:
        """The customer with this id."""
        return next((c for c in self.customers if c.id == customer_id), None)

    def known(self, draft: Draft) -> Customer | None:
        """The saved customer with the address and client ID of this draft."""
        typed = (draft.origin, draft.client_id)
        return next((c for c in self.customers if (c.origin, c.client_id) == typed), None)

    def has_secret(self, draft: Draft) -> bool:
        """Whether the secret of these credentials is kept, as far as anybody knows."""
        known = self.known(draft)
        return known is not None and known.id not in self._without_secret

    def lose_secret(self, draft: Draft) -> None:
        """The secret of these credentials was looked for and not found, or does not work."""
        known = self.known(draft)
        self._without_secret.add(known.id if known else draft.customer_id)

    def is_session_only(self, customer: Customer | None) -> bool:
        """Whether no keychain keeps this customer's secret: it is gone when the program ends."""
        return customer is not None and customer.id in self._session_only
