"""Creations: operations that create, together with the integrations they made. Read-only."""

from wizard.core.creation import Creation, creation_of
from wizard.core.operations import OperationKind
from wizard.store import integrations, operations
from wizard.store.database import Database
from wizard.store.tables import OPERATIONS


class Creations:
    """The creations in the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, creation_id: str) -> Creation:
        """One creation as it stands, by the id of its operation, or of its integration if that is not known any more.

        Raises `Bug` if there is none, `Expected` if it cannot be read.
        """
        with self._database.reading() as db:
            found = OPERATIONS.values(db, "WHERE id = ?", creation_id)
            if not found and (orphans := integrations.read(db, "WHERE id = ?", creation_id)):
                return creation_of(orphans[0])
            operation = found[0] if found else OPERATIONS.one(db, creation_id)
            saved = integrations.one(db, operation.integration_id) if operation.integration_id else None
        return Creation(operation, saved)

    def open(self) -> tuple[Creation, ...]:
        """Creations whose outcome is not known, the oldest first."""
        with self._database.reading() as db:
            return tuple(Creation(o) for o in operations.read_open(db) if o.kind is OperationKind.CREATE)

    def saved(self) -> tuple[Creation, ...]:
        """Creations whose id is known, the oldest first; also of integrations whose operation is not known any more."""
        with self._database.reading() as db:
            made = OPERATIONS.values(
                db, "WHERE kind = 'create' AND integration_id IS NOT NULL ORDER BY planned_at, rowid"
            )
            saved = {one.id: one for one in integrations.read(db, "ORDER BY rowid")}
        known = [Creation(o, saved.pop(o.integration_id)) for o in made if o.integration_id in saved]
        return (*known, *(creation_of(one) for one in saved.values()))
