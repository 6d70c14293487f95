"""What holds for every widget."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.samples import sample_actions, sample_answers, sample_people, sample_steps, sample_tree
from wizard.ui.theme.theme import Appearance, Theme
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import FieldBox, FieldPair
from wizard.ui.widgets.id_field import IdField
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.number_edit import NumberEdit
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.pick_views import SearchField
from wizard.ui.widgets.progress_lines import ProgressLines
from wizard.ui.widgets.rescue_card import RescueCard
from wizard.ui.widgets.secret_edit import SecretEdit
from wizard.ui.widgets.text import Text


def _result(theme: Theme) -> ResultLine:
    line = ResultLine(theme, "Passed", state_name="Passed")
    line.set_link("Open it")
    return line


def _rescue(theme: Theme) -> RescueCard:
    card = RescueCard(theme, "No answer", ("It broke.",), "Look now")
    card.add_link("What was sent")
    return card


WIDGETS: dict[str, Callable[[Theme], QWidget]] = {
    "link": lambda t: LinkButton(t, "Change", name="Change group"),
    "field": lambda t: FieldBox(t, "Customer name", QLineEdit(), help_text="Only for your list"),
    "pair": lambda t: FieldPair(t, FieldBox(t, "ID", QLineEdit()), FieldBox(t, "Secret", SecretEdit(t, "Show it"))),
    "choices": lambda t: FieldBox(t, "Address", Choices(t, [("eu", "Europe"), ("us", "United States")])),
    "number": lambda t: FieldBox(t, "Start progress", NumberEdit(t, 0, 100, suffix=" %")),
    "search": lambda t: SearchField(t, "Search groups", "Search 3 groups"),
    "tree": sample_tree,
    "people": sample_people,
    "result": _result,
    "answers": sample_answers,
    "disclosure": lambda t: Disclosure(t, "More", Text(t, "Inside"), note="Nothing set"),
    "progress": lambda t: ProgressLines(t, ["Creating", "Checking", "Saving"]),
    "id": lambda t: IdField(t, "Integration ID", "Copy", "Copied"),
    "actions": sample_actions,
    "rescue": _rescue,
    "steps": sample_steps,
    "page": lambda t: PageBody(t, "Which platform?", "You need two values."),
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST_DARK])
def test_each_widget_paints_itself_and_survives_a_switch_of_colours(
    theme: Theme, qtbot: QtBot, name: str, look: Appearance
) -> None:
    widget = WIDGETS[name](theme)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    before = widget.grab().toImage()
    theme.set_appearance(look)
    after = widget.grab().toImage()
    assert (before == after) == (look is Appearance.LIGHT)


@pytest.mark.parametrize("name", WIDGETS)
def test_whatever_takes_the_focus_has_a_name(theme: Theme, qtbot: QtBot, name: str) -> None:
    top = WIDGETS[name](theme)
    qtbot.addWidget(top)
    top.show()
    for widget in (top, *top.findChildren(QWidget)):
        inner = isinstance(widget.parentWidget(), NumberEdit)
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible() or inner:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        assert told is not None
        assert told.text(QAccessible.Text.Name).strip(), widget
