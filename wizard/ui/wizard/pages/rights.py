"""The card that tells what a checked connection can do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.core.customers import Right
from wizard.flow.wizard.connect_view import RightLine, RightsView
from wizard.ui.context import Context
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.lines import LineIcon, ResultLine
from wizard.ui.widgets.text import Text

_ICONS: dict[Right, LineIcon] = {
    Right.CONFIRMED: "ok",
    Right.MISSING: "warning",
    Right.UNTESTABLE: "untested",
    Right.UNKNOWN: "untested",
}


class RightsCard(Card):
    """The platform's name, the time it took, and each right with what a missing one costs."""

    again_clicked = Signal()

    def __init__(self, context: Context, view: RightsView) -> None:
        super().__init__(context.theme)
        say = context.words.say
        head = ResultLine(context.theme, view.title, "ok", bold=view.platform, state_name=say("Passed"))
        again = LinkButton(context.theme, say("Check again"), name=say("Check the connection again"))
        again.setObjectName("checkAgain")
        again.clicked.connect(self.again_clicked)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(head, 1)
        row.addWidget(Text(context.theme, view.took, "muted", wrap=False))
        row.addWidget(again)
        self.column.addLayout(row)
        self.column.addWidget(Hairline(context.theme))
        left, right = (self._column_of(lines) for lines in view.columns)
        self.column.addWidget(Columns(context.theme, left, right))
        sentences = [view.title]
        if view.not_kept is not None:
            title, text = view.not_kept
            self.column.addWidget(Hairline(context.theme))
            self.column.addWidget(
                ResultLine(context.theme, title, "warning", help_text=text, state_name=say("Warning"))
            )
            sentences += [title, text]
        self.setAccessibleName(". ".join(sentences))

    def _column_of(self, lines: tuple[RightLine, ...]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        for line in lines:
            state = _ICONS[line.right]
            column.addWidget(ResultLine(self.theme, line.name, state, help_text=line.text, state_name=line.state_name))
        column.addStretch(1)
        return box
