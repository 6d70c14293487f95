"""The page of the behaviour: the name that learners see, and how the content behaves."""

from dataclasses import dataclass
from typing import Protocol

from wizard.core import cleaning
from wizard.core.draft import Frequency, Step
from wizard.core.integration import logo_problem
from wizard.core.problems import Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.wizard.logo_preview import LogoPreview, PreviewView
from wizard.flow.wizard.name_check import NameCheck, NameCheckView
from wizard.flow.wizard.page import Screen, Shared
from wizard.flow.wizard.page_problems import PageProblems, ProblemsView
from wizard.flow.wizard.steps import INFO
from wizard.jobs.integrations.logo_preview import Decode

LOGOS = (Field.LOGO, Field.UNICOLOR_LOGO)
MORE = (Field.START_PROGRESS, *LOGOS)
"""The fields that are folded away at first."""


@dataclass(frozen=True, slots=True)
class LogoView:
    """One address of a logo as it was typed, and its preview."""

    text: str
    preview: PreviewView


@dataclass(frozen=True, slots=True)
class BehaviourView:
    """All that the page shows: each answer with the sentence under it."""

    problems: ProblemsView
    name: str
    name_check: NameCheckView
    shows_in_subgroups: bool | None
    subgroups_sentence: str
    frequency: Frequency | None
    frequency_sentence: str
    start_progress: int
    start_progress_sentence: str
    logo: LogoView
    unicolor_logo: LogoView
    is_more_open: bool
    more_note: str


class BehaviourScreen(Screen[BehaviourView], Protocol):
    """The page, which also knows how pictures are decoded for it."""

    @property
    def decode_logo(self) -> Decode:
        """What decodes a picture for this page; it holds no part of the page, as a job keeps it."""


class BehaviourPresenter:
    """Positive questions with a live sentence each; the API's flags follow from the answers."""

    primary = ""

    def __init__(self, shared: Shared) -> None:
        self._book, self._words = shared.book, shared.words
        self._screen: BehaviourScreen | None = None
        self._problems = PageProblems(shared.words)
        self._draft_id = ""
        self._typed = dict.fromkeys((Field.NAME, *LOGOS), "")
        self._is_more_open = False
        self.name_check = NameCheck(shared, self._problems, self.publish)
        self._previews = {field: LogoPreview(shared, self.publish) for field in LOGOS}

    def attach(self, screen: BehaviourScreen) -> None:
        """Give it the page that draws what it publishes."""
        self._screen = screen
        self.publish()

    # ------------------------------------------------------------------ what the wizard asks

    def enter(self) -> None:
        """Show the draft as it is now, and look its name up again."""
        draft = self._book.draft
        if draft.id != self._draft_id:
            self._draft_id = draft.id
            self._problems.raise_all(())
        if cleaning.clean_platform_name(self._typed[Field.NAME]) != draft.name:
            self._typed[Field.NAME] = draft.name
        for field, url in self._urls():
            if cleaning.clean(self._typed[field]).value != url:
                self._typed[field] = url
        self._show_previews()
        self.name_check.recheck()
        self.publish()

    def may_leave(self) -> bool:
        """Whether all is answered, and the name is not known to be taken."""
        problems: tuple[Problem, ...] = self._book.draft.problems(Step.BEHAVIOUR)
        taken = self.name_check.taken
        if taken is not None:
            problems = (taken, *problems)
        self._open_more_for(problems)
        is_whole = self._problems.raise_all(problems)
        self.publish()
        return is_whole

    def stay(self) -> None:
        """Nothing: this page never goes on by itself."""

    def show_problem(self, problem: Problem) -> None:
        """Say a problem beside its field, and give the field the focus."""
        if problem.field in INFO[Step.BEHAVIOUR].fields:
            self._open_more_for((problem,))
            self._problems.raise_all((problem,))
            self.publish()
            if self._screen is not None:
                self._screen.focus(problem.field)

    def publish(self) -> None:
        """Publish the view state."""
        if self._screen is not None:
            self._screen.show_view(self._view())

    # ------------------------------------------------------------------ what a person does

    def type_name(self, text: str) -> None:
        """Type the name."""
        self._typed[Field.NAME] = text
        self._problems.mend(Field.NAME)
        self._book.answer(name=cleaning.clean_platform_name(text))
        self.name_check.restart()
        self.publish()

    def choose_subgroups(self, *, shows: bool) -> None:
        """Choose whether subgroups see the content, too."""
        self._problems.mend(Field.SUBGROUPS)
        self._book.answer(shows_in_subgroups=shows)
        self.publish()

    def choose_frequency(self, frequency: Frequency) -> None:
        """Choose how often progress comes back."""
        self._problems.mend(Field.PROGRESS)
        self._book.answer(frequency=frequency)
        self.publish()

    def choose_start_progress(self, percent: int) -> None:
        """Choose the progress with which a learner starts, in per cent."""
        self._problems.mend(Field.START_PROGRESS)
        self._book.answer(start_progress=percent)
        self.publish()

    def type_logo(self, field: Field, text: str) -> None:
        """Type the address of a logo, `Field.LOGO` or `Field.UNICOLOR_LOGO`."""
        self._typed[field] = text
        for logo in LOGOS:
            self._problems.mend(logo)
        url = cleaning.clean(text).value
        if field is Field.LOGO:
            self._book.answer(logo_url=url)
        else:
            self._book.answer(unicolor_logo_url=url)
        self._show_previews()
        self.publish()

    def leave_logos(self) -> None:
        """The field of an address is left: say what is wrong with it."""
        for field, url in self._urls():
            problem = logo_problem(url, field) if url else None
            if problem is None:
                self._problems.mend(field)
            else:
                self._problems.set(field, problem)
        self.publish()

    def preview(self, field: Field) -> None:
        """Fetch the picture of an address and show it."""
        if self._screen is not None:
            self._previews[field].fetch(self._screen.decode_logo)

    def stop_preview(self, field: Field) -> None:
        """Stop waiting for a picture."""
        self._previews[field].stop()

    def open_more(self, *, is_open: bool) -> None:
        """Unfold the rest of the questions, or fold them away."""
        self._is_more_open = is_open
        self.publish()

    # ------------------------------------------------------------------ what is shown

    def _urls(self) -> tuple[tuple[Field, str], ...]:
        draft = self._book.draft
        return (Field.LOGO, draft.logo_url), (Field.UNICOLOR_LOGO, draft.unicolor_logo_url)

    def _show_previews(self) -> None:
        for field, url in self._urls():
            self._previews[field].set_url(url)

    def _open_more_for(self, problems: tuple[Problem, ...]) -> None:
        self._is_more_open = self._is_more_open or any(problem.field in MORE for problem in problems)

    def _view(self) -> BehaviourView:
        say, draft = self._words.say, self._book.draft
        percent = draft.start_progress
        logo, unicolor = (LogoView(self._typed[field], self._previews[field].view()) for field in LOGOS)
        return BehaviourView(
            problems=self._problems.view(),
            name=self._typed[Field.NAME],
            name_check=self.name_check.view(),
            shows_in_subgroups=draft.shows_in_subgroups,
            subgroups_sentence=self._subgroups_sentence(),
            frequency=draft.frequency,
            frequency_sentence=self._frequency_sentence(),
            start_progress=percent,
            start_progress_sentence=say("A learner who clicks Start sees {percent}%.", percent=percent),
            logo=logo,
            unicolor_logo=unicolor,
            is_more_open=self._is_more_open,
            more_note=self._more_note(),
        )

    def _more_note(self) -> str:
        say = self._words.say
        logos = sum(1 for _field, url in self._urls() if url)
        note = say("Start progress {percent}%", percent=self._book.draft.start_progress)
        with_logos = self._words.count("{n} logo", "{n} logos", logos) if logos else say("no logos")
        return f"{note}, {with_logos}"

    def _frequency_sentence(self) -> str:
        frequency, say = self._book.draft.frequency, self._words.say
        if frequency is None:
            return ""
        if frequency.completes_at_launch:
            return say("A course is completed as soon as a learner opens it, so nobody is stuck in a path.")
        return say("A course is completed when its progress says so.")

    def _subgroups_sentence(self) -> str:
        draft, say = self._book.draft, self._words.say
        if draft.shows_in_subgroups is None or draft.group is None:
            return ""
        group = one_line(draft.group.name) if draft.group.path else say("the group")
        if not draft.shows_in_subgroups:
            return say("Visible in {group} only.", group=group)
        if draft.group.subgroups is None:
            return say("Visible in {group} and its subgroups.", group=group)
        if draft.group.subgroups == 0:
            return say("Visible in {group}. It has no subgroups yet; later ones will see it too.", group=group)
        return self._words.count(
            "Visible in {group} and {n} subgroup.",
            "Visible in {group} and {n} subgroups.",
            draft.group.subgroups,
            group=group,
        )
