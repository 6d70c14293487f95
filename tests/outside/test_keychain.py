"""The keychain in every state that a person's can be in: the real one, and the real window."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs an X server, D-Bus and AT-SPI")

if sys.platform == "linux":
    from keyring.backends.SecretService import Keyring

    from tests.outside import journey
    from tests.outside.bus import Bus
    from tests.outside.drive import Server, Window, opened
    from tests.outside.prompter import Prompter
    from tests.outside.secrets import Calls, Secrets
    from tests.outside.session import PASSWORD, Desktop
    from tests.outside.test_drive import check_saved, check_secret
    from wizard.core.cleaning import SECRET_LIMIT
    from wizard.core.secret import Secret
    from wizard.store.keychain import WINDOWS_LIMIT, SystemKeychain

if TYPE_CHECKING:
    from tests.outside import session

ASKING = "The keychain may be asking for its password"
SILENT = "The keychain of this computer did not answer"
LOCKED = "The keychain of this computer is locked"
MISSING = "This computer has no keychain that we can use"
GONE = "The keychain no longer holds the secret"
FOR_NOW = "for this session only"
ALIVE_S, TURNS = 1.0, 50
"""How soon the window answers on a busy computer, so many times in a row; measured: 5 ms, at most 30."""
END_S = 5.0
"""How soon the program is gone once its window is closed."""
WRITE = Counter(CreateItem=1)
READ = Counter(SearchItems=1, GetSecret=1)
"""What one write and one read are on the bus."""


@dataclass
class Home:
    """A desktop with somebody who is asked for the password of the keychain."""

    desktop: "Desktop"
    bus: "Bus"
    prompter: "Prompter"
    server: "Server"
    data_dir: Path

    @property
    def secret(self) -> str:
        """What the person types."""
        return str(self.server.credentials["practice"]["client_secret"])

    @property
    def kept(self) -> list[str]:
        """What is in the keychain, which is open."""
        with Secrets(self.desktop.bus_address) as secrets:
            return list(secrets.all().values())

    def lock(self) -> None:
        """Lock the keychain, as a screen saver or a suspended computer does."""
        with Secrets(self.desktop.bus_address) as secrets:
            secrets.lock()

    @contextmanager
    def window(self) -> Iterator["Window"]:
        """The program."""
        with opened(self.desktop, self.bus, self.data_dir) as window:
            yield window

    def asked(self, window: "Window") -> None:
        """Wait until the person is asked."""
        window.until(lambda: self.prompter.is_open, "the prompt")

    def checked(self, window: "Window") -> None:
        """Wait until a connection is checked and its secret kept, which may bring a last question to the prompter."""

        def look() -> bool:
            card = None if self.prompter.is_open else window.find("connectionResult")
            return card is not None and "Connected to" in card.name and FOR_NOW not in card.name

        window.until(look, "a connection whose secret is kept")


@contextmanager
def home(keychain: "session.Keychain", server: "Server", tmp_path: Path) -> Iterator[Home]:
    """Such a desktop; the program's files are in tmp_path / "data"."""
    with (
        Desktop(keychain) as desktop,
        closing(Bus(desktop.bus_address)) as bus,
        Prompter(desktop.bus_address) as prompter,
    ):
        yield Home(desktop, bus, prompter, server, tmp_path / "data")


def choose_saved(window: "Window") -> None:
    """Choose the customer of last time, in a new wizard where the library comes first."""
    if window.wait("newIntegrationButton", "savedCustomer").id == "newIntegrationButton":
        window.press("newIntegrationButton")
    window.bus.act(window.enabled("savedCustomer").ref, "Press")
    window.pick_folded("savedCustomer", journey.CUSTOMER)
    window.wait("savedSummary")


def wait_alive(here: Home, window: "Window") -> None:
    """While a prompt is open, the window answers and takes what is typed; then a person may stop waiting."""
    here.asked(window)
    field = window.wait("customerName").ref
    times_s: list[float] = []
    for turn in range(TURNS):
        text, started_s = f"Alive {turn}", time.monotonic()
        window.bus.set_text(field, text)
        assert window.bus.text(field) == text
        times_s.append(time.monotonic() - started_s)
    assert max(times_s) < ALIVE_S, times_s
    window.wait("stopChecking")
    assert (here.prompter.is_open, here.prompter.count) == (True, 1)
    window.fill("customerName", journey.CUSTOMER)


def result(window: "Window", *parts: str) -> None:
    """Wait until the card says all this."""
    window.until(lambda: all(part in window.name("connectionResult") for part in parts), " and ".join(parts))


def leave(window: "Window", answer: str = "keepDraft") -> None:
    """Close the window; the program ends soon, by itself and without complaint."""
    window.press("cancelButton")
    window.press(answer)
    assert window.process.wait(END_S) == 0
    assert window.errors() == ""


def create(window: "Window", server: "Server", name: str) -> str:
    """From page 2 to the end; the id that is shown."""
    journey.paste(window, server)
    journey.behave(window, name)
    window.press("createButton")
    shown = journey.finished(window)
    window.close()
    return shown


# ---------------------------------------------------------------------- locked, and a prompt is open


def test_a_prompt_that_nobody_answers_for_now(server: "Server", tmp_path: Path) -> None:
    with home("locked", server, tmp_path) as here, here.window() as window:
        journey.type_credentials(window, server)
        window.press("checkConnection")
        wait_alive(here, window)
        window.says(ASKING)
        window.press("stopChecking")
        result(window, SILENT, FOR_NOW)
        assert (here.prompter.is_open, here.prompter.count) == (True, 1)
        given = server.credentials["practice"]
        typed = {"customerName": journey.CUSTOMER, "clientId": given["client_id"], "platformAddress": server.url}
        assert {name: window.text(name) for name in typed} == typed

        # The person tries again, sees the prompt behind the other windows, and answers: the secret is kept after all.
        window.press("checkAgain")
        window.wait("stopChecking")
        assert (here.prompter.is_open, here.prompter.count) == (True, 1)
        here.prompter.answer(PASSWORD)
        here.checked(window)
        assert here.prompter.count == 1
        assert here.kept == [here.secret]
        window.press("nextButton")
        shown = create(window, server, "After a prompt")
        check_saved(here.desktop, server, here.data_dir, "After a prompt", shown)
        check_secret(here.desktop, here.data_dir, here.secret)


def test_a_prompt_that_is_dismissed(server: "Server", tmp_path: Path) -> None:
    with home("locked", server, tmp_path) as here, here.window() as window:
        journey.type_credentials(window, server)
        window.press("nextButton")
        here.asked(window)
        here.prompter.dismiss()
        # Whoever wanted to go on reads it first, and goes on with the next press.
        result(window, LOCKED, FOR_NOW)
        window.press("nextButton")
        shown = create(window, server, "Dismissed")
        assert here.prompter.count == 1
        check_saved(here.desktop, server, here.data_dir, "Dismissed", shown)
        check_secret(here.desktop, here.data_dir, here.secret, is_kept=False)


def test_a_saved_customer_behind_a_prompt(server: "Server", tmp_path: Path) -> None:
    with home("open", server, tmp_path) as here:
        with here.window() as window:
            journey.connect(window, server)
        here.lock()
        with here.window() as window:
            choose_saved(window)
            window.press("nextButton")
            here.asked(window)
            window.press("stopChecking")
            result(window, SILENT, "try again", FOR_NOW)

            # To try again waits for the prompt that is open still; nobody is asked twice.
            window.press("remedy")
            window.wait("stopChecking")
            assert (here.prompter.is_open, here.prompter.count) == (True, 1)
            here.prompter.dismiss()
            result(window, LOCKED, "try again", FOR_NOW)

            # Without the password of the keychain: paste the secret, for this session.
            window.press("pasteSecret")
            window.fill("clientSecret", here.secret)
            window.press("nextButton")
            here.asked(window)
            here.prompter.dismiss()
            result(window, LOCKED, FOR_NOW)
            window.press("nextButton")
            window.wait("placePage")
        with here.window() as window:
            choose_saved(window)
            window.press("nextButton")
            here.asked(window)
            here.prompter.answer(PASSWORD)
            window.wait("placePage")
        assert here.kept == [here.secret]


@pytest.mark.parametrize("moment", ["checking", "stopped", "reading", "resumed"])
def test_closing_the_window_behind_a_prompt(server: "Server", tmp_path: Path, moment: str) -> None:
    with home("locked" if moment in ("checking", "stopped") else "open", server, tmp_path) as here:
        if moment in ("reading", "resumed"):
            with here.window() as window:
                journey.connect(window, server)
                journey.paste(window, server)
                leave(window, "keepDraft" if moment == "resumed" else "discardDraft")
            here.lock()
        with here.window() as window:
            if moment == "resumed":
                # Several jobs of the next page want the secret at once; the person is asked once.
                window.press("resumeDraft")
                window.wait("behaviourPage")
                window.press("backButton")
                window.wait("placePage")
            elif moment == "reading":
                choose_saved(window)
                window.press("nextButton")
            else:
                journey.type_credentials(window, server)
                window.press("checkConnection")
            here.asked(window)
            if moment == "stopped":
                window.press("stopChecking")
                result(window, SILENT)
            leave(window)
            assert here.prompter.count == 1


# ---------------------------------------------------------------------- never used, not there, not a keychain


def test_a_keychain_that_was_never_used(server: "Server", tmp_path: Path) -> None:
    with home("fresh", server, tmp_path) as here, here.window() as window:
        journey.type_credentials(window, server)
        window.press("checkConnection")
        wait_alive(here, window)
        here.prompter.dismiss()
        result(window, MISSING, FOR_NOW)
        window.press("checkAgain")
        here.asked(window)
        here.prompter.answer(PASSWORD)
        here.checked(window)
        assert here.kept == [here.secret]


def test_a_keychain_that_keeps_nothing(server: "Server", tmp_path: Path) -> None:
    with home("open", server, tmp_path) as here:
        here.desktop.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        with here.window() as window:
            journey.type_credentials(window, server)
            window.press("nextButton")
            result(window, MISSING, FOR_NOW)
            window.press("nextButton")
            shown = create(window, server, "Null")
        check_saved(here.desktop, server, here.data_dir, "Null", shown)
        check_secret(here.desktop, here.data_dir, here.secret, is_kept=False)
        assert here.kept == []
        with here.window() as window:
            choose_saved(window)
            window.press("nextButton")
            result(window, MISSING, "Paste the client secret again")
            window.press("remedy")
            window.fill("clientSecret", here.secret)
            window.press("nextButton")
            result(window, MISSING, FOR_NOW)


# ---------------------------------------------------------------------- open


@pytest.mark.parametrize("length", [32, SECRET_LIMIT, WINDOWS_LIMIT // 2, WINDOWS_LIMIT // 2 + 1, 100_000])
def test_how_long_a_secret_may_be(desktop: "Desktop", monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.bus_address)
    keychain, secret = SystemKeychain(Keyring()), Secret("x" * length)  # type: ignore[no-untyped-call]
    keychain.save("long", secret)
    assert keychain.load("long") == secret
    keychain.forget("long")


def test_a_secret_that_was_deleted_behind_our_back(
    desktop: "Desktop", bus: "Bus", server: "Server", tmp_path: Path
) -> None:
    secret = server.credentials["practice"]["client_secret"]
    with Secrets(desktop.bus_address) as secrets:
        before = secrets.all().keys()
        with opened(desktop, bus, tmp_path / "data") as window:
            journey.connect(window, server)
        (customer,) = secrets.all().keys() - before
        secrets.delete(customer)
        with opened(desktop, bus, tmp_path / "data") as window:
            choose_saved(window)
            window.press("nextButton")
            window.until(lambda: GONE in window.wait("clientSecret").description, "the question beside the field")
            window.fill("clientSecret", secret)
            window.press("nextButton")
            window.wait("placePage")
        assert secrets.all()[customer] == secret


def test_one_write_and_one_read_a_job(desktop: "Desktop", bus: "Bus", server: "Server", tmp_path: Path) -> None:
    with Calls(desktop.bus_address) as calls:
        with opened(desktop, bus, tmp_path / "data") as window:
            journey.type_credentials(window, server)
            assert calls.taken() == Counter()
            window.press("nextButton")
            window.wait("placePage")
            # It counts as kept only once it was read back.
            assert calls.taken() == WRITE + READ
            journey.paste(window, server)
            journey.behave(window, "Counted")
            assert calls.taken() == Counter()
            window.press("createButton")
            journey.finished(window)
            window.press("createAnother")
            journey.paste(window, server)
            assert calls.taken() == Counter()
            leave(window)
        with opened(desktop, bus, tmp_path / "data") as window:
            # Several jobs want the secret at once, and read it once.
            window.press("newIntegrationButton")
            window.press("resumeDraft")
            window.wait("behaviourPage")
            window.press("backButton")
            journey.summaries(window, journey.GROUP_NAME, journey.AUTHOR_NAME)
            window.press("nextButton")
            journey.behave(window, "Counted again")
            assert calls.taken() == READ
            window.press("createButton")
            journey.finished(window)
            window.close()
        with opened(desktop, bus, tmp_path / "data") as window:
            choose_saved(window)
            window.press("nextButton")
            window.wait("placePage")
            assert calls.taken() == READ
