"""The hooks for uncaught errors and for the messages of Qt."""

import gc
import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import qDebug, qWarning
from PySide6.QtWidgets import QApplication

from wizard.ui.runtime import uncaught_errors
from wizard.ui.runtime.uncaught_errors import UncaughtErrors, without_values

CANARY = "kanarie-geheim-0123456789"


def fail() -> None:
    raise ValueError(CANARY)


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[UncaughtErrors]:
    def is_ours(record: logging.LogRecord) -> bool:
        # Qt's stand-in for a screen says what it cannot do; that is no fault of ours.
        return "This plugin does not support" not in record.getMessage()

    one = UncaughtErrors(qapp)
    uncaught_errors.log.addFilter(is_ours)
    one.install()
    yield one
    one.uninstall()
    uncaught_errors.log.removeFilter(is_ours)


@pytest.mark.usefixtures("guard")
def test_an_error_while_an_error_is_told_ends_there(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def broken(_error: BaseException) -> str:
        calls.append(1)
        sys.excepthook(ValueError, ValueError(), None)
        raise RuntimeError

    monkeypatch.setattr(uncaught_errors, "describe_error", broken)
    sys.excepthook(ValueError, ValueError(), None)
    assert calls == [1]


@pytest.mark.usefixtures("guard")
def test_a_finaliser_that_fails_is_only_logged(expects_log: Callable[[str], None]) -> None:
    expects_log("could not be raised: ValueError at test_uncaught_errors.py")

    class Thing:
        def __del__(self) -> None:
            fail()

    thing = Thing()
    del thing
    gc.collect()


@pytest.mark.usefixtures("guard")
def test_the_wish_to_end_goes_its_usual_way(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, *_more: told.append(kind))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == [KeyboardInterrupt]


def test_the_hooks_are_given_back(qapp: QApplication) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    guard = UncaughtErrors(qapp)
    guard.install()
    assert sys.excepthook != before[0]
    guard.uninstall()
    guard.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


@pytest.mark.usefixtures("guard")
def test_warnings_of_qt_go_into_the_log_without_values(
    expects_log: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    expects_log("Qt, default: text … of QLineEdit… ends")
    with caplog.at_level(logging.DEBUG, "wizard"):
        qDebug(f"debug {CANARY}")
        qWarning(f'text "{CANARY}" of QLineEdit({CANARY})\n   ends')
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("QLineEdit(0x55, name=\"x\") 'y' z", "QLineEdit… … z"),
        ("a\n b", "a b"),
        ("x" * 999, "x" * 300),
    ],
)
def test_a_message_without_values(text: str, kept: str) -> None:
    assert without_values(text) == kept
