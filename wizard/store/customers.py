"""Customers and their credentials."""

from collections.abc import Callable
from dataclasses import replace

from wizard.core.address import Origin
from wizard.core.customers import Credential, Customer
from wizard.core.problems import Code, Expected
from wizard.store.database import Database
from wizard.store.records.customers import CredentialRecord, CustomerRecord
from wizard.store.tables import CREDENTIALS, CUSTOMERS


class Customers:
    """The customers in the ledger, each with the credentials that were used last."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def all(self) -> tuple[Customer, ...]:
        """All customers, the last used first."""
        with self._database.reading() as db:
            customers = CUSTOMERS.values(db, "ORDER BY used_at DESC, id")
            # The last used comes last, and so is the one that stays.
            credentials = {c.customer_id: c for c in CREDENTIALS.values(db, "ORDER BY used_at, id")}
        return tuple(_joined(customer, credentials) for customer in customers)

    def get(self, customer_id: str) -> Customer:
        """One customer. Raises `Bug` if there is none, `Expected` if it cannot be read."""
        with self._database.reading() as db:
            customer = CUSTOMERS.one(db, customer_id)
            credentials = CREDENTIALS.values(db, "WHERE customer_id = ? ORDER BY used_at DESC, id DESC", customer_id)
        return replace(customer, credential=credentials[0]) if credentials else customer

    def find(self, origin: Origin, client_id: str) -> Customer | None:
        """The customer with these credentials, if there is one."""
        with self._database.reading() as db:
            customers = {c.id: c for c in CUSTOMERS.values(db, "WHERE origin = ?", origin)}
            for credential in CREDENTIALS.values(db, "WHERE client_id = ?", client_id):
                if credential.customer_id in customers:
                    return replace(customers[credential.customer_id], credential=credential)
        return None

    def keep(self, customer: Customer) -> None:
        """Add or replace a customer with its credentials, and note that they were used.

        Raises `Expected` if another customer has the same credentials for the same origin: two windows.
        """
        with self._database.transaction() as db:
            others = {c.id for c in CUSTOMERS.values(db, "WHERE origin = ?", customer.origin)} - {customer.id}
            same = CREDENTIALS.values(db, "WHERE client_id = ?", customer.client_id)
            if any(credential.customer_id in others for credential in same):
                raise Expected(Code.STORE_FAILED, detail="same credentials twice")
            at = self._now()
            CUSTOMERS.put(db, CustomerRecord.of(customer, at))
            CREDENTIALS.put(db, CredentialRecord.of(customer.credential, at))


def _joined(customer: Customer, credentials: dict[str, Credential]) -> Customer:
    credential = credentials.get(customer.id)
    return replace(customer, credential=credential) if credential else customer
