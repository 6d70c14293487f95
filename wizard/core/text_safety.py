"""Texts of the platform, made safe to show in one row or in a tool tip."""

from html import escape

_INVISIBLE = dict.fromkeys(
    code
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if not chr(code).isspace()
)
"""Control characters, and those that change the direction of the text behind them."""

ELLIPSIS = "…"
_MAX_LINE, _MAX_TIP = 2_000, 10_000
_MAX_WORD = 40
"""Longer words get break points in a tool tip, which is as wide as its longest word."""


def shortened(text: str, limit: int) -> str:
    """The text, cut with an ellipsis if it has more than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def one_line(text: str) -> str:
    """The text on one line, of limited length, without invisible characters."""
    return " ".join(shortened(text, _MAX_LINE).translate(_INVISIBLE).split())


def plain_tip(text: str) -> str:
    """The text as rich text for a tool tip, with its markup escaped: Qt would interpret it."""
    words = shortened(text, _MAX_TIP).translate(_INVISIBLE).split(" ")
    text = " ".join("\u200b".join(word[at : at + _MAX_WORD] for at in range(0, len(word), _MAX_WORD)) for word in words)
    return f"<span style='white-space:pre-line'>{escape(text, quote=False)}</span>"
