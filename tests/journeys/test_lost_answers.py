"""The answer to the one request that matters is lost, late, or wrong."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.journeys import steps
from tests.journeys.conftest import INTEGRATIONS, NAME, Scene
from wizard.core.creation import State
from wizard.demo import Fault, Integration
from wizard.demo.answers import Received

LOST = {
    "reset": Fault("reset", "POST", INTEGRATIONS, commit=True),
    "time-out": Fault("silent", "POST", INTEGRATIONS, commit=True),
    "500": Fault("status", "POST", INTEGRATIONS, commit=True, status=500),
    "HTML 502": Fault("html", "POST", INTEGRATIONS, commit=True),
}


def _lose(scene: Scene, kind: str, *, commit: bool) -> None:
    fault = LOST[kind]
    again = Fault(fault.kind, "POST", INTEGRATIONS, commit=commit, status=fault.status)
    scene.platform.faults.add(again)


@pytest.mark.parametrize("is_restarted", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("kind", LOST)
def test_lost_after_it_happened(scene: Scene, kind: str, is_restarted: bool) -> None:
    scene.read_timeout_s = 0.4
    person = scene.sit_down()
    steps.to_review(person)
    _lose(scene, kind, commit=True)
    person.click("createButton")
    person.wait_for("rescueCard")
    assert person.reads("We do not know yet whether it was created")
    assert person.reads(NAME)
    assert (len(scene.posts()), len(scene.made())) == (1, 1)
    if is_restarted:
        person.leave()
        person = scene.sit_down(url="")
        person.wait_for("rescueCard")
        assert person.page == "createPage"
        assert person.reads(NAME)
    person.click("lookNow", times=2)
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert person.reads("Checked: all 8 values match")
    assert (len(scene.posts()), scene.follows_the_rules()) == (1, True)
    (entry,) = scene.saved()
    assert (entry["_id"], entry["state"]) == (made.id, "verified")


@pytest.mark.parametrize("kind", ["reset", "HTML 502"])
def test_lost_before_it_happened(scene: Scene, kind: str) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    _lose(scene, kind, commit=False)
    person.click("createButton")
    person.wait_for("rescueCard")
    assert scene.made() == []
    person.click("lookNow", times=2)
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made()), scene.follows_the_rules()) == (2, 1, True)


def test_only_look_withdraws(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    answers = person.draft
    _lose(scene, "reset", commit=False)
    person.click("createButton")
    person.wait_for("rescueCard")
    person.click("onlyLook")
    person.wait_for_text("It was not created")
    person.wait_for("createAnother")
    assert (len(scene.posts()), scene.made(), scene.saved()) == (1, [], [])
    person.click("createAnother")
    person.wait_for_page("placePage")
    assert person.draft.customer_id == answers.customer_id
    person.leave()
    again = scene.sit_down(url="")
    assert again.page == "connectPage"
    assert not again.sees("rescueCard")


def test_lost_again_while_looking(scene: Scene) -> None:
    scene.read_timeout_s = 0.4
    person = scene.sit_down()
    steps.to_review(person)
    _lose(scene, "reset", commit=True)
    person.click("createButton")
    person.wait_for("rescueCard")
    scene.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=3, status=503))
    person.click("lookNow")
    person.wait_for_text("has a problem of its own")
    person.wait_for("rescueCard")
    person.click("lookNow")
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made())) == (1, 1)


def test_stop_waiting_while_the_server_is_silent(scene: Scene) -> None:
    scene.read_timeout_s = 0.8
    person = scene.sit_down()
    steps.to_review(person)
    _lose(scene, "time-out", commit=True)
    person.click("createButton")
    person.wait(lambda: len(scene.posts()) == 1)
    assert person.sees("stopWaitingButton")
    assert not person.sees("backButton")
    person.click("stopWaitingButton", times=2)
    assert person.reads("The request may already have arrived")
    person.wait_for("rescueCard")
    person.click("lookNow")
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made())) == (1, 1)


def test_a_late_answer_after_stop_waiting_is_shown(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.faults.add(Fault("slow", "POST", INTEGRATIONS, delay_after_s=0.5))
    person.click("createButton")
    person.wait(lambda: len(scene.posts()) == 1)
    person.click("stopWaitingButton")
    person.wait(lambda: person.sees("integrationId") or person.sees("rescueCard"))
    if person.sees("rescueCard"):
        person.click("lookNow")
        person.wait_for("integrationId")
    elif person.sees("lookNow"):
        person.click("lookNow")
        person.wait_for_text("Checked: all 8 values match")
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert len(scene.posts()) == 1


def test_stopped_before_anything_was_sent(scene: Scene) -> None:
    scene.read_timeout_s = 0.5
    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.faults.add(Fault("silent", "GET", INTEGRATIONS, times=None))
    person.click("createButton")
    person.wait_for("stopWaitingButton")
    person.click("stopWaitingButton")
    person.wait_for("problemCard")
    assert person.reads("Nothing was created")
    assert scene.posts() == []
    scene.platform.faults.clear()
    person.click("tryAgain")
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made())) == (1, 1)


def test_the_platform_kept_other_values(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    stored = {"defaultProgress": 40, "noGroupPropagation": True}
    scene.platform.faults.add(Fault("wrong_echo", "POST", INTEGRATIONS, stored=stored))
    person.click("createButton")
    person.wait_for("differences")
    assert person.reads("Checked: 2 values differ")
    shown = "".join(person.texts(person.find("differences")))
    assert "Start progress" in shown
    assert "40" in shown
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert [entry["state"] for entry in scene.saved()] == ["different"]


@pytest.mark.parametrize("is_restarted", [False, True], ids=["at once", "after a restart"])
def test_created_but_not_checked(scene: Scene, is_restarted: bool) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    # The look before works, every look after it fails.
    fault = scene.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=None, after=1, status=503))
    person.click("createButton")
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert person.reads("The ID is safe")
    assert [entry["_id"] for entry in scene.saved()] == [made.id]
    if is_restarted:
        person.leave()
        person = scene.sit_down(url="")
        person.wait_for("integrationId")
        assert person.find("integrationId", QLineEdit).text() == made.id
    person.click("lookNow")
    person.wait_for("lookNow")
    person.idle()
    assert person.reads("The ID is safe")
    scene.platform.faults.remove(fault)
    person.click("lookNow")
    person.wait_for_text("Checked: all 8 values match")
    assert len(scene.posts()) == 1


def test_somebody_deleted_it_before_it_was_checked(scene: Scene) -> None:
    world = scene.platform.world
    removed: list[Integration] = []

    def meddle(received: Received) -> None:
        if received.method == "GET":
            removed.extend(world.integrations.pop(made.id) for made in world.integrations_named(NAME))

    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.on_received = meddle
    person.click("createButton")
    person.wait_for("giveUp")
    person.wait_for("integrationId")
    (gone,) = removed
    assert person.reads(f"{NAME} was created, but is not there now")
    assert person.reads("Somebody may have deleted it meanwhile")
    assert person.find("integrationId", QLineEdit).text() == gone.id
    person.leave()

    # It is asked about at the next start too, until a person says so; if it comes back, it is checked.
    scene.platform.on_received = None
    person = scene.sit_down(url="")
    person.wait_for("lookNow")
    person.click("lookNow")
    person.wait_for("giveUp")
    person.click("giveUp")
    person.wait_for_text(f"{NAME} was deleted on the platform")
    person.wait_for("integrationId")
    assert person.find("integrationId", QLineEdit).text() == gone.id
    person.leave()
    assert [(entry["_id"], entry["state"]) for entry in scene.saved()] == [(gone.id, "gone")]
    person = scene.sit_down(url="")
    assert person.page == "library"
    assert len(scene.posts()) == 1


def test_interrupted_before_it_was_sent_and_the_name_is_gone_meanwhile(scene: Scene) -> None:
    # A crash between the plan and the request; then somebody else takes the name.
    from wizard.demo import fixed_id

    person = scene.sit_down()
    steps.to_review(person)
    scene.platform.faults.add(Fault("silent", "GET", INTEGRATIONS, times=None))
    person.click("createButton")
    person.wait(lambda: scene.platform.faults.active()[0].hits > 0)
    (planned,) = person.services.local.ledger.creations.open()
    assert planned.state is State.PLANNED
    # As a crash leaves it: the same ledger, another program, and nobody at the first one.
    scene.platform.faults.clear()
    values = {"externalPlatform": NAME, "groupId": scene.group(), "authorId": scene.user()}
    scene.copy_computer()
    scene.platform.world.add(Integration(fixed_id("faster"), values))
    again = scene.sit_down(url="")
    again.wait_for("rescueCard")
    assert again.reads("It stopped before it was created")
    again.click("lookNow")
    again.wait_for_text("already used in the group")
    assert not again.sees("rescueCard")
    again.click("mend")
    again.wait_for_page("behaviourPage")
    assert again.find("platformName", QLineEdit).text() == NAME
    assert "already" in again.beside("platformName")
