"""The lines of a job in progress."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from wizard.ui.runtime.announce import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Drawn, tone_color
from wizard.ui.widgets.text import Text

Step = Literal["todo", "running", "done", "failed", "unknown"]

_SHAPES: dict[str, tuple[str, str]] = {
    "todo": ("circle", "muted"),
    "done": ("circle-check", "ok"),
    "failed": ("circle-x", "problem"),
    "unknown": ("circle-question-mark", "warning"),
}
_TURN = 900


class ProgressLines(QWidget):
    """A few lines that never move: a shape for the state, the text, and a help line.

    ``set_step`` changes one; a change to running, done, failed or unknown is announced.
    """

    def __init__(self, theme: Theme, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._states: list[Step] = []
        self._marks: list[_Mark] = []
        self._texts: list[Text] = []
        self._notes: list[Text] = []
        for row, text in enumerate(texts):
            mark, words, note = _Mark(theme), Text(theme, text, "body"), Text(theme, " ", "help")
            words.set_muted(True)
            grid.addWidget(mark, 2 * row, 0)
            grid.addWidget(words, 2 * row, 1)
            grid.addWidget(note, 2 * row + 1, 1)
            self._states.append("todo")
            self._marks.append(mark)
            self._texts.append(words)
            self._notes.append(note)

    def set_step(self, row: int, state: Step, text: str | None = None, *, note: str = "", spoken: str = "") -> None:
        """Put line ``row`` into a state; ``spoken`` is announced instead of the text."""
        changed = state != self._states[row]
        self._states[row] = state
        words = self._texts[row]
        if text is not None:
            words.set_text(text)
        words.set_muted(state == "todo")
        words.set_strong(state == "running")
        self._notes[row].set_text(note or " ")
        self._marks[row].set_state(state)
        self._marks[row].setAccessibleName(spoken)
        if changed and state != "todo":
            announce(self, spoken or words.plain(), urgent=state in ("failed", "unknown"))

    def note(self, row: int) -> str:
        """The help line of a line."""
        return self._notes[row].plain().strip()

    def step(self, row: int) -> Step:
        """The state of a line."""
        return self._states[row]


class _Mark(Drawn):
    """The shape of one line; the arc turns only while it is seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._state: Step = "todo"
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: Step) -> None:
        """Show another shape."""
        self._state = state
        self._run()
        self.update()

    def is_turning(self) -> bool:
        """Whether the arc moves now."""
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        side = self.theme.units(1.15)
        return QSize(side, max(side, self.theme.units(1.5)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_theme_changed(self) -> None:
        self._run()
        super()._on_theme_changed()

    def _run(self) -> None:
        turn = self._state == "running" and self.isVisible() and not self.theme.is_reduced_motion
        if turn and not self._timer.isActive():
            self._clock.start()
            self._timer.start()
        elif not turn:
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
            turned = self._clock.elapsed() % _TURN / _TURN if self._timer.isActive() else 0.0
            painter.drawArc(ring, round((90 - 360 * turned) * 16), -100 * 16)
        painter.end()
