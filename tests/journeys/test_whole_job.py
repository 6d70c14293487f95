"""The whole job, the ways people really do it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import GUIDE_ID, NAME, TOKEN, Scene


def test_by_picking(scene: Scene) -> None:
    person = scene.sit_down(url="")
    person.click("regionOther")
    person.write("platformAddress", scene.platform.url + "/home/dashboard")
    steps.connect(person)
    assert person.reads("ACME Academy")
    steps.place(person)
    person.write("platformName", NAME)
    person.click("subgroupsNo")
    person.click("progressOften")
    person.wait_for_text("Free in this group")
    person.click("more")
    person.write("logoUrl", "https://static.example.com/logo.png")
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    person.wait_for_text("checks passed")
    person.click("technical")
    assert "POST" in "".join(person.texts(person.find("requestText").parentWidget()))
    assert "***" in "".join(person.texts(person.find("requestText").parentWidget()))
    person.click("copyCurlBash")
    assert "curl" in QGuiApplication.clipboard().text()
    person.click("createButton")
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert person.reads("Checked: all 8 values match")
    person.click("copyId")
    assert QGuiApplication.clipboard().text() == made.id
    assert scene.posts() == [
        {
            "externalPlatform": NAME,
            "authorId": scene.user(),
            "groupId": scene.group(),
            "defaultCompletion": False,
            "defaultProgress": 0,
            "noGroupPropagation": True,
            "externalPlatformLogoUrl": "https://static.example.com/logo.png",
        }
    ]
    assert scene.follows_the_rules()
    person.click("closeButton")
    person.wait(lambda: person.page == "library")
    person.leave()
    (entry,) = scene.saved()
    assert (entry["_id"], entry["state"], entry["customer"]) == (made.id, "verified", "ACME")


def test_by_pasting_links_with_the_three_rights_of_the_guide(scene: Scene) -> None:
    person = scene.sit_down()
    steps.connect(person, client_id=GUIDE_ID)
    person.wait_for("groupPaste")
    assert person.reads("These credentials cannot list groups")
    group, user = scene.group(), scene.user()
    person.paste("groupPaste", f" https://app.360learning.com/home/group/{group}/courses\n")
    person.wait_for_text(group)
    person.wait_for("authorPaste")
    person.paste("authorPaste", f"https://app.360learning.com/admin/users/{user}")
    person.click("nextButton")
    person.wait_for_page("behaviourPage")
    steps.behave(person)
    person.wait_for_text("checks passed")
    person.click("createButton")
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert (made.values["groupId"], made.values["authorId"]) == (group, user)
    assert person.find("integrationId", QLineEdit).text() == made.id
    assert (len(scene.posts()), scene.follows_the_rules()) == (1, True)


def test_one_link_of_a_profile_holds_group_and_person(scene: Scene) -> None:
    person = scene.sit_down()
    steps.connect(person)
    person.click("groupSwap")
    link = f"https://app.360learning.com/group/{scene.group()}/users/profile/{scene.user()}"
    person.paste("groupPaste", link)
    person.wait_for_text("Alex Martin")
    person.wait_for_text("DACH")
    person.click("nextButton")
    person.wait_for_page("behaviourPage")
    steps.behave(person)
    person.click("createButton")
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert (made.values["groupId"], made.values["authorId"]) == (scene.group(), scene.user())


def test_pasted_and_on_at_once(scene: Scene) -> None:
    # Nobody waits for the pause after which a pasted text is looked up.
    person = scene.sit_down()
    steps.connect(person, client_id=GUIDE_ID)
    # There once the list of groups was refused.
    person.wait_for("groupPaste")
    person.click("authorSwap")
    person.paste("authorPaste", f"https://app.360learning.com/admin/users/{scene.user()}")
    person.paste("groupPaste", scene.group())
    person.click("nextButton")
    person.wait_for_page("behaviourPage")
    assert not person.sees("problemSummary")


def test_an_address_of_mail_pasted_before_the_group(scene: Scene) -> None:
    person = scene.sit_down()
    steps.connect(person)
    person.click("authorSwap")
    person.paste("authorPaste", "alex.martin@acme.example")
    steps.choose_group(person, "DACH")
    person.wait_for_text("Alex Martin")
    person.click("nextButton")
    person.wait_for_page("behaviourPage")


def test_a_saved_customer_types_nothing_again(scene: Scene) -> None:
    first = scene.sit_down()
    steps.connect(first)
    first.leave()
    asked = len(scene.platform.received(None, TOKEN))
    person = scene.sit_down(url="")
    if person.sees("resumeCard"):
        person.click("discardOldDraft")
    saved: QWidget = person.find("savedCustomer")
    person.act(lambda: saved.setFocus(Qt.FocusReason.TabFocusReason))
    person.press(Qt.Key.Key_Down)
    assert person.draft.customer == "ACME"
    person.click("nextButton")
    person.wait_for_page("placePage")
    assert len(scene.platform.received(None, TOKEN)) > asked
    steps.place(person)
    steps.behave(person)
    person.click("createButton")
    person.wait_for("integrationId")


def test_another_one_for_the_same_customer(scene: Scene) -> None:
    person = scene.sit_down()
    steps.create(person)
    person.wait_for("integrationId")
    person.click("createAnother")
    person.wait_for_page("placePage")
    assert person.reads("No group chosen yet")
    # The same group again, and the same name: what was just made is known already.
    steps.place(person)
    person.write("platformName", NAME)
    person.wait_for_text("already exists in this group")
    person.write("platformName", "Second")
    person.click("subgroupsYes")
    person.click("progressUnsure")
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    person.click("createButton")
    person.wait_for("integrationId")
    assert (len(scene.made()), len(scene.made("Second")), len(scene.posts())) == (1, 1, 2)
    assert scene.follows_the_rules()


def test_the_secret_is_masked_and_gone_after_the_check(scene: Scene) -> None:
    person = scene.sit_down()
    person.write("clientSecret", CANARY)
    secret = person.find("clientSecret", QLineEdit)
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    assert CANARY not in secret.displayText()
    person.press(Qt.Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_X, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ""
    steps.connect(person)
    assert secret.text() == ""


def test_impatient_fingers_create_once(scene: Scene) -> None:
    person = scene.sit_down()
    steps.connect(person)
    steps.place(person)
    steps.behave(person)
    scene.platform.settings.latency_s = 0.05
    # The checks still run: the button is pressed, and pressed, and Enter is hit, and the button again.
    person.click("createButton", times=3)
    person.press(Qt.Key.Key_Return, times=5)
    if person.sees("createButton"):
        person.click("createButton", times=2)
    person.press(Qt.Key.Key_Return, times=5)
    person.wait_for("integrationId")
    assert (len(scene.posts()), len(scene.made()), scene.follows_the_rules()) == (1, 1, True)
