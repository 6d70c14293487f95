"""The states of the pages with answers: connect, place, behaviour, and the question before leaving."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.shots.camera import Camera
from tests.shots.outcomes import add
from tests.shots.stage import AUTHOR, GROUP, NAME, Stage, complete_draft
from wizard.core.draft import Step
from wizard.demo import PracticePlatform, guide_credential, practice_credential
from wizard.store.keychain import MemoryKeychain


def connect(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Page 1: empty, asked too early, folded help, every result of a check, and the second start."""
    keychain = MemoryKeychain()
    stage = Stage(platform, folder / "connect", keychain=keychain, language=language)
    camera.take(stage, "connect-empty")
    stage.press("nextButton")
    camera.take(stage, "connect-missing")
    stage.write("customerName", "ACME")
    stage.write("clientId", "60dc1e6d5a0e5b1f5c8f4a11")
    stage.press("regionOther")
    camera.take(stage, "connect-other-address")
    stage.press("regionEu")
    stage.connect(practice_credential(), secret="wrong")
    camera.take(stage, "connect-refused")
    stage.connect(guide_credential())
    camera.take(stage, "connect-three-scopes")
    stage.connect(practice_credential())
    camera.take(stage, "connect-checked")
    stage.close()
    stage = Stage(platform, folder / "connect", keychain=keychain, language=language)
    camera.take(stage, "connect-saved-and-draft")
    stage.press("discardOldDraft")
    stage.rest()
    stage.wizard.connect.choose_customer(stage.wizard.customers.customers[0])
    camera.take(stage, "connect-saved-chosen")
    stage.close()
    practice = Stage(platform, folder / "practice", language=language, is_practice=True)
    camera.take(practice, "connect-practice")
    practice.close()


def place(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Page 2: lists and links, chosen, doubtful, not found."""
    stage = Stage(platform, folder / "place", language=language)
    stage.connect(practice_credential())
    stage.press("nextButton")
    stage.rest()
    page = stage.wizard.place
    camera.take(stage, "place-empty")
    stage.press("nextButton")
    camera.take(stage, "place-missing")
    page.group.choose(complete_draft(platform).group.id)  # type: ignore[union-attr]
    stage.rest()
    camera.take(stage, "place-group-chosen")
    page.author.choose(complete_draft(platform).author.id)  # type: ignore[union-attr]
    camera.take(stage, "place-chosen")
    stage.write("groupSearch", "on")
    camera.take(stage, "place-searched")
    stage.write("groupSearch", "")
    stage.press("authorSwap")
    stage.write("authorPaste", "sam.okafor@acme.example")
    _wait_for_paste(stage)
    camera.take(stage, "place-weak-author")
    stage.write("authorPaste", "nobody@acme.example")
    _wait_for_paste(stage)
    camera.take(stage, "place-unknown-author")
    stage.close()
    stage = Stage(platform, folder / "guide", language=language)
    stage.connect(guide_credential())
    stage.press("nextButton")
    stage.rest()
    camera.take(stage, "place-paste-empty")
    group = platform.world.group_named(GROUP).id
    person = platform.world.user_with_mail(AUTHOR).id
    stage.write("groupPaste", f"https://app.360learning.com/home/group/{group}")
    _wait_for_paste(stage)
    stage.write("authorPaste", f"https://app.360learning.com/user/profile/{person}")
    _wait_for_paste(stage)
    camera.take(stage, "place-pasted")
    stage.write("groupPaste", "https://example.com/somewhere")
    _wait_for_paste(stage)
    camera.take(stage, "place-not-a-link")
    stage.close()


def _wait_for_paste(stage: Stage) -> None:
    """A pasted text is read when it has rested for a while."""
    QTest.qWait(450)
    stage.rest()


def behaviour(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Page 3: empty, asked too early, filled, a taken and a similar name, everything unfolded; then the question."""
    add(platform, "Taken Name")
    stage = Stage(platform, folder / "behaviour", language=language, has_customer=True)
    answers = {"name": "", "shows_in_subgroups": None, "frequency": None, "step": Step.BEHAVIOUR}
    empty = replace(complete_draft(platform), **answers)  # type: ignore[arg-type]
    stage.resume(empty)
    camera.take(stage, "behaviour-empty")
    stage.press("nextButton")
    camera.take(stage, "behaviour-missing")
    stage.write("platformName", NAME)
    stage.press("subgroupsYes")
    stage.press("progressDaily")
    _wait_for_paste(stage)
    camera.take(stage, "behaviour-filled")
    stage.write("platformName", "Udemy")
    _wait_for_paste(stage)
    camera.take(stage, "behaviour-similar-name")
    stage.write("platformName", "Taken Name")
    _wait_for_paste(stage)
    camera.take(stage, "behaviour-taken-name")
    stage.write("platformName", NAME)
    stage.press("more")
    stage.write("logoUrl", "http://acme.example/logo.png")
    stage.find("logoUrl", QLineEdit).editingFinished.emit()
    _wait_for_paste(stage)
    body = stage.window.page_of(Step.BEHAVIOUR).ensure_built()
    body.verticalScrollBar().setValue(body.verticalScrollBar().maximum())
    camera.take(stage, "behaviour-more")
    stage.press("cancelButton")
    camera.take_question(stage, "leaving-question")
    stage.question().done(0)
    stage.close()


def focus(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Where the keyboard is: a field, a link, a choice, a row."""
    stage = Stage(platform, folder / "focus", language=language)
    for name in ("clientId", "regionEu", "checkConnection"):
        stage.window.activateWindow()
        stage.find(name, QWidget).setFocus(Qt.FocusReason.TabFocusReason)
        camera.take(stage, f"focus-{name}")
    stage.close()
