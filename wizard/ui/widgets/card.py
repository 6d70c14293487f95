"""A card: a quiet surface, tinted only for a problem, a warning or an unknown outcome."""

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.ui.runtime.announce import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_CARD, Drawn, Icon, surface
from wizard.ui.widgets.lines import ICONS, State
from wizard.ui.widgets.page import Flow
from wizard.ui.widgets.text import Text, TextRole

Tint = Literal["none", "ok", "warning", "problem"]


class Card(Drawn):
    """A rounded surface with a column (``column``) for what it holds."""

    def __init__(
        self,
        theme: Theme,
        tint: Tint = "none",
        *,
        margins: tuple[int, int, int, int] = (16, 12, 16, 12),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._tint = tint
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(8)

    def set_tint(self, tint: Tint) -> None:
        """Change the tint; at most one card of a page has one."""
        self._tint = tint
        self.update()

    def paintEvent(self, _event: object) -> None:
        tones = self.theme.tones
        fill, line = tones.tints.get(self._tint, (tones.card, tones.line))
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), RADIUS_CARD, fill, line, tones.hairline)
        painter.end()


class NoteCard(Card):
    """A tinted card that says what happened and offers ways out.

    Icon, title, paragraphs, then a row of buttons (``add_button``). It is announced by
    ``speak()``, at once if it is a problem.
    """

    def __init__(
        self,
        theme: Theme,
        tint: Tint,
        title: str,
        paragraphs: tuple[str, ...] = (),
        *,
        state: State | None = None,
        bold: str = "",
        title_role: TextRole = "section",
        parent: QWidget | None = None,
    ) -> None:
        large = title_role == "title"
        pad = 20 if large else 16
        super().__init__(theme, tint, margins=(pad, pad, pad, pad), parent=parent)
        kind: State = state or ("problem" if tint == "problem" else "warning")
        self._urgent = kind == "problem"
        self.icon = Icon(theme, *ICONS[kind], units=1.35 if large else 1.15)
        self.title = Text(theme, title, title_role)
        self.words = QVBoxLayout()
        self.words.setSpacing(8 if large else 4)
        self.words.addWidget(self.title)
        self._paragraphs = [Text(theme, text, bold=bold) for text in paragraphs]
        for paragraph in self._paragraphs:
            self.words.addWidget(paragraph)
        self.buttons: Flow | None = None
        row = QHBoxLayout()
        row.setSpacing(16 if large else 12)
        aside = QVBoxLayout()
        aside.addWidget(self.icon)
        aside.addStretch(1)
        row.addLayout(aside)
        row.addLayout(self.words, 1)
        self.column.addLayout(row)
        self.setAccessibleName(" ".join((title, *paragraphs)))

    def add_button(self, button: QWidget) -> None:
        """Add a way out, left to right."""
        if self.buttons is None:
            self.buttons = Flow(spacing=8)
            self.words.addSpacing(8)
            self.words.addWidget(self.buttons)
        self.buttons.add(button)

    def speak(self) -> None:
        """Have the card read out."""
        announce(self, self.accessibleName(), urgent=self._urgent)
