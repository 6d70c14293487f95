"""People, their roles, and whether they can be the author of an integration."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from wizard.core.ids import ObjectId


class Status(StrEnum):
    """The state of a person's account; values that are not listed here are UNKNOWN."""

    ACTIVE = "active"
    INVITED = "invited"
    DELETED = "deleted"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """A role in a group, as the vendor's read endpoints spell it; values that are not listed here are OTHER."""

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
"""Other spellings of the same roles (vendor's write endpoints and v1)."""

AUTHOR_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR)
"""Roles in the group itself that allow to be author (vendor's guide: editor or admin)."""

INHERITED_ROLES = (Role.OWNER, Role.ADMIN)
"""Roles in a group that also apply to all groups below it (vendor's help centre)."""


def parse_role(text: str) -> Role:
    """The role of that name, or OTHER."""
    try:
        return _SPELLINGS.get(text) or Role(text)
    except ValueError:
        return Role.OTHER


def parse_status(text: str) -> Status:
    """The status of that name, or UNKNOWN."""
    try:
        return Status(text)
    except ValueError:
        return Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the platform lists them; mail and names may be empty."""

    id: ObjectId
    first_name: str = ""
    last_name: str = ""
    mail: str = ""
    username: str = ""
    status: Status = Status.UNKNOWN

    @property
    def name(self) -> str:
        """First and last name, else the e-mail address, else the user name, else the id."""
        full = f"{self.first_name} {self.last_name}".strip()
        return full or self.mail or self.username or self.id


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one person in one group."""

    user_id: ObjectId
    group_id: ObjectId
    role: Role


class Suitability(Enum):
    """Whether a person can be the author. Only GONE prevents a creation: the vendor documents no other refusal."""

    SUITABLE = "suitable"
    INHERITED = "inherited"
    WEAK_ROLE = "weak-role"
    NOT_MEMBER = "not-member"
    INVITED = "invited"
    GONE = "gone"
    UNKNOWN = "unknown"


def best_role(roles: Iterable[Role]) -> Role | None:
    """The strongest of these roles, None if there are none."""
    order = list(Role)
    return min(roles, key=order.index, default=None)


def suitability(status: Status, here: Role | None, above: Role | None, *, is_known: bool) -> Suitability:
    """Whether a person can be author, given their status and their strongest roles in the group and above it.

    `is_known` is False if the credentials have no permission to read roles.
    """
    if status is Status.DELETED:
        return Suitability.GONE
    if not is_known:
        return Suitability.UNKNOWN
    if status is Status.INVITED:
        return Suitability.INVITED
    if here in AUTHOR_ROLES:
        return Suitability.SUITABLE
    if above in INHERITED_ROLES:
        return Suitability.INHERITED
    return Suitability.NOT_MEMBER if here is None else Suitability.WEAK_ROLE
