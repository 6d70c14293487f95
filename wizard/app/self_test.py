"""The self-test: does the whole job in the real window, as a person would, and takes a picture of every page."""

import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from wizard.core.draft import Step
from wizard.flow.wizard.create_state import CreateState
from wizard.flow.wizard.name_check import NameStatus
from wizard.ui.wizard.window import WizardWindow

_STEP_MS = 20
_LIMIT_MS = 60_000
GROUP, NAME = "Sales", "Udemy Business"

W = TypeVar("W", bound=QWidget)
Until = Callable[[], bool]


def picture_folder(data_dir: Path | None) -> Path:
    """Where the pictures go: into the folder that was named, else into a temporary one."""
    return (data_dir or Path(tempfile.mkdtemp(prefix="integration-wizard-"))) / "self-test"


class SelfTest(QObject):
    """Drives a practice window from its first page to the saved id; `status` is 0 only if all went well.

    It is a list of acts, each of which gives the condition to wait for; a timer looks at it, so nothing blocks.
    """

    def __init__(self, window: WizardWindow, pictures: Path) -> None:
        super().__init__(window)
        self.window, self.pictures = window, pictures
        self._wizard = window.presenter
        self.status = 1
        self._acts = self._play()
        self._until: Until = lambda: True
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin; the window closes itself at the end."""
        self._clock.start()
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self._clock.elapsed() > _LIMIT_MS:
            self._end(f"FAILED: nothing happened for {_LIMIT_MS // 1000} seconds")
        elif self._until():
            self._clock.restart()
            try:
                self._until = next(self._acts)
            except StopIteration:
                self._end("OK: created, verified and saved")

    def _end(self, last: str) -> None:
        self._timer.stop()
        self.status = 0 if last.startswith("OK") else 1
        _print(last)
        _print(f"Pictures: {self.pictures}")
        self._wizard.leave()

    def _play(self) -> Generator[Until, None, None]:
        wizard = self._wizard
        book = wizard.book
        yield lambda: bool(book.draft.client_id)
        _print("Connect: practice credentials are ready")
        self._press("checkConnection")
        yield lambda: book.draft.is_connected and not wizard.connect.primary
        _print("Connect: the connection works")
        self._picture("1-connect")
        self._press("nextButton")
        yield lambda: wizard.step is Step.PLACE and self._rows("groupTree") > 0
        self._widget("groupSearch", QLineEdit).setText(GROUP)
        self._choose("groupTree", GROUP)
        yield lambda: book.draft.group is not None and self._rows("authorList") > 0
        self._choose("authorList")
        yield lambda: book.draft.author is not None
        _print("Place: group and author chosen")
        self._picture("2-place")
        self._press("nextButton")
        yield lambda: wizard.step is Step.BEHAVIOUR
        self._widget("platformName", QLineEdit).setText(NAME)
        self._press("subgroupsYes")
        self._press("progressDaily")
        yield lambda: wizard.behaviour.name_check.view().status not in (NameStatus.NOTHING, NameStatus.CHECKING)
        _print("Behaviour: all questions answered")
        self._picture("3-behaviour")
        self._press("nextButton")
        yield lambda: wizard.step is Step.REVIEW and wizard.review.is_checked
        _print("Review: all checks done")
        self._picture("4-review")
        self._press("createButton")
        yield lambda: wizard.step is Step.CREATE and not wizard.create.is_running
        self._picture("5-create")
        creation = wizard.create.creation
        if wizard.create.state is not CreateState.DONE or creation is None:
            self._end(f"FAILED: ended as {wizard.create.state.name}")
            return
        _print(f"Create: {creation.integration_id} created, verified and saved")

    def _rows(self, name: str) -> int:
        return self._view(name).model().rowCount()

    def _choose(self, name: str, text: str = "") -> None:
        """Choose the row of this text, or the first one."""
        view = self._view(name)
        first = view.model().index(0, 0)
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        found = view.model().match(first, Qt.ItemDataRole.DisplayRole, text, 1, flags) if text else [first]
        view.setCurrentIndex(found[0])

    def _view(self, name: str) -> QAbstractItemView:
        # As an object: asking for an abstract class finds nothing.
        return self._widget(name, QAbstractItemView)

    def _press(self, name: str) -> None:
        self._widget(name, QAbstractButton).click()

    def _widget(self, name: str, kind: type[W]) -> W:
        found = self.window.findChild(kind, name)
        if found is None:
            raise LookupError(name)
        return found

    def _picture(self, name: str) -> None:
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(self.pictures / f"{name}.png"))


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
