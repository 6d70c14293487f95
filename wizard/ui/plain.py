"""Texts of the platform made fit for one row or one tool tip. Knows no Qt, so that the first page gets it cheaply."""

_UNSEEN = dict.fromkeys(
    code
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if not chr(code).isspace()
)
"""Control characters, and the marks that turn the writing of everything behind them around."""


def one_line(text: str) -> str:
    """A text of the platform as one row shows it: on one line, of bounded length, without what nobody can see."""
    return " ".join(text[:500].translate(_UNSEEN).split())


def plain_tip(text: str) -> str:
    """A text of the platform as a tool tip, which would otherwise read markup in it."""
    escaped = text[:2000].translate(_UNSEEN).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span style='white-space:pre-line'>{escaped}</span>"
