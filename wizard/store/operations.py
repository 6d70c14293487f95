"""Operations and their journal."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from wizard.core.operations import OPEN_STATES, TRANSITIONS, Operation, OperationKind, OperationState
from wizard.core.problems import Bug, Code, Expected
from wizard.core.saved_integrations import SavedIntegration
from wizard.store import events, integrations
from wizard.store.database import Database
from wizard.store.records.operations import OperationRecord
from wizard.store.tables import OPERATIONS


class Operations:
    """The operations in the ledger. Their journal never goes back, whoever asks."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def get(self, operation_id: str) -> Operation:
        """One operation as it stands. Raises `Bug` if there is none."""
        with self._database.reading() as db:
            return OPERATIONS.one(db, operation_id)

    def open(self) -> tuple[Operation, ...]:
        """Operations whose outcome is not known, the oldest first."""
        with self._database.reading() as db:
            return read_open(db)

    def plan(self, operation: Operation) -> Operation:
        """Save the intent before any request.

        Raises `Expected` if the same name in the same group is already being created for this customer: two windows.
        """
        planned = replace(operation, state=OperationState.PLANNED, planned_at=self._now())
        with self._database.transaction() as db:
            for other in read_open(db):
                if planned.kind is other.kind is OperationKind.CREATE and _natural_key(other) == _natural_key(planned):
                    raise Expected(Code.ALREADY_CREATING, creation=other.id)
            OPERATIONS.insert(db, OperationRecord.of(planned))
            events.add(db, self._now(), planned.state.value, operation_id=planned.id)
        return planned

    def note_sent(self, operation_id: str) -> Operation:
        """Save that the request is about to be sent."""
        with self._database.transaction() as db:
            return self._move(
                db, replace(OPERATIONS.one(db, operation_id), sent_at=self._now(), reason=""), OperationState.SENT
            )

    def note_unknown(self, operation_id: str, reason: str) -> Operation:
        """Save that the answer was lost, and why."""
        with self._database.transaction() as db:
            return self._move(db, replace(OPERATIONS.one(db, operation_id), reason=reason), OperationState.UNKNOWN)

    def refuse(self, operation_id: str, reason: str) -> Operation:
        """Save that the operation surely did nothing, and why."""
        with self._database.transaction() as db:
            ended = replace(OPERATIONS.one(db, operation_id), ended_at=self._now(), reason=reason)
            return self._move(db, ended, OperationState.REFUSED)

    def withdraw(self, operation_id: str) -> Operation:
        """Save that the operation is not wanted any more."""
        with self._database.transaction() as db:
            ended = replace(OPERATIONS.one(db, operation_id), ended_at=self._now())
            return self._move(db, ended, OperationState.WITHDRAWN)

    def finish_creation(self, operation_id: str, made: SavedIntegration) -> tuple[Operation, SavedIntegration]:
        """Save the integration and the end of the operation that created it, both or neither.

        Raises `Expected` if the integration is saved already.
        """
        with self._database.transaction() as db:
            at = self._now()
            saved = integrations.add(db, replace(made, created_at=at))
            ended = replace(OPERATIONS.one(db, operation_id), integration_id=saved.id, ended_at=at)
            operation = self._move(db, ended, OperationState.DONE)
        return operation, saved

    def events(self, operation_id: str) -> tuple[tuple[str, str], ...]:
        """Time and state of each event of an operation and of the integration it made, in order."""
        with self._database.reading() as db:
            rows = db.execute("SELECT integration_id FROM operation WHERE id = ?", (operation_id,)).fetchall()
            return events.of_creation(db, operation_id, rows[0][0] or "" if rows else "")

    def _move(self, db: sqlite3.Connection, changed: Operation, to: OperationState) -> Operation:
        """Take an operation, with what else changed, to its next state."""
        if to not in TRANSITIONS[changed.state]:
            raise Bug(Code.BUG, detail=f"{changed.state} -> {to}")
        after = replace(changed, state=to)
        OPERATIONS.put(db, OperationRecord.of(after))
        is_done = to is OperationState.DONE
        # The end of a creation is the beginning of its integration, and is called so.
        state = "created" if is_done and after.kind is OperationKind.CREATE else to.value
        integration_id = after.integration_id if is_done else ""
        events.add(db, self._now(), state, after.reason, operation_id=after.id, integration_id=integration_id)
        return after


def read_open(db: sqlite3.Connection) -> tuple[Operation, ...]:
    """The operations whose outcome is not known, the oldest first."""
    marks = ", ".join("?" * len(OPEN_STATES))
    condition = f"WHERE state IN ({marks}) ORDER BY planned_at, rowid"
    return tuple(OPERATIONS.values(db, condition, *(state.value for state in OPEN_STATES)))


def _natural_key(operation: Operation) -> tuple[str, str, str]:
    return operation.customer_id, operation.request.group_id, operation.request.external_platform
