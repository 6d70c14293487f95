"""A stage: the real program on a practice platform, driven by the names of its widgets."""

import itertools
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QWidget

from tests.helpers import clients
from tests.helpers.made import customer
from wizard.api.http.pacing import PaceRegistry
from wizard.api.v2.client import Client
from wizard.app.program import Options, Program
from wizard.core.address import EU, Origin
from wizard.core.draft import Author, Connection, Draft, Frequency, Place, Step
from wizard.core.ids import ObjectId
from wizard.core.secret import Secret
from wizard.demo import Credential, PracticePlatform, practice_credential
from wizard.services import Services
from wizard.services.options import ApiOptions
from wizard.store.keychain import Keychain, MemoryKeychain
from wizard.ui.library.window import LibraryWindow
from wizard.ui.theme.theme import Appearance

GROUP = "DACH"
AUTHOR = "alex.martin@acme.example"
NAME = "Bookwise"
NOW = "2026-03-02T14:05:00+00:00"
_PATIENCE_S = 20.0

W = TypeVar("W", bound=QWidget)


class StillServices(Services):
    """Services whose time of day stands still, and that reach the practice platform under the vendor's addresses."""

    def __init__(self, platform: PracticePlatform, data_dir: Path, keychain: Keychain, *, is_practice: bool) -> None:
        """Opens nothing yet."""
        ticks = itertools.count()

        def open_client(_origin: Origin, client_id: str, secret: Secret) -> Client:
            retry = clients.short_retries(attempts=5, pause_s=0.01)
            return clients.open_client(platform.url, client_id, secret, retry=retry)

        super().__init__(
            data_dir,
            keychain=keychain,
            is_practice=is_practice,
            api=ApiOptions(None if is_practice else open_client, paces=PaceRegistry()),
            clock=lambda: next(ticks) * 0.1,
        )

    @staticmethod
    def now() -> str:
        """Always the same."""
        return NOW


class Stage:
    """One window. Acts are what a person does; `wait` lets the program work until something is so."""

    def __init__(
        self,
        platform: PracticePlatform,
        data_dir: Path,
        *,
        keychain: Keychain | None = None,
        language: str = "en",
        is_practice: bool = False,
        has_customer: bool = False,
    ) -> None:
        """Starts the program and waits until its first job has ended."""
        self.app = application()
        self.platform, self.data_dir, self.keychain = platform, data_dir, keychain or MemoryKeychain()
        self.services = StillServices(platform, data_dir, self.keychain, is_practice=is_practice)
        if has_customer:
            self._keep_customer()
        self.program = Program(self.app, Options(language=language, is_practice=is_practice), self.services)
        self.program.theme.set_appearance(Appearance.LIGHT)
        self.program.theme.set_reduced_motion(True)
        self.program.after_close = self._on_closed
        self.runner = self.program.runner
        self._is_closed = False
        begun: list[bool] = []
        self.runner.idle.connect(lambda: begun.append(True))
        self.program.show()
        # Where something is saved, the first window is known once the ledger was read.
        self.wait(lambda: bool(begun) and self.runner.is_idle and bool(self.program.windows.all))
        if not self.program.windows.wizards:
            self.program.windows.open_wizard()
        self.window, self.wizard = self.program.window, self.program.wizard
        self.wait(lambda: self.runner.is_idle)

    def _on_closed(self) -> None:
        self._is_closed = True

    @property
    def front(self) -> QWidget:
        """The window that pictures are taken of."""
        return self.program.windows.library or self.window

    def open_library(self) -> LibraryWindow:
        """Open the library in front of the wizard."""
        library = self.program.windows.open_library()
        self.rest()
        return library

    # ------------------------------------------------------------------ acts

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        end = time.monotonic() + _PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("waited in vain")
            self.app.processEvents()
            time.sleep(0.001)

    def rest(self) -> None:
        """Let the program work until no job is left and nothing is laid out any more."""
        for _ in range(3):
            self.app.processEvents()
        self.wait(lambda: self.runner.is_idle)
        for _ in range(3):
            self.app.processEvents()
            # Without an event loop nobody frees what was let go.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def find(self, name: str, kind: type[W]) -> W:
        """The widget of a name that is in sight."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        if not found:
            raise LookupError(f"{name} on {self.window.currentPage().objectName()}")
        return found[0]

    def press(self, name: str) -> None:
        """Press a button."""
        self.find(name, QAbstractButton).click()
        self.app.processEvents()
        self.wait_for_turns()

    def wait_for_turns(self) -> None:
        """Let the program have its next few turns."""
        end = time.monotonic() + 0.004
        self.wait(lambda: time.monotonic() > end)

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        self.find(name, QLineEdit).setText(text)
        self.app.processEvents()

    def connect(self, credential: Credential, *, secret: str = "") -> None:
        """Fill the first page and check the connection."""
        self.write("customerName", "ACME")
        self.write("clientId", credential.client_id)
        self.write("clientSecret", secret or credential.client_secret)
        self.press("checkConnection")
        self.rest()

    def _keep_customer(self) -> None:
        """Save a customer, as a check of the connection does."""
        credential = practice_credential()
        root = self.platform.world.group_named("ACME Academy").id
        saved = customer("c1", "ACME", EU, credential.client_id, "ACME Academy", ObjectId(root))
        self.services.local.ledger.customers.keep(saved)
        self.keychain.save(saved.entry, Secret(credential.client_secret))

    def review(self, draft: Draft) -> None:
        """Go on with a draft up to the review, and wait for its checks."""
        self.resume(draft)
        self.wait(lambda: self.wizard.step is Step.REVIEW and self.wizard.review.is_checked)
        self.rest()

    def resume(self, draft: Draft) -> None:
        """Go on with a draft, as with one of last time."""
        self.wizard._work.fill((draft,), ())
        self.wizard.resume(draft.id)
        self.app.processEvents()

    def question(self) -> QMessageBox:
        """The question that is open."""
        return next(w for w in self.window.findChildren(QMessageBox) if w.isVisible())

    def time_a_creation(self, forget: Callable[[PracticePlatform, str], None]) -> float:
        """Seconds from the press of *Create* to the id on the screen."""
        name = f"Window {next(_NUMBERS)}"
        draft = replace(complete_draft(self.platform, name=name), id=name)
        self.review(draft)
        began = time.perf_counter()
        self.press("createButton")
        while not self.wizard.create.is_over:
            if not self.wizard.create.is_running:
                raise RuntimeError(f"the creation ended as {self.wizard.create.state.name}")
            self.app.processEvents()
        spent = time.perf_counter() - began
        self.rest()
        forget(self.platform, name)
        return spent

    # ------------------------------------------------------------------ the end

    def close(self) -> None:
        """Close the window, wait for the last job, and take everything apart."""
        others = [window for window in self.program.windows.all if window is not self.window]
        for window in (*others, self.window):
            window.close()
        self.wait(lambda: self._is_closed)
        # The theme's ear is a window of its own; nothing of this program may hear of the next one's colours.
        ears = [self.program.theme._palette_listener]
        for thing in (self.window, *others, self.runner, *ears, self.program.theme, self.program):
            if shiboken6.isValid(thing):
                shiboken6.delete(thing)
        for translator in self.app.findChildren(QTranslator):
            self.app.removeTranslator(translator)
            shiboken6.delete(translator)
        self.app.processEvents()


_NUMBERS = itertools.count(1)


def application() -> QApplication:
    """The one application, without a screen; its font is pinned so that two computers give the same pictures."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform != "win32":
        os.environ["TZ"] = "UTC"
        time.tzset()
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    font = app.font()
    if "Inter" in QFontDatabase.families():
        font.setFamily("Inter")
    font.setPixelSize(13)
    app.setFont(font)
    return app


def open_stage(platform: PracticePlatform, data_dir: Path) -> Stage:
    """A stage with a saved customer."""
    return Stage(platform, data_dir, has_customer=True)


def complete_draft(platform: PracticePlatform, *, name: str = NAME) -> Draft:
    """A draft with every answer, as the practice platform knows them."""
    world = platform.world
    credential = practice_credential()
    top, sales, group = (world.group_named(n) for n in ("ACME Academy", "Sales", GROUP))
    return Draft(
        id="draft",
        customer="ACME",
        client_id=credential.client_id,
        connection=Connection("c1", EU, credential.client_id, "ACME Academy"),
        group=Place(
            ObjectId(group.id),
            (top.name, sales.name, group.name),
            subgroups=2,
            is_public=True,
            ancestors=(ObjectId(top.id), ObjectId(sales.id)),
        ),
        author=Author(ObjectId(world.user_with_mail(AUTHOR).id), "Alex Martin", AUTHOR, "editor", "active", "suitable"),
        name=name,
        shows_in_subgroups=True,
        frequency=Frequency.DAILY,
        step=Step.REVIEW,
    )
