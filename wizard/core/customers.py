"""Customers: the platforms we know, and the credentials for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.core.address import Origin
from wizard.core.ids import ObjectId


class Scope(StrEnum):
    """A right of the credentials, in the vendor's spelling."""

    INTEGRATIONS_READ = "integrations:read"
    INTEGRATIONS_WRITE = "integrations:write"
    INTEGRATIONS_BULK = "integrations:bulk"
    GROUPS_READ = "groups:read"
    USERS_READ = "users:read"
    COURSES_READ = "courses:read"
    BULK_OPERATIONS_READ = "bulkOperations:read"
    GROUPS_BULK = "groups:bulk"


class Right(StrEnum):
    """What is known of one scope: no endpoint tells them, so reads are tried and writes cannot be."""

    CONFIRMED = "confirmed"
    MISSING = "missing"
    UNTESTABLE = "untestable"
    UNKNOWN = "unknown"


COLOURS = 8
"""How many colours tell customers apart."""


class CredentialKind(StrEnum):
    """Which API the credentials are for."""

    V2 = "v2"
    V1 = "v1"


@dataclass(frozen=True, slots=True)
class Credential:
    """Credentials of one customer, without the secret. Times are UTC in ISO 8601, "" = not yet."""

    id: str
    customer_id: str
    client_id: str
    kind: CredentialKind = CredentialKind.V2
    rights: Mapping[Scope, Right] = field(default_factory=dict)
    added_at: str = ""
    checked_at: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """One platform we know, with the credentials in use.

    `platform_name` and `root_id` are those of the platform's own group, empty where groups cannot be read.
    """

    id: str
    label: str
    origin: Origin
    credential: Credential
    platform_name: str = ""
    root_id: ObjectId | None = None
    colour: int = 0

    @property
    def client_id(self) -> str:
        """The client id of the credentials in use."""
        return self.credential.client_id

    @property
    def rights(self) -> Mapping[Scope, Right]:
        """What is known of the rights of the credentials in use."""
        return self.credential.rights

    @property
    def checked_at(self) -> str:
        """When the credentials in use were checked last (UTC, ISO 8601)."""
        return self.credential.checked_at

    @property
    def entry(self) -> str:
        """The name of the secret in the keychain. It includes the origin the secret may be sent to.

        Whoever changes the address of a saved customer, in a synced folder or a planted copy, finds no secret to send.
        """
        return entry(self.credential.id, self.origin)

    @property
    def title(self) -> str:
        """What the person recognises: the platform's own name, else the name they gave."""
        return self.platform_name or self.label

    def can(self, scope: Scope) -> bool:
        """Whether that right was seen to work."""
        return self.rights.get(scope) is Right.CONFIRMED


def entry(credential_id: str, origin: Origin) -> str:
    """The name in the keychain of the secret that belongs to these credentials and goes to this origin only."""
    return f"{credential_id} {origin}"
