"""The parts of the last page: the phases of a job, a card, or a result."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.flow.wizard.create_cards import CardView
from wizard.flow.wizard.create_result import ResultView
from wizard.flow.wizard.create_running import PhaseState, PhaseView
from wizard.flow.wizard.create_state import ActionButton, CreateAction, CreateState
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.action_list import ActionList
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.clear import clear
from wizard.ui.widgets.id_field import IdField
from wizard.ui.widgets.lines import LineIcon
from wizard.ui.widgets.page_body import Flow, SectionRow
from wizard.ui.widgets.progress_lines import ProgressLines, ProgressState
from wizard.ui.widgets.rescue_card import RescueCard
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.result_lines import result_line
from wizard.words import Words

_MARKS: Mapping[PhaseState, ProgressState] = {
    PhaseState.TO_DO: "todo",
    PhaseState.RUNNING: "running",
    PhaseState.DONE: "done",
}
_ICONS: Mapping[CreateState, LineIcon] = {CreateState.FAILED: "problem", CreateState.WITHDRAWN: "info"}
"""The cards of a known outcome; every other card is a rescue card."""


class CreateParts:
    """Fills one column; `press` is called with what a pressed button does."""

    def __init__(
        self, theme: Theme, words: Words, column: QVBoxLayout, press: Callable[[CreateAction], object]
    ) -> None:
        self._theme, self._words, self._column, self._press = theme, words, column, press
        self._lines: ProgressLines | None = None
        self._phases: tuple[PhaseView, ...] = ()

    def clear(self) -> None:
        """Take all away."""
        self._lines, self._phases = None, ()
        clear(self._column)

    # ------------------------------------------------------------------ a job that runs

    def show_progress(self, phases: tuple[PhaseView, ...]) -> None:
        """The phases of a job; called again, what has changed of them."""
        if self._lines is None:
            self._lines = ProgressLines(self._theme, [phase.text for phase in phases])
            self._lines.setObjectName("progressLines")
            self._put(self._lines)
            self._column.addStretch(1)
            self._phases = tuple(PhaseView(phase.text, PhaseState.TO_DO) for phase in phases)
        for row, (phase, before) in enumerate(zip(phases, self._phases, strict=True)):
            if phase != before:
                self._lines.set_step(row, _MARKS[phase.state], note=phase.note)
        self._phases = phases

    # ------------------------------------------------------------------ a card

    def show_card(self, state: CreateState, view: CardView) -> None:
        """A card, with what was sent below it."""
        card = self._card(state, view)
        self._put(card)
        if view.rows:
            self._put(SectionRow(self._theme, view.rows_title), 24)
            rows = AnswerList(self._theme)
            for label, value in view.rows:
                rows.add(label, label, value)
            self._put(rows, 8)
        if view.footnote:
            self._put(Text(self._theme, view.footnote, "help"), 12)
        self._column.addStretch(1)
        card.speak()

    def _card(self, state: CreateState, view: CardView) -> RescueCard:
        first, *others = view.buttons
        icon = _ICONS.get(state, "unknown")
        card = RescueCard(self._theme, view.title, view.paragraphs, first.text, bold=view.bold, state=icon)
        card.setObjectName("problemCard" if state in _ICONS else "rescueCard")
        card.button.setObjectName(first.name)
        card.primary_clicked.connect(lambda: self._press(first.action))
        for other in others:
            card.add_button(self._button(other))
        return card

    # ------------------------------------------------------------------ a result

    def show_result(self, view: ResultView) -> None:
        """An id that is known, what was checked, what differs, and the ways on."""
        self._put(Text(self._theme, self._words.say("Integration ID"), "section"))
        self._put(self._id_field(view.integration_id), 4)
        for number, line in enumerate(view.lines):
            self._put(result_line(self._theme, self._words, line), 16 if number == 0 else 8)
        if view.differences:
            rows = AnswerList(self._theme)
            rows.setObjectName("differences")
            for name, label, said in view.differences:
                rows.add(name, label, said)
            self._put(rows, 16)
        if view.buttons:
            self._put(Flow(*map(self._button, view.buttons), spacing=16), 16 if view.ways_on else 20)
        if view.ways_on:
            self._put(SectionRow(self._theme, self._words.say("What next")), 24)
            self._put(self._ways_on(view.ways_on), 8)
        self._column.addStretch(1)

    def _id_field(self, integration_id: str) -> IdField:
        say = self._words.say
        field = IdField(self._theme, say("Integration ID"), say("Copy"), say("Copied"))
        field.edit.setObjectName("integrationId")
        field.button.setObjectName("copyId")
        field.button.setAccessibleName(say("Copy the integration ID"))
        field.set_value(integration_id)
        return field

    def _ways_on(self, buttons: tuple[ActionButton, ...]) -> ActionList:
        ways = ActionList(self._theme)
        for button in buttons:
            ways.add(button.name, "plus", button.text).setObjectName(button.name)
        actions = {button.name: button.action for button in buttons}
        ways.chosen.connect(lambda name: self._press(actions[name]))
        return ways

    # ------------------------------------------------------------------

    def _button(self, of: ActionButton) -> Button | LinkButton:
        made = LinkButton(self._theme, of.text) if of.is_link else Button(self._theme, of.text)
        made.setObjectName(of.name)
        made.clicked.connect(lambda: self._press(of.action))
        return made

    def _put(self, widget: QWidget, gap: int = 0) -> None:
        if gap:
            self._column.addSpacing(gap)
        self._column.addWidget(widget)
