"""A guard against a fault of PySide6 6.12.0 on Python 3.11, to be called before any window."""

import sys


def steady_none() -> None:
    """Keep ``None`` alive: every call into Qt that returns nothing takes one reference to it.

    PySide6 6.12.0 returns ``None`` without counting it. Python 3.12 and later never free it; on 3.11
    the program aborts ("none_dealloc") after some thousand calls. Cheap, and harmless elsewhere.
    """
    if sys.version_info < (3, 12):
        import ctypes

        # The count is the first word of every object; so many references are never used up.
        ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40
