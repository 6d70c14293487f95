"""The summary of problems."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import Key
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.problem_summary import ProblemSummary


def test_problems_link_to_their_fields(theme: Theme, qtbot: QtBot) -> None:
    body = PageBody(theme, "Which platform?")
    qtbot.addWidget(body)
    summary = ProblemSummary(theme)
    field = FieldBox(theme, "Name", QLineEdit())
    body.add(summary)
    body.add(field)
    body.resize(600, 400)
    body.show()
    alone = field.y()
    summary.show_problems("2 answers are missing", [("name", "Enter a name"), ("id", "Paste the ID")])
    qtbot.waitUntil(lambda: field.y() > alone)
    with qtbot.waitSignal(summary.field_chosen) as told:
        QTest.keyClick(summary.links["id"], Key.Key_Return)
    assert told.args == ["id"]
    summary.clear()
    qtbot.waitUntil(lambda: field.y() == alone)
