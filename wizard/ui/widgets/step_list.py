"""The list of steps at the left of the wizard."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import RADIUS_ROW, Drawn, DrawnButton, focus_ring, surface
from wizard.ui.widgets.text import Text

StepMark = Literal["done", "now", "todo"]


class StepList(Drawn):
    """A title, the steps, and a place for a widget at the bottom; steps that are done are buttons.

    ``step_chosen`` carries the number (from 0) of the step that was pressed.
    """

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, title: str, names: Sequence[str]) -> None:
        super().__init__(theme)
        self.names = tuple(names)
        self.title = Text(theme, title, "help", wrap=False)
        self.title.setIndent(9)
        self.items = [StepItem(theme, number, name) for number, name in enumerate(names)]
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 24, 13, 16)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addSpacing(5)
        for number, item in enumerate(self.items):
            item.clicked.connect(lambda _=False, number=number: self.step_chosen.emit(number))
            column.addWidget(item)
        column.addStretch(1)
        self._bottom = QVBoxLayout()
        self._bottom.setContentsMargins(6, 0, 6, 0)
        column.addLayout(self._bottom)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_states(self, states: Sequence[StepMark], spoken: Sequence[str]) -> None:
        """Set the state of each step; ``spoken`` are the accessible names, which include the state."""
        for item, state, name in zip(self.items, states, spoken, strict=True):
            item.set_state(state, name)

    def set_bottom(self, widget: QWidget) -> None:
        """Add a widget at the bottom."""
        self._bottom.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        longest = max((item.sizeHint().width() for item in self.items), default=0)
        longest = max(longest, self.title.sizeHint().width())
        return QSize(max(184, longest + 26), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def paintEvent(self, _event: object) -> None:
        tones = self.theme.tones
        painter = QPainter(self)
        painter.fillRect(self.rect(), tones.side)
        width = tones.hairline
        painter.fillRect(QRect(self.width() - width, 0, width, self.height()), tones.line)
        painter.end()


class StepItem(DrawnButton):
    """One step: a tick when done, a filled number now, a ring with a number later."""

    def __init__(self, theme: Theme, number: int, name: str) -> None:
        super().__init__(theme, name)
        self.setObjectName(f"step{number + 1}")
        self._number = number
        self._state: StepMark = "todo"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_state("todo", name)

    def set_state(self, state: StepMark, spoken: str) -> None:
        """Set state and accessible name; only a step that is done can be pressed and focused."""
        self._state = state
        done = state == "done"
        self.setAccessibleName(spoken)
        self.setEnabled(done or state == "now")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if done else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if done else Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not done)
        self.update()

    def state(self) -> StepMark:
        """The state."""
        return self._state

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.theme.font("section"))
        width = 9 + self._mark() + 10 + metrics.horizontalAdvance(self.text()) + 12
        return QSize(width, max(34, self.theme.units(2.1)))

    def paintEvent(self, _event: object) -> None:
        tones, mark = self.theme.tones, self._mark()
        now, done = self._state == "now", self._state == "done"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if now or (done and self.underMouse()):
            surface(painter, whole, RADIUS_ROW, tones.current)
        lit = now or (done and self.underMouse())
        ring = QRectF(9, (self.height() - mark) / 2, mark, mark)
        if done:
            edge = mark * 0.07
            tick = tones.current_text if lit and tones.high_contrast else tones.accent
            self.theme.draw_icon(painter, "check", ring.adjusted(edge, edge, -edge, -edge), tick)
        else:
            self._paint_number(painter, ring, now)
        font: QFont = self.theme.font("section" if now else "body")
        painter.setFont(font)
        painter.setPen(tones.current_text if lit else tones.text if done else tones.muted)
        room = self.rect().adjusted(9 + mark + 10, 0, -4, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            focus_ring(painter, whole, tones)
        painter.end()

    def _paint_number(self, painter: QPainter, ring: QRectF, now: bool) -> None:
        tones = self.theme.tones
        if now and not tones.high_contrast:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones.accent_fill)
            painter.drawEllipse(ring)
            ink = tones.accent_text
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = tones.current_text if now else tones.muted
            painter.setPen(QPen(ink if tones.high_contrast else tones.line_strong, 1.3))
            painter.drawEllipse(ring.adjusted(0.7, 0.7, -0.7, -0.7))
        painter.setPen(ink)
        painter.setFont(self.theme.font("tiny"))
        painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(self._number + 1))

    def _mark(self) -> int:
        return self.theme.units(1.25)
