"""What the platform refuses, and where a person reads it."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton

from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, INTEGRATIONS, NAME, TOKEN, Scene
from wizard.demo import Fault


def test_a_wrong_secret(scene: Scene) -> None:
    person = scene.sit_down()
    person.write("customerName", "ACME")
    person.write("clientId", CLIENT_ID)
    person.write("clientSecret", CANARY + "wrong")
    person.click("nextButton")
    person.wait_for_text("does not know this ID and secret")
    assert person.page == "connectPage"
    again = person.window.primary()
    assert again is not None
    assert again.text() == "Paste again"
    person.act(again.click)
    assert person.find("clientSecret", QLineEdit).text() == ""
    assert person.find("clientId").hasFocus()
    person.write("clientSecret", CANARY)
    person.click("nextButton")
    person.wait_for_page("placePage")


def test_a_wrong_secret_in_europe_offers_the_other_address(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    from wizard.core.address import EU, US, Origin

    home = Origin(scene.platform.url)
    asked: list[Origin] = []

    def open_here(person_services: object) -> None:
        opened = person_services.connections.open  # type: ignore[attr-defined]

        def redirected(origin: Origin, client_id: str, secret: object, stop: object) -> object:
            asked.append(origin)
            return opened(home, client_id, secret, stop)

        monkeypatch.setattr(person_services.connections, "open", redirected)  # type: ignore[attr-defined]

    person = scene.sit_down(url="")
    open_here(person.services)
    person.write("customerName", "ACME")
    person.write("clientId", CLIENT_ID)
    person.write("clientSecret", "wrong-one")
    person.click("checkConnection")
    person.wait_for("tryOtherRegion")
    person.click("tryOtherRegion")
    assert person.find("regionUs", QRadioButton).isChecked()
    person.wait(lambda: asked == [EU, US])
    person.wait_for_text("does not know this ID and secret")


@pytest.mark.parametrize("silent_s", [0.4])
def test_a_check_that_takes_its_time(scene: Scene, silent_s: float) -> None:
    scene.platform.faults.add(Fault("slow", "POST", TOKEN, delay_s=silent_s))
    person = scene.sit_down()
    person.write("customerName", "ACME")
    person.write("clientId", CLIENT_ID)
    person.write("clientSecret", CANARY)
    person.click("nextButton")
    person.wait_for_text("Checking…")
    # The window is alive: what was typed can be mended, and then the old question counts no more.
    person.write("clientId", CLIENT_ID + "x")
    person.wait_for_text("Check connection")
    person.idle()
    assert person.page == "connectPage"
    assert person.draft.connection is None


def test_a_silent_server_while_groups_are_read(scene: Scene) -> None:
    scene.read_timeout_s = 0.3
    person = scene.sit_down()
    scene.platform.faults.add(Fault("silent", "GET", "/api/v2/groups", times=None, after=1))
    steps.connect(person)
    person.wait_for_text("does not answer just now")
    assert person.page == "placePage"
    # The way by pasting stays open, and going back and on asks again.
    scene.platform.faults.clear()
    person.click("groupSwap")
    person.paste("groupPaste", scene.group())
    person.wait_for_text("DACH")
    person.click("backButton")
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.click("groupSwap")
    person.wait(lambda: steps.rows(person, "groupTree") > 0)


def test_a_taken_name_is_told_while_typing(scene: Scene) -> None:
    person = scene.sit_down()
    steps.connect(person)
    steps.place(person, group="Sales", author="Greta Weiß")
    person.write("platformName", "Phrasebook Live")
    person.wait_for_text("Phrasebook Live already exists in this group")
    person.click("subgroupsYes")
    person.click("progressDaily")
    person.click("nextButton")
    assert (person.page, person.sees("problemSummary")) == ("behaviourPage", True)
    assert "already exists" in person.beside("platformName")
    person.write("platformName", "phrasebook live")
    person.wait_for_text("Learners may mix them up")
    person.write("platformName", NAME)
    person.wait_for_text("Free in this group")
    person.click("nextButton")
    person.wait_for_page("reviewPage")


REFUSED = [
    ("duplicateExternalPlatform", 400, "behaviourPage", "platformName", "already used in the group"),
    ("reservedPlatformName", 400, "behaviourPage", "platformName", "keeps this name"),
    ("groupNotFound", 404, "placePage", "groupTree", "does not have this group"),
    ("userNotFound", 404, "placePage", "authorList", "does not have this author"),
]


@pytest.mark.parametrize(("code", "status", "page", "field", "sentence"), REFUSED)
def test_a_refused_create_leads_to_its_field(
    scene: Scene, code: str, status: int, page: str, field: str, sentence: str
) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    before = person.draft
    body = {"error": {"code": code, "message": "No."}}
    scene.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=status, body=body))
    person.click("createButton")
    person.wait_for("problemCard")
    assert person.reads(sentence)
    assert person.reads("was not created")
    person.click("mend")
    person.wait_for_page(page)
    assert sentence in person.beside(field)
    assert sentence in "".join(person.texts(person.find("problemSummary")))
    assert person.find(field).hasFocus()
    assert person.draft == person.draft.__class__(
        **{n: getattr(before, n) for n in before.__dataclass_fields__ if n != "step"}, step=person.draft.step
    )
    assert scene.made() == []
    # The same person may press on: what was refused once is asked again, and this time it works.
    if field == "platformName":
        person.write("platformName", NAME + " 2")
        person.wait_for_text("Free in this group")
    steps.on_to_review(person)
    person.click("createButton")
    person.wait_for("integrationId")
    assert (len(scene.posts()), scene.follows_the_rules()) == (2, True)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("integrationsLimitReached", 400, "maximum number of integrations"),
        ("invalid_scope", 403, "lack the right integrations:write"),
        ("somethingNew", 400, "refused the request"),
    ],
)
def test_a_refusal_without_a_field_can_be_tried_again(scene: Scene, code: str, status: int, sentence: str) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    body = {"error": {"code": code, "message": "No."}}
    scene.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=status, body=body))
    person.click("createButton")
    person.wait_for("problemCard")
    assert person.reads(sentence)
    if person.sees("tryAgain"):
        person.click("tryAgain")
    else:
        person.click("mend")
        person.wait_for_page("reviewPage")
        person.wait_for_text("checks passed")
        person.click("createButton")
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made()), scene.follows_the_rules()) == (2, 1, True)


def test_the_existing_one_can_be_saved_instead(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    # Somebody else was faster.
    from wizard.demo import Integration, fixed_id

    values = {"externalPlatform": NAME, "groupId": scene.group(), "authorId": scene.user()}
    scene.platform.world.add(Integration(fixed_id("faster"), values))
    person.click("createButton")
    person.wait_for("problemCard")
    person.click("adopt")
    person.wait_for("integrationId")
    assert person.find("integrationId", QLineEdit).text() == fixed_id("faster")
    assert scene.posts() == []


def test_withdrawn_credentials_lead_to_the_first_page(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.world.revoke()
    body = {"error": "invalid_client"}
    scene.platform.faults.add(Fault("status", "POST", TOKEN, times=None, status=401, body=body))
    person.click("createButton")
    person.wait_for("problemCard")
    assert person.reads("does not know this ID and secret")
    scene.platform.faults.clear()
    person.click("mend")
    person.wait_for_page("connectPage")
    assert "does not know this ID and secret" in person.beside("clientId") + person.beside("clientSecret")


def test_a_check_that_takes_long_can_be_stopped(scene: Scene) -> None:
    scene.platform.faults.add(Fault("silent", "POST", TOKEN))
    person = scene.sit_down()
    steps.type_credentials(person)
    person.click("checkConnection")
    person.wait_for("stopChecking")
    person.click("stopChecking")
    assert person.find("checkConnection").isEnabled()
    assert not person.sees("connectionResult")
    person.click("checkConnection")
    person.wait_for_text("Connected to ACME Academy")


def test_what_a_clipboard_adds_is_left_out_and_said_so(scene: Scene) -> None:
    person = scene.sit_down()
    steps.type_credentials(person)
    assert not person.reads("invisible characters are left out")
    # As a password manager fills it in; a field of one line turns a line break into a sign of its own.
    person.act(lambda: person.find("clientSecret", QLineEdit).setText(f"\u200b {CANARY}\u00a0\t"))
    assert "invisible characters are left out" in person.beside("clientSecret")
    person.click("checkConnection")
    person.wait_for_text("Connected to ACME Academy")


def test_who_thinks_about_leaving_creates_nothing(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.faults.add(Fault("slow", "GET", INTEGRATIONS, delay_s=0.5, times=None))
    person.click("runChecks")
    person.click("createButton")
    person.click("cancelButton")
    person.wait(lambda: person.app.activeModalWidget() is not None)
    person.idle()
    person.wait(lambda: len(scene.talk()) > 0 and person.program.runner.is_idle)
    assert (person.page, scene.posts()) == ("reviewPage", [])
    (go_on,) = [b for b in person.window.findChildren(QAbstractButton, "goOn") if b.isVisible()]
    person.act(go_on.click)
    person.idle()
    assert (person.page, scene.posts()) == ("reviewPage", [])
    person.click("createButton")
    person.wait_for("integrationId")
    assert len(scene.posts()) == 1
