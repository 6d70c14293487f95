"""Errors that nobody caught: logged without values, told once and calmly, and nothing lost."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.program import running
from wizard.app.program import Program
from wizard.ui.dialogs.crash import CrashDialog
from wizard.ui.runtime import uncaught_errors
from wizard.ui.runtime.uncaught_errors import UncaughtErrors

CANARY = "kanarie-geheim-0123456789"


def fail() -> None:
    raise ValueError(CANARY)


class Broken(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        fail()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qapp, qtbot, tmp_path / "data") as one:
        yield one


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


@pytest.fixture
def watched(program: Program, guard: UncaughtErrors, expects_log: Callable[[str], None]) -> Program:
    """A program that is told of errors, one of which must come."""
    expects_log(r"wizard\.ui\.runtime\.uncaught_errors CRITICAL: uncaught: ")
    program.help.watch_errors(guard)
    return program


def shown(program: Program) -> list[CrashDialog]:
    return [one for one in program.window.findChildren(CrashDialog) if one.isVisible()]


def wait_for_dialog(program: Program, qtbot: QtBot) -> CrashDialog:
    qtbot.waitUntil(lambda: len(shown(program)) == 1)
    return shown(program)[0]


def from_a_slot(program: Program) -> None:
    button = QPushButton(program.window)
    button.clicked.connect(fail)
    button.click()


def from_a_timer(program: Program) -> None:
    QTimer.singleShot(0, program.window, fail)


def from_a_paint_event(program: Program) -> None:
    Broken(program.window).show()


def from_the_pool(_program: Program) -> None:
    QThreadPool.globalInstance().start(fail)


def from_a_thread(_program: Program) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.parametrize("cause", [from_a_slot, from_a_timer, from_a_paint_event, from_the_pool, from_a_thread])
def test_one_calm_dialog_wherever_it_comes_from(
    watched: Program, qtbot: QtBot, capfd: pytest.CaptureFixture[str], cause: Callable[[Program], None]
) -> None:
    cause(watched)
    dialog = wait_for_dialog(watched, qtbot)
    assert dialog.objectName() == "crashDialog"
    assert dialog.body.heading.plain() == "Something in this program went wrong"
    assert dialog.body.lead.plain() == "Your answers are safe. Go on, or close the program and start it again."
    text = dialog.details.toPlainText()
    assert text.startswith("ValueError at test_crash.py:")
    assert " fail" in text
    assert not dialog.details.isVisible()
    dialog.disclosure.set_open(True)
    assert dialog.details.isVisible()
    dialog.go_on_button.click()
    qtbot.waitUntil(lambda: not shown(watched))
    watched.services.local.flush_log()
    log = watched.services.local.folders.log.read_text(encoding="utf-8")
    assert "CRITICAL ui.runtime.uncaught_errors uncaught: ValueError at test_crash.py:" in log
    out = capfd.readouterr()
    assert "integration-wizard: uncaught: ValueError at" in out.err
    assert CANARY not in f"{log}\n{text}\n{out.out}\n{out.err}"


def test_never_two_at_once(watched: Program, qtbot: QtBot) -> None:
    def other() -> None:
        raise KeyError(CANARY)

    QTimer.singleShot(0, watched.window, fail)
    QTimer.singleShot(0, watched.window, other)
    QTimer.singleShot(0, watched.window, fail)
    dialog = wait_for_dialog(watched, qtbot)
    qtbot.waitUntil(lambda: "KeyError" in dialog.details.toPlainText())
    assert len(shown(watched)) == 1
    assert [line.split()[0] for line in dialog.details.toPlainText().splitlines()] == ["ValueError", "KeyError"]


def test_an_error_that_comes_again_and_again_is_told_seldom(
    watched: Program, guard: UncaughtErrors, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    guard.happened.connect(told.append)
    broken = Broken(watched.window)
    broken.show()
    dialog = wait_for_dialog(watched, qtbot)
    dialog.accept()
    for _ in range(5):
        broken.update()
        qtbot.wait(5)
    assert len(told) == 1
    assert not shown(watched)
    # Only after some peace, and only a few times at all.
    monkeypatch.setattr(uncaught_errors, "QUIET_MS", -1)
    for _ in range(9):
        broken.update()
        qtbot.wait(5)
    assert len(told) == uncaught_errors.MAX_REPORTS
    assert len(guard.errors) == 1
    broken.hide()


def test_the_draft_is_safe(watched: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched.wizard.book, "on_answered", fail)
    edit = watched.window.findChild(QLineEdit, "customerName")
    assert edit is not None
    edit.setText("ACME")
    wait_for_dialog(watched, qtbot)
    qtbot.waitUntil(lambda: watched.runner.is_idle)
    assert [draft.customer for draft in watched.services.local.ledger.drafts.all()] == ["ACME"]


def test_copy_details(watched: Program, qtbot: QtBot, qapp: QApplication) -> None:
    from_a_timer(watched)
    dialog = wait_for_dialog(watched, qtbot)
    link = dialog.findChild(QWidget, "copyDetails")
    assert link is not None
    link.click()  # type: ignore[attr-defined]
    text = qapp.clipboard().text()
    assert text.startswith("integration-wizard ")
    assert "ValueError at test_crash.py:" in text
    assert CANARY not in text


def test_the_support_file_takes_its_place(watched: Program, qtbot: QtBot) -> None:
    from_a_timer(watched)
    wait_for_dialog(watched, qtbot).save_button.click()
    qtbot.waitUntil(lambda: not shown(watched))
    help_dialog = watched.help.dialog
    assert help_dialog is not None
    assert help_dialog.isVisible()
    qtbot.waitUntil(lambda: watched.runner.is_idle)
    help_dialog.parts.list.choose(help_dialog.parts.list.model().index(1, 0))
    assert help_dialog.parts.text.toPlainText().startswith("ValueError at test_crash.py:")
    assert CANARY not in help_dialog.parts.text.toPlainText()


def test_nothing_is_shown_when_the_window_has_gone(watched: Program, qtbot: QtBot) -> None:
    watched.window.hide()
    from_a_timer(watched)
    qtbot.wait(50)
    assert watched.help.crash is None


_WHOLE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from wizard.app import program
from wizard.core.secret import Secret
from wizard.flow.wizard.wizard import WizardPresenter

canary = sys.argv[2]

def broken(secret, plain):
    raise RuntimeError(f"with {plain}") from ValueError(plain)

class Breaking(WizardPresenter):
    def begin(self):
        super().begin()
        QTimer.singleShot(1000, lambda: broken(Secret(canary), canary))
        QTimer.singleShot(1500, os.abort if sys.argv[3] == "break" else self.leave)

program.WizardPresenter = Breaking
sys.exit(program.run(program.Options(data_dir=Path(sys.argv[1]))))
"""


@pytest.mark.parametrize("end", ["break", "close"])
def test_a_whole_process_leaves_its_places_and_no_secret(tmp_path: Path, end: str) -> None:
    data = tmp_path / "data"
    made = subprocess.run(
        [sys.executable, "-c", _WHOLE, str(data), CANARY, end], capture_output=True, timeout=60, check=False
    )
    assert (made.returncode == 0) is (end == "close")
    files = {path.name: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    log = files["wizard.log"].decode("utf-8")
    assert "CRITICAL ui.runtime.uncaught_errors uncaught: RuntimeError at <string>:" in log
    assert "; from ValueError at no line" in log
    assert (b"Current thread" in files["crash.log"]) is (end == "break")
    everything = b"".join((*files.values(), made.stdout, made.stderr))
    assert CANARY.encode() not in everything
    assert b"uncaught: RuntimeError" in made.stderr
    if os.name == "posix":
        assert (data / "crash.log").stat().st_mode & 0o777 == 0o600
