"""The ten checks before anything is created."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Check(Enum):
    """What is looked at, in the order people read it."""

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
    """How a check ended; only FAILED stops the creation."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    NOT_POSSIBLE = "not-possible"


FRESH_FOR_S = 600.0
"""After ten minutes the checks are run again."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check with its outcome, the `kind` of that outcome where it has several, and facts for its sentence."""

    check: Check
    outcome: Outcome
    kind: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


def blocks(results: tuple[CheckResult, ...]) -> bool:
    """Whether any of these forbids the creation."""
    return any(r.outcome is Outcome.FAILED for r in results)
