"""The shipped line icons, drawn in any colour at any scale."""

import re

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from wizard.resources import resource


class Icons:
    """Draws icons by name, and caches them by name and colour.

    Names are the file names in ``resources/icons`` without their suffix.
    """

    def __init__(self) -> None:
        self._renderers: dict[tuple[str, int], QSvgRenderer] = {}

    def draw(self, painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
        """Draw icon ``name`` into ``rect`` in ``color``."""
        key = name, color.rgba()
        renderer = self._renderers.get(key)
        if renderer is None:
            renderer = self._renderers[key] = _renderer(name, color)
        renderer.render(painter, rect)

    def clear(self) -> None:
        """Empty the cache, after the colours have changed."""
        self._renderers.clear()


def _renderer(name: str, color: QColor) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", color.name())
    # Thinner strokes than in the files, to match text of normal weight.
    text = re.sub(r'stroke-width="2"', 'stroke-width="1.9"', text)
    return QSvgRenderer(QByteArray(text.encode()))
