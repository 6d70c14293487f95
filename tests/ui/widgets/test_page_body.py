"""The layout of a page."""

from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.page_body import PageBody


def test_leads_of_one_and_of_two_lines_keep_the_same_gap(theme: Theme, qtbot: QtBot) -> None:
    gaps = []
    for lead in ("One line.", "Many words " * 20):
        body = PageBody(theme, "Heading", lead)
        qtbot.addWidget(body)
        body.resize(700, 400)
        body.show()
        qtbot.wait(30)
        top = body.lead.mapTo(body, body.lead.rect().topLeft()).y()
        bottom = body.heading.mapTo(body, body.heading.rect().bottomLeft()).y()
        inside = (body.lead.height() - body.lead.fontMetrics().height()) // 2 if lead == "One line." else 0
        gaps.append(top + inside - bottom)
    assert abs(gaps[0] - gaps[1]) <= 1
