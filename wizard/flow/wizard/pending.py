"""What an earlier run, or a lost answer, left open: shown first, put off, or waiting for its secret."""

from collections.abc import Iterable

from wizard.core.creation import Creation
from wizard.core.draft import Draft


class PendingOperations:
    """The creations whose outcome, or check, is missing.

    One that is put off stays open in the ledger: nothing of it is sent again, and the next start shows it.
    """

    def __init__(self) -> None:
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

    def take_waiting(self, draft: Draft) -> Creation | None:
        """The creation that waits for a check with this draft, if one does; it waits no longer."""
        if not self.leads_back(draft):
            return None
        creation, self._without_secret = self._without_secret, None
        return creation
