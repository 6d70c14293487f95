"""Text on a page."""

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wizard.core.text_safety import plain_tip, shortened
from wizard.ui.theme.theme import FontRole, Theme

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

_LIMITS = {"heading": 160, "title": 160}
"""So many characters of one text are shown; none that we write comes near to it."""
_LIMIT = 1_000
_WORD = 30
"""A word of more characters is cut where it has no room; no word of a language is as long."""


def escape(text: str) -> str:
    """``text`` for rich text, so that markup in it is shown (``html`` would cost two milliseconds to load)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _runs(text: str) -> Iterator[str]:
    """The text in the parts between the places where Qt may end a line: behind blanks, also behind a slash."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts in these
    start = 0
    while (end := finder.toNextBoundary()) >= 0:
        yield units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        start = end
    yield units[2 * start :].decode("utf-16-le", "surrogatepass")


class Text(QLabel):
    """A wrapped label that shows exactly the characters it is given.

    ``bold`` is a part of the text that is set in DemiBold: what comes from outside is escaped, so
    markup in it is shown, not obeyed. ``wrap=False`` is for one word beside something else.

    What is longer than anybody reads, and what has no blank where a line has to end, is cut with an ellipsis. The
    whole text is the tool tip and the accessible name then.
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
        self._plain = self._bold = self._shown = ""
        self._role = role
        self._can_cut = self._has_own_tip = False
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
        self._plain, self._bold = text, bold
        self._can_cut = len(text) > _WORD and (
            len(text) > self._limit or any(len(word) > _WORD for word in text.split())
        )
        self._render()

    def _render(self) -> None:
        before, part, after = self._plain.partition(self._bold) if self._bold else (self._plain, "", "")
        if self._can_cut:
            before, part, after = self._cut(before, part, after)
        self._shown = before + part + after
        if part:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(
                f'<span style="white-space:pre-wrap">{escape(before)}'
                f'<span style="font-weight:600">{escape(part)}</span>{escape(after)}</span>'
            )
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._shown)
        is_cut = self._shown != self._plain
        name = self._plain if part or is_cut else ""
        if self.accessibleName() != name:
            self.setAccessibleName(name)
        if is_cut or self._has_own_tip:
            self.setToolTip(plain_tip(self._plain) if is_cut else "")
            self._has_own_tip = is_cut

    def _cut(self, *parts: str) -> tuple[str, str, str]:
        """The parts of the text as far as they are shown."""
        left = self._limit
        shown = []
        for number, part in enumerate(parts):
            # The rest of the sentence is short, and says what the long part is about.
            keep = left if number == 1 else self._limit
            text = shortened(part, max(_WORD, keep))
            left -= len(text)
            shown.append(self._fitted(text, is_bold=number == 1))
        return shown[0], shown[1], shown[2]

    def _fitted(self, text: str, *, is_bold: bool) -> str:
        """The text with everything cut that has no place to end a line and is wider than the label."""
        metrics = self.fontMetrics()
        if is_bold:
            metrics = QFontMetrics(self.theme.font("section")) if self._role != "heading" else metrics
        room = max(self.width(), self.theme.units(8)) - self.margin() * 2
        # What stands right behind the part is another one of the same word.
        room -= metrics.averageCharWidth() * 3
        return "".join(
            metrics.elidedText(run, Qt.TextElideMode.ElideRight, room) if len(run) > _WORD else run
            for run in _runs(text)
        )

    @property
    def _limit(self) -> int:
        return _LIMITS.get(self._role, _LIMIT)

    def shown(self) -> str:
        """The text as far as it is to be seen."""
        return self._shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._can_cut and event.size().width() != event.oldSize().width():
            self._render()

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
        wide = max(metrics.horizontalAdvance(line) for line in self._plain[:_LIMIT].split("\n"))
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
        if self._can_cut:
            self._render()


class Heading(Text):
    """The page's question or result, which takes the focus when the page is entered."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, text, "heading", parent=parent)
        # Not in the Tab order, but a screen reader reads what has the focus.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
