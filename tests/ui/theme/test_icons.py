"""The shipped icons."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from wizard.resources import resource
from wizard.ui.theme.theme import Theme


def test_every_shipped_icon_is_drawn_in_the_colour_asked_for(theme: Theme) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) > 20
    for name in names:
        picture = QImage(48, 48, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        theme.draw_icon(painter, name, QRectF(0, 0, 48, 48), QColor("#b3261e"))
        painter.end()
        colours = {picture.pixelColor(x, y).name() for x in range(48) for y in range(48)}
        assert "#b3261e" in colours, name
