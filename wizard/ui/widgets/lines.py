"""Lines with an icon for a state: results, checks, and the line below a control."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wizard.ui.runtime.announcements import announce
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Icon, Tone
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.text import Text, TextRole

LineIcon = Literal["ok", "warning", "problem", "untested", "waiting", "unknown", "live", "info"]

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
"""Icon and tone of each state; the shapes differ too, as colours alone do not tell states apart."""


class ResultLine(QWidget):
    """An icon for the state, a text, a help line below it, and a link at the right (``set_link``).

    ``state_name`` is the accessible name of the icon.
    """

    link_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        state: LineIcon = "ok",
        *,
        help_text: str = "",
        bold: str = "",
        state_name: str = "",
    ) -> None:
        super().__init__()
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

    def set_result(
        self,
        text: str,
        state: LineIcon = "ok",
        *,
        help_text: str = "",
        bold: str = "",
        state_name: str = "",
    ) -> None:
        """Replace everything except the link."""
        self.icon.set_icon(*ICONS[state])
        self.icon.setAccessibleName(state_name)
        self.text.set_text(text, bold=bold)
        self.help.set_text(help_text)
        self.help.setVisible(bool(help_text))
        place = Qt.AlignmentFlag.AlignTop if help_text else Qt.AlignmentFlag.AlignVCenter
        self._row.setAlignment(self.icon, place)
        self.setAccessibleName(", ".join(part for part in (state_name, text, help_text) if part.strip()))

    def set_link(self, text: str, name: str = "") -> None:
        """Show a link at the right, or none if the text is empty; ``name`` is its accessible name."""
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
    """The line below a control, for a live sentence or a problem; it keeps its height while it is empty.

    A new text is announced, a problem urgently.
    """

    def __init__(self, theme: Theme, role: TextRole = "muted") -> None:
        super().__init__()
        self.theme = theme
        self._announced = ""
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
        """Set the gap below, in pixels."""
        self._row.setContentsMargins(0, 0, 0, pixels)

    def set_line(self, text: str, state: LineIcon = "live", *, bold: str = "") -> None:
        """Show a text with the icon of its state, or nothing if the text is empty."""
        name, tone = ICONS[state] if text else ("", "muted")
        self.icon.set_icon(name if state != "problem" or not text else "circle-alert", tone)
        self.text.set_text(text, bold=bold)
        self.text.set_muted(state not in ("problem", "warning"))
        # Let the outer layout measure again: it cached the height of one line.
        self.updateGeometry()
        if text != self._announced:
            self._announced = text
            announce(self, text, urgent=state == "problem")

    def line(self) -> str:
        """The text that is shown."""
        return self.text.plain()
