"""The checks on the review page: their heading with the time, and the card with their lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.flow.result_line import LineView
from wizard.flow.wizard.review import ReviewPresenter
from wizard.flow.wizard.review_checks import ChecksView
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.clear import clear
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.focus import tab_after
from wizard.ui.widgets.page_body import Flow, SectionRow
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.pages.result_lines import result_line
from wizard.words import Words


class ChecksPart:
    """`head` and `card` are there to be put on the page, one below the other."""

    def __init__(self, theme: Theme, words: Words, presenter: ReviewPresenter) -> None:
        self._theme, self._words, self._presenter = theme, words, presenter
        say = words.say
        self._shown = ChecksView("")
        self._time = Text(theme, "", "muted", wrap=False)
        self._again = LinkButton(theme, say("Run again"), name=say("Run the checks again"))
        self._again.setObjectName("runChecks")
        self._again.clicked.connect(lambda: presenter.run_checks())
        self.head = SectionRow(theme, say("Checks"), self._time, self._again)
        self.card = Card(theme)
        self.card.setObjectName("checkList")
        self._note = Text(theme, "", "muted")
        self._stop = LinkButton(theme, say("Stop waiting"))
        self._stop.setObjectName("stopChecks")
        self._stop.clicked.connect(lambda: presenter.stop_checking())
        self._waiting, waiting = _column(8)
        waiting.addWidget(self._note)
        waiting.addWidget(Flow(self._stop))
        self._results, self._lines = _column(8)
        for box in (self._waiting, self._results):
            box.hide()
            self.card.column.addWidget(box)

    def show_view(self, view: ChecksView) -> None:
        """Show the checks as they are now."""
        if view == self._shown:
            return
        last, self._shown = self._shown, view
        self.head.title.set_text(view.title)
        self._time.set_text(view.time)
        self.card.setAccessibleName(view.title)
        self._note.set_text(view.note)
        self._show_stop(is_shown=view.can_stop)
        self._waiting.setVisible(bool(view.note))
        if (view.others, view.passed) != (last.others, last.passed):
            self._show_lines(view)
        self._results.setVisible(bool(view.others or view.passed))
        tab_after(self._again, self.card)

    def _show_stop(self, *, is_shown: bool) -> None:
        had_focus = self._stop.hasFocus()
        self._stop.setVisible(is_shown)
        if had_focus and not is_shown:
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_lines(self, view: ChecksView) -> None:
        clear(self._lines)
        for line in view.others:
            self._lines.addWidget(self._line(line))
        if view.others and view.passed:
            self._lines.addWidget(Hairline(self._theme))
        if view.passed:
            half = (len(view.passed) + 1) // 2
            columns = Columns(self._theme, self._half(view.passed[:half]), self._half(view.passed[half:]))
            self._lines.addWidget(columns)

    def _half(self, views: Sequence[LineView]) -> QWidget:
        box, column = _column(6)
        for view in views:
            column.addWidget(self._line(view))
        column.addStretch(1)
        return box

    def _line(self, view: LineView) -> QWidget:
        return result_line(self._theme, self._words, view, self._presenter.change)


def _column(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return box, column
