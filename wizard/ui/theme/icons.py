"""The shipped line icons, drawn in any colour at any scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter

from wizard.resources import resource

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Draws icons by name; keeps what it has read, so one object serves the whole program.

    Names are the file names in ``resources/icons`` without their ending.
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
        """Forget what was read: the colours have changed."""
        self._renderers.clear()


def _renderer(name: str, color: QColor) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer  # not before the first icon is painted

    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", color.name())
    # A little lighter than drawn: beside text of normal weight the original is too strong.
    text = re.sub(r'stroke-width="2"', 'stroke-width="1.9"', text)
    return QSvgRenderer(QByteArray(text.encode()))
