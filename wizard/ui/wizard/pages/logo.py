"""A logo, looked at before its address is used: on click only, on a light and on a dark ground."""

import threading
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected, Problem
from wizard.core.progress import Report
from wizard.jobs.integrations import logo_preview
from wizard.services import Services
from wizard.ui.context import Context
from wizard.ui.runtime.runner import Handle, Job
from wizard.ui.theme.theme import Theme
from wizard.ui.theme.tones import own_palette
from wizard.ui.widgets.base import RADIUS_CARD, Drawn, surface
from wizard.ui.widgets.buttons import Button
from wizard.ui.widgets.lines import StateLine
from wizard.words.problems import explain

PIXELS = 16_000_000
"""Pixels of the largest picture that is decoded; they take four bytes each."""
_SIDE = 20_000
_KEPT = QSize(1200, 480)
"""What is kept of a picture: more than is ever shown, on any screen."""

_FORMATS = {Kind.PNG: "png", Kind.JPEG: "jpeg", Kind.GIF: "gif", Kind.WEBP: "webp"}


@dataclass(frozen=True, slots=True)
class Look:
    """A decoded picture, made smaller where it was large, and what it was: kind, pixels, bytes."""

    image: QImage
    kind: str
    width: int
    height: int
    weight: int


def look(services: Services, url: str, report: Report, stop: threading.Event) -> Look:
    """A job: fetch and decode the picture at `url`. Raises `Problem`. On a worker, as decoding takes its time."""
    return decode(logo_preview.run(services, url, report, stop))


def decode(picture: Picture) -> Look:
    """The picture as pixels, by the one decoder of its kind. Raises `Expected` if it is too large or broken."""
    data = QByteArray(picture.content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(_FORMATS[picture.kind].encode()))
    # The content was looked at already; another decoder must not be found for it, least of all one for drawings.
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    width, height = size.width(), size.height()
    if width <= 0 or height <= 0:
        raise Expected(Code.PICTURE_NOT_READABLE)
    if width * height > PIXELS or max(width, height) > _SIDE:
        raise Expected(Code.PICTURE_TOO_WIDE)
    if width > _KEPT.width() or height > _KEPT.height():
        fitting = size.scaled(_KEPT, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise Expected(Code.PICTURE_NOT_READABLE)
    return Look(image, picture.kind.value, width, height, len(picture.content))


class LogoPreview(QWidget):
    """The picture of one address, below its field; `button` is there to be put beside the field.

    Nothing is fetched before the button is pressed. Another address takes the picture away. `refused` tells why there
    is none, and with an empty text that this no longer holds.
    """

    refused = Signal(str)

    def __init__(self, context: Context, name: str, spoken: str, fetch: Job[str, Look] = look) -> None:
        super().__init__()
        self.context, self.say = context, context.words.say
        self._fetch = fetch
        self._url = ""
        self._handle: Handle[Look] | None = None
        self.button = Button(context.theme, self.say("Preview"))
        self.button.setObjectName(name)
        self.button.setAccessibleName(spoken)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.fetch)
        self.grounds = _Grounds(context.theme)
        self.grounds.hide()
        self.line = StateLine(context.theme, "help")
        self.refused.connect(lambda text: self.line.set_line(text, "warning"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.grounds)
        column.addWidget(self.line)
        self.hide()

    def set_url(self, url: str) -> None:
        """The address that the button fetches; a picture of another one goes."""
        if url == self._url:
            return
        self._url = url
        if self._handle:
            self._handle.drop()
            self._handle = None
        self.button.setEnabled(bool(url))
        self.grounds.show_image(None)
        self.grounds.hide()
        self.refused.emit("")
        self.hide()

    def fetch(self) -> None:
        """Fetch the picture and show it, or say why not."""
        if self._handle or not self._url:
            return
        self.show()
        self.refused.emit("")
        self.line.set_line(self.say("Fetching the picture…"), "waiting")
        self._handle = self.context.runner.start(self._fetch, self._url, self._on_fetched, self._on_failed)

    def _on_fetched(self, seen: Look) -> None:
        self._handle = None
        self.grounds.show_image(seen.image)
        self.grounds.show()
        text = self.say(
            "{kind}, {width} × {height} pixels, {weight} kB. Left on a light ground, right on a dark one.",
            kind=seen.kind,
            width=seen.width,
            height=seen.height,
            weight=max(1, round(seen.weight / 1000)),
        )
        self.grounds.setAccessibleName(text)
        self.line.set_line(text, "ok")

    def _on_failed(self, problem: Problem) -> None:
        self._handle = None
        self.grounds.hide()
        if problem.code is Code.STOPPED:
            self.line.set_line("")
            return
        shown = explain(self.context.words, problem)
        self.refused.emit(f"{shown.title}. {shown.text}".strip())


class _Grounds(Drawn):
    """One picture twice: on the light and on the dark ground of the program's own palettes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        """Show this picture, or none."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.units(34), self.theme.units(7))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.units(10), self.theme.units(7))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap = 8
        width = (min(self.width(), self.theme.units(34)) - gap) / 2
        base, window = QPalette.ColorRole.Base, QPalette.ColorRole.Window
        grounds = (own_palette(dark=False).color(base), own_palette(dark=True).color(window))
        for place, ground in enumerate(grounds):
            room = QRectF(place * (width + gap), 0, width, self.height())
            surface(painter, room, RADIUS_CARD, ground, self.theme.tones.line, self.theme.tones.hairline)
            if self._image is not None:
                painter.drawImage(_fitted(self._image, room.adjusted(12, 12, -12, -12)), self._image)
        painter.end()


def _fitted(image: QImage, room: QRectF) -> QRectF:
    """Where a picture stands: in the middle, smaller where it has to be, never larger than it is."""
    factor = min(1.0, room.width() / image.width(), room.height() / image.height())
    width, height = image.width() * factor, image.height() * factor
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
