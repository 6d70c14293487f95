"""The words while a job works on a creation: what it does, and what stopping it means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.progress import Phase
from wizard.flow.wizard.create_state import Errand, Names
from wizard.words import Words

PHASES = (Phase.CREATING, Phase.CHECKING, Phase.SAVING)


class PhaseState(Enum):
    """How far one phase is."""

    TO_DO = auto()
    RUNNING = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase of the job; `note` is what it waits for."""

    text: str
    state: PhaseState
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """A job that runs or is being stopped."""

    heading: str
    lead: str
    phases: tuple[PhaseView, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A job on a creation: what it was started for, the phase it is in (from 0), and what it waits for."""

    errand: Errand
    at: int = 0
    note: str = ""
    is_stopping: bool = False


def progress_view(words: Words, running: Running, names: Names) -> ProgressView:
    """The words for a job, while it runs and while it is being stopped."""
    heading, lead = _stopping(words, running.errand) if running.is_stopping else _working(words, running.errand, names)
    return ProgressView(heading, lead, tuple(_phases(words, running)))


def _stopping(words: Words, errand: Errand) -> tuple[str, str]:
    say = words.say
    if errand is Errand.CREATE:
        lead = say("The request may already have arrived. We look for it before anything is sent again.")
    else:
        lead = say("We were only reading the platform's list. Nothing is sent.")
    return say("Stopping…"), lead


def _working(words: Words, errand: Errand, names: Names) -> tuple[str, str]:
    say = words.say
    headings = {
        Errand.CREATE: say("Creating {name}", name=names.integration),
        Errand.LOOK: say("Looking for {name}", name=names.integration),
        Errand.CHECK: say("Checking {name}", name=names.integration),
    }
    return headings[errand], say("In {platform}. This usually takes a few seconds.", platform=names.platform)


def _phases(words: Words, running: Running) -> Iterator[PhaseView]:
    say = words.say
    first = say("Creating") if running.errand is Errand.CREATE else say("Looking")
    for row, text in enumerate((first, say("Checking"), say("Saving"))):
        if row == running.at:
            yield PhaseView(text, PhaseState.RUNNING, running.note)
        else:
            yield PhaseView(text, PhaseState.DONE if row < running.at else PhaseState.TO_DO)
