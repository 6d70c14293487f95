"""What jobs report while they run."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """The phases of a creation."""

    CREATING = "creating"
    CHECKING = "checking"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class Entered:
    """A phase has begun, and those before it are done."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pause before an automatic retry; `is_asked` tells whether the platform has asked for it."""

    seconds: float
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of items of a list read so far."""

    count: int


@dataclass(frozen=True, slots=True)
class KeychainAsked:
    """The keychain has not answered yet, it may be asking for its password; reported again when it has answered."""

    is_answered: bool = False


Progress = Entered | Waiting | Counted | KeychainAsked

Report = Callable[[Progress], None]
"""Where a job tells how far it is; called on the job's own thread."""
