"""What a person reads and can do when the keychain asks, or does not take the secret; the window never stands still."""

from types import SimpleNamespace

import pytest
from keyring.errors import KeyringLocked
from PySide6.QtWidgets import QLineEdit

from tests.jobs.test_keychain import Asking
from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, Scene
from tests.journeys.driver import Person
from tests.store.test_system_keychain import Fake, Windows
from wizard.core.cleaning import SECRET_LIMIT
from wizard.store import blocking_call
from wizard.store import keychain as keychains
from wizard.store.keychain import Keychain, SystemKeychain

ASKING = "The keychain may be asking for its password in another window."
PROMISE = "Reads the platform's name and your rights. Changes nothing."
TOO_LONG = (
    "The secret is too long for the keychain",
    "It is kept for this session only. Check that nothing else was pasted with it.",
)


def sit_down(scene: Scene, keychain: Keychain) -> Person:
    """A person at a computer with this keychain."""
    person = Person(scene.qtbot, scene.data_dir, keychain=keychain, url=scene.platform.url)
    scene.people.append(person)
    return person


def type_credentials(person: Person, secret: str = CANARY) -> None:
    """Page 1."""
    person.paste("customerName", "ACME")
    person.paste("clientId", CLIENT_ID)
    person.write("clientSecret", secret)


def save_customer(scene: Scene, keychain: Keychain) -> None:
    """An earlier run, which left a saved customer and a draft."""
    person = sit_down(scene, keychain)
    type_credentials(person)
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.idle()
    person.leave()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """The credential manager of Windows, as far as the program can tell."""
    monkeypatch.setattr(keychains, "sys", SimpleNamespace(platform="win32"))
    return Fake()


@pytest.mark.parametrize("who_says_it", ["we", "windows"])
def test_too_long_for_windows(scene: Scene, windows: Fake, monkeypatch: pytest.MonkeyPatch, who_says_it: str) -> None:
    # No secret that can be typed here is too long; so the limit comes down to this one.
    if who_says_it == "we":
        monkeypatch.setattr(keychains, "WINDOWS_LIMIT", 2 * len(CANARY) - 1)
    else:
        windows.error = Windows("the stub received bad data")
    person = sit_down(scene, SystemKeychain(windows))
    type_credentials(person)
    person.click("nextButton")
    for sentence in TOO_LONG:
        person.wait_for_text(sentence)
    assert person.page == "connectPage"
    assert _beside_the_secret(person) == (
        "Kept for this session. Leave blank to keep it.",
        "Kept for this session only, in no keychain",
    )
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.idle()
    person.leave()
    assert windows.kept == {}


def test_the_secret_field_says_where_the_secret_is_now(scene: Scene, windows: Fake) -> None:
    windows.error = Windows("it is full")
    person = sit_down(scene, SystemKeychain(windows))
    fresh = _beside_the_secret(person)
    assert fresh[0] == ""
    type_credentials(person)
    person.click("checkConnection")
    person.wait(lambda: _beside_the_secret(person)[0].startswith("Kept for this session"))
    person.write("clientId", f"{CLIENT_ID}-2")
    assert _beside_the_secret(person) == fresh
    person.write("clientId", CLIENT_ID)
    assert _beside_the_secret(person)[1] == "Kept for this session only, in no keychain"
    windows.error = None
    person.click("checkConnection")
    person.wait(lambda: _beside_the_secret(person) == ("Saved. Leave blank to keep it.", fresh[1]))


def _beside_the_secret(person: Person) -> tuple[str, str]:
    """What stands in the empty field and above it."""
    field = person.find("clientSecret", QLineEdit)
    return field.placeholderText(), field.accessibleDescription()


def test_nothing_that_can_be_typed_is_too_long_for_windows(scene: Scene, windows: Fake) -> None:
    assert len(("x" * SECRET_LIMIT).encode("utf-16-le")) <= keychains.WINDOWS_LIMIT
    person = sit_down(scene, SystemKeychain(windows))
    type_credentials(person, "")
    person.paste("clientSecret", "x" * (SECRET_LIMIT + 1))
    person.click("checkConnection")
    assert "This does not look like a client secret." in person.beside("clientSecret")
    assert windows.calls == []


def test_a_prompt_is_told_of_and_answered(scene: Scene) -> None:
    asking = Asking()
    person = sit_down(scene, asking)
    type_credentials(person)
    assert not person.sees("stopChecking")
    person.click("checkConnection")
    person.wait_for_text(ASKING)
    assert person.sees("stopChecking")
    person.write("customerName", "ACME two")
    asking.answered.set()
    person.wait_for_text("Connected to")
    assert not person.reads(ASKING)
    assert not person.reads("for this session only")


def test_waiting_again_and_again_without_an_answer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    # More often than there are threads for jobs: none of them is lost to a keychain that does not answer.
    monkeypatch.setattr(blocking_call, "SLOW_S", 0.0)
    asking = Asking()
    person = sit_down(scene, asking)
    type_credentials(person)
    person.click("checkConnection")
    for _ in range(9):
        person.wait_for("stopChecking")
        person.wait_for_text(ASKING)
        person.click("stopChecking")
        person.wait_for_text("The keychain of this computer did not answer")
        assert person.reads("The secret is kept for this session only.")
        person.click("checkAgain")
    person.leave()
    asking.answered.set()


def test_a_saved_customer_without_an_answer_types_the_secret_again(scene: Scene) -> None:
    asking = Asking()
    asking.answered.set()
    save_customer(scene, asking)
    asking.answered.clear()
    person = sit_down(scene, asking)
    person.choose_saved(1)
    person.click("nextButton")
    person.wait_for("stopChecking")
    person.click("stopChecking")
    person.wait_for_text("Answer there, then try again. Or paste the client secret again, for this session only.")
    assert person.window.primary() is person.find("remedy")
    person.click("pasteSecret")
    assert person.find("clientSecret", QLineEdit).hasFocus()
    assert not person.sees("connectionResult")
    person.letters(CANARY)
    asking.answered.set()
    person.click("nextButton")
    person.wait_for_page("placePage")


def test_a_draft_that_is_resumed_behind_a_locked_keychain_leads_to_the_credentials(scene: Scene) -> None:
    fake = Fake()
    save_customer(scene, SystemKeychain(fake))
    fake.error = KeyringLocked("locked")
    person = sit_down(scene, SystemKeychain(fake))
    person.click("resumeDraft")
    person.wait_for_text("The keychain of this computer is locked")
    assert person.page == "connectPage"
    assert person.reads("Unlock it and try again. Or paste the client secret again, for this session only.")
    fake.error = None
    person.click("remedy")
    person.wait_for_text("Connected to")
    person.click("nextButton")
    person.wait_for_page("placePage")
    person.wait(lambda: steps.rows(person, "groupTree") > 0)
    person.idle()


def test_later_pages_say_what_they_wait_for(scene: Scene) -> None:
    asking = Asking()
    asking.answered.set()
    first = sit_down(scene, asking)
    type_credentials(first)
    first.click("nextButton")
    first.wait_for_page("placePage")
    steps.place(first)
    steps.behave(first)
    first.leave()
    asking.answered.clear()
    person = sit_down(scene, asking)
    person.click("resumeDraft")
    person.wait_for_page("reviewPage")
    person.wait_for_text(ASKING)
    for page in ("behaviourPage", "placePage"):
        person.click("backButton")
        person.wait_for_page(page)
    person.wait_for_text(ASKING)
    asking.answered.set()
    person.wait(lambda: steps.rows(person, "groupTree") > 0)
    steps.on_to_review(person)
    person.wait_for_text("checks passed")
    assert asking.prompts == 2  # one to keep it, one to read it
