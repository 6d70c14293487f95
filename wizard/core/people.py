"""People, their roles, and who may be the author of an integration."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from wizard.core.ids import ObjectId


class Status(StrEnum):
    """A person's state on the platform; the vendor's list may grow, so anything else is UNKNOWN."""

    ACTIVE = "active"
    INVITED = "invited"
    DELETED = "deleted"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """A role in a group, in the vendor's spelling of reads; anything else is OTHER and gives no right."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    CONTRIBUTOR = "contributor"
    COACH = "coach"
    USER_ADMIN = "userAdmin"
    ANALYST = "analyst"
    LEARNER = "learner"
    OTHER = "other"


_SPELLINGS = {"author": Role.EDITOR, "user-admin": Role.USER_ADMIN}
"""Older and write-side spellings of the same roles (vendor's write paths and v1 texts)."""

AUTHORS = (Role.OWNER, Role.ADMIN, Role.EDITOR)
"""Roles in the group itself that let a person be author (vendor's guide: editor or admin)."""

INHERITED = (Role.OWNER, Role.ADMIN)
"""Roles in a group above that reach down to all groups below it (vendor's help centre)."""


def parse_role(text: str) -> Role:
    """The role of that name; a name nobody knows yet is OTHER."""
    try:
        return _SPELLINGS.get(text) or Role(text)
    except ValueError:
        return Role.OTHER


def parse_status(text: str) -> Status:
    """The status of that name; a name nobody knows yet is UNKNOWN."""
    try:
        return Status(text)
    except ValueError:
        return Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the platform lists them; mail and names may be empty."""

    id: ObjectId
    first_name: str = ""
    last_name: str = ""
    mail: str = ""
    username: str = ""
    status: Status = Status.UNKNOWN

    @property
    def name(self) -> str:
        """What to call them: their names, else their address, else their sign-in name, else their id."""
        full = f"{self.first_name} {self.last_name}".strip()
        return full or self.mail or self.username or self.id


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one person in one group."""

    user_id: ObjectId
    group_id: ObjectId
    role: Role


class Suitability(Enum):
    """Whether a person can be the author. Only GONE is a reason to stop: the vendor documents no refusal."""

    SUITABLE = "suitable"
    INHERITED = "inherited"
    WEAK_ROLE = "weak-role"
    NOT_MEMBER = "not-member"
    INVITED = "invited"
    GONE = "gone"
    UNKNOWN = "unknown"


def best_role(roles: Iterable[Role]) -> Role | None:
    """The strongest of several roles of one person in one group."""
    order = list(Role)
    return min(roles, key=order.index, default=None)


def suitability(status: Status, here: Role | None, above: Role | None, *, is_known: bool) -> Suitability:
    """Whether a person with this status and these strongest roles, in the group and above it, can be author.

    `is_known` is False where the credentials may not read roles.
    """
    if status is Status.DELETED:
        return Suitability.GONE
    if not is_known:
        return Suitability.UNKNOWN
    if status is Status.INVITED:
        return Suitability.INVITED
    if here in AUTHORS:
        return Suitability.SUITABLE
    if above in INHERITED:
        return Suitability.INHERITED
    return Suitability.NOT_MEMBER if here is None else Suitability.WEAK_ROLE
