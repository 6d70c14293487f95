"""The kit by keyboard, by name, and without a picture: what each widget says and does."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Look, Theme
from wizard.ui.widgets.action_list import WayOnList
from wizard.ui.widgets.answers import AnswerList
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.empty import EmptyState
from wizard.ui.widgets.field import Field, FieldPair
from wizard.ui.widgets.idfield import IdField
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.number import NumberEdit
from wizard.ui.widgets.page import PageBody
from wizard.ui.widgets.pick_views import DETAIL_ROLE, PickList, PickTree, SearchField
from wizard.ui.widgets.progress import ProgressLines
from wizard.ui.widgets.rescue import ProblemSummary, RescueCard
from wizard.ui.widgets.secret import SecretEdit
from wizard.ui.widgets.steps import StepList
from wizard.ui.widgets.strip import Strip
from wizard.ui.widgets.text import Text

Key = Qt.Key


def _tree(theme: Theme) -> PickTree:
    tree = PickTree(theme, "Group")
    model = QStandardItemModel(tree)
    root = QStandardItem("ACME")
    for name in ("Compliance", "Engineering", "Sales"):
        root.appendRow(QStandardItem(name))
    model.appendRow(root)
    tree.setModel(model)
    tree.expandAll()
    return tree


def _people(theme: Theme) -> PickList:
    people = PickList(theme, "Author")
    model = QStandardItemModel(people)
    for name, detail in (("Anna Berger", "Admin"), ("Jean Dupont", "Editor")):
        item = QStandardItem(name)
        item.setData(detail, DETAIL_ROLE)
        item.setData(f"{name}, {detail}", Qt.ItemDataRole.AccessibleTextRole)
        model.appendRow(item)
    people.setModel(model)
    return people


def _steps(theme: Theme) -> StepList:
    steps = StepList(theme, "New integration", ["Connect", "Place", "Behaviour"])
    steps.set_states(["done", "now", "todo"], ["Connect, done", "Place, now", "Behaviour, to do"])
    return steps


def _answers(theme: Theme) -> AnswerList:
    answers = AnswerList(theme)
    answers.add("group", "Group", "Sales", id_text="5f0c", change="Change", change_name="Change group")
    answers.add("name", "Name", "Udemy", change="Change", change_name="Change name")
    return answers


def _ways(theme: Theme) -> WayOnList:
    ways = WayOnList(theme)
    ways.add("share", "share-2", "Share with more groups")
    ways.add("again", "plus", "Create another")
    return ways


WIDGETS: dict[str, Callable[[Theme], QWidget]] = {
    "link": lambda t: LinkButton(t, "Change", name="Change group"),
    "field": lambda t: Field(t, "Customer name", QLineEdit(), help_text="Only for your list"),
    "pair": lambda t: FieldPair(t, Field(t, "ID", QLineEdit()), Field(t, "Secret", SecretEdit(t, "Show it"))),
    "choices": lambda t: Field(t, "Address", Choices(t, [("eu", "Europe"), ("us", "United States")])),
    "number": lambda t: Field(t, "Start progress", NumberEdit(t, 0, 100, suffix=" %")),
    "search": lambda t: SearchField(t, "Search groups", "Search 3 groups"),
    "tree": _tree,
    "people": _people,
    "result": lambda t: ResultLine(t, "Passed", link="Open it", state_name="Passed"),
    "answers": _answers,
    "disclosure": lambda t: Disclosure(t, "More", Text(t, "Inside"), note="Nothing set"),
    "progress": lambda t: ProgressLines(t, ["Creating", "Checking", "Saving"]),
    "id": lambda t: IdField(t, "Integration ID", "Copy", "Copied"),
    "ways": _ways,
    "rescue": lambda t: RescueCard(t, "No answer", ("It broke.",), "Look now", link="What was sent"),
    "empty": lambda t: EmptyState(t, "library", "Nothing", "Create one.", "Create", secondary="Bring", link="Try"),
    "steps": _steps,
    "page": lambda t: PageBody(t, "Which platform?", "You need two values."),
}


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK, Look.CONTRAST_DARK])
def test_each_widget_paints_itself_and_survives_a_switch_of_colours(
    theme: Theme, qtbot: QtBot, name: str, look: Look
) -> None:
    widget = WIDGETS[name](theme)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    before = widget.grab().toImage()
    theme.set_look(look)
    after = widget.grab().toImage()
    assert (before == after) == (look is Look.LIGHT)


def test_a_number_is_as_high_as_a_line_and_both_are_quiet_when_disabled(theme: Theme, qtbot: QtBot) -> None:
    edit, number = QLineEdit("8080"), NumberEdit(theme, 1, 9)
    for widget in (edit, number):
        qtbot.addWidget(widget)
        widget.show()
        before = widget.grab().toImage().pixelColor(20, 4).name()
        widget.setEnabled(False)
        assert widget.grab().toImage().pixelColor(20, 4).name() == theme.tones.side.name() != before
    assert edit.sizeHint().height() == number.sizeHint().height()


def test_what_stands_further_below_is_read_out_with_the_control(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Logo", QLineEdit(), help_text="A picture.")
    qtbot.addWidget(field)
    field.set_problem("Not an address.")
    field.describe_more("Too large.")
    assert field.control.accessibleDescription() == "A picture. Not an address. Too large."
    field.describe_more("")
    assert field.control.accessibleDescription() == "A picture. Not an address."


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


def test_text_shows_markup_and_obeys_none(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, "<b>x</b> & <i>y</i>")
    qtbot.addWidget(text)
    assert text.textFormat() == Qt.TextFormat.PlainText
    text.set_text("Connected to <img src=x>", bold="<img src=x>")
    assert "<img" not in text.text()
    assert text.plain() == text.accessibleName() == "Connected to <img src=x>"
    text.set_text("Nothing bold", bold="elsewhere")
    assert text.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_painted_buttons_are_pressed_by_keys(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    ways, link, plain = _ways(theme), LinkButton(theme, "Open"), Button(theme, "Copy")
    for widget in (ways, link, plain):
        qtbot.addWidget(widget)
    with qtbot.waitSignal(ways.chosen) as told:
        QTest.keyClick(ways.rows["again"], key)
    assert told.args == ["again"]
    for button in (link, plain):
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(button, key)
    assert link.sizeHint().height() >= 24


def test_a_field_shows_its_problem_before_its_live_sentence(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "Name", QLineEdit(), help_text="Shown to learners", live=True)
    qtbot.addWidget(field)
    field.show()
    empty = field.height()
    field.set_live("Learners see Udemy.", "ok", bold="Udemy")
    field.set_problem("Enter a name.")
    assert field.line.line() == field.problem() == "Enter a name."
    assert "Enter a name." in field.control.accessibleDescription()
    field.set_problem(None)
    assert field.line.line() == "Learners see Udemy."
    assert field.sizeHint().height() == empty
    assert field.control.accessibleName() == "Name"


def test_a_pair_of_fields_stacks_when_room_ends(theme: Theme, qtbot: QtBot) -> None:
    left, right = Field(theme, "ID", QLineEdit()), Field(theme, "Secret", QLineEdit())
    pair = FieldPair(theme, left, right)
    qtbot.addWidget(pair)
    pair.resize(theme.units(40), 200)
    pair.show()
    assert left.control.mapTo(pair, left.control.rect().topLeft()).y() == right.control.mapTo(
        pair, right.control.rect().topLeft()).y()  # fmt: skip
    pair.resize(theme.units(20), 400)
    qtbot.waitUntil(lambda: right.box.y() > left.box.y())


def test_choices_tell_only_what_a_person_chose(theme: Theme, qtbot: QtBot) -> None:
    choices = Choices(theme, [("eu", "Europe"), ("us", "United States")])
    qtbot.addWidget(choices)
    told: list[str] = []
    choices.chosen.connect(told.append)
    choices.set_value("eu")
    assert (choices.value(), told) == ("eu", [])
    choices.show()
    choices.activateWindow()
    choices.button("eu").setFocus()
    qtbot.waitUntil(choices.button("eu").hasFocus)
    QTest.keyClick(choices.button("eu"), Key.Key_Down)
    assert (choices.value(), told) == ("us", ["us"])
    choices.set_value("")
    assert choices.value() == ""


def test_a_secret_is_seen_only_while_the_eye_is_pressed(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    edit = SecretEdit(theme, "Show the secret while pressed")
    qtbot.addWidget(edit)
    edit.show()
    edit.setText("canary")
    assert edit.displayText() != "canary"
    QTest.keyPress(edit.eye, Key.Key_Space)
    assert edit.displayText() == "canary"
    qapp.clipboard().setText("before")
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == "before"
    QTest.keyRelease(edit.eye, Key.Key_Space)
    assert edit.displayText() != "canary"
    assert edit.text() == "canary"
    assert edit.eye.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_tree_is_chosen_from_by_arrows_and_typing(theme: Theme, qtbot: QtBot) -> None:
    tree = _tree(theme)
    qtbot.addWidget(tree)
    tree.show()
    told: list[str] = []
    tree.chosen.connect(lambda index: told.append(index.data()))
    tree.choose(tree.model().index(0, 0))
    QTest.keyClick(tree, Key.Key_Down)
    QTest.keyClicks(tree, "Sal")
    assert told == ["ACME", "Compliance", "Sales"]


def test_people_are_chosen_by_typing_and_by_assistive_technology(theme: Theme, qtbot: QtBot) -> None:
    people = _people(theme)
    qtbot.addWidget(people)
    people.show()
    told: list[QModelIndex] = []
    people.chosen.connect(told.append)
    QTest.keyClicks(people, "Jean")
    assert told[-1].data() == "Jean Dupont"
    table = QAccessible.queryAccessibleInterface(people)
    row = table.child(0)
    assert row.text(QAccessible.Text.Name) == "Anna Berger, Admin"
    assert table.selectionInterface() is not None
    table.selectionInterface().select(row)
    assert told[-1].data() == "Anna Berger"


def test_search_hands_on_to_its_list(theme: Theme, qtbot: QtBot) -> None:
    search, people = SearchField(theme, "Search people", "Search"), _people(theme)
    box = QWidget()
    qtbot.addWidget(box)
    for widget in (search, people):
        widget.setParent(box)
    search.set_target(people)
    box.show()
    box.activateWindow()
    search.setFocus()
    QTest.keyClicks(search, "an")
    QTest.keyClick(search, Key.Key_Down)
    qtbot.waitUntil(people.hasFocus)
    QTest.keyClick(search, Key.Key_Escape)
    assert search.text() == ""


def test_a_disclosure_builds_its_content_when_first_opened(theme: Theme, qtbot: QtBot) -> None:
    built: list[Text] = []

    def build() -> Text:
        built.append(Text(theme, "Inside"))
        return built[-1]

    disclosure = Disclosure(theme, "More", build, note="Nothing set")
    qtbot.addWidget(disclosure)
    disclosure.show()
    assert not built
    QTest.keyClick(disclosure.row, Key.Key_Space)
    assert disclosure.is_open()
    assert built[0].isVisible()
    QTest.keyClick(disclosure.row, Key.Key_Return)
    assert not built[0].isVisible()
    assert len(built) == 1


def test_the_arc_turns_only_while_it_is_seen_and_may(theme: Theme, qtbot: QtBot) -> None:
    lines = ProgressLines(theme, ["Creating", "Checking"])
    qtbot.addWidget(lines)
    lines.set_step(0, "running", "Creating: sending one request")
    mark = lines._marks[0]
    assert not mark.is_turning()
    lines.show()
    assert mark.is_turning()
    theme.set_reduced_motion(True)
    assert not mark.is_turning()
    theme.set_reduced_motion(False)
    assert mark.is_turning()
    lines.hide()
    assert not mark.is_turning()
    place = lines._texts[1].pos()
    lines.show()
    lines.set_step(0, "done", "Created", note="0.4 s")
    assert lines._texts[1].pos() == place


def test_an_id_is_copied_and_says_so(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    field = IdField(theme, "Integration ID", "Copy", "Copied")
    qtbot.addWidget(field)
    field.show()
    field.set_value("673f5b0e9d1c2a0012ab34cd")
    width = field.button.width()
    with qtbot.waitSignal(field.copied):
        QTest.keyClick(field.button, Key.Key_Return)
    assert qapp.clipboard().text() == "673f5b0e9d1c2a0012ab34cd"
    assert field.button.text() == "Copied"
    assert field.button.width() == width
    qtbot.waitUntil(lambda: field.button.text() == "Copy", timeout=4000)


def test_problems_link_to_their_fields(theme: Theme, qtbot: QtBot) -> None:
    body = PageBody(theme, "Which platform?")
    qtbot.addWidget(body)
    summary = ProblemSummary(theme)
    field = Field(theme, "Name", QLineEdit())
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


def test_change_says_what(theme: Theme, qtbot: QtBot) -> None:
    answers = _answers(theme)
    qtbot.addWidget(answers)
    link = answers.rows["group"].change
    assert link is not None
    assert link.accessibleName() == "Change group"
    with qtbot.waitSignal(answers.change_requested) as told:
        QTest.keyClick(link, Key.Key_Return)
    assert told.args == ["group"]
    assert answers.rows["group"].accessibleName() == "Group: Sales"


def test_only_done_steps_can_be_pressed(theme: Theme, qtbot: QtBot) -> None:
    steps = _steps(theme)
    qtbot.addWidget(steps)
    steps.show()
    with qtbot.waitSignal(steps.step_chosen) as told:
        QTest.keyClick(steps.items[0], Key.Key_Return)
    assert told.args == [0]
    assert [one.focusPolicy() == Qt.FocusPolicy.NoFocus for one in steps.items] == [False, True, True]
    assert steps.items[0].accessibleName() == "Connect, done"


def test_the_strip_says_who_it_is(theme: Theme, qtbot: QtBot) -> None:
    strip = Strip(theme)
    qtbot.addWidget(strip)
    strip.show_customer("ACME", "EU · app.360learning.com", "#2f6fde", "Practice")
    strip.resize(400, strip.sizeHint().height())
    assert strip.grab().toImage().pixelColor(5, 1).name() == "#2f6fde"
    assert strip.accessibleName() == "ACME, EU · app.360learning.com, Practice"
