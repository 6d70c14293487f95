"""A program of its own: does the whole job and closes its window at a given moment of the create job.

Prints what Qt and Python had to say and ends with the program's own exit code.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.journeys.services import open_services
from wizard.app.program import Options, Program
from wizard.core.draft import Step
from wizard.core.secret import Secret
from wizard.flow.wizard.create_state import CreateState
from wizard.store.keychain import MemoryKeychain
from wizard.ui.wizard.window import WizardWindow

MOMENTS = ("start", "review", "running", "sent", "stopping", "rescue", "looking", "done", "discarded", "kept")


class Leaver(QObject):
    """Looks every few milliseconds where the program is, and closes it at its moment."""

    def __init__(self, program: Program, moment: str) -> None:
        super().__init__(program)
        self._program, self._moment = program, moment
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        self._did: set[str] = set()

    @property
    def _window(self) -> WizardWindow:
        return self._program.window

    def _once(self, name: str) -> bool:
        is_new = name not in self._did
        self._did.add(name)
        return is_new

    def _on_timeout(self) -> None:
        if not self._program.windows.wizards:
            return
        wizard, moment = self._program.wizard, self._moment
        state = wizard.create.state if wizard.step is Step.CREATE else None
        if moment == "start":
            self._close()
        elif wizard.step is Step.CONNECT and self._find("resumeDraft") and self._once("resume"):
            self._press("resumeDraft")
        elif wizard.step is Step.REVIEW:
            self._at_review()
        elif state is CreateState.RUNNING:
            self._at_running()
        elif state is CreateState.STOPPING and moment == "stopping":
            self._close()
        elif state is CreateState.UNKNOWN:
            self._at_rescue()
        elif state in (CreateState.DONE, CreateState.DIFFERENT, CreateState.NOT_CHECKED, CreateState.FAILED):
            self._close()

    def _find(self, name: str) -> QAbstractButton | None:
        return self._window.findChild(QAbstractButton, name)

    def _press(self, name: str) -> None:
        button = self._find(name)
        assert button is not None, name
        button.click()

    def _at_review(self) -> None:
        if self._moment in ("review", "discarded", "kept"):
            self._close()
        else:
            self._press("createButton")

    def _at_running(self) -> None:
        if self._moment == "running":
            self._close()
        elif self._moment == "sent" and "look" not in self._did:
            QTimer.singleShot(60, self, self._close)
        elif self._moment == "stopping" and self._once("stop"):
            QTimer.singleShot(60, self, lambda: self._press("stopWaitingButton"))
        elif self._moment == "looking" and "look" in self._did:
            self._close()

    def _at_rescue(self) -> None:
        if self._moment == "rescue":
            self._close()
        elif self._once("look"):
            self._press("lookNow")

    def _close(self) -> None:
        if not self._once("close"):
            return
        self._timer.stop()
        if self._moment in ("discarded", "kept"):
            self._press("cancelButton")
            name = "discardDraft" if self._moment == "discarded" else "keepDraft"
            QTimer.singleShot(0, self, lambda: self._press(name))
        else:
            self._window.close()


def main() -> int:
    """Run one program: data folder, secret, moment."""
    folder, secret, moment = sys.argv[1:4]
    qInstallMessageHandler(_on_message)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    keychain = MemoryKeychain()
    services = open_services(Path(folder), keychain, read_timeout_s=0.3)
    for customer in services.local.ledger.customers.all():
        keychain.save(customer.entry, Secret(secret))
    program = Program(app, Options(data_dir=Path(folder)), services)
    program.show()
    Leaver(program, moment)
    return app.exec()


def _on_message(kind: QtMsgType, _context: object, text: str) -> None:
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"Qt {kind.name}: {text}\n")


if __name__ == "__main__":
    sys.exit(main())
