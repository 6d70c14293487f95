"""One line with a state: a check, a part of a result."""

from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.problems import Field


class LineState(Enum):
    """How the thing that a line speaks of stands."""

    OK = auto()
    WARNING = auto()
    PROBLEM = auto()
    UNTESTED = auto()
    INFO = auto()


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it is shown. `state_name` says the state in words, for those who cannot see its icon.

    `field` is the answer that a link *Change* leads to; none, no link.
    """

    text: str
    state: LineState
    state_name: str = ""
    help_text: str = ""
    field: Field | None = None
