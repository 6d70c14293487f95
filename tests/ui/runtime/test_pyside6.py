"""The binding to Qt itself."""

import sys

from PySide6.QtCore import QObject


def test_a_call_into_qt_takes_no_reference_of_none() -> None:
    """PySide6 6.12.0 did, and before Python 3.12 the program then ended after some thousand calls."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.setObjectName("x")
    # Gaining some is harmless: Python 3.14 counts them, though nothing can end None there.
    assert before - sys.getrefcount(None) < 100
