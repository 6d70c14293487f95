"""Text on a page."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wizard.ui.theme import FontRole, Theme

TextRole = Literal["heading", "title", "section", "body", "help", "muted", "fixed"]

_FONTS: dict[str, FontRole] = {
    "heading": "heading",
    "title": "title",
    "section": "section",
    "body": "body",
    "help": "help",
    "muted": "body",
    "fixed": "fixed",
}


def escape(text: str) -> str:
    """``text`` for rich text, so that markup in it is shown (``html`` would cost two milliseconds to load)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Text(QLabel):
    """A wrapped label that shows exactly the characters it is given.

    ``bold`` is a part of the text that is set in DemiBold: what comes from outside is escaped, so
    markup in it is shown, not obeyed. ``wrap=False`` is for one word beside something else.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = "body",
        *,
        bold: str = "",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._plain, self._role = "", role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(theme.font(_FONTS[role]))
        muted = role in ("help", "muted")
        # The wizard's page frame hands down another role, so each label says its own.
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.WindowText)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self.set_text(text, bold=bold)

    def set_text(self, text: str, *, bold: str = "") -> None:
        """Show ``text``; its first part equal to ``bold`` stands out."""
        self._plain = text
        before, part, after = text.partition(bold) if bold else (text, "", "")
        if part:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(
                f'<span style="white-space:pre-wrap">{escape(before)}'
                f'<span style="font-weight:600">{escape(part)}</span>{escape(after)}</span>'
            )
            self.setAccessibleName(text)
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(text)
            if self.accessibleName():
                self.setAccessibleName("")

    def plain(self) -> str:
        """The text without any markup."""
        return self._plain

    def set_muted(self, muted: bool) -> None:
        """Use the quieter tone, or the text's own."""
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.WindowText)

    def set_strong(self, strong: bool) -> None:
        """Set in DemiBold, or as its role has it."""
        self.setFont(self.theme.font("section" if strong else _FONTS[self._role]))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self.wordWrap() or not self._plain:
            return hint
        # Qt would like a wrapped label nearly square; ours is one line as long as there is room.
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(line) for line in self._plain.split("\n"))
        if self.textFormat() == Qt.TextFormat.RichText:
            wide += wide // 12
        width = min(wide + 2, self.theme.units(34))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            return hint
        # Qt measures the height at the narrowest width; the true one comes from heightForWidth.
        return QSize(min(hint.width(), self.theme.units(8)), self.fontMetrics().height())

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font(_FONTS[self._role]))


class Heading(Text):
    """The page's question or result, which takes the focus when the page is entered."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, text, "heading", parent=parent)
        # Not in the Tab order, but a screen reader reads what has the focus.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
