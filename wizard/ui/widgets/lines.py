"""Lines with a state: results, checks, and the live sentence under an answer."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.ui.runtime.announce import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Icon, Tone
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.text import Text, TextRole

State = Literal["ok", "warning", "problem", "untested", "waiting", "unknown", "live", "info"]

# Shapes differ, not only colours.
ICONS: dict[str, tuple[str, Tone]] = {
    "ok": ("circle-check", "ok"),
    "warning": ("triangle-alert", "warning"),
    "problem": ("circle-x", "problem"),
    "untested": ("circle-minus", "muted"),
    "waiting": ("circle-dashed", "muted"),
    "unknown": ("circle-question-mark", "warning"),
    "live": ("eye", "muted"),
    "info": ("circle-alert", "muted"),
}


class ResultLine(QWidget):
    """An icon that tells the state, a text, a help line under it and a link at the right.

    ``state_name`` is the state in words, for those who cannot see the icon.
    """

    link_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        state: State = "ok",
        *,
        help_text: str = "",
        link: str = "",
        link_name: str = "",
        bold: str = "",
        state_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon = Icon(theme, *ICONS[state])
        self.text = Text(theme)
        self.help = Text(theme, role="help")
        self.link: LinkButton | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.help)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.set_result(text, state, help_text=help_text, bold=bold, state_name=state_name)
        self.set_link(link, link_name)

    def set_result(
        self,
        text: str,
        state: State = "ok",
        *,
        help_text: str = "",
        bold: str = "",
        state_name: str = "",
    ) -> None:
        """Show another result; the link stays as it is."""
        self.icon.set_icon(*ICONS[state])
        self.icon.setAccessibleName(state_name)
        self.text.set_text(text, bold=bold)
        self.help.set_text(help_text)
        self.help.setVisible(bool(help_text))
        place = Qt.AlignmentFlag.AlignTop if help_text else Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self.icon, place)
        self.setAccessibleName(", ".join(part for part in (state_name, text, help_text) if part.strip()))

    def add_trailing(self, widget: QWidget) -> None:
        """Put a quiet thing, such as a time, between the text and the link."""
        self._row.insertWidget(2, widget)

    def set_link(self, text: str, name: str = "") -> None:
        """Put a link at the right, or take it away with an empty text."""
        if self.link is None:
            if not text:
                return
            self.link = LinkButton(self.theme, text)
            self.link.setObjectName("lineLink")
            self.link.clicked.connect(self.link_clicked)
            self._row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)
        self.link.setText(text)
        self.link.setAccessibleName(name)
        self.link.setVisible(bool(text))
        self.link.updateGeometry()


class StateLine(QWidget):
    """The line under a control: a live sentence or a problem, its room always kept.

    ``set_line`` with an empty text empties it; a new text is announced, a problem at once.
    """

    def __init__(self, theme: Theme, role: TextRole = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._said = ""
        self.icon = Icon(theme, "", "muted", units=1.0)
        self.text = Text(theme, role=role)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_room_below(self, pixels: int) -> None:
        """Keep a gap to what follows."""
        self._row.setContentsMargins(0, 0, 0, pixels)

    def set_line(self, text: str, state: State = "live", *, bold: str = "") -> None:
        """Show a sentence with the icon of its state."""
        name, tone = ICONS[state] if text else ("", "muted")
        self.icon.set_icon(name if state != "problem" or not text else "circle-alert", tone)
        self.text.set_text(text, bold=bold)
        self.text.set_muted(state not in ("problem", "warning"))
        # A layout above keeps the height of one line until it is told.
        self.updateGeometry()
        if text != self._said:
            self._said = text
            announce(self, text, urgent=state == "problem")

    def line(self) -> str:
        """The sentence that is shown."""
        return self.text.plain()
