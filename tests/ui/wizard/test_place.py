"""The page of the place alone: what is drawn of trees and lists, and what clicks and keys tell."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.flow.test_place import GROUPS
from tests.ui.layout import clipped
from tests.ui.wizard.hands import Hands
from wizard.core.groups import Group, build_tree
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import Waiting
from wizard.demo import Fault
from wizard.flow.wizard.picker import PAUSE_MS
from wizard.flow.wizard.place import PlacePresenter
from wizard.ui.context import Context
from wizard.ui.widgets.focus import FocusForwarder
from wizard.ui.wizard.pages.place import PlacePage

NONE_CHOSEN = "No group chosen yet"


class Window:
    """A person at the page."""

    def __init__(self, kit: Kit, context: Context, qtbot: QtBot) -> None:
        self.kit = kit
        self.presenter = PlacePresenter(kit.shared)
        self.page = PlacePage(context, self.presenter)
        qtbot.addWidget(self.page)
        self.page.resize(860, 560)
        self.presenter.attach(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.hands = Hands(self.page)
        kit.shared.book.open(kit.bench.draft(group=None, author=None))
        self.presenter.enter()

    def chosen_group(self) -> str:
        """The name of the group in the draft."""
        group = self.kit.shared.book.draft.group
        return group.name if group else ""

    def tree(self) -> QAbstractItemView:
        """The tree of groups."""
        return self.hands.find("groupTree", QAbstractItemView)

    def people(self) -> QAbstractItemView:
        """The list of people."""
        return self.hands.find("authorList", QAbstractItemView)

    def rows(self) -> list[str]:
        """The rows of the tree in sight."""
        view, found = self.page.group.view, []
        index = self.page.tree.index(0, 0)
        while index.isValid():
            found.append(str(index.data()))
            index = view.indexBelow(index)  # type: ignore[union-attr]
        return found

    def type(self, name: str, text: str) -> None:
        """Type into a field, letter by letter."""
        edit = self.hands.find(name, QLineEdit)
        edit.setFocus()
        QTest.keyClicks(edit, text)

    def pick(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Click a row."""
        view.scrollTo(index)
        self.hands.settle()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def summary(self, name: str) -> str:
        """What is read below a list."""
        return self.hands.find(f"{name}Summary").accessibleName()


@pytest.fixture
def make(kit: Kit, context: Context, qtbot: QtBot) -> Callable[[], Window]:
    return lambda: Window(kit, context, qtbot)


@pytest.fixture
def window(make: Callable[[], Window]) -> Window:
    return make()


# ------------------------------------------------------------------ choosing


def test_group_and_author_are_clicked(window: Window) -> None:
    assert window.rows()[:3] == ["ACME Academy", "Compliance", "Engineering"]  # the root is unfolded
    window.type("groupSearch", "dach")
    assert window.rows() == ["ACME Academy", "Sales", "DACH"]
    assert window.chosen_group() == ""
    window.pick(window.tree(), window.page.tree.index_named("DACH"))
    assert window.chosen_group() == "DACH"
    assert window.summary("group").startswith("Chosen, ACME Academy › Sales › DACH, ")
    author = window.page.people.index_of(window.kit.bench.user())
    window.pick(window.people(), author)
    assert window.summary("author") == "Chosen, Alex Martin, Editor in DACH · active"
    assert window.page.group.view.currentIndex().data() == "DACH"


def test_arrows_and_letters_choose(window: Window) -> None:
    window.type("groupSearch", "dach")
    QTest.keyClick(window.hands.focus, Qt.Key.Key_Down)
    assert window.hands.focus.objectName() == "groupTree"
    for _ in range(3):
        QTest.keyClick(window.hands.focus, Qt.Key.Key_Down)
    assert window.chosen_group() == "DACH"
    window.people().setFocus()
    QTest.keyClicks(window.people(), "alex")
    assert window.kit.shared.book.draft.author is not None


def test_the_choice_comes_back_when_the_search_is_emptied(window: Window) -> None:
    window.type("groupSearch", "dach")
    window.pick(window.tree(), window.page.tree.index_named("DACH"))
    window.type("groupSearch", "x")
    assert not window.page.group.view.currentIndex().isValid()
    assert window.summary("group").startswith("Chosen")
    QTest.keyClick(window.hands.focus, Qt.Key.Key_Escape)
    assert window.hands.find("groupSearch", QLineEdit).text() == ""
    assert window.page.group.view.currentIndex().data() == "DACH"


def test_another_draft_shows_that_nothing_is_chosen(window: Window) -> None:
    window.presenter.group.choose(window.kit.bench.group())
    window.presenter.author.choose(window.kit.bench.user())
    window.kit.shared.book.open(window.kit.bench.draft("other", group=None, author=None))
    window.presenter.enter()
    for view in (window.tree(), window.people()):
        assert not view.currentIndex().isValid()
        assert view.selectionModel().selectedIndexes() == []
    # Choosing it again tells.
    window.pick(window.tree(), window.page.tree.index_of(window.kit.bench.group("Sales")))
    assert window.chosen_group() == "Sales"


def test_to_draw_tells_nothing(window: Window) -> None:
    window.presenter.group.choose(window.kit.bench.group())
    draft, asked = window.kit.shared.book.draft, len(window.kit.bench.platform.received())
    for _ in range(3):
        window.presenter.publish()
    assert window.kit.shared.book.draft is draft
    assert len(window.kit.bench.platform.received()) == asked


def test_more_than_five_hundred_rows_stay_folded(window: Window) -> None:
    ids = [ObjectId(f"{number:024x}") for number in range(1_000)]
    groups = [Group(ids[n], f"Team {n:04}", ids[0] if n else None) for n in range(1_000)]
    view = window.presenter.group._groups
    assert view is not None
    window.presenter.group._groups = type(view)(build_tree(groups), ())
    window.presenter.publish()
    assert window.rows() == ["Team 0000"]
    window.type("groupSearch", "Team")
    assert window.rows() == ["Team 0000"]
    QTest.keyClicks(window.hands.focus, " 00")
    assert len(window.rows()) == 109


# ------------------------------------------------------------------ pasting


def test_the_list_swaps_for_a_field(window: Window) -> None:
    swap = window.hands.find("groupSwap", QAbstractButton)
    assert (swap.text(), swap.accessibleName()) == ("Paste a link", "Paste a link of the group")
    window.hands.click("groupSwap")
    assert window.hands.focus.objectName() == "groupPaste"
    assert (swap.text(), swap.accessibleName()) == ("Choose from the list", "Choose the group from the list")
    assert not window.hands.sees("groupTree")
    QTest.keyClicks(window.hands.focus, window.kit.bench.group())
    edit = window.hands.find("groupPaste", QLineEdit)
    edit.setCursorPosition(3)
    window.kit.asker.pass_ms(PAUSE_MS)
    assert window.summary("group").startswith("Chosen, ACME Academy › Sales › DACH")
    assert edit.cursorPosition() == 3
    window.page.focus(Field.GROUP)
    assert window.hands.focus.objectName() == "groupPaste"
    window.hands.click("groupSwap")
    assert window.hands.focus.objectName() == "groupSearch"
    assert window.page.group.view.currentIndex().data() == "DACH"


def test_a_link_of_both_leaves_the_focus_where_it_is(window: Window) -> None:
    window.hands.click("groupSwap")
    bench = window.kit.bench
    window.hands.find("groupPaste", QLineEdit).setText(
        f"https://app.360learning.com/group/{bench.group()}/users/profile/{bench.user()}"
    )
    window.kit.asker.pass_ms(PAUSE_MS)
    assert window.hands.focus.objectName() == "groupPaste"
    assert window.hands.sees("authorPaste")
    assert window.summary("author").startswith("Chosen, Alex Martin")
    assert window.hands.reads("This link belongs to app.360learning.com, but you are connected to 127.0.0.1.")


def test_only_a_field_where_nothing_can_be_listed(make: Callable[[], Window], kit: Kit) -> None:
    world = kit.bench.platform.world
    (credential,) = [one for one in world.credentials if one.client_id == kit.bench.credential.client_id]
    world.credentials.remove(credential)
    world.add(type(credential)(credential.client_id, credential.client_secret, frozenset({"integrations:read"})))
    window = make()
    assert window.hands.reads("These credentials cannot list groups.")
    assert (window.hands.sees("groupPaste"), window.hands.sees("groupSwap")) == (True, False)


# ------------------------------------------------------------------ problems and waits


def test_what_is_missing_is_listed_and_links_lead_there(window: Window) -> None:
    assert not window.presenter.may_leave()
    assert window.hands.focus is window.page.summary.title
    assert window.hands.reads("2 answers are missing or need a change")
    assert "Choose the group for the content." in window.page.fields[Field.GROUP].control.accessibleDescription()
    window.hands.click("problem_authorList")
    assert window.hands.focus.objectName() == "authorList"
    window.presenter.show_problem(Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP))
    assert window.hands.focus.objectName() == "groupTree"
    assert isinstance(window.page.fields[Field.GROUP].control, FocusForwarder)


def test_a_list_that_failed_is_read_again(make: Callable[[], Window], kit: Kit) -> None:
    kit.bench.platform.faults.add(Fault("status", "GET", GROUPS, times=None, status=503))
    window = make()
    assert window.summary("group") == "No groups read"
    link = window.hands.find("lineLink", QAbstractButton)
    assert (link.text(), link.accessibleName()) == ("Try again", "Read the groups again")
    kit.bench.platform.faults.clear()
    window.hands.click("lineLink")
    assert window.hands.reads(NONE_CHOSEN)
    assert not window.hands.sees("lineLink")


@pytest.mark.parametrize("by_key", [True, False])
def test_a_wait_is_told_and_stopped(make: Callable[[], Window], kit: Kit, *, by_key: bool) -> None:
    kit.asker.hold()
    window = make()
    assert window.hands.reads("Reading groups…")
    assert not window.hands.sees("stopReadingGroups")
    kit.asker.tell(Waiting(5))
    assert window.hands.reads("The platform asks us to wait. Going on in 5 seconds.")
    kit.asker.pass_ms(1_000)
    assert window.hands.reads("Going on in 4 seconds.")
    assert clipped(window.page) == []
    (window.hands.press if by_key else window.hands.click)("stopReadingGroups")
    assert window.hands.reads("No groups read")
    kit.asker.release()
    window.hands.press("lineLink")
    assert window.hands.reads(NONE_CHOSEN)


def test_people_can_be_stopped_too(window: Window) -> None:
    window.kit.asker.hold()
    window.presenter.group.choose(window.kit.bench.group())
    window.kit.asker.pass_ms(2_000)
    window.hands.click("stopReadingPeople")
    assert window.hands.reads("No people read")
    window.kit.asker.release()
    window.hands.click("lineLink")
    assert window.hands.reads("No author chosen yet")


def test_tab_goes_from_the_groups_to_the_people(window: Window) -> None:
    window.page.summary.title.setFocus()
    order = window.hands.tab_order(6)
    assert order == ["groupSwap", "groupSearch", "groupTree", "authorSwap", "authorSearch", "authorList"]
