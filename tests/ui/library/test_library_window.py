"""The library's window with its real presenter: what is shown, chosen, copied and read out."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.asker import AskAtOnce
from tests.helpers.library import listed, remote_id
from tests.ui.layout import clipped
from tests.words.pseudo import pseudo_words
from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.flow.library import LibraryPresenter
from wizard.jobs.integrations.saved import Saved
from wizard.services import Services
from wizard.ui.library.table_model import Column, IntegrationTable
from wizard.ui.library.window import LibraryWindow
from wizard.ui.theme.theme import Appearance, Theme
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.card import NoteCard
from wizard.ui.widgets.customer_banner import CustomerBanner
from wizard.words import Words, open_words


@dataclass
class Home:
    """An open library, and how often a new integration was wanted."""

    presenter: LibraryPresenter
    window: LibraryWindow
    begun: list[None] = field(default_factory=list)

    @property
    def shown_id(self) -> str:
        """The id in the details."""
        edit = self.window.findChild(QLineEdit, "detailId")
        assert edit is not None
        return edit.text()

    def button(self, name: str) -> QPushButton:
        """A button in sight."""
        button = self.window.findChild(QPushButton, name)
        assert button is not None
        assert button.isVisible()
        return button

    def row(self, number: int) -> QPoint:
        """The middle of a row."""
        return self.window.table.visualRect(self.window.model.index(number, 0)).center()


def open_home(
    qtbot: QtBot, theme: Theme, data_dir: Path, *, words: Words | None = None, practice: bool = False
) -> Home:
    """A library with its services; those of practice make no folder, as nothing is asked of them."""
    begun: list[None] = []
    services = Services(data_dir, is_practice=practice)
    words = words or open_words("en")
    presenter = LibraryPresenter(AskAtOnce(services), words, lambda: begun.append(None))
    window = LibraryWindow(theme, words, presenter)
    window.add_link(LinkButton(theme, words.say("Help")))
    qtbot.addWidget(window, before_close_func=lambda _window: services.close())
    with qtbot.waitExposed(window):
        window.show()
    return Home(presenter, window, begun)


@pytest.fixture
def home(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Home:
    """A library with three integrations."""
    made = open_home(qtbot, theme, tmp_path)
    made.presenter.show(listed(3))
    return made


def test_names_stay_for_ever(home: Home) -> None:
    assert home.window.objectName() == "library"
    for name in ("integrationTable", "detailId", "copyDetailId", "newIntegrationButton"):
        assert home.window.findChild(QWidget, name) is not None


def test_the_latest_is_chosen_and_its_details_are_shown(home: Home) -> None:
    assert home.shown_id == remote_id(2)
    assert home.window.details.title.plain() == "Safety films"
    assert home.window.details.customer.plain() == "ACME Academy (ACME) · app.360learning.com"
    assert home.window.lead.plain() == "3 integrations are saved on this computer"


def test_a_click_chooses_a_row(home: Home) -> None:
    QTest.mouseClick(home.window.table.viewport(), Qt.MouseButton.LeftButton, pos=home.row(1))
    assert home.shown_id == remote_id(1)
    assert home.window.details.customer.plain() == "Borealis Group · borealis.360learning.com"


def test_arrows_choose_a_row(home: Home, qtbot: QtBot) -> None:
    home.window.activateWindow()
    qtbot.waitUntil(home.window.table.hasFocus)
    QTest.keyClick(home.window.table, Qt.Key.Key_Down)
    assert home.shown_id == remote_id(1)
    QTest.keyClick(home.window.table, Qt.Key.Key_End)
    assert home.shown_id == remote_id(0)
    QTest.keyClicks(home.window.table, "Link")
    assert home.shown_id == remote_id(1)


def test_what_is_shown_again_tells_the_presenter_nothing(home: Home) -> None:
    chosen: list[str] = []
    home.window.table.row_chosen.connect(chosen.append)
    home.presenter.show(listed(4))
    assert home.shown_id == remote_id(3)
    home.presenter.publish()
    assert chosen == []


def test_copy_copies_and_says_so_for_two_seconds(home: Home, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    copy = home.button("copyDetailId")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == remote_id(2)
    assert copy.text() == "Copied"
    assert copy.accessibleName() == "Copy the integration ID"
    qtbot.waitUntil(lambda: copy.text() == "Copy", timeout=3000)


def test_another_choice_takes_copied_back(home: Home, qtbot: QtBot) -> None:
    QTest.mouseClick(home.button("copyDetailId"), Qt.MouseButton.LeftButton)
    home.presenter.choose("integration-0")
    assert home.button("copyDetailId").text() == "Copy"


def test_the_copy_keys_copy_the_id_of_the_row(home: Home) -> None:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(home.window.table, Qt.Key.Key_Up)
    QTest.keyClick(home.window.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == home.shown_id == remote_id(2)


def test_new_integration_by_mouse_and_keys(home: Home, qtbot: QtBot) -> None:
    new = home.button("newIntegrationButton")
    assert new.property("accent") is True
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    QTest.keyClick(new, Qt.Key.Key_Return)
    home.window.activateWindow()
    qtbot.waitUntil(home.window.isActiveWindow)
    QTest.keyClick(home.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert len(home.begun) == 3


def test_a_held_key_begins_nothing(home: Home) -> None:
    # Whoever still holds Enter from the last page of a wizard opens no other.
    QTest.keyClick(home.window.table, Qt.Key.Key_Return)
    assert home.begun == []


def test_tab_goes_as_the_eye_does(home: Home, qtbot: QtBot) -> None:
    home.window.activateWindow()
    qtbot.waitUntil(home.window.table.hasFocus)
    seen = []
    for _ in range(6):
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
        focus = _focus()
        seen.append(focus.objectName() or type(focus).__name__)
    assert seen == ["detailId", "copyDetailId", "LinkButton", "newIntegrationButton", "integrationTable", "detailId"]


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def test_the_ring_of_the_keyboard_is_not_there_for_the_mouse(home: Home, qtbot: QtBot) -> None:
    home.window.activateWindow()
    qtbot.waitUntil(home.window.table.hasFocus)

    def edge() -> str:
        table, row = home.window.table, home.window.table.visualRect(home.window.model.index(0, 0))
        return table.viewport().grab().toImage().pixelColor(table.viewport().width() - 2, row.center().y()).name()

    assert edge() == home.window.theme.tones.selection.name()
    QTest.keyClick(home.window.table, Qt.Key.Key_Tab)
    QTest.keyClick(_focus(), Qt.Key.Key_Backtab)
    qtbot.waitUntil(home.window.table.hasFocus)
    assert edge() == home.window.theme.tones.accent.name()


def test_what_is_not_saved_has_no_details(home: Home) -> None:
    home.presenter.show(())
    assert not home.window.details.isVisible()
    assert home.window.lead.plain() == "No integrations saved yet."
    home.presenter.show(listed(1))
    assert home.window.details.isVisible()


def test_news_and_problems_stand_on_cards(home: Home) -> None:
    home.presenter.show_problem(Expected(Code.STORE_READ_ONLY))
    assert [card.objectName() for card in _cards(home)] == ["storeProblem"]
    home.presenter.show_news((News(NewsKind.RESTORED, "2026-02-01T08:00:05+00:00", "set-aside"),))
    assert [card.objectName() for card in _cards(home)] == ["storeProblem", "storeNews"]
    first = _cards(home)
    home.presenter.choose("integration-0")
    assert _cards(home) == first
    home.presenter.show(listed(3))
    assert [card.objectName() for card in _cards(home)] == ["storeNews"]


def _cards(home: Home) -> list[NoteCard]:
    QTest.qWait(20)  # a new card is shown when the layout has made room for it
    return [card for card in home.window.findChildren(NoteCard) if card.isVisible()]


def test_practice_is_named(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    home = open_home(qtbot, theme, tmp_path, practice=True)
    banners = home.window.findChildren(CustomerBanner)
    assert [banner.accessibleName() for banner in banners] == ["Practice platform, Nothing real is changed, Practice"]


def test_a_table_of_assistive_technology(home: Home) -> None:
    interface = QAccessible.queryAccessibleInterface(home.window.table)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Saved integrations"
    spoken = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    assert spoken[:4] == ["Name", "Customer", "Group", "Integration ID"]
    assert spoken[8:12] == ["LinkedIn Learning", "Borealis Group", "Sales › DACH", remote_id(1)]


def test_the_model_keeps_the_rules_of_qt(home: Home) -> None:
    model = IntegrationTable(open_words("en"))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for rows in (home.window.model.rows, (), home.window.model.rows[:1]):
        model.set_rows(rows)
    assert not model.index_of("nothing").isValid()
    assert model.key_of(model.index_of("nothing")) == ""
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    del tester


def test_closing_tells_it(home: Home, qtbot: QtBot) -> None:
    with qtbot.waitSignal(home.window.closed):
        home.window.close()
    assert not home.window.isVisible()


# ---------------------------------------------------------------------- looks


def _long() -> tuple[Saved, ...]:
    integration, customer = listed(1)[0]
    desired = replace(integration.desired, external_platform="A name as long as names of platforms ever get " * 3)
    labels = replace(
        integration.labels, group=("Top", *(f"Subgroup number {n}" for n in range(9))), author="Maximilian " * 6
    )
    return ((replace(integration, desired=desired, labels=labels), customer),)


@pytest.mark.parametrize(
    ("size", "font"),
    [
        *((size, 1.0) for size in ((1600, 1000), (960, 640), (853, 480), (640, 400))),
        ((960, 640), 2.0),
        ((853, 480), 2.0),
    ],
)
def test_nothing_is_clipped(
    qtbot: QtBot, theme: Theme, qapp: QApplication, tmp_path: Path, size: tuple[int, int], font: float
) -> None:
    large = qapp.font()
    large.setPointSizeF(large.pointSizeF() * font)
    qapp.setFont(large)
    home = open_home(qtbot, theme, tmp_path, words=pseudo_words())
    for rows in (listed(3), _long()):
        home.presenter.show(rows)
        home.window.resize(*size)
        qtbot.wait(60)
        assert clipped(home.window) == []


def test_columns_go_where_there_is_no_room(home: Home) -> None:
    def hidden() -> list[Column]:
        return [column for column in Column if home.window.table.isColumnHidden(column)]

    home.window.resize(home.window.theme.units(60), 640)
    assert hidden() == []
    home.window.resize(home.window.theme.units(50), 640)
    assert hidden() == [Column.REMOTE_ID]
    home.window.setMinimumSize(0, 0)
    home.window.resize(home.window.theme.units(39), 640)
    assert hidden() == [Column.GROUP, Column.REMOTE_ID]


def test_colours_follow_the_system(home: Home) -> None:
    def ground() -> str:
        return home.window.grab().toImage().pixelColor(5, 5).name()

    light = ground()
    home.window.theme.set_appearance(Appearance.DARK)
    assert ground() != light
    assert ground() == home.window.theme.tones.window.name()
