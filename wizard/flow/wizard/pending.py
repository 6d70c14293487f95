"""What an earlier run, or a lost answer, left open: shown first, put off, or waiting for its secret."""

from collections.abc import Iterable

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.draft import Draft
from wizard.core.same_platform import is_same_platform
from wizard.flow.wizard.customer_book import CustomerBook


class PendingOperations:
    """The creations whose outcome, or check, is missing.

    One that is put off stays open in the ledger: nothing of it is sent again, and the next start shows it.
    """

    def __init__(self, customers: CustomerBook) -> None:
        self._customers = customers
        self._waiting: list[Creation] = []
        self._put_off: list[Creation] = []
        self._without_secret: Creation | None = None
        self._check_draft_id = ""

    def fill(self, creations: Iterable[Creation]) -> None:
        """Take what the ledger holds, the one to show first in front."""
        self._waiting = list(creations)

    def take_next(self) -> Creation | None:
        """The next one to show; it is not offered again."""
        return self._waiting.pop(0) if self._waiting else None

    def put_off(self, creation: Creation) -> None:
        """Leave one for other work."""
        self._put_off.append(creation)

    @property
    def draft_ids(self) -> frozenset[str]:
        """The drafts that an open creation stands on: nobody goes on with those."""
        return frozenset(one.draft_id for one in self._all())

    @property
    def ids(self) -> frozenset[str]:
        """The creations that wait here."""
        return frozenset(one.id for one in self._all())

    def _all(self) -> Iterable[Creation]:
        yield from (*self._waiting, *self._put_off)
        if self._without_secret is not None:
            yield self._without_secret

    def await_secret(self, creation: Creation, check: Draft) -> None:
        """Leave one until a check with the draft `check` has found a secret for it."""
        self._without_secret, self._check_draft_id = creation, check.id

    def leads_back(self, draft: Draft) -> bool:
        """Whether a check with this draft is made for a creation that waits for its secret."""
        return self._without_secret is not None and draft.id == self._check_draft_id

    def take_checked(self, draft: Draft) -> tuple[Creation, Customer] | None:
        """The creation that waited for the check with this draft, and the customer to look with.

        None if the check reached another platform: the creation is put off then.
        """
        creation, self._without_secret = self._without_secret, None
        if creation is None:
            return None
        own, checked = self._customers.get(creation.customer_id), self._customers.get(draft.customer_id)
        if own is None or checked is None or not is_same_platform(own, checked):
            self.put_off(creation)
            return None
        return creation, checked
