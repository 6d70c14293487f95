"""One whole program on a fresh computer, for tests of what lies around the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from wizard.app.program import Options, Program
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain
from wizard.ui.theme.theme import Appearance


@contextmanager
def running(qapp: QApplication, qtbot: QtBot, data_dir: Path, *, language: str = "en") -> Iterator[Program]:
    """A program whose first job is done; taken apart afterwards as at the end of the process."""
    ended: list[bool] = []
    options = Options(data_dir=data_dir, language=language)
    program = Program(qapp, options, Services(data_dir, keychain=MemoryKeychain()))
    program.theme.set_appearance(Appearance.LIGHT)
    program.after_close = lambda: ended.append(True)
    with qtbot.waitSignal(program.windows.painted):
        program.show()
    qtbot.waitUntil(lambda: (data_dir / "ledger.sqlite3").exists() and program.runner.is_idle)
    yield program
    for window in program.windows.all:
        window.close()
    qtbot.waitUntil(lambda: bool(ended))
    # A theme that still hears of the system would go on setting colours for the tests that follow.
    for thing in (program.theme._palette_listener, *program.windows._closed, program.runner, program.theme, program):
        if shiboken6.isValid(thing):
            shiboken6.delete(thing)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        shiboken6.delete(translator)


def link_of(program: Program) -> QAbstractButton:
    """The link to help in the wizard."""
    link = program.window.findChild(QAbstractButton, "helpButton")
    assert link is not None
    return link
