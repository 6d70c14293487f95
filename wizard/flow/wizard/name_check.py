"""Whether the typed name is free in the group, looked up while it is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.problems import Code, Expected, Field, Problem, Stopped
from wizard.core.text_safety import one_line
from wizard.flow.ask import Debounce
from wizard.flow.wizard.page import Shared
from wizard.flow.wizard.page_problems import PageProblems
from wizard.flow.wizard.stoppable_job import StoppableJob, WaitLink
from wizard.jobs.integrations import names
from wizard.jobs.integrations.names import NameState, NameWanted
from wizard.words.problems import explain

PAUSE_MS = 400
"""How long typing has to rest before the name is looked up."""


class NameStatus(Enum):
    """What is known of a name."""

    NOTHING = auto()
    CHECKING = auto()
    FREE = auto()
    SIMILAR = auto()
    TAKEN = auto()
    NOT_CHECKED = auto()


@dataclass(frozen=True, slots=True)
class NameCheckView:
    """What is known of the name. That it is taken is said as a problem of the field instead."""

    status: NameStatus = NameStatus.NOTHING
    sentence: str = ""
    bold: str = ""
    link: WaitLink = WaitLink.NONE
    link_text: str = ""


class NameCheck:
    """One look-up at a time, always of the latest name and group."""

    def __init__(self, shared: Shared, problems: PageProblems, on_changed: Callable[[], object]) -> None:
        self._words, self._book = shared.words, shared.book
        self._problems, self._on_changed = problems, on_changed
        self._job = StoppableJob(shared.asker, shared.words, on_changed)
        self._rest = Debounce(shared.asker, PAUSE_MS, self._on_rested)
        self._known: NameState | None = None
        self._known_of: NameWanted | None = None
        self._unknown_why: Problem | None = None
        self._is_stopped = False

    @property
    def taken(self) -> Problem | None:
        """The problem that the name of the draft is taken, if it was found to be."""
        is_taken = self._known is not None and self._known.taken_by is not None and self._known_of == self._wanted()
        return self._taken_problem() if is_taken else None

    # ------------------------------------------------------------------ what a person does

    def restart(self) -> None:
        """The name was changed: it is looked up when typing has rested."""
        self._forget()
        if self._book.draft.name:
            self._rest.restart()

    def recheck(self) -> None:
        """Look the name up now, for instance because another integration may have it since."""
        wanted = self._wanted()
        if self._known is not None and self._known.taken_by is not None:
            self._problems.mend(Field.NAME)
        if wanted is None or wanted != self._known_of:
            self._forget()
        self._start()

    def stop_waiting(self) -> None:
        """Stop waiting for the look-up."""
        self._is_stopped = True
        if self._job.stop():
            self._on_unknown(Stopped())
        self._on_changed()

    def try_again(self) -> None:
        """Look up once more what was stopped."""
        self._start()
        self._on_changed()

    # ------------------------------------------------------------------ the look-up

    def _wanted(self) -> NameWanted | None:
        draft = self._book.draft
        if draft.group is None or not draft.name:
            return None
        return NameWanted(draft.customer_id, draft.group, draft.name)

    def _forget(self) -> None:
        self._rest.cancel()
        self._job.forget()
        self._known = self._known_of = self._unknown_why = None
        self._is_stopped = False

    def _on_rested(self) -> None:
        self._start()
        self._on_changed()

    def _start(self) -> None:
        self._rest.cancel()
        self._is_stopped = False
        wanted = self._wanted()
        if wanted is not None:
            self._unknown_why = None
            self._job.start(names.run, wanted, lambda state: self._on_known(wanted, state), self._on_not_looked_up)

    def _on_known(self, wanted: NameWanted, state: NameState) -> None:
        # The draft may be another one by now: who goes back does not wait for this look-up.
        if wanted == self._wanted():
            self._known, self._known_of = state, wanted
            if state.taken_by:
                self._problems.set(Field.NAME, self._taken_problem())
        self._on_changed()

    def _on_not_looked_up(self, problem: Problem) -> None:
        if problem.code is not Code.STOPPED:
            self._on_unknown(problem)
        self._on_changed()

    def _on_unknown(self, problem: Problem) -> None:
        self._known = self._known_of = None
        self._unknown_why = problem

    # ------------------------------------------------------------------ what is said

    def view(self) -> NameCheckView:
        """What is shown now."""
        say, link = self._words.say, WaitLink.NONE
        if self._job.can_stop:
            link = WaitLink.STOP
        elif self._is_stopped and self._unknown_why is not None:
            link = WaitLink.TRY_AGAIN
        texts = {WaitLink.STOP: say("Stop waiting"), WaitLink.TRY_AGAIN: say("Try again")}
        status, sentence = self._status()
        bold = one_line(self._book.draft.name) if status is NameStatus.FREE else ""
        return NameCheckView(status, sentence, bold, link, texts.get(link, ""))

    def _status(self) -> tuple[NameStatus, str]:
        say, state = self._words.say, self._known
        if self._job.waits_for:
            return NameStatus.CHECKING, self._job.waits_for
        if self._unknown_why is not None:
            title = explain(self._words, self._unknown_why).title
            text = say("Not checked yet: {reason}. It is checked again on the next page.", reason=title)
            return NameStatus.NOT_CHECKED, text
        if state is None:
            return NameStatus.CHECKING if self._job.is_running else NameStatus.NOTHING, ""
        if state.taken_by:
            return NameStatus.TAKEN, ""
        if state.alike:
            other, group = state.alike[0]
            text = say(
                "Free, but “{other}” exists in {group}. Learners may mix them up.",
                other=one_line(other.external_platform),
                group=one_line(group) or say("the group"),
            )
            return NameStatus.SIMILAR, text
        return NameStatus.FREE, say("Learners see {name}. Free in this group.", name=one_line(self._book.draft.name))

    def _taken_problem(self) -> Problem:
        return Expected(Code.NAME_TAKEN, field=Field.NAME, name=one_line(self._book.draft.name))
