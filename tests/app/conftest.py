"""A computer with a platform to talk to, and programs that are started on it in this process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.jobs.bench import Bench
from tests.journeys.services import open_services
from wizard.app.program import Options, Program
from wizard.demo import PracticePlatform, Settings
from wizard.services import Services

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 15_000


@dataclass
class Run:
    """One start of the program, until its end."""

    qtbot: QtBot
    program: Program
    ends: list[None] = field(default_factory=list)

    @property
    def is_ended(self) -> bool:
        """Whether the process would end now."""
        return bool(self.ends)

    @property
    def names(self) -> list[str]:
        """The object names of the open windows."""
        return [window.objectName() for window in self.program.windows.all if window.isVisible()]

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def rest(self) -> None:
        """Wait until no job runs."""
        QTest.qWait(30)
        self.wait(lambda: self.program.runner.is_idle)

    def press(self, window: QWidget, name: str) -> None:
        """Press a button, as soon as it can be."""

        def buttons() -> list[QAbstractButton]:
            found = window.findChildren(QAbstractButton, name)
            return [button for button in found if button.isVisible() and button.isEnabled()]

        self.wait(lambda: bool(buttons()))
        buttons()[0].click()

    def find(self, window: QWidget, kind: type[W], name: str) -> W:
        """A widget in sight."""
        found = [widget for widget in window.findChildren(kind, name) if widget.isVisible()]
        assert found, name
        return found[0]

    def end(self) -> None:
        """Close every window, and wait for the end."""
        for window in self.program.windows.all:
            window.close()
        self.wait(lambda: self.is_ended)


@dataclass
class Computer:
    """A computer with one saved customer; `bench` works on it while no program runs."""

    qtbot: QtBot
    bench: Bench
    runs: list[Run] = field(default_factory=list)

    def services(self, *, is_practice: bool = False) -> Services:
        """What a start finds."""
        return open_services(self.bench.data_dir, self.bench.keychain, is_practice=is_practice)

    def start(self, *, platform_url: str = "", is_practice: bool = False, services: Services | None = None) -> Run:
        """Start the program, and wait for its first window."""
        self.bench.close()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        options = Options(is_practice, self.bench.data_dir, platform_url)
        program = Program(app, options, services or self.services(is_practice=is_practice))
        run = Run(self.qtbot, program)
        program.after_close = lambda: run.ends.append(None)
        self.runs.append(run)
        program.show()
        run.wait(lambda: bool(run.names))
        run.rest()
        return run

    def save(self, *names: str) -> None:
        """Create integrations, before any program is started."""
        for name in names:
            self.bench.create(self.bench.draft(name))


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running practice platform without rate limits; a mistake inside it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def computer(platform: PracticePlatform, qtbot: QtBot, tmp_path: Path) -> Iterator[Computer]:
    """A computer; its programs are taken apart afterwards, as at the end of a process."""
    made = Computer(qtbot, Bench(platform, tmp_path / "data"))
    yield made
    made.bench.close()
    for run in made.runs:
        if not run.is_ended:
            run.end()
        # A theme that still hears of the system would go on setting colours for the tests that follow.
        for thing in (run.program.theme._palette_listener, run.program.runner, run.program.theme, run.program):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)
    for translator in qtbot._request.getfixturevalue("qapp").findChildren(QTranslator):
        shiboken6.delete(translator)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says that its stand-in for one has no size hints; that is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
