"""Saved integrations and their checks."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from wizard.core.ids import ObjectId
from wizard.core.integration import Difference
from wizard.core.problems import Bug, Code, Expected
from wizard.core.saved_integrations import TRANSITIONS, CheckRun, IntegrationStatus, SavedIntegration
from wizard.store import events
from wizard.store.database import Database
from wizard.store.records.integrations import CheckRunRecord, IntegrationRecord
from wizard.store.tables import CHECK_RUNS, INTEGRATIONS


class Integrations:
    """The integrations in the ledger, each with the differences of its last check."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def all(self) -> tuple[SavedIntegration, ...]:
        """All integrations, in the order in which they were saved."""
        with self._database.reading() as db:
            return read(db, "ORDER BY rowid")

    def get(self, integration_id: str) -> SavedIntegration:
        """One integration by its local id. Raises `Bug` if there is none."""
        with self._database.reading() as db:
            return one(db, integration_id)

    def find(self, customer_id: str, remote_id: ObjectId) -> SavedIntegration | None:
        """The integration with this id on this customer's platform, if it is saved."""
        with self._database.reading() as db:
            return next(iter(read(db, "WHERE customer_id = ? AND remote_id = ?", customer_id, remote_id)), None)

    def note_check(self, integration_id: str, differences: tuple[Difference, ...]) -> SavedIntegration:
        """Save what a comparison with the platform's list found."""
        result = IntegrationStatus.DIFFERENT if differences else IntegrationStatus.VERIFIED
        with self._database.transaction() as db:
            at = self._now()
            CHECK_RUNS.insert(db, CheckRunRecord.of(CheckRun(0, integration_id, at, result, differences)))
            saved = replace(one(db, integration_id), checked_at=at, removed_at="", differences=differences)
            return self._move(db, saved, result)

    def note_gone(self, integration_id: str) -> SavedIntegration:
        """Save that the integration is not on the platform any more."""
        with self._database.transaction() as db:
            saved = replace(one(db, integration_id), removed_at=self._now())
            return self._move(db, saved, IntegrationStatus.GONE)

    def _move(self, db: sqlite3.Connection, saved: SavedIntegration, to: IntegrationStatus) -> SavedIntegration:
        if to not in TRANSITIONS[saved.status]:
            raise Bug(Code.BUG, detail=f"{saved.status} -> {to}")
        after = replace(saved, status=to)
        INTEGRATIONS.put(db, IntegrationRecord.of(after))
        events.add(db, self._now(), to.value, integration_id=after.id)
        return after


def read(db: sqlite3.Connection, condition: str, *values: object) -> tuple[SavedIntegration, ...]:
    """The integrations under a condition, with the differences of their last checks."""
    found = INTEGRATIONS.values(db, condition, *values)
    return tuple(_with_differences(db, saved) for saved in found)


def add(db: sqlite3.Connection, saved: SavedIntegration) -> SavedIntegration:
    """Add an integration, within the caller's transaction. Raises `Expected` if its remote id is saved already.

    A row with this remote id that cannot be read makes room: it was set aside when the ledger was opened.
    """
    where = (saved.customer_id, saved.remote_id)
    if INTEGRATIONS.values(db, "WHERE customer_id = ? AND remote_id = ?", *where):
        raise Expected(Code.STORE_FAILED, detail="same integration twice")
    spoilt = db.execute("SELECT id FROM integration WHERE customer_id = ? AND remote_id = ?", where).fetchone()
    saved = replace(saved, id=spoilt[0]) if spoilt else saved
    INTEGRATIONS.put(db, IntegrationRecord.of(saved))
    return saved


def one(db: sqlite3.Connection, integration_id: str) -> SavedIntegration:
    """One integration by its local id. Raises `Bug` if there is none, `Expected` if it cannot be read."""
    return _with_differences(db, INTEGRATIONS.one(db, integration_id))


def _with_differences(db: sqlite3.Connection, saved: SavedIntegration) -> SavedIntegration:
    if saved.status is not IntegrationStatus.DIFFERENT:
        return saved
    checks = CHECK_RUNS.values(db, "WHERE integration_id = ? ORDER BY id DESC LIMIT 1", saved.id)
    return replace(saved, differences=checks[0].differences) if checks else saved
