"""The progress of a job, one line a phase."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Drawn, tone_color
from wizard.ui.widgets.text import Text

ProgressState = Literal["todo", "running", "done", "failed", "unknown"]

_SHAPES: dict[str, tuple[str, str]] = {
    "todo": ("circle", "muted"),
    "done": ("circle-check", "ok"),
    "failed": ("circle-x", "problem"),
    "unknown": ("circle-question-mark", "warning"),
}
_TURN_MS = 900


class ProgressLines(QWidget):
    """Lines with an icon for their state, a text and a help line; every change of a state is announced.

    Empty help lines keep their height, so that nothing moves.
    """

    def __init__(self, theme: Theme, texts: Sequence[str]) -> None:
        super().__init__()
        self.theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._states: list[ProgressState] = []
        self._icons: list[_StateIcon] = []
        self._texts: list[Text] = []
        self._notes: list[Text] = []
        for row, text in enumerate(texts):
            icon, label, note = _StateIcon(theme), Text(theme, text, "body"), Text(theme, " ", "help")
            label.set_muted(True)
            grid.addWidget(icon, 2 * row, 0)
            grid.addWidget(label, 2 * row, 1)
            grid.addWidget(note, 2 * row + 1, 1)
            self._states.append("todo")
            self._icons.append(icon)
            self._texts.append(label)
            self._notes.append(note)

    def set_step(
        self, row: int, state: ProgressState, text: str | None = None, *, note: str = "", spoken: str = ""
    ) -> None:
        """Set the state of a line; ``spoken`` is announced instead of the text."""
        is_changed = state != self._states[row]
        self._states[row] = state
        label = self._texts[row]
        if text is not None:
            label.set_text(text)
        label.set_muted(state == "todo")
        label.set_strong(state == "running")
        self._notes[row].set_text(note or " ")
        self._icons[row].set_state(state)
        self._icons[row].setAccessibleName(spoken)
        if is_changed and state != "todo":
            announce(self, spoken or label.plain(), urgent=state in ("failed", "unknown"))

    def note(self, row: int) -> str:
        """The help line below a line."""
        return self._notes[row].plain().strip()

    def step(self, row: int) -> ProgressState:
        """The state of a line."""
        return self._states[row]


class _StateIcon(Drawn):
    """The icon of one line; the arc of a running one turns while it is visible."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._state: ProgressState = "todo"
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: ProgressState) -> None:
        """Show another icon."""
        self._state = state
        self._update_timer()
        self.update()

    def is_turning(self) -> bool:
        """Whether the arc turns now."""
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        side = self.theme.units(1.15)
        return QSize(side, max(side, self.theme.units(1.5)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_theme_changed(self) -> None:
        self._update_timer()
        super()._on_theme_changed()

    def _update_timer(self) -> None:
        should_turn = self._state == "running" and self.isVisible() and not self.theme.is_reduced_motion
        if should_turn and not self._timer.isActive():
            self._clock.start()
            self._timer.start()
        elif not should_turn:
            self._timer.stop()

    def paintEvent(self, _event: object) -> None:
        tones, side = self.theme.tones, self.theme.units(1.15)
        painter = QPainter(self)
        rect = QRectF(0, (self.height() - side) / 2, side, side)
        if self._state != "running":
            name, tone = _SHAPES[self._state]
            self.theme.draw_icon(painter, name, rect, tone_color(tones, tone))
        else:
            width = side / 24 * 1.9
            edge = side / 24 * 2
            ring = rect.adjusted(edge, edge, -edge, -edge)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tones.line, width))
            painter.drawEllipse(ring)
            cap = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(tones.accent, width, Qt.PenStyle.SolidLine, cap))
            turned = self._clock.elapsed() % _TURN_MS / _TURN_MS if self._timer.isActive() else 0.0
            painter.drawArc(ring, round((90 - 360 * turned) * 16), -100 * 16)
        painter.end()
