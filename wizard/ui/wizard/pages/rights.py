"""The card that tells what a checked connection can do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.core.customers import Right, Scope
from wizard.core.text_safety import one_line
from wizard.jobs.connection.connect import Connected
from wizard.ui.context import Context
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import Card
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.text import Text
from wizard.words.labels import SCOPES, WITHOUT
from wizard.words.problems import explain

_SHOWN = (
    (Scope.INTEGRATIONS_READ, Scope.USERS_READ, Scope.INTEGRATIONS_WRITE),
    (Scope.GROUPS_READ, Scope.COURSES_READ, Scope.BULK_OPERATIONS_READ),
)


class RightsCard(Card):
    """The platform's name, the time it took, and each right with what a missing one costs."""

    again_clicked = Signal()

    def __init__(self, context: Context, connected: Connected) -> None:
        super().__init__(context.theme)
        self._context = context
        say = context.words.say
        customer = connected.customer
        platform = one_line(customer.title)
        title = say("Connected to {platform}", platform=platform)
        head = ResultLine(context.theme, title, "ok", bold=platform, state_name=say("Passed"))
        seconds = say("{seconds} s", seconds=max(0.1, connected.elapsed_s))
        again = LinkButton(context.theme, say("Check again"), name=say("Check the connection again"))
        again.setObjectName("checkAgain")
        again.clicked.connect(self.again_clicked)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(head, 1)
        row.addWidget(Text(context.theme, seconds, "muted", wrap=False))
        row.addWidget(again)
        self.column.addLayout(row)
        self.column.addWidget(Hairline(context.theme))
        left, right = (self._column_of(scopes, customer.rights) for scopes in _SHOWN)
        self.column.addWidget(Columns(context.theme, left, right))
        self.sentences = [title]
        if connected.not_kept is not None:
            shown = explain(context.words, connected.not_kept)
            self.column.addWidget(Hairline(context.theme))
            self.column.addWidget(
                ResultLine(context.theme, shown.title, "warning", help_text=shown.text, state_name=say("Warning"))
            )
            self.sentences += [shown.title, shown.text]
        self.setAccessibleName(". ".join(self.sentences))

    def _column_of(self, scopes: tuple[Scope, ...], rights: object) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        for scope in scopes:
            right = rights.get(scope, Right.UNKNOWN) if isinstance(rights, dict) else Right.UNKNOWN
            column.addWidget(self._line(scope, right))
        column.addStretch(1)
        return box

    def _line(self, scope: Scope, right: Right) -> ResultLine:
        say, theme = self._context.words.say, self._context.theme
        name = say(SCOPES[scope])
        if right is Right.CONFIRMED:
            return ResultLine(theme, name, "ok", state_name=say("Confirmed"))
        if right is Right.MISSING:
            cost = say(WITHOUT.get(scope, ""))
            return ResultLine(theme, name, "warning", help_text=cost, state_name=say("Missing"))
        if right is Right.UNTESTABLE:
            reason = say("Cannot be tested without writing")
            return ResultLine(theme, name, "untested", help_text=reason, state_name=say("Not tested"))
        reason = say("The platform did not answer")
        return ResultLine(theme, name, "untested", help_text=reason, state_name=say("Not tested"))
