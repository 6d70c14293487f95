"""The ledger: customers, integrations, operations and drafts of this computer, in one SQLite file."""

from collections.abc import Callable
from pathlib import Path

from wizard.store.creations import Creations
from wizard.store.customers import Customers
from wizard.store.database import Database
from wizard.store.drafts import Drafts
from wizard.store.integrations import Integrations
from wizard.store.operations import Operations
from wizard.store.set_aside import SetAside
from wizard.store.settings import Settings


class Ledger:
    """One ledger file, by families of tables.

    Every method of theirs is one transaction, on disk when it returns; safe for many threads; worker only; raises
    `Expected` with one of the store's codes. `now` gives UTC in ISO 8601.
    """

    def __init__(self, path: Path, now: Callable[[], str]) -> None:
        self.database = Database(path)
        self.customers = Customers(self.database, now)
        self.integrations = Integrations(self.database, now)
        self.operations = Operations(self.database, now)
        self.creations = Creations(self.database)
        self.drafts = Drafts(self.database, now)
        self.settings = Settings(self.database)
        self.set_aside = SetAside(self.database, now)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def counts(self) -> dict[str, int]:
        """How many of each there are, by kind and state: what anyone may be told of a ledger."""
        with self.database.reading() as db:
            rows = db.execute(_COUNTS).fetchall()
        return {what: count for what, count in rows if count or what == "drafts"}


_COUNTS = """
    SELECT 'drafts', count(*) FROM draft
    UNION ALL SELECT * FROM (
        SELECT 'creations, ' || coalesce(integration.status, operation.state) AS what, count(*)
        FROM operation LEFT JOIN integration ON integration.id = operation.integration_id
        WHERE operation.kind = 'create' GROUP BY what ORDER BY what
    )
    UNION ALL SELECT 'rows set aside', count(*) FROM set_aside
"""
