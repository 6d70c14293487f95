"""Cards: rounded surfaces that hold other widgets."""

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_CARD, Drawn, Icon, surface
from wizard.ui.widgets.lines import ICONS, LineIcon
from wizard.ui.widgets.page_body import Flow
from wizard.ui.widgets.text import Text, TextRole

Tint = Literal["none", "ok", "warning", "problem"]


class Card(Drawn):
    """A rounded surface; add widgets to its layout ``column``. At most one card of a page is tinted."""

    def __init__(
        self,
        theme: Theme,
        tint: Tint = "none",
        *,
        margins: tuple[int, int, int, int] = (16, 12, 16, 12),
    ) -> None:
        super().__init__(theme)
        self._tint = tint
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(8)

    def paintEvent(self, _event: object) -> None:
        tones = self.theme.tones
        fill, line = tones.tints.get(self._tint, (tones.card, tones.line))
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), RADIUS_CARD, fill, line, tones.hairline)
        painter.end()


class NoteCard(Card):
    """A card with an icon, a title, paragraphs and a row of buttons (``add_button``).

    ``speak()`` announces it, interrupting a screen reader if it is a problem.
    """

    title_role: TextRole = "section"

    def __init__(
        self,
        theme: Theme,
        tint: Tint,
        title: str,
        paragraphs: tuple[str, ...] = (),
        *,
        state: LineIcon | None = None,
        bold: str = "",
    ) -> None:
        is_large = self.title_role == "title"
        pad = 20 if is_large else 16
        super().__init__(theme, tint, margins=(pad, pad, pad, pad))
        kind: LineIcon = state or ("problem" if tint == "problem" else "warning")
        self._is_urgent = kind == "problem"
        self.icon = Icon(theme, *ICONS[kind], units=1.35 if is_large else 1.15)
        self.title = Text(theme, title, self.title_role)
        self.words = QVBoxLayout()
        self.words.setSpacing(8 if is_large else 4)
        self.words.addWidget(self.title)
        self._paragraphs = [Text(theme, text, bold=bold) for text in paragraphs]
        for paragraph in self._paragraphs:
            self.words.addWidget(paragraph)
        self.buttons: Flow | None = None
        row = QHBoxLayout()
        row.setSpacing(16 if is_large else 12)
        icon_column = QVBoxLayout()
        icon_column.addWidget(self.icon)
        icon_column.addStretch(1)
        row.addLayout(icon_column)
        row.addLayout(self.words, 1)
        self.column.addLayout(row)
        self.setAccessibleName(" ".join((title, *paragraphs)))

    def add_button(self, button: QWidget) -> None:
        """Append a button to the row of buttons."""
        if self.buttons is None:
            self.buttons = Flow(spacing=8)
            self.words.addSpacing(8)
            self.words.addWidget(self.buttons)
        self.buttons.add(button)

    def speak(self) -> None:
        """Announce title and paragraphs to screen readers."""
        announce(self, self.accessibleName(), urgent=self._is_urgent)
