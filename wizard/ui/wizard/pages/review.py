"""Page 4: every answer, the checks, the exact request; then the one button."""

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from wizard.core.checks import FRESH_FOR_S, Check, CheckResult, Outcome
from wizard.core.curl import INTEGRATIONS_PATH, Shell, curl, headers
from wizard.core.draft import Draft, Step
from wizard.core.integration import as_json
from wizard.core.problems import Code, Field, Problem
from wizard.core.progress import KeychainAsked, Progress
from wizard.core.text_safety import one_line
from wizard.jobs.integrations import preflight
from wizard.jobs.integrations.preflight import Checked
from wizard.ui.context import Context
from wizard.ui.runtime.runner import Handle
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.lines import LineIcon, ResultLine
from wizard.ui.widgets.page_body import Flow, PageBody, SectionRow
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.base import Page, named
from wizard.ui.wizard.pages.object_names import FIELDS, OBJECT_NAMES
from wizard.words.keychain_problems import asking
from wizard.words.labels import ROLES, check_sentences
from wizard.words.problems import explain

_ICONS: dict[Outcome, LineIcon] = {
    Outcome.PASSED: "ok",
    Outcome.WARNING: "warning",
    Outcome.FAILED: "problem",
    Outcome.NOT_POSSIBLE: "untested",
}
_FIELDS = {
    Check.SIGN_IN: Field.CLIENT_SECRET,
    Check.PLATFORM: Field.CLIENT_ID,
    Check.RIGHTS: Field.CLIENT_ID,
    Check.GROUP: Field.GROUP,
    Check.AUTHOR_ACTIVE: Field.AUTHOR,
    Check.AUTHOR_RIGHTS: Field.AUTHOR,
    Check.NAME_FREE: Field.NAME,
    Check.NAME_ALONE: Field.NAME,
    Check.VALUES: Field.NAME,
}
"""Where a check that did not pass is mended."""


class ReviewPage(Page):
    """What will be created, what was checked, what will be sent.

    Leaving runs stale or missing checks first.
    """

    step = Step.REVIEW

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        named(self, "reviewPage")
        self.setCommitPage(True)
        self._checked: Checked | None = None
        self._checked_draft: Draft | None = None
        self._handle: Handle[Checked] | None = None

    def cleanupPage(self) -> None:
        """Who goes back no longer asks to create."""
        self.stay()

    # ------------------------------------------------------------------ what is shown

    def build(self) -> Iterator[PageBody]:
        say, theme = self.say, self.theme
        body = PageBody(theme, say("Check everything before it is created"), " ", units=42.5)
        body.lead.set_muted(False)
        self.answers = AnswerList(theme)
        named(self.answers, "reviewSummary")
        self.answers.change_requested.connect(lambda key: self.change_requested.emit(Field(key)))
        self._time = Text(theme, "", "muted", wrap=False)
        again = self._again = LinkButton(theme, say("Run again"), name=say("Run the checks again"))
        named(again, "runChecks")
        again.clicked.connect(lambda: self.run_checks(goes_on=False))
        self._checks_head = SectionRow(theme, say("Checks"), self._time, again)
        self.checks = Card(theme)
        named(self.checks, "checkList")
        yield body
        self.technical = Disclosure(theme, say("For developers"), self._request(), note=say("The exact request"))
        named(self.technical.row, "technical")
        body.add(self.summary)
        body.add(SectionRow(theme, say("What will be created")))
        body.add(self.answers)
        body.add(self._checks_head, gap=24)
        body.add(self.checks)
        body.add(self.technical)
        yield body

    def _request(self) -> QWidget:
        say, theme = self.say, self.theme
        self.request = QPlainTextEdit(readOnly=True)
        named(self.request, "requestText")
        self.request.setAccessibleName(say("The exact request"))
        self.request.setTabChangesFocus(True)
        self.request.setMinimumHeight(theme.units(12))
        self.request.setFont(theme.font("fixed"))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.request)
        row = Flow(Text(theme, say("Copy as curl for"), "muted", wrap=False))
        names = {Shell.BASH: "bash", Shell.POWERSHELL: "PowerShell", Shell.CMD: "cmd"}
        for shell, name in names.items():
            button = Button(theme, name, icon="copy")
            named(button, f"copyCurl{name.capitalize()}")
            button.setAccessibleName(say("Copy as curl for {shell}", shell=name))
            button.clicked.connect(lambda _=False, shell=shell: self._on_copy_clicked(shell))
            row.add(button)
        column.addWidget(row)
        return box

    # ------------------------------------------------------------------ filling

    def fill(self) -> None:
        draft, say = self.draft, self.say
        if draft.connection is None or draft.problems():
            return
        platform = one_line(draft.connection.platform_name)
        lead = say(
            "One integration will be added in {platform}. Nothing will be changed or removed.", platform=platform
        )
        self._body().set_lead(lead, bold=platform)
        self._fill_answers(draft)
        self.request.setPlainText(self._request_text(draft))
        if self._checked_draft != draft:
            self.run_checks(goes_on=False)

    def _body(self) -> PageBody:
        return self.ensure_built()

    def _fill_answers(self, draft: Draft) -> None:
        say = self.say
        if draft.group is None or draft.author is None or draft.frequency is None:
            return
        path = self.context.words.listed(draft.group.path)
        group = draft.group.name if draft.group.path else ""
        role = say(ROLES.get(draft.author.role, ROLES["other"])) if draft.author.role else ""
        author = ", ".join(part for part in (draft.author.name, role) if part)
        completion = (
            say("When a learner opens the course")
            if draft.frequency.completes_at_launch
            else say("When progress says so")
        )
        logos = ", ".join(url for url in (draft.logo_url, draft.unicolor_logo_url) if url)
        rows = (
            (Field.GROUP, say("Group"), one_line(path) or say("Not looked up"), draft.group.id),
            (Field.AUTHOR, say("Author"), one_line(author) or say("Not looked up"), draft.author.id),
            (Field.NAME, say("Name"), draft.name, ""),
            (Field.SUBGROUPS, say("Subgroups"), self._subgroups(draft, one_line(group)), ""),
            (Field.PROGRESS, say("Completion"), completion, ""),
            (Field.START_PROGRESS, say("Start progress"), say("{percent}%", percent=draft.start_progress), ""),
            (Field.LOGO, say("Logos"), logos or say("None"), ""),
        )
        self.answers.clear()
        for field, label, value, small in rows:
            spoken = say("Change: {what}", what=label)
            self.answers.add(field, label, value, id_text=small, change=say("Change"), change_name=spoken)
        tab_after(self._body().heading, self.answers)

    def _subgroups(self, draft: Draft, group: str) -> str:
        if not draft.shows_in_subgroups:
            return self.say("No, visible in {group} only", group=group or self.say("the group"))
        count = draft.group.subgroups if draft.group else None
        if not count:
            # Nobody knows how many, or there are none yet.
            return self.say("Yes, visible in all subgroups")
        return self.count(
            "Yes, visible in {group} and {n} subgroup", "Yes, visible in {group} and {n} subgroups", count, group=group
        )

    def _request_text(self, draft: Draft) -> str:
        origin = draft.origin or ""
        lines = [f"POST {origin}{INTEGRATIONS_PATH}", *(f"{name}: {value}" for name, value in headers("***").items())]
        return "\n".join([*lines, "", as_json(draft.integration())])

    def _on_copy_clicked(self, shell: Shell) -> None:
        if self.draft.origin:
            QGuiApplication.clipboard().setText(curl(shell, self.draft.origin, self.draft.integration()))

    # ------------------------------------------------------------------ checks

    def run_checks(self, *, goes_on: bool) -> None:
        """Run the checks on this draft; `goes_on` creates as soon as they allow it."""
        self._goes_on = goes_on
        if self._handle:
            self._handle.drop()
        self._checked = None
        self._checked_draft = self.draft
        self._time.set_text("")
        self._checks_head.title.set_text(self.say("Checking…"))
        self._clear_checks()
        self._promise = Text(self.theme, self.say("Nothing is changed by these checks."), "muted")
        self.checks.column.addWidget(self._promise)
        self._handle = self.runner.start(
            preflight.run, self.draft, self._on_checked, self._on_failed, self._on_progress
        )

    def _on_progress(self, news: Progress) -> None:
        if isinstance(news, KeychainAsked):
            waits = self.say("Nothing is changed by these checks.") if news.is_answered else asking(self.context.words)
            self._promise.set_text(waits)

    def _clear_checks(self) -> None:
        column = self.checks.column
        while (item := column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _on_failed(self, problem: Problem) -> None:
        self._handle = None
        self._checked_draft = None
        if problem.code is Code.STOPPED:
            return
        shown = explain(self.context.words, problem)
        self._checks_head.title.set_text(self.say("The checks could not be made"))
        self._clear_checks()
        self.checks.column.addWidget(ResultLine(self.theme, shown.title, "problem", help_text=shown.text))

    def _on_checked(self, checked: Checked) -> None:
        self._handle = None
        self._checked = checked
        results = checked.results
        passed = [r for r in results if r.outcome is Outcome.PASSED]
        title = self.count(
            "{passed} of {n} check passed", "{passed} of {n} checks passed", len(results), passed=len(passed)
        )
        self._checks_head.title.set_text(title)
        self._time.set_text(self.context.words.clock(checked.at))
        self._clear_checks()
        self.checks.setAccessibleName(title)
        order = (Outcome.FAILED, Outcome.WARNING, Outcome.NOT_POSSIBLE)
        others = sorted((r for r in results if r not in passed), key=lambda r: order.index(r.outcome))
        for result in others:
            self.checks.column.addWidget(self._line(result))
        if others and passed:
            self.checks.column.addWidget(Hairline(self.theme))
        half = (len(passed) + 1) // 2
        left, right = self._lines(passed[:half]), self._lines(passed[half:])
        self.checks.column.addWidget(Columns(self.theme, left, right))
        tab_after(self._again, self.checks)
        if self._goes_on:
            self._goes_on = False
            # After this call, so that the page is whole before the window asks it again.
            QTimer.singleShot(0, self, self._on_may_go_on)

    def _on_may_go_on(self) -> None:
        if self.isVisible():
            self.leaving_allowed.emit()

    def _lines(self, results: list[CheckResult]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for result in results:
            column.addWidget(self._line(result))
        column.addStretch(1)
        return box

    def _line(self, result: CheckResult) -> ResultLine:
        title, text = check_sentences(self.context.words, result)
        names = {
            Outcome.PASSED: self.say("Passed"),
            Outcome.WARNING: self.say("Warning"),
            Outcome.FAILED: self.say("Failed"),
            Outcome.NOT_POSSIBLE: self.say("Not tested"),
        }
        is_bad = result.outcome in (Outcome.FAILED, Outcome.WARNING)
        field = _FIELDS.get(result.check) if is_bad else None
        line = ResultLine(
            self.theme,
            one_line(title),
            _ICONS[result.outcome],
            help_text=one_line(text),
            state_name=names[result.outcome],
        )
        if field:
            line.set_link(self.say("Change"), self.say("Change: {what}", what=one_line(title)))
            line.link_clicked.connect(lambda: self.change_requested.emit(field))
        return line

    def may_leave(self) -> bool:
        problems = self.draft.problems()
        if problems:
            self.show_problems(problems)
            return False
        is_fresh = self._checked is not None and self.runner.clock() - self._checked.at_s < FRESH_FOR_S
        if self._handle is not None or self._checked_draft != self.draft or not is_fresh:
            if self._handle is None or self._checked_draft != self.draft:
                self.run_checks(goes_on=True)
            self._goes_on = True
            return False
        failed = [r for r in (self._checked.results if self._checked else ()) if r.outcome is Outcome.FAILED]
        sentences = [
            (OBJECT_NAMES[_FIELDS.get(r.check, Field.NAME)], check_sentences(self.context.words, r)[0]) for r in failed
        ]
        title = self.count("{n} check stands in the way", "{n} checks stand in the way", len(failed))
        self.summary.show_problems(title if failed else "", sentences)
        return not failed

    def _on_field_chosen(self, key: str) -> None:
        self.change_requested.emit(FIELDS[key])

    @property
    def is_checked(self) -> bool:
        """Whether the results of this draft are shown."""
        return self._checked is not None and self._checked_draft == self.draft

    def forget_checks(self) -> None:
        """After a creation that failed: what was checked may no longer hold."""
        self._checked_draft = None
