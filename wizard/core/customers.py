"""A customer: one saved connection to one platform."""

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


@dataclass(frozen=True, slots=True)
class Customer:
    """One saved connection; its secret is in the keychain under `entry`.

    `platform_name` and `root_id` are those of the platform's own group, empty where groups cannot be read. Times are
    UTC in ISO 8601.
    """

    id: str
    label: str
    origin: Origin
    client_id: str
    platform_name: str = ""
    root_id: ObjectId | None = None
    colour: int = 0
    rights: Mapping[Scope, Right] = field(default_factory=dict)
    checked_at: str = ""

    @property
    def entry(self) -> str:
        """The name of its secret in the keychain, which holds where it goes to.

        Whoever changes the address of a saved customer, in a synced folder or a planted copy, finds no secret to send.
        """
        return entry(self.id, self.origin)

    @property
    def title(self) -> str:
        """What the person recognises: the platform's own name, else the name they gave."""
        return self.platform_name or self.label

    def can(self, scope: Scope) -> bool:
        """Whether that right was seen to work."""
        return self.rights.get(scope) is Right.CONFIRMED


def entry(customer_id: str, origin: Origin) -> str:
    """The name in the keychain of the secret that goes from this customer to this origin, and to no other."""
    return f"{customer_id} {origin}"
