"""A logo, looked at before its address is used: on click only, on a light and on a dark ground."""

from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected
from wizard.flow.wizard.logo_preview import PreviewStatus, PreviewView
from wizard.jobs.integrations.logo_preview import Preview
from wizard.ui.context import Context
from wizard.ui.theme.theme import Theme
from wizard.ui.theme.tones import own_palette
from wizard.ui.widgets.base import RADIUS_CARD, Drawn, surface
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.lines import LineIcon, StateLine

PIXELS = 16_000_000
"""Pixels of the largest picture that is decoded; they take four bytes each."""
_SIDE = 20_000
_KEPT = QSize(1200, 480)
"""What is kept of a picture: more than is ever shown, on any screen."""

_FORMATS = {Kind.PNG: "png", Kind.JPEG: "jpeg", Kind.GIF: "gif", Kind.WEBP: "webp"}


_STATES: Mapping[PreviewStatus, LineIcon] = {
    PreviewStatus.NONE: "live",
    PreviewStatus.FETCHING: "waiting",
    PreviewStatus.SHOWN: "ok",
    PreviewStatus.STOPPED: "live",
    PreviewStatus.REFUSED: "warning",
}


def decode(picture: Picture) -> Preview:
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
    return Preview(image, picture.kind.value, width, height, len(picture.content))


class LogoPreview(QWidget):
    """The picture of one address, below its field; `button` is there to be put beside the field.

    Nothing is fetched before the button is pressed.
    """

    fetch_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self, context: Context, name: str, spoken: str) -> None:
        super().__init__()
        say = context.words.say
        self._last: PreviewView | None = None
        self.button = Button(context.theme, say("Preview"))
        self.button.setObjectName(name)
        self.button.setAccessibleName(spoken)
        self.button.setEnabled(False)
        self.button.clicked.connect(self.fetch_clicked)
        self.grounds = _Grounds(context.theme)
        self.grounds.hide()
        self.line = StateLine(context.theme, "help")
        self.stop = LinkButton(context.theme, say("Stop waiting"))
        self.stop.setObjectName(f"{name}Stop")
        self.stop.clicked.connect(self.stop_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.grounds)
        column.addLayout(row)
        self.stop.hide()
        self.hide()

    def show_view(self, view: PreviewView) -> bool:
        """Show the picture, or why there is none; tells whether anything changed."""
        last, self._last = self._last, view
        if last is not None and view.image is last.image and view == last:
            return False
        self.button.setEnabled(view.can_fetch)
        image = view.image if isinstance(view.image, QImage) else None
        self.grounds.show_image(image)
        self.grounds.setAccessibleName(view.sentence if image else "")
        self.grounds.setVisible(image is not None)
        self.line.set_line(view.sentence, _STATES[view.status])
        self.stop.setVisible(view.can_stop)
        self.setVisible(view.status is not PreviewStatus.NONE)
        return True


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
