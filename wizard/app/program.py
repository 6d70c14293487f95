"""The program with windows: which comes first, and an end that waits for nobody on screen."""

import importlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from wizard.app.single_instance import SingleInstance
from wizard.app.windows import Windows
from wizard.core.problems import Problem
from wizard.core.progress import Report
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.jobs.computer import backups, start
from wizard.jobs.computer.start import Started
from wizard.resources import resource
from wizard.services import Services
from wizard.store.folders import folders
from wizard.ui.context import Context
from wizard.ui.help import Help
from wizard.ui.runtime.garbage_collector import GarbageCollector
from wizard.ui.runtime.runner import Runner
from wizard.ui.runtime.uncaught_errors import UncaughtErrors
from wizard.ui.theme.theme import Theme
from wizard.ui.wizard.window import WizardWindow
from wizard.words import Words, open_words, pick_language

if TYPE_CHECKING:
    from wizard.ui.library.window import LibraryWindow

log = logging.getLogger(__name__)

_PATIENCE_MS = 400
"""How long a start waits to know which window comes first; then the library comes, and fills later."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    is_practice: bool = False
    data_dir: Path | None = None
    platform_url: str = ""
    language: str = ""
    is_self_test: bool = False


class Program(QObject):
    """One run: makes everything, and takes it apart when the last window has gone and the last job has ended."""

    def __init__(self, app: QApplication, options: Options, services: Services | None = None) -> None:
        super().__init__(app)
        self.services = services or Services(options.data_dir, is_practice=options.is_practice)
        self.words: Words = open_words(options.language or _language_here())
        _translate_qt(app, self.words.language)
        self.theme = Theme(app)
        self.runner = Runner(self.services, self)
        self._context = Context(self.theme, self.words, self.runner)
        self.windows = Windows(self.runner, self._make_wizard, self._make_library, self)
        self.help = Help(self._context, lambda: self.windows.active, self.windows.save_drafts, self)
        self.runner.operation_ended.connect(self._on_operation_ended)
        self.runner.idle.connect(self.windows.clear_closed)
        self.windows.painted.connect(self._on_painted)
        self.windows.emptied.connect(self._on_emptied)
        screen = QGuiApplication.platformName()
        self.services.facts.update(Qt=str(qVersion()), screen=screen, language=self.words.language)
        self.after_close: Callable[[], None] = app.quit
        self._garbage: GarbageCollector | None = None
        self._is_closing = False
        is_wizard_first = bool(options.platform_url) or options.is_practice or not _has_ledger(options)
        self._first = self.windows.add_wizard(options.platform_url) if is_wizard_first else None

    @property
    def window(self) -> WizardWindow:
        """The latest wizard; there has to be one."""
        return self.windows.wizards[-1]

    @property
    def wizard(self) -> WizardPresenter:
        """The presenter of the latest wizard."""
        return self.window.presenter

    def _make_wizard(self, platform_url: str) -> WizardWindow:
        presenter = WizardPresenter(self.runner, self.words, platform_url=platform_url)
        window = WizardWindow(self._context, presenter)
        window.steps.set_bottom(self.help.link(window))
        return window

    def _make_library(self) -> "LibraryWindow":
        # A first start opens none: 20 ms of it.
        from wizard.flow.library import LibraryPresenter
        from wizard.ui.library.window import LibraryWindow

        presenter = LibraryPresenter(self.runner, self.words, self.windows.open_wizard)
        window = LibraryWindow(self.theme, self.words, presenter)
        window.add_link(self.help.link(window))
        return window

    # ------------------------------------------------------------------ the start

    def show(self) -> None:
        """Show the first window: the library if something is saved, a wizard otherwise."""
        if self._first is not None:
            self.windows.show(self._first)
            return
        QTimer.singleShot(_PATIENCE_MS, self, self._on_start_late)
        self.runner.ask(start.run, None, self._on_started, self._on_start_failed)

    def _on_started(self, started: Started) -> None:
        if self._is_closing:
            return
        if started.saved and not started.pending:
            self.windows.open_library()
        if (library := self.windows.library) is not None:
            library.presenter.show(started.saved)
            library.presenter.show_news(started.news)
        if not started.saved or started.pending:
            self.windows.open_wizard()

    def _on_start_failed(self, problem: Problem) -> None:
        if not self._is_closing:
            self.windows.open_library().presenter.show_problem(problem)

    def _on_start_late(self) -> None:
        if not self.windows.all and not self._is_closing:
            self.windows.open_library()

    def _on_painted(self) -> None:
        self._garbage = self._garbage or GarbageCollector(self)

    # ------------------------------------------------------------------ operations, and the end

    def _on_operation_ended(self) -> None:
        """Whoever asked for it, and whether that window is still there: the list may have changed."""
        if self.windows.library is not None:
            self.windows.library.presenter.refresh()
        if not self._is_closing:
            self.runner.ask(backups.run, None)

    def _on_emptied(self) -> None:
        if self._is_closing:
            return
        self._is_closing = True
        self.runner.stop_all()
        self.runner.idle.connect(self._on_idle)
        if self.runner.is_idle:
            self._on_idle()

    def _on_idle(self) -> None:
        self.runner.idle.disconnect(self._on_idle)
        self.runner.ask(_close, None, lambda _none: self.after_close(), self._on_close_failed)

    def _on_close_failed(self, problem: Problem) -> None:
        log.error("closing: %s", problem.code)
        self.after_close()


def run(options: Options) -> int:
    """Run the program until its last window is closed; tells the exit status."""
    QGuiApplication.setApplicationName("integration-wizard")
    QGuiApplication.setDesktopFileName("integration-wizard")
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    services = Services(options.data_dir, is_practice=options.is_practice)
    # Practice has a folder of its own in every run.
    instance = None if options.is_practice else SingleInstance(folders(options.data_dir).root)
    if instance is not None and not instance.claim():
        return 0
    guard = UncaughtErrors(app)
    guard.install()
    program = Program(app, options, services)
    program.help.watch_errors(guard)
    app.setApplicationDisplayName(program.words.say("360Learning integrations"))
    if instance is not None:
        _answer_later_starts(program, instance)
    if options.is_self_test:
        from wizard.app.self_test import SelfTest, picture_folder

        self_test = SelfTest(program.window, picture_folder(options.data_dir))
        program.after_close = lambda: app.exit(self_test.status)
        program.show()
        self_test.start()
    else:
        program.show()
    status = app.exec()
    program.runner.finish()
    guard.uninstall()
    return status


def _has_ledger(options: Options) -> bool:
    """Whether there is anything to read before the first window is known."""
    try:
        return folders(options.data_dir).is_used()
    except Problem:
        # The wizard says so, where a first integration would be created.
        return False


def _answer_later_starts(program: Program, instance: SingleInstance) -> None:
    """Come to the front when asked; once the last window has gone, the next start is the first."""
    instance.second_started.connect(program.windows.bring_to_front)
    program.windows.emptied.connect(instance.release)

    def listen() -> None:
        program.windows.painted.disconnect(listen)
        program.runner.ask(_import_local_sockets, None, lambda _none: instance.listen())

    program.windows.painted.connect(listen)


def _import_local_sockets(_services: Services, _input: None, _report: Report, _stop: object) -> None:
    """On a worker: the window would stand still for 10 ms."""
    importlib.import_module("PySide6.QtNetwork")


def _close(services: Services, _input: None, _report: Report, _stop: object) -> None:
    services.close()


def _language_here() -> str:
    """The first language of this computer's user that is spoken here: macOS and Windows tell it to Qt alone."""
    return pick_language(QLocale.system().uiLanguages())


def _translate_qt(app: QApplication, language: str) -> None:
    """Qt's own texts (context menus, standard buttons) from Qt's own catalogues, where they are shipped."""
    if language == "en":
        return
    translator = QTranslator(app)
    folders = (str(resource("qt")), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if any(translator.load(QLocale(language), "qtbase", "_", folder) for folder in folders):
        app.installTranslator(translator)
