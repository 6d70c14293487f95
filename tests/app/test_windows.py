"""Which window comes first, what closing one leaves open, and what goes on without it."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QWidget

from tests.app.conftest import Computer, Run
from tests.jobs.bench import INTEGRATIONS, NAME
from wizard.core.draft import Step
from wizard.core.problems import Unanswered
from wizard.demo import Fault
from wizard.ui.library.window import LibraryWindow
from wizard.ui.wizard.window import WizardWindow


def library_of(run: Run) -> LibraryWindow:
    """The library, which has to be open."""
    library = run.program.windows.library
    assert library is not None
    return library


def rows(run: Run) -> list[str]:
    """The names in the library, from the top."""
    return [row.name for row in library_of(run).model.rows]


def resume(run: Run, computer: Computer, name: str) -> WizardWindow:
    """Open a wizard and answer everything up to the review."""
    window = run.program.window
    window.presenter._navigator.open_draft(computer.bench.draft(name), Step.REVIEW)
    run.wait(lambda: window.presenter.step is Step.REVIEW)
    return window


def begin_another(run: Run) -> WizardWindow:
    """Press *New integration*, and wait until the wizard has read what is on this computer."""
    before = len(run.program.windows.wizards)
    run.press(library_of(run), "newIntegrationButton")
    run.wait(lambda: len(run.program.windows.wizards) == before + 1 and bool(run.program.wizard.customers.customers))
    run.rest()
    return run.program.window


# ---------------------------------------------------------------------- the first window


def test_a_fresh_computer_begins_with_the_wizard(computer: Computer) -> None:
    run = computer.start()
    assert run.names == ["wizard"]
    run.program.window.close()
    run.wait(lambda: run.is_ended)


def test_what_is_saved_comes_first(computer: Computer) -> None:
    computer.save("First", "Second")
    run = computer.start()
    assert run.names == ["library"]
    assert rows(run) == ["Second", "First"]
    library_of(run).close()
    run.wait(lambda: run.is_ended)


def test_an_open_operation_comes_before_what_is_saved(computer: Computer) -> None:
    computer.save("First")
    computer.bench.platform.faults.add(Fault("reset", "POST", INTEGRATIONS))
    with pytest.raises(Unanswered):
        computer.bench.create()
    run = computer.start()
    assert run.names == ["wizard"]
    run.find(run.program.window, QWidget, "rescueCard")
    # *Close* puts it off, and leads home.
    run.press(run.program.window, "closeButton")
    run.wait(lambda: run.names == ["library"])
    assert rows(run) == ["First"]
    # The next wizard tells it again; then that one only.
    begin_another(run)
    run.find(run.program.window, QWidget, "rescueCard")
    begin_another(run)
    assert run.program.wizard.step is Step.CONNECT
    assert len(run.program.windows.wizards) == 2


@pytest.mark.parametrize("kind", ["url", "practice"])
def test_an_address_and_practice_open_the_wizard(computer: Computer, kind: str) -> None:
    computer.save("First")
    url = computer.bench.platform.url if kind == "url" else ""
    run = computer.start(platform_url=url, is_practice=kind == "practice")
    assert run.names == ["wizard"]


def test_a_draft_alone_opens_the_wizard(computer: Computer) -> None:
    computer.bench.services.local.ledger.drafts.keep(computer.bench.draft())
    run = computer.start()
    assert run.names == ["wizard"]
    run.find(run.program.window, QWidget, "resumeCard")


def test_news_of_the_list_are_told_once_in_the_window_that_is_first(computer: Computer) -> None:
    computer.save("First")
    computer.bench.services.local.copy_ledger()
    computer.bench.close()
    (computer.bench.data_dir / "ledger.sqlite3").write_bytes(b"damaged")
    run = computer.start()
    assert run.names == ["library"]
    run.find(library_of(run), QWidget, "storeNews")
    begin_another(run)
    assert not run.program.window.findChildren(QWidget, "storeNews")


def test_a_list_that_cannot_be_read_is_told(computer: Computer) -> None:
    computer.save("First")
    computer.bench.close()
    with closing(sqlite3.connect(computer.bench.data_dir / "ledger.sqlite3")) as newer:
        newer.execute("PRAGMA user_version = 9999")
    run = computer.start()
    assert run.names == ["library"]
    run.find(library_of(run), QWidget, "storeProblem")


def test_a_slow_disk_shows_the_library_and_fills_it_later(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    computer.save("First")
    computer.bench.close()
    services = computer.services()
    # Whoever opens the ledger now waits for this.
    with services.local._lock:
        monkeypatch.setattr("wizard.app.program._PATIENCE_MS", 20)
        monkeypatch.setattr(Run, "rest", lambda _self: None)
        run = computer.start(services=services)
        assert run.names == ["library"]
        assert library_of(run).lead.plain() == "Reading your list…"
    run.wait(lambda: rows(run) == ["First"])
    assert run.names == ["library"]


# ---------------------------------------------------------------------- closing


def test_close_leads_home_and_the_new_row_is_chosen(computer: Computer) -> None:
    run = computer.start(platform_url=computer.bench.platform.url)
    window = resume(run, computer, NAME)
    run.press(window, "createButton")
    run.press(window, "closeButton")
    run.wait(lambda: run.names == ["library"])
    assert rows(run) == [NAME]
    (made,) = computer.bench.made()
    assert run.find(library_of(run), QLineEdit, "detailId").text() == made.id
    assert not run.is_ended


def test_close_without_anything_saved_ends(computer: Computer) -> None:
    computer.bench.platform.faults.add(Fault("reset", "POST", INTEGRATIONS))
    run = computer.start(platform_url=computer.bench.platform.url)
    window = resume(run, computer, NAME)
    run.press(window, "createButton")
    run.press(window, "closeButton")
    run.wait(lambda: run.is_ended)


def test_the_x_of_a_wizard_leaves_the_library_open(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    run.press(library_of(run), "newIntegrationButton")
    run.wait(lambda: run.names == ["library", "wizard"])
    run.program.window.close()
    run.rest()
    assert run.names == ["library"]
    assert not run.is_ended


def test_the_x_of_the_library_leaves_wizards_open(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    begin_another(run)
    library_of(run).close()
    run.rest()
    assert run.names == ["wizard"]
    assert not run.is_ended
    # *Close* leads home all the same.
    window = resume(run, computer, NAME)
    run.press(window, "createButton")
    run.press(window, "closeButton")
    run.wait(lambda: run.names == ["library"])
    assert rows(run) == [NAME, "First"]


def test_cancel_leads_back_to_the_library(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    begin_another(run)
    run.press(run.program.window, "cancelButton")
    run.wait(lambda: run.names == ["library"])


def test_what_is_closed_is_taken_apart(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    gone: list[str] = []
    for _ in range(3):
        begin_another(run)
        run.program.window.destroyed.connect(lambda: gone.append("wizard"))
        run.program.window.close()
        run.rest()
    # A window that has closed is deleted when the next job has ended.
    library_of(run).presenter.refresh()
    run.wait(lambda: gone == ["wizard"] * 3)


# ---------------------------------------------------------------------- several at once


def test_an_operation_goes_on_when_its_window_is_closed(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    begin_another(run)
    window = resume(run, computer, NAME)
    computer.bench.platform.faults.add(Fault("slow", "POST", INTEGRATIONS, delay_s=0.1))
    run.press(window, "createButton")
    run.wait(lambda: window.presenter.create.is_running)
    window.close()
    assert run.names == ["library"]
    run.wait(lambda: rows(run) == [NAME, "First"])
    assert library_of(run).presenter is not None
    (made,) = computer.bench.made()
    assert run.find(library_of(run), QLineEdit, "detailId").text() == made.id
    # Nothing of it is left open.
    begin_another(run)
    assert run.program.wizard.step is Step.CONNECT


def test_the_last_window_stops_what_can_be_stopped(computer: Computer) -> None:
    computer.bench.platform.faults.add(Fault("silent", "POST", INTEGRATIONS))
    run = computer.start(platform_url=computer.bench.platform.url)
    window = resume(run, computer, NAME)
    run.press(window, "createButton")
    run.wait(lambda: bool(computer.bench.platform.received("POST", INTEGRATIONS)))
    window.close()
    run.wait(lambda: run.is_ended)
    assert len(computer.bench.restarted().local.ledger.creations.open()) == 1


def test_two_wizards_go_on_with_two_drafts(computer: Computer) -> None:
    computer.save("First")
    for name in ("Draft one", "Draft two"):
        computer.bench.services.local.ledger.drafts.keep(computer.bench.draft(name))
    run = computer.start()
    offered = []
    for _ in range(3):
        begin_another(run)
        cards = run.program.window.findChildren(QWidget, "resumeCard")
        offered.append([label.text() for card in cards for label in card.findChildren(QLabel)][:1])
    assert sorted(map(tuple, offered)) == [(), ("Go on with Draft one?",), ("Go on with Draft two?",)]


def test_two_wizards_create_side_by_side(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    windows = []
    for name in ("One", "Two"):
        begin_another(run)
        windows.append(resume(run, computer, name))
    for window in windows:
        run.press(window, "createButton")
    for window in windows:
        run.press(window, "closeButton")
    run.wait(lambda: run.names == ["library"])
    run.wait(lambda: sorted(rows(run)) == ["First", "One", "Two"])


# ---------------------------------------------------------------------- the front, and help


def test_it_comes_to_the_front(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    begin_another(run)
    run.program.window.showMinimized()
    run.program.windows.bring_to_front()
    assert not run.program.window.isMinimized()
    run.wait(lambda: run.program.windows.active is not None)


def test_help_is_in_every_window(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    run.press(library_of(run), "helpButton")
    dialog = run.program.help.dialog
    assert dialog is not None
    assert dialog.parentWidget() is library_of(run)
    dialog.reject()
    library_of(run).activateWindow()
    run.wait(library_of(run).isActiveWindow)
    QTest.keyClick(library_of(run), Qt.Key.Key_F1)
    run.wait(lambda: run.program.help.dialog is not dialog)
    again = run.program.help.dialog
    assert again is not None
    again.reject()
    run.rest()


def test_an_error_is_told_once_over_the_active_window(computer: Computer) -> None:
    computer.save("First")
    run = computer.start()
    begin_another(run)
    run.program.help._on_error("ValueError at nowhere")
    run.program.help._on_error("ValueError at nowhere")
    crash = run.program.help.crash
    assert crash is not None
    assert crash.parentWidget() is run.program.windows.active
    crash.reject()


def test_the_table_takes_the_keyboard(computer: Computer) -> None:
    computer.save("First", "Second")
    run = computer.start()
    table = run.find(library_of(run), QAbstractItemView, "integrationTable")
    library_of(run).activateWindow()
    run.wait(table.hasFocus)
