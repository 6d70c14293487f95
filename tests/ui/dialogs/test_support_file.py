"""Help: the way to it, what it tells, and the support file that is written as it was shown."""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.layout import clipped
from tests.ui.program import link_of, running
from wizard import __version__
from wizard.app.program import Program
from wizard.core.problems import Code, Expected
from wizard.services import Services
from wizard.ui.context import Context
from wizard.ui.dialogs.crash import CrashDialog
from wizard.ui.dialogs.support_file import SupportDialog
from wizard.ui.runtime.runner import Runner
from wizard.ui.theme.theme import Appearance, Theme
from wizard.words import open_words

NAMES = ["about.txt", "errors.txt", "ledger.txt", "log.txt", "crash.txt"]


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qapp, qtbot, tmp_path / "data") as one:
        yield one


@pytest.fixture
def opened(program: Program, qtbot: QtBot) -> SupportDialog:
    link_of(program).click()
    return collected(program, qtbot)


def collected(program: Program, qtbot: QtBot) -> SupportDialog:
    dialog = program.help.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.parts.list.model().rowCount() > 0)
    return dialog


def texts(dialog: SupportDialog, qtbot: QtBot) -> dict[str, str]:
    """Every file as a person reads it: chosen in the list, read in the field."""
    model, found = dialog.parts.list.model(), {}
    for row in range(model.rowCount()):
        dialog.parts.list.choose(model.index(row, 0))
        qtbot.wait(1)
        found[str(model.index(row, 0).data())] = dialog.parts.text.toPlainText()
    return found


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def choose_file(dialog: SupportDialog, path: Path, qtbot: QtBot) -> None:
    press(dialog, "saveSupport")
    files = dialog.findChild(QFileDialog, "supportFile")
    assert files is not None
    qtbot.waitUntil(files.isVisible)
    assert files.selectedFiles()[0].endswith(".zip")
    files.selectFile(str(path))
    files.accept()


def test_the_link_below_the_steps_opens_it(opened: SupportDialog) -> None:
    assert opened.objectName() == "supportDialog"
    assert opened.isModal()
    assert opened.body.lead.plain() == f"360Learning integrations, version {__version__}"


def test_f1_opens_it_where_there_is_no_list_of_steps(program: Program, qtbot: QtBot) -> None:
    program.window.steps.hide()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    dialog = collected(program, qtbot)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not program.window.findChildren(SupportDialog))
    program.help.open()
    assert collected(program, qtbot).isVisible()


def test_the_link_stays_while_something_is_created(program: Program) -> None:
    window, wizard = program.window, program.wizard
    view = wizard.view()
    window.show_view(replace(view, can_press_steps=False))
    assert link_of(program).isEnabled()
    assert not any(item.isEnabled() for item in window.steps.items)
    window.show_view(view)
    assert [item.isEnabled() for item in window.steps.items] == [True, False, False, False, False]


def test_it_tells_where_the_data_is_and_opens_the_folder(
    opened: SupportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = opened.findChild(QLineEdit, "dataFolder")
    assert folder is not None
    assert folder.text() == str(tmp_path / "data")
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    press(opened, "openFolder")
    assert [Path(url.toLocalFile()) for url in asked] == [tmp_path / "data"]
    assert opened.outcome.line() == ""
    press(opened, "openFolder")
    assert opened.outcome.line() == "The folder could not be opened. Its path stands above."


def test_what_was_shown_is_what_is_written(
    program: Program, opened: SupportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = texts(opened, qtbot)
    assert list(shown) == NAMES
    # What happens later is not in it: it was not shown.
    program.services.local.ledger.drafts.keep(program.wizard.book.draft.with_answers(customer="ACME"))
    choose_file(opened, tmp_path / "file.zip", qtbot)
    qtbot.waitUntil(lambda: bool(opened.outcome.line()))
    assert opened.outcome.line() == "Saved as file.zip"
    with zipfile.ZipFile(tmp_path / "file.zip") as archive:
        assert {name: archive.read(name).decode("utf-8") for name in archive.namelist()} == shown
    assert "drafts: 0" in shown["ledger.txt"]
    assert "wizard._begin: done in" in shown["log.txt"]
    if os.name == "posix":
        assert (tmp_path / "file.zip").stat().st_mode & 0o777 == 0o600


def test_save_pressed_before_all_was_gathered_waits_for_it(program: Program, qtbot: QtBot) -> None:
    program.help.open()
    dialog = program.help.dialog
    assert dialog is not None
    press(dialog, "saveSupport")
    assert dialog.findChild(QFileDialog) is None
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is not None)


def test_a_file_that_cannot_be_saved_is_said(
    opened: SupportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise Expected(Code.STORE_READ_ONLY)

    monkeypatch.setattr("wizard.store.zip_writer.write", refuse)
    choose_file(opened, tmp_path / "file.zip", qtbot)
    qtbot.waitUntil(lambda: bool(opened.outcome.line()))
    assert opened.outcome.line() == "The file could not be saved there. Choose another folder."


def test_what_cannot_be_gathered_is_said(program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise Expected(Code.STORE_READ_ONLY)

    monkeypatch.setattr("wizard.jobs.computer.support_file.collect", refuse)
    program.help.open()
    dialog = program.help.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.outcome.line()))


def test_details_are_copied(opened: SupportDialog, qapp: QApplication) -> None:
    press(opened, "copyDetails")
    text = qapp.clipboard().text()
    assert text.startswith(f"integration-wizard: {__version__}\n")
    assert "none in this run" in text


def test_closed_while_it_gathers_nothing_comes_back(program: Program, qtbot: QtBot) -> None:
    program.help.open()
    assert program.help.dialog is not None
    program.help.dialog.reject()
    qtbot.waitUntil(lambda: program.runner.is_idle)


def test_the_keyboard_reaches_everything(opened: SupportDialog, qtbot: QtBot) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.body.heading.hasFocus)
    reached = []
    for _ in range(12):
        QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Tab)
        reached.append(opened.focusWidget().objectName())
    wanted = ["openFolder", "dataFolder", "copyDetails", "supportParts", "supportText", "closeSupport", "saveSupport"]
    assert [name for name in wanted if name not in reached] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_widget_has_a_name(qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str) -> None:
    with running(qapp, qtbot, tmp_path / "data", language=language) as program:
        program.help.open()
        dialog = collected(program, qtbot)
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QTreeView)
        crash = CrashDialog(dialog.context, "ValueError at no line", program.window)
        for one in (dialog, crash):
            for widget in [w for kind in kinds for w in one.findChildren(kind)]:
                name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
                assert name, widget
                assert widget.objectName(), name
        crash.deleteLater()
        dialog.reject()


@pytest.fixture
def place(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[QWidget, Runner]]:
    """A window and a runner, for dialogs without a program around them."""
    services = Services(tmp_path / "data")
    runner, window = Runner(services), QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window, runner
    qtbot.waitUntil(lambda: runner.is_idle)
    services.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [None, (960, 640), (640, 400)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.CONTRAST_DARK])
def test_nothing_is_clipped(
    theme: Theme,
    qapp: QApplication,
    qtbot: QtBot,
    place: tuple[QWidget, Runner],
    language: str,
    size: tuple[int, int] | None,
    scale: float,
    look: Appearance,
) -> None:
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    qapp.setFont(font)
    theme.set_appearance(look)
    window, runner = place
    context = Context(theme, open_words(language), runner)
    dialog, crash = SupportDialog(context, (), window), CrashDialog(context, "ValueError at no line", window)
    crash.disclosure.set_open(True)
    for one in (dialog, crash):
        one.open()
        if size:
            one.resize(*size)
        qtbot.wait(80)
        assert clipped(one) == []
        one.reject()
