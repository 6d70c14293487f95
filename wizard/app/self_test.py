"""The self-test: does the whole job in the real window, as a person would, and takes a picture of every page."""

import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from wizard.core.draft import Step
from wizard.flow.wizard.steps import ORDER
from wizard.ui.wizard.pages.create_state import State
from wizard.ui.wizard.window import WizardWindow

_STEP_MS = 20
_LIMIT_MS = 60_000
GROUP, NAME = "Sales", "Udemy Business"

W = TypeVar("W", bound=QWidget)
Until = Callable[[], bool]


def picture_folder(data_dir: Path | None) -> Path:
    """Where the pictures go: into the folder that was named, else into a temporary one."""
    return (data_dir or Path(tempfile.mkdtemp(prefix="integration-wizard-"))) / "self-test"


class Rehearsal(QObject):
    """Drives a practice window from its first page to the saved id; `status` is 0 only if all went well.

    It is a list of acts, each of which gives the condition to wait for; a timer looks at it, so nothing blocks.
    """

    def __init__(self, window: WizardWindow, pictures: Path) -> None:
        super().__init__(window)
        self.window, self.pictures = window, pictures
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
        self.window.accept()

    def _play(self) -> Generator[Until, None, None]:
        window = self.window
        connect, place, behaviour = window.connect_page, window.place_page, window.behaviour_page
        yield lambda: bool(window.draft.client_id)
        _print("Connect: practice credentials are ready")
        self._press("checkConnection")
        yield lambda: window.draft.is_connected and connect.primary() is None
        _print("Connect: the connection works")
        self._picture("1-connect")
        self._press("nextButton")
        yield lambda: window.currentId() == ORDER[Step.PLACE] and place.tree.rowCount() > 0
        self._choose_group()
        yield lambda: window.draft.group is not None and place.people.rowCount() > 0
        place.author.view.choose(place.people.index(0))
        yield lambda: window.draft.author is not None
        _print("Place: group and author chosen")
        self._picture("2-place")
        self._press("nextButton")
        yield lambda: window.currentId() == ORDER[Step.BEHAVIOUR]
        self._widget("platformName", QLineEdit).setText(NAME)
        self._press("subgroupsYes")
        self._press("progressDaily")
        yield lambda: bool(behaviour.name_sentence())
        _print("Behaviour: all questions answered")
        self._picture("3-behaviour")
        self._press("nextButton")
        yield lambda: window.currentId() == ORDER[Step.REVIEW] and window.review_page.is_checked
        _print("Review: all checks done")
        self._picture("4-review")
        self._press("createButton")
        yield lambda: window.create_page.view.is_over or window.create_page.view.card
        self._picture("5-create")
        creation = window.create_page.creation
        if window.create_page.state is not State.DONE or creation is None:
            self._end(f"FAILED: ended as {window.create_page.state.name}")
            return
        _print(f"Create: {creation.integration_id} created, verified and saved")

    def _choose_group(self) -> None:
        place = self.window.place_page
        self._widget("groupSearch", QLineEdit).setText(GROUP)
        place.group.view.choose(place.tree.index_named(GROUP))

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
