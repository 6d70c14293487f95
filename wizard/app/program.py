"""The program with a window: theme, runner, wizard; and an end that waits for nobody on screen."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from wizard.core.problems import Problem
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.resources import resource
from wizard.services import Report, Services
from wizard.ui.context import Context
from wizard.ui.runtime.garbage import Garbage
from wizard.ui.runtime.runner import Runner
from wizard.ui.runtime.uncaught_errors import Guard
from wizard.ui.theme.theme import Theme
from wizard.ui.wizard.help import Help
from wizard.ui.wizard.window import WizardWindow
from wizard.words import Words, open_words, pick_language

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    is_practice: bool = False
    data_dir: Path | None = None
    platform_url: str = ""
    language: str = ""
    is_self_test: bool = False


class FirstPaint(QObject):
    """Tells once, when the whole of a window has been painted for the first time.

    A timer of no length is not enough: it ends before the paint (and so made the window wait for the first job).
    """

    done = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The window paints before what is in it, and all of that within this event.
            QTimer.singleShot(0, self, self.done.emit)
        return False


class Program(QObject):
    """One run: makes everything, and takes it apart when the window has gone and the last job has ended."""

    def __init__(self, app: QApplication, options: Options, services: Services | None = None) -> None:
        super().__init__(app)
        self._app = app
        self.services = services or Services(options.data_dir, is_practice=options.is_practice)
        self.words: Words = open_words(options.language or _language_here())
        _translate_qt(app, self.words.language)
        self.theme = Theme(app)
        self.runner = Runner(self.services, self)
        context = Context(self.theme, self.words, self.runner)
        self.wizard = WizardPresenter(self.runner, self.words, platform_url=options.platform_url)
        self.window = WizardWindow(context, self.wizard)
        self.window.closed.connect(self._on_closed)
        self.help = Help(context, self.window, self.wizard.save)
        screen = QGuiApplication.platformName()
        self.services.facts.update(Qt=str(qVersion()), screen=screen, language=self.words.language)
        self.after_close: Callable[[], None] = app.quit
        self._is_closing = False

    def show(self) -> None:
        """Show the window; the first job starts after the first paint."""
        first_paint = FirstPaint(self.window)
        first_paint.done.connect(self._on_first_paint)
        self.window.show()

    def _on_first_paint(self) -> None:
        Garbage(self)
        self.wizard.begin()

    def _on_closed(self) -> None:
        if self._is_closing:
            return
        self._is_closing = True
        self.runner.stop_all()
        self.runner.idle.connect(self._on_idle)
        if self.runner.is_idle:
            self._on_idle()

    def _on_idle(self) -> None:
        self.runner.idle.disconnect(self._on_idle)
        self.runner.start(_close, None, lambda _none: self.after_close(), self._on_close_failed)

    def _on_close_failed(self, problem: Problem) -> None:
        log.error("closing: %s", problem.code)
        self.after_close()


def run(options: Options) -> int:
    """Run the program until its window is closed; tells the exit status."""
    QGuiApplication.setApplicationName("integration-wizard")
    QGuiApplication.setDesktopFileName("integration-wizard")
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    guard = Guard(app)
    guard.take_over()
    program = Program(app, options)
    program.help.watch_errors(guard)
    program.window.setWindowTitle(program.words.say("New integration"))
    app.setApplicationDisplayName(program.words.say("360Learning integrations"))
    if options.is_self_test:
        from wizard.app.self_test import SelfTest

        self_test = SelfTest(program.window, program.services.picture_folder())
        program.after_close = lambda: app.exit(self_test.status)
        program.show()
        self_test.start()
    else:
        program.show()
    status = app.exec()
    program.runner.finish()
    guard.give_back()
    return status


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
