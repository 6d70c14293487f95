"""Texts of the platform made fit for one row or one tool tip. Knows no Qt, so that the first page gets it cheaply."""


def one_line(text: str) -> str:
    """A text of the platform as one row shows it: on one line and of bounded length."""
    return " ".join(text[:500].split())


def plain_tip(text: str) -> str:
    """A text of the platform as a tool tip, which would otherwise read markup in it."""
    escaped = text[:2000].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span style='white-space:pre-line'>{escaped}</span>"
