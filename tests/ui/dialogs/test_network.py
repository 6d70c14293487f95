"""Network settings: what is shown, what is kept, and the way there from a connection that failed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.networks import closed_port
from tests.ui.layout import clipped
from tests.ui.program import link_of, running
from wizard.api.http.proxies import Proxy, Route
from wizard.app.program import Program
from wizard.core.network_settings import Mode, Network
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain
from wizard.ui.context import Context
from wizard.ui.dialogs.network import NetworkDialog
from wizard.ui.runtime.runner import Runner
from wizard.ui.theme.theme import Appearance, Theme
from wizard.ui.widgets.text import Text
from wizard.words import open_words

W = TypeVar("W", bound=QWidget)
CANARY = "proxy-canary-3141"


class Broken(MemoryKeychain):
    """A keychain that keeps nothing."""

    def save(self, customer_id: str, secret: Secret) -> None:
        raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)


class Desk:
    """A computer with a window, over which the dialog opens."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, folder: Path, keychain: MemoryKeychain, language: str = "en"
    ) -> None:
        self.qtbot, self.keychain = qtbot, keychain
        self.services = Services(folder, keychain=keychain)
        self.runner = Runner(self.services)
        self.window = QWidget()
        self.window.resize(960, 640)
        qtbot.addWidget(self.window)
        self.window.show()
        self.context = Context(theme, open_words(language), self.runner)

    def open(self) -> NetworkDialog:
        """Open the settings and wait until they show what is set."""
        dialog = NetworkDialog(self.context, self.window)
        dialog.open()
        self.wait()
        self.qtbot.wait(5)
        return dialog

    def wait(self) -> None:
        """Wait for what is under way."""
        self.qtbot.waitUntil(lambda: self.runner.is_idle)

    def kept(self) -> Network:
        """What the ledger holds."""
        return self.services.local.ledger.settings.network()


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, theme, tmp_path / "data", MemoryKeychain())
    yield made
    made.wait()
    made.services.close()


def find(parent: QWidget, kind: type[W], name: str) -> W:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(dialog: QWidget, name: str, text: str) -> None:
    field = find(dialog, QLineEdit, name)
    assert field.isEnabled()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def press(dialog: QWidget, name: str) -> None:
    button = find(dialog, QAbstractButton, name)
    assert button.isEnabled()
    button.click()


def fill(dialog: NetworkDialog, address: str, user: str = "", password: str = "") -> None:
    press(dialog, "proxyManual")
    write(dialog, "proxyHost", address)
    if user:
        write(dialog, "proxyUser", user)
    if password:
        write(dialog, "proxyPassword", password)


def test_it_opens_with_what_is_set(desk: Desk) -> None:
    dialog = desk.open()
    assert dialog.choices.value() == Mode.SYSTEM
    assert dialog.system_line.plain() == "The system says: no proxy."
    assert not dialog.host.isEnabled()
    # There is nothing else to switch, least of all the check of certificates.
    buttons = {button.objectName() for button in dialog.findChildren(QAbstractButton)} - {"", "revealSecret"}
    assert buttons == {"proxySystem", "proxyNone", "proxyManual", "cancelNetwork", "saveNetwork"}
    assert "certificates are always checked" in " ".join(text.plain() for text in dialog.findChildren(Text))
    dialog.reject()
    assert desk.kept() == Network()


def test_what_the_system_says(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://jo:{CANARY}@proxy.example:3128")
    dialog = desk.open()
    assert dialog.system_line.plain() == "The system says: proxy.example:3128, with its own exceptions."
    dialog.reject()


def test_a_script_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.api.http.proxies.system_route", lambda: Route(has_script=True))
    dialog = desk.open()
    assert dialog.system_line.plain().startswith("The system finds its proxy by a script")
    dialog.reject()


def test_a_proxy_is_kept_and_shown_again_without_its_password(desk: Desk) -> None:
    dialog = desk.open()
    fill(dialog, "http://proxy.example:3128/", "jo", CANARY)
    with desk.qtbot.waitSignals([dialog.saved, dialog.accepted]):
        press(dialog, "saveNetwork")
    chosen = Network(Mode.MANUAL, "proxy.example", 3128, "jo")
    assert desk.kept() == chosen
    assert desk.keychain.load(chosen.entry) == Secret(CANARY)
    again = desk.open()
    shown = (again.choices.value(), again.host.text(), again.port.value(), again.user.text(), again.password.text())
    assert shown == (Mode.MANUAL, "proxy.example", 3128, "jo", "")
    assert "Saved. Leave empty to keep it." in again.password.accessibleDescription()
    write(again, "proxyUser", "max")
    assert "Saved" not in again.password.accessibleDescription()
    again.reject()
    # Another answer keeps what was typed before for the next time.
    third = desk.open()
    press(third, "proxyNone")
    with desk.qtbot.waitSignal(third.accepted):
        press(third, "saveNetwork")
    assert desk.kept() == Network(Mode.NONE, "proxy.example", 3128, "jo")


@pytest.mark.parametrize(
    ("address", "user", "password", "field", "sentence"),
    [
        ("", "", "", "proxyHost", "Type the address of the proxy."),
        ("user:canary@proxy.example", "", "", "proxyHost", "This is not an address that we can read."),
        ("socks5://proxy.example", "", "", "proxyHost", "This program cannot use a proxy of this kind (socks5)."),
        ("proxy.example", "a:b", "", "proxyUser", "This does not look like a name for a proxy."),
        ("proxy.example", "", "secret", "proxyUser", "Type the name that belongs to the password."),
    ],
)
def test_a_problem_stands_at_its_field(
    desk: Desk, address: str, user: str, password: str, field: str, sentence: str
) -> None:
    dialog = desk.open()
    fill(dialog, address, user, password)
    press(dialog, "saveNetwork")
    widget = find(dialog, QLineEdit, field)
    assert sentence in widget.accessibleDescription()
    assert widget.hasFocus()
    assert desk.kept() == Network()
    assert dialog.isVisible()
    write(dialog, field, "proxy.example")
    assert sentence not in widget.accessibleDescription()
    dialog.reject()


def test_a_keychain_that_keeps_nothing_is_told(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    desk = Desk(qtbot, theme, tmp_path / "data", Broken())
    dialog = desk.open()
    fill(dialog, "proxy.example", "jo", CANARY)
    with qtbot.waitSignal(dialog.saved):
        press(dialog, "saveNetwork")
    assert dialog.isVisible()
    assert dialog.outcome.line() == (
        "This computer has no keychain that we can use. The password is kept for this session only."
    )
    assert (dialog.password.text(), dialog.cancel_button.text()) == ("", "Close")
    press(dialog, "cancelNetwork")
    assert not dialog.isVisible()
    desk.wait()
    desk.services.close()


def test_a_list_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Expected(Code.STORE_FULL)

    dialog = desk.open()
    monkeypatch.setattr(desk.services.local.ledger.settings, "keep_network", fail)
    press(dialog, "proxyNone")
    press(dialog, "saveNetwork")
    qtbot = desk.qtbot
    qtbot.waitUntil(lambda: "The disk of this computer is full" in dialog.outcome.line())
    assert dialog.isVisible()
    dialog.reject()


def test_keys(desk: Desk) -> None:
    dialog = desk.open()
    system = dialog.choices.button(Mode.SYSTEM)
    system.setFocus()
    QTest.keyClick(system, Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert dialog.choices.value() == Mode.MANUAL
    dialog.host.setFocus()
    QTest.keyClicks(dialog.host, "proxy.example")
    order = []
    for _ in range(6):
        order.append(focused().objectName())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert order[:4] == ["proxyHost", "proxyPort", "proxyUser", "proxyPassword"]
    dialog.host.setFocus()
    with desk.qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.host, Qt.Key.Key_Return)
    assert desk.kept() == Network(Mode.MANUAL, "proxy.example", 8080)


def test_escape_changes_nothing(desk: Desk) -> None:
    dialog = desk.open()
    fill(dialog, "proxy.example", "jo", CANARY)
    QTest.keyClick(dialog.host, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert desk.kept() == Network()
    with pytest.raises(Expected):
        desk.keychain.load(Network(Mode.MANUAL, "proxy.example", 8080).entry)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.CONTRAST_DARK])
def test_nothing_is_clipped(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path, look: Appearance, size: float, language: str
) -> None:
    theme.set_appearance(look)
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * size)
    qapp.setFont(font)
    desk = Desk(qtbot, theme, tmp_path / "data", MemoryKeychain(), language)
    dialog = desk.open()
    fill(dialog, "")
    press(dialog, "saveNetwork")
    qtbot.wait(20)
    dialog.resize(min(dialog.width(), 853), min(dialog.height(), 480))
    qtbot.wait(20)
    assert clipped(dialog) == []
    dialog.reject()
    desk.wait()
    desk.services.close()


# ------------------------------------------------------------------ the way there


def test_from_a_connection_that_failed(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, tmp_path / "data") as program:
        dialog = _failed(program, qtbot)
        press(dialog, "proxyManual")
        write(dialog, "proxyHost", f"127.0.0.1:{closed_port()}")
        with qtbot.waitSignal(dialog.accepted):
            press(dialog, "saveNetwork")
        # Saved: the connection is checked again at once, the new way; what was typed is still there.
        qtbot.waitUntil(lambda: _card(program).startswith("The proxy 127.0.0.1:"))
        assert find(program.window, QLineEdit, "clientSecret").text() == "secret-canary-2718"
        qtbot.waitUntil(lambda: program.runner.is_idle)


SYSTEM = Route(Proxy("proxy.acme.example", 3128))


def test_a_proxy_of_the_system_is_there_to_be_signed_in_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.api.http.proxies.system_route", lambda: SYSTEM)
    dialog = desk.open()
    assert dialog.choices.value() == Mode.SYSTEM
    labels = [dialog.fields[Field.PROXY_HOST].label, dialog.port_box.label]
    quiet = [label.foregroundRole() for label in labels]
    press(dialog, "proxyManual")
    assert set(quiet).isdisjoint(label.foregroundRole() for label in labels)
    assert (dialog.host.text(), dialog.port.value()) == ("proxy.acme.example", 3128)
    write(dialog, "proxyHost", "other.example")
    press(dialog, "proxySystem")
    press(dialog, "proxyManual")
    assert dialog.host.text() == "other.example"
    dialog.reject()


def test_a_proxy_that_asks_for_a_sign_in_opens_at_the_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.api.http.proxies.system_route", lambda: SYSTEM)
    dialog = NetworkDialog(desk.context, desk.window, asks_sign_in=True)
    dialog.open()
    desk.qtbot.waitUntil(dialog.user.hasFocus)
    assert dialog.choices.value() == Mode.MANUAL
    assert (dialog.host.text(), dialog.port.value()) == ("proxy.acme.example", 3128)
    write(dialog, "proxyUser", "jane")
    write(dialog, "proxyPassword", CANARY)
    press(dialog, "saveNetwork")
    desk.wait()
    assert desk.kept() == Network(Mode.MANUAL, "proxy.acme.example", 3128, "jane")


@pytest.mark.parametrize(("code", "mode"), [(Code.PROXY_SIGN_IN, Mode.MANUAL), (Code.PROXY_FAILED, Mode.SYSTEM)])
def test_the_card_of_a_sign_in_leads_to_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: Code, mode: Mode
) -> None:
    monkeypatch.setattr("wizard.api.http.proxies.system_route", lambda: SYSTEM)
    with running(qapp, qtbot, tmp_path / "data") as program:
        program.wizard.connect.show_refusal(Expected(code, host="platform.example"))
        card = find(program.window, QWidget, "connectionResult")
        press(card, "remedy" if mode is Mode.MANUAL else "networkSettings")
        (dialog,) = program.window.findChildren(NetworkDialog)
        qtbot.waitUntil(lambda: dialog.choices.value() == mode)
        dialog.reject()
        qtbot.waitUntil(lambda: program.runner.is_idle)


def _failed(program: Program, qtbot: QtBot) -> NetworkDialog:
    """A connection through a proxy that nobody answers at; then the settings, from its card."""
    window = program.window
    program.services.local.ledger.settings.keep_network(Network(Mode.MANUAL, "127.0.0.1", closed_port()))
    for name, text in (("customerName", "ACME"), ("clientId", "id"), ("clientSecret", "secret-canary-2718")):
        find(window, QLineEdit, name).setText(text)
    press(window, "regionOther")
    find(window, QLineEdit, "platformAddress").setText("https://platform.example")
    press(window, "checkConnection")
    qtbot.waitUntil(lambda: "does not answer" in _card(program))
    qtbot.waitUntil(lambda: window.findChild(QAbstractButton, "networkSettings") is not None)
    press(find(window, QWidget, "connectionResult"), "networkSettings")
    (dialog,) = window.findChildren(NetworkDialog)
    qtbot.waitUntil(lambda: dialog.choices.value() == Mode.MANUAL)
    return dialog


def _card(program: Program) -> str:
    return find(program.window, QWidget, "connectionResult").accessibleName()


def test_from_help(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with running(qapp, qtbot, tmp_path / "data") as program:
        link_of(program).click()
        assert program.help.dialog is not None
        press(program.help.dialog, "networkSettings")
        (dialog,) = program.help.dialog.findChildren(NetworkDialog)
        qtbot.waitUntil(lambda: dialog.choices.value() == Mode.SYSTEM)
        dialog.reject()
        program.help.dialog.reject()
        qtbot.waitUntil(lambda: program.runner.is_idle)
