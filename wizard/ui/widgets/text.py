"""Labels."""

from collections.abc import Iterator
from html import escape
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

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
"""Maximum characters shown, by role; our own texts are far shorter."""
_LIMIT = 1_000
_WORD = 30
"""Words of more characters are elided if they do not fit; no word of a language is as long."""


def _line_break_parts(text: str) -> Iterator[str]:
    """Split the text where Qt may break lines: behind blanks, and for example behind a slash."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    units = text.encode("utf-16-le", "surrogatepass")  # Qt counts UTF-16 code units
    start = 0
    while (end := finder.toNextBoundary()) >= 0:
        yield units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        start = end
    yield units[2 * start :].decode("utf-16-le", "surrogatepass")


class Text(QLabel):
    """A wrapping label for plain text: markup is shown as it is. ``bold`` is a part of the text to set in DemiBold.

    Texts that are too long, and words that do not fit in a line, are elided; the whole text is then the tool tip and
    the accessible name.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: TextRole = "body",
        *,
        bold: str = "",
        wrap: bool = True,
    ) -> None:
        super().__init__()
        self.theme = theme
        self._plain = self._bold = self._shown = ""
        self._role = role
        self._may_need_eliding = self._has_own_tip = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(theme.font(_FONTS[role]))
        muted = role in ("help", "muted")
        # Set the role explicitly: QWizard sets another one on its pages, which labels inherit.
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.WindowText)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self.set_text(text, bold=bold)

    def set_text(self, text: str, *, bold: str = "") -> None:
        """Show ``text`` with the first occurrence of ``bold`` in DemiBold."""
        self._plain, self._bold = text, bold
        self._may_need_eliding = len(text) > _WORD and (
            len(text) > self._limit or any(len(word) > _WORD for word in text.split())
        )
        self._render()

    def _render(self) -> None:
        before, part, after = self._plain.partition(self._bold) if self._bold else (self._plain, "", "")
        if self._may_need_eliding:
            before, part, after = self._elide(before, part, after)
        self._shown = before + part + after
        if part:
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(
                f'<span style="white-space:pre-wrap">{escape(before, quote=False)}'
                f'<span style="font-weight:600">{escape(part, quote=False)}</span>{escape(after, quote=False)}</span>'
            )
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._shown)
        is_elided = self._shown != self._plain
        name = self._plain if part or is_elided else ""
        if self.accessibleName() != name:
            self.setAccessibleName(name)
        if is_elided or self._has_own_tip:
            self.setToolTip(plain_tip(self._plain) if is_elided else "")
            self._has_own_tip = is_elided

    def _elide(self, *parts: str) -> tuple[str, str, str]:
        """Shorten the three parts of the text to the limit, and elide what does not fit."""
        left = self._limit
        shown = []
        for number, part in enumerate(parts):
            # Limit the middle part to what is left; the text around it is ours and short.
            keep = left if number == 1 else self._limit
            text = shortened(part, max(_WORD, keep))
            left -= len(text)
            shown.append(self._elide_words(text, is_bold=number == 1))
        return shown[0], shown[1], shown[2]

    def _elide_words(self, text: str, *, is_bold: bool) -> str:
        """Elide every word that is wider than the label."""
        metrics = self.fontMetrics()
        if is_bold:
            metrics = QFontMetrics(self.theme.font("section")) if self._role != "heading" else metrics
        room = max(self.width(), self.theme.units(8)) - self.margin() * 2
        # Leave room for a quotation mark or a full stop right behind the word.
        room -= metrics.averageCharWidth() * 3
        return "".join(
            metrics.elidedText(run, Qt.TextElideMode.ElideRight, room) if len(run) > _WORD else run
            for run in _line_break_parts(text)
        )

    @property
    def _limit(self) -> int:
        return _LIMITS.get(self._role, _LIMIT)

    def shown(self) -> str:
        """The text after eliding."""
        return self._shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._may_need_eliding and event.size().width() != event.oldSize().width():
            self._render()

    def plain(self) -> str:
        """The whole text."""
        return self._plain

    def set_muted(self, is_muted: bool) -> None:
        """Switch between the muted and the normal tone."""
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if is_muted else QPalette.ColorRole.WindowText)

    def set_strong(self, is_strong: bool) -> None:
        """Switch between DemiBold and the font of the role."""
        self.setFont(self.theme.font("section" if is_strong else _FONTS[self._role]))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self.wordWrap() or not self._plain:
            return hint
        # Prefer one line, up to a maximum width: the hint of Qt for a wrapped label is nearly square.
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
        # Replace the height, which Qt computes at minimum width; layouts use heightForWidth.
        return QSize(min(hint.width(), self.theme.units(8)), self.fontMetrics().height())

    def _on_theme_changed(self) -> None:
        self.setFont(self.theme.font(_FONTS[self._role]))
        if self._may_need_eliding:
            self._render()


class Heading(Text):
    """The heading of a page, which gets the focus when the page is entered."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        super().__init__(theme, text, "heading")
        # Focusable, so that screen readers read it first, but not in the Tab order.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
