"""The states of the library."""

from pathlib import Path

from tests.helpers.library import listed
from tests.shots.camera import Camera
from tests.shots.stage import NOW, Stage
from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.demo import PracticePlatform


def library(camera: Camera, platform: PracticePlatform, folder: Path, language: str) -> None:
    """The home window: full, with one row, nothing yet, restored, and not to be read."""
    stage = Stage(platform, folder / "library", language=language, has_customer=True)
    presenter = stage.open_library().presenter
    presenter.show(listed(9))
    camera.take(stage, "library-full")
    presenter.show_news((News(NewsKind.RESTORED, NOW, "/home/kim/set-aside"),))
    camera.take(stage, "library-restored")
    stage.close()
    stage = Stage(platform, folder / "practice", language=language, is_practice=True)
    presenter = stage.open_library().presenter
    camera.take(stage, "library-reading")
    presenter.show(listed(1))
    camera.take(stage, "library-practice")
    presenter.show(())
    camera.take(stage, "library-nothing")
    presenter.show_problem(Expected(Code.STORE_READ_ONLY))
    camera.take(stage, "library-not-read")
    stage.close()
