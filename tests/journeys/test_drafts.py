"""Answers are never lost: not by Back, not by closing, not by a crash; and those of another customer never stay."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton

from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, NAME, Scene
from tests.journeys.driver import PAGES, Person
from wizard.core.draft import Step
from wizard.demo import practice_credential

SECOND_ID = "second-client-id"


def _answers(person: Person) -> object:
    return replace(person.draft, id="", step=Step.CONNECT)


def _go_to(person: Person, page: str) -> None:
    if page == "connectPage":
        person.write("customerName", "ACME")
        person.write("clientId", CLIENT_ID)
        return
    steps.connect(person)
    if page == "placePage":
        steps.choose_group(person, "DACH")
        return
    steps.place(person)
    if page == "behaviourPage":
        person.write("platformName", NAME)
        person.click("subgroupsNo")
        person.click("more")
        person.write("logoUrl", "https://static.example.com/logo.png")
        return
    steps.behave(person)
    person.wait_for_text("checks passed")


@pytest.mark.parametrize("page", PAGES[:4])
@pytest.mark.parametrize("is_killed", [False, True], ids=["closed", "killed"])
def test_the_next_start_offers_to_go_on(scene: Scene, page: str, is_killed: bool) -> None:
    first = scene.sit_down()
    _go_to(first, page)
    before = _answers(first)
    if is_killed:
        first.idle()
    else:
        first.leave()
    person = scene.sit_down(url="")
    assert person.page == "connectPage"
    person.click("resumeDraft")
    person.wait_for_page(page)
    assert _answers(person) == before
    assert not person.sees("problemSummary")
    if page == "connectPage":
        assert person.find("clientId", QLineEdit).text() == CLIENT_ID
        return
    # The bar and the list of steps are those of this page.
    assert person.sees("backButton")
    assert not person.sees("resumeCard")
    if page == "placePage":
        person.wait_for_text("ACME Academy › Sales › DACH")
    elif page == "behaviourPage":
        assert person.find("platformName", QLineEdit).text() == NAME
        assert person.find("subgroupsNo", QRadioButton).isChecked()
        person.wait_for_text("Free in this group")
    else:
        person.wait_for_text("checks passed")
        assert NAME in "".join(person.texts(person.find("reviewSummary")))
        person.click("createButton")
        person.wait_for("integrationId")


def test_a_draft_can_be_discarded(scene: Scene) -> None:
    first = scene.sit_down()
    _go_to(first, "placePage")
    first.leave()
    second = scene.sit_down(url="")
    second.click("discardOldDraft")
    second.idle()
    assert not second.sees("resumeCard")
    second.leave()
    third = scene.sit_down(url="")
    assert not third.sees("resumeCard")


@pytest.mark.parametrize(("answer", "is_kept"), [("keepDraft", True), ("discardDraft", False)])
def test_cancel_asks(scene: Scene, answer: str, is_kept: bool) -> None:
    person = scene.sit_down()
    _go_to(person, "placePage")
    person.click("cancelButton")
    person.wait_for("leavingQuestion")
    person.click("goOn")
    assert (person.page, person.is_ended) == ("placePage", False)
    person.press(Qt.Key.Key_Escape)
    person.wait_for("leavingQuestion")
    person.press(Qt.Key.Key_Escape)
    person.wait(lambda: not person.sees("leavingQuestion"))
    assert (person.page, person.window.isVisible()) == ("placePage", True)
    person.click("cancelButton")
    person.wait_for("leavingQuestion")
    person.click(answer)
    person.wait(lambda: person.is_ended)
    again = scene.sit_down(url="")
    assert again.sees("resumeCard") == is_kept


def test_back_from_every_page_loses_nothing(scene: Scene) -> None:
    person = scene.sit_down()
    _go_to(person, "reviewPage")
    before = _answers(person)
    for page in reversed(PAGES[:3]):
        person.click("backButton")
        person.wait_for_page(page)
        assert _answers(person) == before
    assert not person.sees("backButton")
    assert person.find("customerName", QLineEdit).text() == "ACME"
    for page in PAGES[1:4]:
        person.click("nextButton")
        person.wait_for_page(page)
        assert _answers(person) == before
        assert not person.sees("problemSummary")
    person.wait_for_text("checks passed")
    assert scene.posts() == []


def test_a_step_in_the_list_leads_back(scene: Scene) -> None:
    person = scene.sit_down()
    _go_to(person, "reviewPage")
    before = _answers(person)
    person.act(lambda: person.window.steps.items[1].click())
    person.wait_for_page("placePage")
    assert _answers(person) == before


def test_change_leads_to_the_field(scene: Scene) -> None:
    person = scene.sit_down()
    _go_to(person, "reviewPage")
    for spoken, page, name in (
        ("Change: Name", "behaviourPage", "platformName"),
        ("Change: Group", "placePage", "groupTree"),
        ("Change: Logos", "behaviourPage", "logoUrl"),
        ("Change: Author", "placePage", "authorList"),
    ):
        links = [b for b in person.window.findChildren(QAbstractButton) if b.accessibleName() == spoken]
        person.act(links[0].click)
        person.wait_for_page(page)
        person.act(lambda: None)
        assert person.find(name).hasFocus(), name
        steps.on_to_review(person)
        person.wait_for_text("checks passed")


def test_another_customer_clears_group_and_author(scene: Scene) -> None:
    scene.platform.world.add(replace(practice_credential(), client_id=SECOND_ID, client_secret=CANARY))
    person = scene.sit_down()
    _go_to(person, "reviewPage")
    person.act(lambda: person.window.steps.items[0].click())
    person.wait_for_page("connectPage")
    steps.connect(person, client_id=SECOND_ID, customer="Other")
    draft = person.draft
    assert (draft.group, draft.author, draft.name) == (None, None, NAME)
    person.wait_for_text("No group chosen yet")
    person.click("nextButton")
    assert person.page == "placePage"
    assert person.sees("problemSummary")
    steps.place(person, group="France", author="Camille Lefèvre")
    assert person.find("platformName", QLineEdit).text() == NAME
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    shown = "".join(person.texts(person.find("reviewSummary")))
    assert "France" in shown
    assert "Camille" in shown
    assert "DACH" not in shown


def test_the_list_of_the_customer_before_never_arrives(scene: Scene) -> None:
    scene.platform.world.add(replace(practice_credential(), client_id=SECOND_ID, client_secret=CANARY))
    person = scene.sit_down()
    steps.connect(person)
    steps.choose_group(person, "DACH")
    person.wait_for_text("Alex Martin")
    scene.platform.settings.latency_s = 0.3
    person.pick("groupTree", "Sales")
    person.click("backButton")
    person.wait_for_page("connectPage")
    scene.platform.settings.latency_s = 0.0
    steps.connect(person, client_id=SECOND_ID, customer="Other")
    person.idle()
    assert steps.rows(person, "authorList") == 0
    assert person.draft.author is None


def test_going_back_withdraws_the_pressed_create(scene: Scene) -> None:
    # Create was pressed while the checks still ran; who goes back has changed their mind.
    person = scene.sit_down()
    steps.connect(person)
    steps.place(person)
    scene.platform.settings.latency_s = 0.1
    steps.behave(person)
    person.click("createButton")
    person.click("backButton")
    person.wait_for_page("behaviourPage")
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    person.wait_for_text("checks passed")
    person.idle()
    assert (person.page, scene.posts()) == ("reviewPage", [])


def test_a_draft_of_another_platform_shows_its_own_connection(scene: Scene) -> None:
    scene.platform.world.add(replace(practice_credential(), client_id=SECOND_ID, client_secret=CANARY))
    first = scene.sit_down()
    steps.connect(first, customer="First")
    first.leave()
    person = scene.sit_down()
    person.write("customerName", "Second")
    person.write("clientId", SECOND_ID)
    person.write("clientSecret", CANARY)
    person.click("checkConnection")
    person.wait_for_text("Connected to")
    person.click("resumeDraft")
    person.wait_for_page("placePage")
    assert person.draft.client_id == CLIENT_ID
    person.click("backButton")
    person.wait_for_page("connectPage")
    assert not person.sees("connectionResult")


def test_a_customer_renamed_after_the_check_keeps_the_new_name(scene: Scene) -> None:
    person = scene.sit_down()
    person.write("customerName", "ACNE")
    person.write("clientId", CLIENT_ID)
    person.write("clientSecret", CANARY)
    person.click("checkConnection")
    person.wait_for_text("Connected to")
    person.write("customerName", "ACME")
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.idle()
    assert [c.label for c in scene.people[0].services.local.ledger.customers.all()] == ["ACME"]


def test_a_draft_whose_secret_is_gone_asks_for_it_once_and_goes_on(scene: Scene) -> None:
    first = scene.sit_down()
    _go_to(first, "behaviourPage")
    first.leave()
    for entry in list(scene.keychain._secrets):
        scene.keychain.forget(entry)
    person = scene.sit_down(url="")
    person.click("resumeDraft")
    person.wait_for_page("behaviourPage")
    person.click("backButton")
    person.wait_for_page("connectPage")
    assert person.find("clientSecret", QLineEdit).placeholderText() == ""
    primary = person.window.primary()
    assert primary is not None
    assert primary.objectName() == "checkConnection"
    person.click("nextButton")
    assert "Paste the client secret" in person.beside("clientSecret")
    person.write("clientSecret", CANARY)
    person.click("nextButton")
    person.wait_for_page("placePage")
    assert person.draft.author is not None
    person.wait_for_text("Alex Martin")
