"""The ten checks before an integration is created."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Check(Enum):
    """What is checked, in the order it is shown."""

    SIGN_IN = "sign-in"
    PLATFORM = "platform"
    RIGHTS = "rights"
    GROUP = "group"
    AUTHOR_ACTIVE = "author-active"
    AUTHOR_RIGHTS = "author-rights"
    NAME_FREE = "name-free"
    NAME_ALONE = "name-alone"
    VALUES = "values"
    FRESH = "fresh"


class Outcome(Enum):
    """The outcome of a check; only FAILED prevents the creation."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    NOT_POSSIBLE = "not-possible"


FRESH_FOR_S = 600.0
"""Results that are older are not used: the checks are run again."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check. `kind` tells variants of an outcome apart; `facts` fill in its sentence."""

    check: Check
    outcome: Outcome
    kind: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


def blocks(results: tuple[CheckResult, ...]) -> bool:
    """Whether any of these results prevents the creation."""
    return any(r.outcome is Outcome.FAILED for r in results)
