"""The series of pictures: all of them, or the six of the README."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from tests.shots import answers, home, outcomes
from tests.shots.camera import EVERY, LIGHT, Camera, View
from wizard.demo import PracticePlatform, Settings
from wizard.ui.theme.theme import Appearance

Scene = Callable[[Camera, PracticePlatform, Path, str], None]
SCENES: dict[str, tuple[Scene, ...]] = {
    "connect": (answers.connect,),
    "place": (answers.place,),
    "behaviour": (answers.behaviour,),
    "leaving": (answers.behaviour,),
    "focus": (answers.focus,),
    "review": (outcomes.review,),
    "create": (outcomes.create,),
    "library": (home.library,),
}
README = {
    "connect": "connect-empty",
    "place": "place-chosen",
    "behaviour": "behaviour-filled",
    "review": "review-checked",
    "created": "create-done",
    "unknown-dark": "create-unknown",
}
"""The README's pictures and the states they show."""


def every(folder: Path, home: Path, only: str = "") -> list[str]:
    """All states whose names begin with `only`: English in every look, French in the plain one."""
    english = Camera(folder, EVERY, only=only)
    french = Camera(folder, (View("fr-100"),), only=only)
    for camera, language in ((english, "en"), (french, "fr")):
        for scene in _scenes(only):
            _play(scene, camera, home, language)
    return english.names


def readme(folder: Path, home: Path) -> list[str]:
    """The pictures of the README, small enough to travel with the source."""
    shots = home / "shots"
    camera = Camera(shots, (LIGHT, View("dark-100", Appearance.DARK)))
    for scene in (answers.connect, answers.place, answers.behaviour, outcomes.review, outcomes.create):
        _play(scene, camera, home, "en")
    folder.mkdir(parents=True, exist_ok=True)
    for name, state in README.items():
        look = "dark" if name.endswith("-dark") else "light"
        image = QImage(str(shots / f"{state}-{look}-100.png"))
        _small(image).save(str(folder / f"{name}.png"), quality=0)
    return list(README)


def _small(image: QImage) -> QImage:
    """The same picture in 256 of its colours: the most frequent of each kind, then the most frequent of all."""
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    frequent = [colour for colour, _ in Counter(memoryview(whole.constBits()).cast("I")).most_common()]
    # So that the few pixels of an icon keep their hue beside a thousand greys of text.
    kinds = {colour & 0xE0E0E0: colour for colour in reversed(frequent)}
    colours = list(dict.fromkeys([*kinds.values(), *frequent]))[:256]
    return whole.convertToFormat(QImage.Format.Format_Indexed8, colours)


def _scenes(only: str) -> list[Scene]:
    head = only.partition("-")[0]
    chosen = [scene for name, scenes in SCENES.items() if not head or name.startswith(head) for scene in scenes]
    return list(dict.fromkeys(chosen))


def _play(scene: Scene, camera: Camera, home: Path, language: str) -> None:
    """One scene on a platform of its own."""
    name = f"{getattr(scene, '__name__', 'scene')}-{language}"
    with PracticePlatform(settings=Settings(rate_limits=False)) as platform:
        scene(camera, platform, home / f"{name}-{len(camera.names)}", language)
