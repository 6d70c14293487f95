"""Texts of the platform made fit for one row or one tool tip. Knows no Qt, so that the first page gets it cheaply."""

_UNSEEN = dict.fromkeys(
    code
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if not chr(code).isspace()
)
"""Control characters, and the marks that turn the writing of everything behind them around."""


ELLIPSIS = "…"
_ROW, _TIP = 2_000, 10_000
_RUN = 40
"""So many characters without a blank stand in a row in a tool tip, which is as wide as its longest word."""


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as `limit` characters hold, with an ellipsis that says so."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def one_line(text: str) -> str:
    """A text of the platform as one row shows it: on one line, of bounded length, without what nobody can see."""
    return " ".join(shortened(text, _ROW).translate(_UNSEEN).split())


def plain_tip(text: str) -> str:
    """A text of the platform as a tool tip, which would otherwise read markup in it."""
    words = shortened(text, _TIP).translate(_UNSEEN).split(" ")
    text = " ".join("\u200b".join(word[at : at + _RUN] for at in range(0, len(word), _RUN)) for word in words)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span style='white-space:pre-line'>{escaped}</span>"
