"""Drafts."""

from collections.abc import Callable

from wizard.core.draft import Draft
from wizard.store.database import Database
from wizard.store.records.drafts import DraftRecord
from wizard.store.tables import DRAFTS


class Drafts:
    """The drafts in the ledger."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def all(self) -> tuple[Draft, ...]:
        """All drafts, the last kept first."""
        with self._database.reading() as db:
            return tuple(DRAFTS.values(db, "ORDER BY kept_at DESC, id"))

    def keep(self, draft: Draft) -> None:
        """Add or replace a draft."""
        with self._database.transaction() as db:
            DRAFTS.put(db, DraftRecord.of(draft, self._now()))

    def discard(self, draft_id: str) -> None:
        """Remove a draft, if it is there."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
