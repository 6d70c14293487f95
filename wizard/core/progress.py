"""What a job tells while it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """The three lines of the last page."""

    CREATING = "creating"
    CHECKING = "checking"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Entered:
    """A phase has begun, and all before it are done."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pause before the same is tried again, by itself; `is_asked` tells whether the platform asks for it."""

    seconds: float
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """So many items of a long list have come."""

    count: int


@dataclass(frozen=True, slots=True)
class KeychainAsked:
    """The keychain takes its time: it may be asking the person for its password. Told again when it has answered."""

    is_answered: bool = False


Progress = Entered | Waiting | Counted | KeychainAsked

Report = Callable[[Progress], None]
"""Where a job tells how far it is; called on the job's own thread."""
