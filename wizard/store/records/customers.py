"""Rows of `customer` and `credential`."""

import msgspec

from wizard.core.address import Origin
from wizard.core.customers import Credential, CredentialKind, Customer, Right, Scope
from wizard.store.records.ids import object_id


class CustomerRecord(msgspec.Struct):
    """A row of `customer`."""

    id: str
    label: str
    origin: str
    root_group_id: str | None = None
    platform_name: str = ""
    colour: int = 0
    used_at: str = ""

    def to_core(self) -> Customer:
        """The customer, without its credentials, which are another row."""
        return Customer(
            id=self.id,
            label=self.label,
            origin=_origin(self.origin),
            credential=Credential("", self.id, ""),
            platform_name=self.platform_name,
            root_id=None if self.root_group_id is None else object_id(self.root_group_id),
            colour=self.colour,
        )

    @staticmethod
    def of(customer: Customer, used_at: str) -> "CustomerRecord":
        """The row of a customer."""
        return CustomerRecord(
            customer.id,
            customer.label,
            customer.origin,
            customer.root_id,
            customer.platform_name,
            customer.colour,
            used_at,
        )


class CredentialRecord(msgspec.Struct):
    """A row of `credential`."""

    id: str
    customer_id: str
    client_id: str
    kind: str = "v2"
    rights: dict[str, str] = {}
    added_at: str = ""
    checked_at: str = ""
    used_at: str = ""

    def to_core(self) -> Credential:
        """The credentials; rights that this program does not know are left out."""
        rights = {Scope(s): Right(r) for s, r in self.rights.items() if s in set(Scope) and r in set(Right)}
        return Credential(
            id=self.id,
            customer_id=self.customer_id,
            client_id=self.client_id,
            kind=CredentialKind(self.kind),
            rights=rights,
            added_at=self.added_at,
            checked_at=self.checked_at,
        )

    @staticmethod
    def of(credential: Credential, used_at: str) -> "CredentialRecord":
        """The row of some credentials."""
        return CredentialRecord(
            credential.id,
            credential.customer_id,
            credential.client_id,
            credential.kind.value,
            {scope.value: right.value for scope, right in credential.rights.items()},
            credential.added_at,
            credential.checked_at,
            used_at,
        )


def _origin(text: str) -> Origin:
    if not text.startswith(("https://", "http://")):
        raise ValueError("no origin")
    return Origin(text)
