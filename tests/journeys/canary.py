"""A secret that nobody can mistake, and the search for it in everything that was written and shown."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QClipboard, QGuiApplication

CANARY = "zQ7canary-kept-nowhere-Yx4"
"""The client secret of every journey."""


class Records(logging.Handler):
    """Every log record of the process, of every level, as its formatter would write it, tracebacks included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as text, and what a formatter never shows as well."""
        self.lines.append(f"{self.format(record)} {record.args!r} {record.__dict__.get('extra')!r}")


@contextmanager
def records() -> Iterator[Records]:
    """Listen to every logger at DEBUG."""
    root, handler = logging.getLogger(), Records()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def clipboards() -> list[str]:
    """What every clipboard of the computer holds as text."""
    board = QGuiApplication.clipboard()
    return [board.text(mode) for mode in QClipboard.Mode]


def found_in_files(folder: Path, secrets: Iterable[str]) -> list[str]:
    """Each file under `folder` that holds one of the secrets, in any usual encoding."""
    forms = [form for secret in secrets for form in _forms(secret)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


def found_in_texts(texts: Iterable[str], secrets: Iterable[str]) -> list[str]:
    """Each text that holds one of the secrets."""
    wanted = [form for form in secrets if form]
    return [text[:80] for text in texts if any(secret in text for secret in wanted)]


def _forms(secret: str) -> tuple[bytes, ...]:
    return secret.encode(), secret.encode("utf-16-le"), secret.encode()[::-1]
