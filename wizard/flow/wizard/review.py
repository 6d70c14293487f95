"""Page 4: every answer, the checks, the exact request; then the one button."""

from dataclasses import dataclass, field, replace

from wizard.core.checks import FRESH_FOR_S
from wizard.core.curl import INTEGRATIONS_PATH, Shell, curl, headers
from wizard.core.draft import Draft
from wizard.core.integration import as_json
from wizard.core.problems import Field, Problem, Stopped
from wizard.core.text_safety import one_line
from wizard.flow.ask import Handle
from wizard.flow.wizard.answer_rows import AnswerRow, answer_rows
from wizard.flow.wizard.page import Screen, Shared
from wizard.flow.wizard.page_problems import PageProblems, ProblemsView
from wizard.flow.wizard.review_checks import ChecksView, checked_view, failed_view, in_the_way, running_view
from wizard.flow.wizard.stoppable_job import StoppableJob
from wizard.jobs.integrations import preflight
from wizard.jobs.integrations.preflight import Checked


@dataclass(frozen=True, slots=True)
class ReviewView:
    """All that the page shows. `platform` is the part of the lead that stands out; `request` holds no token."""

    lead: str = ""
    platform: str = ""
    rows: tuple[AnswerRow, ...] = ()
    checks: ChecksView = field(default_factory=lambda: ChecksView(""))
    request: str = ""
    problems: ProblemsView = field(default_factory=ProblemsView)


class ReviewPresenter:
    """What will be created, what was checked, what will be sent. Leaving runs stale or missing checks first."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._screen: Screen[ReviewView] | None = None
        self._draft: Draft | None = None
        """The complete draft that is shown."""
        self._job = StoppableJob(shared.asker, shared.words, self.publish)
        self._checked: Checked | None = None
        self._checked_draft: Draft | None = None
        self._failure: Problem | None = None
        self._problems = PageProblems(shared.words)
        self._summary = ProblemsView()
        self._goes_on = self._is_stopping = False
        self._going: Handle | None = None

    # ------------------------------------------------------------------ what the wizard asks

    @property
    def primary(self) -> str:
        """The next step is in the bar."""
        return ""

    @property
    def is_checked(self) -> bool:
        """Whether the results of this draft are shown."""
        return self._checked is not None and self._checked_draft == self._shared.book.draft

    @property
    def is_fresh(self) -> bool:
        """Whether the results are so new that they still hold."""
        return self._checked is not None and self._shared.asker.clock() - self._checked.at_s < FRESH_FOR_S

    def attach(self, screen: Screen[ReviewView]) -> None:
        """Take the page that shows this."""
        self._screen = screen
        self.publish()

    def enter(self) -> None:
        """Show the draft, and check it if that was not done."""
        draft = self._shared.book.draft
        if draft.connection is not None and not draft.problems():
            self._draft = draft
            if self._checked_draft != draft:
                self._run_checks(draft, goes_on=False)
                return
        self.publish()

    def may_leave(self) -> bool:
        """Whether it may be created now; runs the checks first if they are missing or old, and then goes on."""
        draft = self._shared.book.draft
        if draft.problems():
            self._problems.raise_all(draft.problems())
            self._summarize(self._problems.view())
            return False
        if self._job.is_running and self._checked_draft == draft:
            self._goes_on = True
            return False
        if self._checked is None or self._checked_draft != draft or not self.is_fresh:
            self._run_checks(draft, goes_on=True)
            return False
        found = in_the_way(self._shared.words, self._checked)
        count = self._shared.words.count
        title = count("{n} check stands in the way", "{n} checks stand in the way", len(found))
        self._summarize(ProblemsView(title=title if found else "", listed=found, takes_focus=False))
        return not found

    def _summarize(self, summary: ProblemsView) -> None:
        """Show what keeps the page from being left, and say it again each time it is asked for."""
        self._summary = replace(summary, raised=self._summary.raised + 1)
        self.publish()

    def stay(self) -> None:
        """Do not create by itself any more, whatever was pressed before."""
        self._goes_on = False
        going, self._going = self._going, None
        if going is not None:
            going.drop()

    def show_problem(self, problem: Problem) -> None:
        """Nothing: the answers of this page are changed on others."""

    def forget_checks(self) -> None:
        """After a creation that failed: what was checked may no longer hold."""
        self._checked_draft = None

    def publish(self) -> None:
        """Publish the view state again."""
        if self._screen is not None:
            self._screen.show_view(self._view())

    # ------------------------------------------------------------------ what a person does

    def run_checks(self) -> None:
        """Run the checks again; nothing is created after them."""
        self._run_checks(self._shared.book.draft, goes_on=False)

    def stop_checking(self) -> None:
        """Stop waiting for the checks. Where the keychain asks, they end at once and tell that it gave no secret."""
        self.stay()
        self._is_stopping = True
        if self._job.stop():
            self._on_failed(Stopped())
        else:
            self.publish()

    def change(self, field: Field) -> None:
        """Go back to an answer."""
        self._shared.navigation.change(field)

    def curl(self, shell: Shell) -> str:
        """The request as a command for a terminal; the token in it is a variable of that terminal."""
        draft = self._draft
        return curl(shell, draft.origin, draft.integration()) if draft and draft.origin else ""

    # ------------------------------------------------------------------ checks

    def _run_checks(self, draft: Draft, *, goes_on: bool) -> None:
        self.stay()
        self._goes_on = goes_on
        self._is_stopping = False
        self._job.forget()
        self._checked = self._failure = None
        self._checked_draft = draft
        # What stood in the way may do so no more.
        self._summary = ProblemsView(raised=self._summary.raised)
        self.publish()
        self._job.start(preflight.run, draft, self._on_checked, self._on_failed)

    def _on_failed(self, problem: Problem) -> None:
        self._checked_draft, self._failure = None, problem
        self.stay()
        self.publish()

    def _on_checked(self, checked: Checked) -> None:
        self._checked = checked
        self.publish()
        if self._goes_on:
            # In a turn of its own, so that the page is whole before it is asked again.
            self._going = self._shared.asker.later(0, self._go_on)

    def _go_on(self) -> None:
        self.stay()
        self._shared.navigation.go_on()

    # ------------------------------------------------------------------ showing

    def _view(self) -> ReviewView:
        draft, words = self._draft, self._shared.words
        if draft is None or draft.connection is None:
            return ReviewView(checks=ChecksView(words.say("Checks")), problems=self._summary)
        platform = one_line(draft.connection.platform_name)
        return ReviewView(
            lead=words.say(
                "One integration will be added in {platform}. Nothing will be changed or removed.", platform=platform
            ),
            platform=platform,
            rows=answer_rows(words, draft),
            checks=self._checks(),
            request=_request_text(draft),
            problems=self._summary,
        )

    def _checks(self) -> ChecksView:
        words = self._shared.words
        if self._failure is not None:
            return failed_view(words, self._failure)
        if self._checked is not None:
            return checked_view(words, self._checked)
        return running_view(words, self._job.waits_for, can_stop=self._job.can_stop and not self._is_stopping)


def _request_text(draft: Draft) -> str:
    """The create request as it goes out, with stars for the token."""
    lines = [f"POST {draft.origin}{INTEGRATIONS_PATH}", *(f"{name}: {value}" for name, value in headers("***").items())]
    return "\n".join([*lines, "", as_json(draft.integration())])
