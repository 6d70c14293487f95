"""The states of the last two pages: the checks, and every way a creation can end."""

from dataclasses import replace
from pathlib import Path

from tests.helpers.made import planned
from tests.shots.camera import Camera
from tests.shots.stage import NAME, NOW, Stage, complete_draft
from wizard.core.draft import Step
from wizard.core.integration import Labels
from wizard.core.operations import Operation
from wizard.core.problems import Code, Expected
from wizard.core.saved_integrations import SavedIntegration
from wizard.core.store_news import News, NewsKind
from wizard.demo import Fault, Integration, PracticePlatform, new_id

_POST = ("POST", "/api/v2/integrations")


def review(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Page 4: all well, something in the way, the request unfolded."""
    stage = Stage(platform, folder / "review", language=language, has_customer=True)
    stage.review(replace(complete_draft(platform), logo_url="https://static.example.com/logo.png"))
    camera.take(stage, "review-checked")
    stage.press("technical")
    body = stage.window.page_of(Step.REVIEW).ensure_built()
    body.verticalScrollBar().setValue(body.verticalScrollBar().maximum())
    camera.take(stage, "review-request")
    stage.press("technical")
    add(platform, NAME)
    stage.press("runChecks")
    stage.rest()
    body.verticalScrollBar().setValue(0)
    camera.take(stage, "review-failed")
    stage.press("createButton")
    stage.rest()
    camera.take(stage, "review-in-the-way")
    remove(platform, NAME)
    stage.close()


def create(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """Page 5: every state, reached by the button and a platform that behaves so."""
    stage = _at_create(platform, folder / "done", language)
    stage.rest()
    camera.take(stage, "create-done")
    stage.close()
    remove(platform, NAME)
    _running(camera, platform, folder, language)
    _lost(camera, platform, folder, language)
    _refused(camera, platform, folder, language)
    _not_whole(camera, platform, folder, language)
    _left_behind(camera, platform, folder, language)


def _at_create(platform: PracticePlatform, folder: Path, language: str, fault: Fault | None = None) -> Stage:
    """A stage that has just pressed *Create*."""
    stage = Stage(platform, folder, language=language, has_customer=True)
    stage.review(complete_draft(platform))
    if fault:
        platform.faults.add(fault)
    stage.press("createButton")
    return stage


def _running(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    # Long enough for all pictures of the two states; nobody waits for its end.
    stage = _at_create(platform, folder / "running", language, Fault("silent", *_POST, delay_s=60))
    stage.wait(lambda: bool(platform.received(*_POST)))
    camera.take(stage, "create-running", rests=False)
    stage.press("stopWaitingButton")
    camera.take(stage, "create-stopping", rests=False)
    platform.faults.clear()
    # A stopped platform ends the request that nobody would answer.
    platform.stop()
    stage.rest()
    stage.close()
    platform.start()
    remove(platform, NAME)


def _lost(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    stage = _at_create(platform, folder / "lost", language, Fault("drop_after", *_POST))
    stage.rest()
    camera.take(stage, "create-unknown")
    with platform.world.lock:
        known = list(platform.world.credentials)
        platform.world.credentials.clear()
    platform.world.revoke()
    stage.press("lookNow")
    stage.rest()
    camera.take(stage, "create-no-secret")
    platform.world.add(*known)
    others = platform.world.user_with_mail("odile.marchetti@acme.example").id
    for found in platform.world.integrations_named(NAME):
        found.values["authorId"] = others
    stage.press("lookNow")
    stage.rest()
    camera.take(stage, "create-not-alone")
    remove(platform, NAME)
    stage.close()


def _refused(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    stage = Stage(platform, folder / "refused", language=language, has_customer=True)
    stage.review(complete_draft(platform))
    add(platform, NAME)
    stage.press("createButton")
    stage.rest()
    camera.take(stage, "create-name-taken")
    remove(platform, NAME)
    stage.close()
    fault = Fault("status", *_POST, status=403, body={"error": "invalid_scope"}, times=None)
    stage = _at_create(platform, folder / "scope", language, fault)
    stage.rest()
    camera.take(stage, "create-refused")
    platform.faults.clear()
    stage.close()


def _not_whole(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    changes = {"defaultCompletion": False, "noGroupPropagation": True}
    stage = _at_create(platform, folder / "other", language, Fault("wrong_echo", *_POST, stored=changes))
    stage.rest()
    camera.take(stage, "create-different")
    stage.close()
    remove(platform, NAME)
    unread = Fault("status", "GET", _POST[1], status=500, times=None, after=1)
    stage = _at_create(platform, folder / "unread", language, unread)
    stage.rest()
    camera.take(stage, "create-not-checked")
    platform.faults.clear()
    remove(platform, NAME)
    stage.press("lookNow")
    stage.rest()
    camera.take(stage, "create-not-there")
    stage.press("giveUp")
    stage.rest()
    camera.take(stage, "create-gone")
    stage.close()
    stage = Stage(platform, folder / "full", language=language, has_customer=True)
    stage.review(complete_draft(platform))
    stage.services.local.ledger.operations.finish_creation = _full  # type: ignore[method-assign]
    stage.press("createButton")
    stage.rest()
    camera.take(stage, "create-not-saved")
    stage.close()
    remove(platform, NAME)


def _full(operation_id: str, made: SavedIntegration) -> tuple[Operation, SavedIntegration]:
    raise Expected(Code.STORE_FULL, detail=f"{operation_id} {made.id}")


def _left_behind(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """What the next start shows after a crash before the request."""
    stage = Stage(platform, folder / "crash", language=language, has_customer=True)
    draft = complete_draft(platform)
    labels = Labels("ACME Academy", ("ACME Academy", "Sales", "DACH"), "Alex Martin")
    stage.services.local.ledger.operations.plan(planned("creation", draft, labels))
    stage.close()
    stage = Stage(platform, folder / "crash", language=language, has_customer=True)
    camera.take(stage, "create-interrupted")
    stage.wizard.create.show_store_news((News(NewsKind.RESTORED, NOW, "/home/kim/set-aside"),))
    stage.rest()
    camera.take(stage, "create-restored")
    stage.press("onlyLook")
    stage.rest()
    camera.take(stage, "create-withdrawn")
    stage.close()


def add(platform: PracticePlatform, name: str) -> None:
    draft = complete_draft(platform, name=name)
    values = dict(draft.integration().body())
    with platform.world.lock:
        platform.world.add(Integration(new_id(), values))


def remove(platform: PracticePlatform, name: str) -> None:
    with platform.world.lock:
        for found in platform.world.integrations_named(name):
            del platform.world.integrations[found.id]
