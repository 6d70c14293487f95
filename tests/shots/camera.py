"""Takes one state in every look, and puts everything back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.shots.stage import Stage
from wizard.ui.theme.theme import Appearance


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a state: `name` ends the file's name."""

    name: str
    look: Appearance = Appearance.LIGHT
    pixel_ratio: int = 1
    size: tuple[int, int] = (960, 640)
    font: float = 1.0


LIGHT = View("light-100")
EVERY: Sequence[View] = (
    LIGHT,
    View("light-200", pixel_ratio=2),
    View("low-100", size=(853, 480)),
    View("large-100", font=2.0),
    View("dark-100", Appearance.DARK),
    View("dark-200", Appearance.DARK, pixel_ratio=2),
    View("contrast-100", Appearance.CONTRAST_DARK),
)


class Camera:
    """Writes the pictures of one series: `names` tells the states taken so far."""

    def __init__(self, folder: Path, views: Sequence[View], prefix: str = "", only: str = "") -> None:
        """Takes the states whose names begin with `only`."""
        self.folder, self.views, self.prefix, self._only = folder, views, prefix, only
        self.names: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, stage: Stage, name: str, *, rests: bool = True) -> None:
        """All views of what the window shows; `rests` waits for its jobs first."""
        if rests:
            stage.rest()
            # What comes into view does so when the layout has made room for it.
            QTest.qWait(40)
        if not name.startswith(self._only):
            return
        self.names.append(name)
        for view in self.views:
            _set(stage, view)
            for _ in range(3):
                stage.app.processEvents()
            picture(stage.front, view.pixel_ratio).save(str(self.folder / f"{self.prefix}{name}-{view.name}.png"))
        _set(stage, LIGHT)

    def take_question(self, stage: Stage, name: str) -> None:
        """A question with the window behind it, in every look of the usual size."""
        if not name.startswith(self._only):
            return
        self.names.append(name)
        question = stage.question()
        for view in self.views:
            if view.size != LIGHT.size or view.font != 1.0:
                continue
            _set(stage, view)
            for _ in range(3):
                stage.app.processEvents()
            both = picture(stage.window, view.pixel_ratio)
            place = (stage.window.rect().center() - question.rect().center()) * view.pixel_ratio
            _lay(both, picture(question, view.pixel_ratio), place)
            both.save(str(self.folder / f"{self.prefix}{name}-{view.name}.png"))
        _set(stage, LIGHT)


def picture(widget: QWidget, pixel_ratio: int) -> QPixmap:
    """The widget, painted as on a screen of this pixel ratio."""
    made = QPixmap(widget.size() * pixel_ratio)
    made.setDevicePixelRatio(pixel_ratio)
    made.fill(Qt.GlobalColor.transparent)
    widget.render(made)
    return made


def _lay(below: QPixmap, above: QPixmap, place: QPoint) -> None:
    below.setDevicePixelRatio(1)
    above.setDevicePixelRatio(1)
    painter = QPainter(below)
    painter.drawPixmap(place, above)
    painter.end()


def _set(stage: Stage, view: View) -> None:
    theme = stage.program.theme
    font = stage.app.font()
    size = round(13 * view.font)
    if font.pixelSize() != size:
        font.setPixelSize(size)
        stage.app.setFont(font)
    if theme.appearance is not view.look:
        theme.set_appearance(view.look)
    wanted = QSize(*view.size)
    if stage.front.size() != wanted:
        stage.front.resize(wanted)
