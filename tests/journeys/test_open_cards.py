"""A card of an outcome that is not known is never a dead end: the secret can be pasted, other work can be done."""

from dataclasses import replace

import pytest
from keyring.errors import NoKeyringError
from PySide6.QtWidgets import QLineEdit

from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, INTEGRATIONS, NAME, Scene
from tests.journeys.driver import Person
from tests.journeys.test_keychain import sit_down
from tests.store.test_system_keychain import Fake
from wizard.core.ids import ObjectId
from wizard.demo import Fault, practice_credential
from wizard.store.keychain import SystemKeychain

OTHER_ID = "journey-other-id"


def lose(scene: Scene, person: Person) -> None:
    """Create, and never see the answer to what was created."""
    steps.to_review(person)
    scene.platform.faults.add(Fault("reset", "POST", INTEGRATIONS, commit=True))
    person.click("createButton")
    person.wait_for("rescueCard")


def is_solved(scene: Scene, person: Person) -> None:
    """The card looks, and finds the one that was made."""
    person.wait_for_page("createPage")
    assert person.reads("We do not know yet whether it was created")
    person.click("lookNow")
    person.wait_for("integrationId")
    person.wait_for_text("Checked: all 8 values match")
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert (len(scene.posts()), scene.follows_the_rules()) == (1, True)
    person.leave()
    again = scene.sit_down(url="")
    assert again.page == "library"
    again.click("newIntegrationButton")
    again.wait_for_page("connectPage")
    again.idle()
    assert not again.sees("resumeCard")


def lose_with_its_secret(scene: Scene) -> None:
    """An earlier run, which left an unknown outcome and no secret."""
    person = scene.sit_down()
    lose(scene, person)
    person.leave()
    scene.keychain = type(scene.keychain)()


def paste_for_card(scene: Scene) -> Person:
    """Start again, look, and choose to paste the secret that is missing for it."""
    person = scene.sit_down(url="")
    person.wait_for("rescueCard")
    person.click("lookNow")
    person.wait_for("pasteSecret")
    person.click("pasteSecret")
    person.wait_for_page("connectPage")
    return person


def test_without_a_keychain_the_secret_is_pasted_again(scene: Scene) -> None:
    fake = Fake()
    fake.error = NoKeyringError("none")
    first = sit_down(scene, SystemKeychain(fake))
    steps.type_credentials(first)
    first.click("checkConnection")
    first.wait_for_text("kept for this session only")
    first.click("nextButton")
    first.wait_for_page("placePage")
    steps.place(first)
    steps.behave(first)
    first.wait_for_text("checks passed")
    scene.platform.faults.add(Fault("reset", "POST", INTEGRATIONS, commit=True))
    first.click("createButton")
    first.wait_for("rescueCard")
    first.leave()

    person = sit_down(scene, SystemKeychain(fake))
    person.wait_for("rescueCard")
    person.click("lookNow")
    person.wait_for_text("Paste the client secret again. It is kept for this session only.")
    assert person.window.primary() is person.find("pasteSecret")
    person.click("pasteSecret")
    person.wait_for_page("connectPage")
    assert person.find("clientId", QLineEdit).text() == CLIENT_ID
    assert "Paste the client secret again" in person.beside("clientSecret")
    assert person.find("clientSecret", QLineEdit).hasFocus()
    person.letters(CANARY)
    person.click("checkConnection")
    # What it costs is read first, and then the way on leads to the card.
    person.wait_for_text("You will paste it again next time.")
    person.click("nextButton")
    is_solved(scene, person)


def test_a_secret_that_is_gone_is_pasted_again(scene: Scene) -> None:
    lose_with_its_secret(scene)
    person = paste_for_card(scene)
    assert "The keychain no longer holds the secret" in person.beside("clientSecret")
    # Whoever leaves now finds the card again.
    person.leave()
    person = paste_for_card(scene)
    person.letters(CANARY)
    person.click("checkConnection")
    is_solved(scene, person)


def test_new_credentials_of_the_same_platform_look_for_the_old_ones(scene: Scene) -> None:
    first = scene.sit_down()
    lose(scene, first)
    scene.platform.world.remove_credential(CLIENT_ID)
    scene.platform.world.add(replace(practice_credential(), client_id=OTHER_ID, client_secret=CANARY))
    first.click("lookNow")
    first.wait_for("pasteSecret")
    first.click("pasteSecret")
    first.wait_for_page("connectPage")
    first.write("clientId", OTHER_ID)
    first.write("clientSecret", CANARY)
    first.click("nextButton")
    first.wait_for_page("createPage")
    # Its own answers are still there, should it be refused.
    answers = first.wizard.create.wanted_draft
    assert answers is not None
    assert answers.name == NAME
    is_solved(scene, first)


def test_created_but_not_checked_without_a_secret(scene: Scene) -> None:
    first = scene.sit_down()
    steps.to_review(first)
    fault = scene.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=None, after=1, status=503))
    first.click("createButton")
    first.wait_for("integrationId")
    first.leave()
    scene.platform.faults.remove(fault)
    scene.keychain = type(scene.keychain)()
    person = scene.sit_down(url="")
    person.wait_for("lookNow")
    person.click("lookNow")
    person.wait_for_text("The keychain no longer holds the secret")
    assert person.window.primary() is person.find("pasteSecret")
    person.click("pasteSecret")
    person.wait_for_page("connectPage")
    person.letters(CANARY)
    person.click("checkConnection")
    person.wait_for_page("createPage")
    person.click("lookNow")
    person.wait_for_text("Checked: all 8 values match")
    assert len(scene.posts()) == 1


@pytest.mark.parametrize("is_same_wish", [False, True], ids=["other work", "the same once more"])
def test_later(scene: Scene, is_same_wish: bool) -> None:
    first = scene.sit_down()
    lose(scene, first)
    first.leave()
    person = scene.sit_down(url="")
    person.wait_for("rescueCard")
    if is_same_wish:
        # The platform would tell that the name is taken; without it, only the ledger knows.
        scene.platform.world.integrations.clear()
    person.click("later")
    person.wait_for_page("connectPage")
    assert person.find("clientId", QLineEdit).text() == ""
    assert not person.sees("resumeCard")
    person.choose_saved(1)
    person.click("nextButton")
    person.wait_for_page("placePage")
    steps.place(person)
    steps.behave(person, name=NAME if is_same_wish else "Nordlicht")
    person.wait_for_text("checks passed")
    person.click("createButton")
    if is_same_wish:
        person.wait_for("rescueCard")
        assert person.reads("We do not know yet whether it was created")
        assert len(scene.posts()) == 1
        return
    person.wait_for("integrationId")
    person.click("createAnother")
    person.wait_for_page("placePage")
    person.leave()
    assert len(scene.posts()) == 2
    again = scene.sit_down(url="")
    again.wait_for("rescueCard")
    again.click("lookNow")
    again.wait_for_text("Checked: all 8 values match")
    assert (len(scene.posts()), len(scene.made())) == (2, 1)


def test_a_check_of_another_customer_goes_on_with_that_one(scene: Scene) -> None:
    lose_with_its_secret(scene)
    person = paste_for_card(scene)
    (one,) = person.wizard.customers.customers
    person.wizard.customers.fill((replace(one, root_id=ObjectId(scene.group("Sales"))),))
    scene.platform.world.add(replace(practice_credential(), client_id=OTHER_ID, client_secret=CANARY))
    person.write("clientId", OTHER_ID)
    person.write("clientSecret", CANARY)
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.leave()
    scene.sit_down(url="").wait_for("rescueCard")


def test_only_looking_says_so(scene: Scene) -> None:
    person = scene.sit_down()
    lose(scene, person)
    scene.platform.faults.add(Fault("slow", "GET", INTEGRATIONS, delay_s=1.5))
    person.click("onlyLook")
    assert person.reads(f"Looking for {NAME}")
    assert not person.reads("Creating")
    person.click("stopWaitingButton")
    person.wait_for_text("We were only reading the platform's list. Nothing is sent.")
    person.wait_for("rescueCard")
    person.click("onlyLook")
    person.wait_for_text("Checked: all 8 values match")
    assert len(scene.posts()) == 1


def test_a_restored_list_is_told_of_above_the_card(scene: Scene) -> None:
    first = scene.sit_down()
    lose(scene, first)
    first.leave()
    # The next start keeps a copy that holds the card; the one after it finds the list damaged.
    scene.sit_down(url="").leave()
    for part in scene.data_dir.glob("ledger.sqlite3*"):
        part.unlink()
    (scene.data_dir / "ledger.sqlite3").write_bytes(b"garbage")
    person = scene.sit_down(url="")
    person.wait_for("rescueCard")
    assert person.reads("Your list was damaged and was restored")
    assert person.find("storeNews").mapTo(person.window, person.find("storeNews").rect().topLeft()).y() < (
        person.find("rescueCard").mapTo(person.window, person.find("rescueCard").rect().topLeft()).y()
    )
    person.idle()
    person.leave()
    again = scene.sit_down(url="")
    again.wait_for("rescueCard")
    assert not again.sees("storeNews")


def test_what_differs_is_changed_there_and_checked_again(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.faults.add(Fault("wrong_echo", "POST", INTEGRATIONS, stored={"defaultProgress": 40}))
    person.click("createButton")
    person.wait_for("differences")
    assert person.reads("Change it on the platform, then check again.")
    assert person.window.primary() is person.find("closeButton")
    fault = scene.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=None, status=503))
    person.click("lookNow")
    person.wait_for_text("It could not be checked again")
    assert person.sees("differences")
    scene.platform.faults.remove(fault)
    (made,) = scene.made()
    made.values["defaultProgress"] = 0
    person.click("lookNow")
    person.wait_for_text("Checked: all 8 values match")
    assert not person.sees("differences")
    assert [entry["state"] for entry in scene.saved()] == ["verified"]
    assert len(scene.posts()) == 1


def test_each_check_tells_its_time(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    fault = scene.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=None, after=1, status=503))
    person.click("createButton")
    person.wait_for_text("Last tried: ")
    scene.platform.world.integrations.clear()
    scene.platform.faults.remove(fault)
    person.click("lookNow")
    person.wait_for("giveUp")
    (before,) = [text for text in person.texts() if "Last checked: " in text]
    person.qtbot.wait(1100)
    person.click("lookNow")
    person.wait_for("giveUp")
    (after,) = [text for text in person.texts() if "Last checked: " in text]
    assert before != after
    assert len(scene.posts()) == 1


def test_a_right_that_is_ticked_is_enough_to_try_again(scene: Scene) -> None:
    right = "integrations:write"
    person = scene.sit_down()
    steps.to_review(person)
    world = scene.platform.world
    (all_rights,) = [one for one in world.credentials if one.client_id == CLIENT_ID]
    world.remove_credential(CLIENT_ID)
    world.add(replace(all_rights, scopes=all_rights.scopes - {right}))
    person.click("createButton")
    person.wait_for("problemCard")
    assert person.reads(f"The credentials lack the right {right}")
    assert person.window.primary() is person.find("tryAgain")
    assert person.sees("mend")
    with world.lock:
        world.credentials[:] = [one for one in world.credentials if one.client_id != CLIENT_ID]
    world.add(all_rights)
    person.click("tryAgain")
    person.wait_for("integrationId")
    person.wait_for_text("Checked: all 8 values match")
    assert (len(scene.made()), scene.follows_the_rules()) == (1, True)
