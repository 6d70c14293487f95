"""The contract for whoever drives the program from outside: the names of things, on every page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget, QWizardPage
from pytestqt.qtbot import QtBot

from tests.helpers.made import creation
from tests.journeys.driver import Person
from wizard.core.creation import Creation, State
from wizard.core.draft import Step
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration, Labels
from wizard.flow.wizard.steps import STEPS
from wizard.ui.theme.theme import Theme

CONTRACT = {
    "connectPage": (
        "customerName regionEu regionUs regionOther platformAddress clientId clientSecret checkConnection "
        "connectionResult problemSummary"
    ),
    "placePage": "groupSearch groupTree groupPaste authorList authorPaste groupSummary authorSummary problemSummary",
    "behaviourPage": (
        "platformName subgroupsYes subgroupsNo progressOften progressDaily progressUnsure startProgress logoUrl "
        "unicolorLogoUrl problemSummary"
    ),
    "reviewPage": "reviewSummary checkList requestText problemSummary",
    "createPage": "createState problemSummary",
}
BAR = "backButton nextButton createButton cancelButton closeButton stopWaitingButton"
ID = ObjectId("5f00000000000000000000aa")


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, theme: Theme) -> Iterator[Person]:
    made = Person(qtbot, tmp_path / "data", url="http://127.0.0.1:9")
    yield made
    made.leave()


@pytest.mark.parametrize("page", CONTRACT)
def test_object_names(person: Person, page: str) -> None:
    assert person.window.objectName() == "wizard"
    [info] = [one for one in STEPS if one.page == page]
    person.act(lambda: person.window.page_of(info.step))
    [found] = person.window.findChildren(QWizardPage, page)
    for name in CONTRACT[page].split():
        assert len(found.findChildren(QWidget, name)) == 1, name


def test_names_of_the_bar(person: Person) -> None:
    for name in BAR.split():
        button = person.window.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.text(), name
        assert "<" not in button.text(), name
        assert ">" not in button.text(), name


def _creation(state: State) -> Creation:
    wanted = Integration("Atelier", ID, ID, True, 0, False)
    rows = (Difference("default_progress", 0, 5),) if state is State.DIFFERENT else ()
    labels = Labels("ACME", ("Sales",), "Alex")
    return creation(state, wanted, labels, differences=rows, planned_at="2026-01-02T03:04:05+00:00")


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.PLANNED, "rescueCard lookNow onlyLook later"),
        (State.SENT, "rescueCard lookNow onlyLook later"),
        (State.UNKNOWN, "rescueCard lookNow onlyLook later"),
        (State.CREATED, "integrationId copyId lookNow later"),
        (State.VERIFIED, "integrationId copyId createAnother"),
        (State.DIFFERENT, "integrationId copyId differences lookNow createAnother"),
        (State.GONE, "integrationId copyId createAnother"),
        (State.WITHDRAWN, "problemCard createAnother"),
    ],
)
def test_names_of_the_ends(person: Person, state: State, names: str) -> None:
    page = person.window.page_of(Step.CREATE)
    person.act(lambda: person.wizard.create.show_creation(_creation(state)))
    for name in names.split():
        assert len([w for w in page.findChildren(QWidget, name) if not w.isHidden()]) == 1, name


def test_the_first_page_fills_its_window(person: Person) -> None:
    page = person.window.page_of(Step.CONNECT)
    bar = person.find("nextButton")
    bottom = page.mapTo(person.window, page.rect().bottomLeft()).y()
    assert bar.mapTo(person.window, bar.rect().topLeft()).y() - bottom < 40


def test_the_first_page_gives_the_focus_to_its_heading(person: Person) -> None:
    assert person.window.focusWidget() is person.window.page_of(Step.CONNECT).ensure_built().heading
