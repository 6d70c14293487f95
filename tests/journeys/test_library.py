"""From the first integration to the library, to the second, and back the next day."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from tests.journeys import steps
from tests.journeys.conftest import INTEGRATIONS, NAME, Scene
from tests.journeys.driver import Person
from wizard.demo import Fault


def _rows(person: Person) -> list[str]:
    library = person.program.windows.library
    assert library is not None
    return [row.name for row in library.model.rows]


def _create_for_the_saved_customer(person: Person, name: str) -> None:
    """The whole job in a new wizard; nothing of the customer is typed again."""
    person.wait_for_page("connectPage")
    person.wait_for("savedCustomer")
    person.choose_saved(1)
    person.click("nextButton")
    person.wait_for_page("placePage")
    steps.place(person)
    steps.behave(person, name=name)
    steps.review(person)
    person.wait_for("integrationId")


def test_one_after_the_other(scene: Scene) -> None:
    person = scene.sit_down()
    steps.create(person)
    person.wait_for("integrationId")
    person.click("closeButton")
    person.wait(lambda: person.page == "library")
    assert person.reads("1 integration is saved on this computer")
    (made,) = scene.made()
    assert person.reads(f"{NAME} ACME Academy Sales › DACH {made.id}")
    assert person.find("detailId", QLineEdit).text() == made.id
    person.click("copyDetailId")
    assert QGuiApplication.clipboard().text() == made.id
    assert person.reads("Copied")
    person.click("newIntegrationButton")
    _create_for_the_saved_customer(person, "Second")
    person.click("closeButton")
    person.wait(lambda: person.page == "library")
    person.wait(lambda: _rows(person) == ["Second", NAME])
    (second,) = scene.made("Second")
    assert person.find("detailId", QLineEdit).text() == second.id
    person.leave()
    # The next day.
    again = scene.sit_down(url="")
    assert again.page == "library"
    assert _rows(again) == ["Second", NAME]
    again.press(Qt.Key.Key_Down)
    again.wait(lambda: again.find("detailId", QLineEdit).text() == made.id)
    assert {entry["_id"] for entry in scene.saved()} == {made.id, second.id}
    assert scene.follows_the_rules()


def test_an_open_operation_comes_first(scene: Scene) -> None:
    person = scene.sit_down()
    steps.create(person)
    person.wait_for("integrationId")
    person.click("createAnother")
    person.wait_for_page("placePage")
    steps.place(person)
    steps.behave(person, name="Second")
    person.wait_for_text("checks passed")
    scene.platform.faults.add(Fault("reset", "POST", INTEGRATIONS, commit=True))
    person.click("createButton")
    person.wait_for("rescueCard")
    person.leave()
    again = scene.sit_down(url="")
    assert again.page == "createPage"
    again.wait_for("rescueCard")
    again.click("lookNow")
    again.wait_for("integrationId")
    again.click("closeButton")
    again.wait(lambda: again.page == "library")
    assert _rows(again) == ["Second", NAME]
    assert (len(scene.made()), len(scene.made("Second"))) == (1, 1)


def test_the_last_window_may_be_any(scene: Scene) -> None:
    person = scene.sit_down()
    steps.create(person)
    person.wait_for("integrationId")
    person.click("closeButton")
    person.wait(lambda: person.page == "library")
    person.click("newIntegrationButton")
    person.wait_for_page("connectPage")
    library = person.program.windows.library
    assert library is not None
    person.act(library.close)
    assert (person.page, person.is_ended) == ("connectPage", False)
    person.act(person.window.close)
    person.wait(lambda: person.is_ended)
