"""The wizard's window: the draft, the way between the pages, and what is kept."""

import importlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent

from wizard.core.address import Region, host_of, region_of
from wizard.core.draft import Answers, Draft, Step
from wizard.core.problems import Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.wizard.steps import ORDER, STEPS
from wizard.ui.context import Context
from wizard.ui.theme.tones import CUSTOMER_COLOURS
from wizard.ui.widgets.step_list import StepMark
from wizard.ui.wizard.draft_saver import DraftKeeper
from wizard.ui.wizard.pages.base import Page, explained
from wizard.ui.wizard.pending import UnfinishedFirst

if TYPE_CHECKING:
    from wizard.core.customers import Customer
    from wizard.core.progress import Report
    from wizard.core.store_news import News
    from wizard.jobs.computer.start import Started
    from wizard.services import Services
    from wizard.ui.wizard.pages.later import LaterPages

_STEP_OF_FIELD = {
    **dict.fromkeys((Field.CUSTOMER, Field.ADDRESS, Field.CLIENT_ID, Field.CLIENT_SECRET), Step.CONNECT),
    **dict.fromkeys((Field.GROUP, Field.AUTHOR), Step.PLACE),
}


class WizardWindow(UnfinishedFirst):
    """One task, one integration. Holds the draft, which is the only place where answers are true.

    `closed` tells that the window has gone; jobs may still be ending.
    """

    closed = Signal()

    def __init__(self, context: Context, *, platform_url: str = "") -> None:
        super().__init__(context)
        self.runner = context.runner
        self._platform_url = platform_url
        self.keeper = DraftKeeper(context.runner, self._on_keep_failed, self)
        self._wire()
        self.setWindowTitle(self.say("New integration"))
        self.resize(self.sizeHint())
        self.restart()

    def _wire(self) -> None:
        say = self.say
        for name, text in (
            ("cancel", say("Cancel")),
            ("back", say("Back")),
            ("next", say("Next")),
            ("create", say("Create integration")),
            ("close", say("Close")),
            ("stop", say("Stop waiting")),
        ):
            self.set_bar_text(name, text)  # type: ignore[arg-type]
        self.steps.step_chosen.connect(self.go_back_to)
        self.cancel_requested.connect(self._on_cancel_requested)
        self.currentIdChanged.connect(self.enter_step)
        self.connect_page.resume_chosen.connect(self._on_resume_chosen)
        self.connect_page.discard_chosen.connect(self._on_discard_chosen)

    def wire_page(self, page: Page) -> None:
        page.answered.connect(self._on_answered)
        page.leaving_allowed.connect(self.go_on)
        page.primary_changed.connect(self._settle_primary)
        page.change_requested.connect(self._on_change_requested)
        page.refused.connect(self._on_refused)

    def wire_later(self, later: "LaterPages") -> None:
        create = later.create
        self.bar_button("stop").clicked.connect(create.stop_waiting)
        create.state_changed.connect(self.show_create_state)
        create.mend_requested.connect(self._on_mend_requested)
        create.another_requested.connect(self._on_another_requested)
        create.secret_requested.connect(self.on_secret_requested)
        create.later_requested.connect(self.on_later_requested)

    # ------------------------------------------------------------------ the start

    def begin(self) -> None:
        """Read what is on this computer. Called after the first paint, so that nobody waits for it."""
        self.runner.start(_begin, None, self._on_started, self._on_start_failed)

    def _on_started(self, started: "Started") -> None:
        self.make_later_pages()
        self.customers = {c.id: c for c in started.customers}
        self.drafts = {d.id: d for d in started.drafts}
        self.unfinished = list(started.pending)
        self.connect_page.show_customers(started.customers)
        if self._platform_url:
            self.draft = self.draft.with_answers(region=Region.OTHER, address=self._platform_url)
        elif self.runner.is_practice and started.customers:
            self.connect_page.choose_saved(started.customers[0])
        if not self.show_unfinished():
            self.offer_draft()
            self.pages[Step.CONNECT].load(self.draft)
        self.name_customer()
        self._show_store_news(started.news)

    def _show_store_news(self, news: "tuple[News, ...]") -> None:
        """On the page that is shown first, and then they count as told."""
        if news:
            from wizard.jobs.computer import start

            page = self.create_page if self.currentId() == ORDER[Step.CREATE] else self.connect_page
            page.show_store_news(news)
            self.runner.start(start.told, None)

    def _on_start_failed(self, problem: Problem) -> None:
        self.make_later_pages()
        self.connect_page.show_store_problem(explained(self.context, problem))

    def _on_resume_chosen(self, draft_id: str) -> None:
        self.resume(self.drafts[draft_id])

    def _on_discard_chosen(self, draft_id: str) -> None:
        self.drafts.pop(draft_id, None)
        self.keeper.discard(draft_id)
        self.offer_draft()

    def resume(self, draft: Draft, field: Field | None = None, problem: Problem | None = None) -> None:
        """Go on with a draft, at the page where it was left or where `field` is."""
        self.draft = draft
        self.connect_page.offer_draft(None)
        if self.currentId() != ORDER[Step.CONNECT]:
            self.restart()
        step = _STEP_OF_FIELD.get(field, Step.BEHAVIOUR) if field else draft.step
        at = min(ORDER[step], ORDER[Step.REVIEW])
        for earlier, number in ORDER.items():
            if number < at and draft.problems(earlier):
                at = number
        self.name_customer()
        self.advance_to(at, lambda: self._on_arrived(problem))

    def _on_arrived(self, problem: Problem | None = None) -> None:
        self.enter_step(self.currentId())
        if problem:
            self._say_on_page(problem)

    # ------------------------------------------------------------------ answers

    def _on_answered(self, answers: dict[str, object]) -> None:
        self.draft = self.draft.with_answers(**cast(Answers, answers))
        self.pages[STEPS[self.currentId()].step].take(self.draft)
        connection = answers.get("connection")
        if connection is not None:
            self.customers = {c.id: c for c in self.connect_page.customers}
            self.name_customer()
        self._settle_primary()
        self.keeper.keep(self.draft)
        self.build_ahead()

    def keep_draft(self) -> None:
        """Write the answers down now, whatever happened to them on the way."""
        self.keeper.keep(self.draft)

    def _on_keep_failed(self, problem: Problem) -> None:
        shown = explained(self.context, problem)
        self.pages[STEPS[self.currentId()].step].summary.show_problems(
            f"{shown.title}. {shown.text}", [("", shown.detail)]
        )

    # ------------------------------------------------------------------ the way between the pages

    def validateCurrentPage(self) -> bool:
        """QWizard asks this before it goes on."""
        self.make_later_pages()
        if self.is_moving:
            return True
        page = self.pages[STEPS[self.currentId()].step]
        if page.draft.id != self.draft.id:
            # Somebody was faster than the turn in which the page is filled.
            self.enter_step(self.currentId())
        if not page.may_leave() or (page is self.connect_page and self.go_back_to_card()):
            return False
        return self.is_ready_for_next()

    def go_back_to(self, step: int) -> None:
        """Back to an earlier page; what was answered later stays."""
        if self.create_page.is_running:
            return
        with self.moving():
            while self.currentId() > step:
                self.back()
        self.enter_step(self.currentId())

    def enter_step(self, number: int) -> None:
        if self.is_moving or number < 0:
            return
        step = STEPS[number].step
        if step is Step.CREATE:
            self.draft = replace(self.draft, step=STEPS[number].step)
            self.create_page.start(self.draft)
            return
        self.draft = replace(self.draft, step=STEPS[number].step)
        self.pages[step].load(self.draft)
        self._show_steps()
        self._settle_bar()
        self.name_customer()
        self.keeper.keep(self.draft)

    def _on_change_requested(self, field: Field) -> None:
        if field is Field.CLIENT_SECRET:
            self.connect_page.ask_for_secret()
        self.go_back_to(ORDER[_STEP_OF_FIELD.get(field, Step.BEHAVIOUR)])
        self.focus_soon(field)

    def _on_refused(self, problem: Problem) -> None:
        self.go_back_to(ORDER[Step.CONNECT])
        self.connect_page.show_refusal(problem)

    def focus_soon(self, field: Field) -> None:
        """Give a field the focus after the page that was just entered has given it to its heading."""
        QTimer.singleShot(0, self, lambda: self.pages[STEPS[self.currentId()].step].focus_field(field))

    def _on_mend_requested(self, problem: Problem | None) -> None:
        field = problem.field if problem else None
        self.review_page.forget_checks()
        creation = self.create_page.creation
        if creation and creation.draft_id in self.drafts and self.visitedIds() != list(ORDER.values()):
            self.resume(self.drafts[creation.draft_id], field or Field.NAME, problem)
            return
        self.go_back_to(ORDER[_STEP_OF_FIELD.get(field, Step.BEHAVIOUR) if field else Step.REVIEW])
        if problem:
            self._say_on_page(problem)

    def _say_on_page(self, problem: Problem) -> None:
        page = self.pages[STEPS[self.currentId()].step]
        if problem.field in page.fields:
            page.show_problems([problem])
            self.focus_soon(problem.field)

    def _on_another_requested(self) -> None:
        """A new draft for the same customer; nothing is typed again."""
        if self.show_unfinished():
            return
        made = self.create_page.creation
        self.begin_anew(self.customers.get(made.customer_id if made else self.draft.customer_id))
        if self.draft.connection:
            self.advance_to(ORDER[Step.PLACE], self._on_arrived)

    # ------------------------------------------------------------------ what the frame shows

    def show_create_state(self) -> None:
        if STEPS[self.currentId()].step is not Step.CREATE:
            return
        view = self.create_page.view
        self._show_steps(is_over=view.is_over)
        self._settle_bar()
        heading = self.create_page.ensure_built().heading
        self.setWindowTitle(heading.plain())
        from wizard.ui.wizard.pages.create_state import State

        if view.is_over or self.create_page.state is State.WITHDRAWN:
            self.drafts.pop(self.draft.id, None)
            from wizard.jobs.computer import backups

            self.runner.start(backups.run, None)

    def _show_steps(self, *, is_over: bool = False) -> None:
        now = self.currentId()
        states: list[StepMark] = [
            "done" if n < now or (is_over and n == now) else "now" if n == now else "todo" for n in range(len(Step))
        ]
        self.steps.set_states(states, [self._spoken(*of) for of in zip(states, self.steps.names, strict=True)])
        # Once a create may have been sent there is no way back to the answers but through the page itself.
        for item in self.steps.items:
            item.setEnabled(item.isEnabled() and now != ORDER[Step.CREATE])
        if now != ORDER[Step.CREATE]:
            self.setWindowTitle(self.say("{step} · New integration", step=self.steps.names[max(0, now)]))

    def _spoken(self, state: StepMark, step: str) -> str:
        """A step with its state, for those who cannot see the marks."""
        if state == "done":
            return self.say("{step}, done", step=step)
        return self.say("{step}, now", step=step) if state == "now" else self.say("{step}, to do", step=step)

    def _settle_bar(self) -> None:
        step = STEPS[self.currentId()].step
        if step is Step.CREATE:
            self.show_bar(self.create_page.view.left, self.create_page.view.right)
        elif step is Step.CONNECT:
            self.set_bar_text("next", self.say("Next"))
            self.show_bar(("cancel",), ("next",))
        elif step is Step.REVIEW:
            self.set_bar_text("create", self._create_text())
            self.show_bar(("cancel",), ("back", "create"))
        else:
            last = step is Step.BEHAVIOUR
            self.set_bar_text("next", self.say("Review answers") if last else self.say("Next"))
            self.show_bar(("cancel",), ("back", "next"))
        self._settle_primary()

    def _create_text(self) -> str:
        """The result on the button; without the platform where there is no room for its name."""
        platform = self.draft.connection.platform_name if self.draft.connection else ""
        text = self.say("Create integration in {platform}", platform=one_line(platform).replace("&", "&&"))
        room = self.width() - self.steps.width() - self.theme.units(18)
        is_wide = self.fontMetrics().horizontalAdvance(text) > room
        return self.say("Create integration") if not platform or is_wide else text

    def _settle_primary(self) -> None:
        number = self.currentId()
        if number < 0:
            return
        step = STEPS[number].step
        button = self.pages[step].primary()
        if button is None:
            name = "create" if step is Step.REVIEW else "next"
            if step is Step.CREATE:
                wanted = self.create_page.view.primary
                self.set_primary(self.bar_button(wanted) if wanted else None)
                return
            button = self.bar_button(name)  # type: ignore[arg-type]
        self.set_primary(button)

    def name_customer(self, customer: "Customer | None" = None) -> None:
        """The strip above every page but the first; in practice above that one, too."""
        customer = customer or self.customers.get(self.draft.customer_id)
        pill = self.say("Practice") if self.runner.is_practice else ""
        for step, page in self.pages.items():
            if customer and step is not Step.CONNECT:
                region = region_of(customer.origin)
                short = {Region.EU: self.say("EU"), Region.US: self.say("US")}.get(region, "")
                detail = " · ".join(part for part in (short, host_of(customer.origin)) if part)
                colour = CUSTOMER_COLOURS[customer.colour % len(CUSTOMER_COLOURS)]
                page.show_customer(one_line(customer.title), detail, colour, pill)
            elif pill:
                page.show_customer(self.say("Practice platform"), self.say("Nothing real is changed"), "", pill)

    # ------------------------------------------------------------------ the end

    def _on_cancel_requested(self) -> None:
        if STEPS[self.currentId()].step is Step.CREATE:
            if not self.create_page.is_running:
                self._leave()
            return
        if not self.draft.has_answers:
            self._leave()
            return
        # Whoever thinks about leaving has taken back what was pressed before.
        self.pages[STEPS[self.currentId()].step].stay()
        from wizard.ui.dialogs.leave import LeaveDialog

        question = LeaveDialog(self.context, self)
        question.kept.connect(self._leave)
        question.discarded.connect(self._on_discarded)
        question.open()

    def _on_discarded(self) -> None:
        self.keeper.discard(self.draft.id, self._leave)

    def accept(self) -> None:
        """The bar's *Close*."""
        self._leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's X: the draft is kept already, so there is nothing to ask."""
        self._leave()
        event.accept()

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()


def _begin(services: "Services", given: None, report: "Report", stop: threading.Event) -> "Started":
    """The first job, and with it the imports of the later pages: the window's thread does not wait for either."""
    from wizard.jobs.computer import start

    importlib.import_module("wizard.ui.wizard.pages.later")

    return start.run(services, given, report, stop)
