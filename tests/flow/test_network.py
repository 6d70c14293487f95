"""The network settings: what is loaded, edited and saved, and the proxy of the system."""

from dataclasses import dataclass, field

import pytest

from tests.flow.conftest import Kit
from wizard.api.http.proxies import Proxy, Route
from wizard.core.network_settings import Mode, Network
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret
from wizard.flow.network import NetworkPresenter, NetworkView
from wizard.words import open_words

CANARY = "proxy-canary-3141"
SYSTEM = Route(Proxy("proxy.acme.example", 3128))


@dataclass
class Screen:
    """A dialog that keeps what it was told."""

    views: list[NetworkView] = field(default_factory=list)
    focused: list[Field] = field(default_factory=list)
    cleared: int = 0
    saved: list[bool] = field(default_factory=list)

    @property
    def view(self) -> NetworkView:
        """What is shown now."""
        return self.views[-1]

    def render(self, view: NetworkView) -> None:
        """Show a view state."""
        self.views.append(view)

    def focus(self, at: Field) -> None:
        """Give a field the focus."""
        self.focused.append(at)

    def clear_password(self) -> None:
        """Count it."""
        self.cleared += 1

    def show_saved(self, *, should_close: bool) -> None:
        """Keep whether the dialog closes."""
        self.saved.append(should_close)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture(autouse=True)
def _no_system_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    set_system(monkeypatch, Route())


def set_system(monkeypatch: pytest.MonkeyPatch, route: Route) -> None:
    monkeypatch.setattr("wizard.api.http.proxies.system_route", lambda: route)


def make(kit: Kit, screen: Screen, *, asks_sign_in: bool = False) -> NetworkPresenter:
    return NetworkPresenter(kit.asker, open_words("en"), screen, asks_sign_in=asks_sign_in)


def loaded(kit: Kit, screen: Screen, *, asks_sign_in: bool = False) -> NetworkPresenter:
    presenter = make(kit, screen, asks_sign_in=asks_sign_in)
    presenter.load()
    return presenter


def stored(kit: Kit) -> Network:
    return kit.bench.services.local.ledger.settings.network()


def enter(presenter: NetworkPresenter, host: str, user: str = "") -> None:
    presenter.choose_mode(Mode.MANUAL)
    presenter.type_host(host)
    presenter.type_user(user)


def test_a_fresh_computer_follows_the_system(kit: Kit, screen: Screen) -> None:
    loaded(kit, screen)
    view = screen.view
    assert (view.mode, view.is_manual, view.host) == (Mode.SYSTEM, False, "")
    assert view.system_sentence == "The system says: no proxy."
    assert view.password_help == "Kept in the keychain of this computer."


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        (SYSTEM, "The system says: proxy.acme.example:3128, with its own exceptions."),
        (Route(has_script=True), "The system finds its proxy by a script that this program cannot read."),
    ],
)
def test_what_the_system_says(
    kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch, route: Route, sentence: str
) -> None:
    set_system(monkeypatch, route)
    loaded(kit, screen)
    assert screen.view.system_sentence.startswith(sentence)


def test_a_proxy_is_saved_and_loaded_without_its_password(kit: Kit, screen: Screen) -> None:
    presenter = loaded(kit, screen)
    enter(presenter, "http://proxy.example:3128/", "jo")
    presenter.type_password()
    presenter.save(CANARY)
    chosen = Network(Mode.MANUAL, "proxy.example", 3128, "jo")
    assert (stored(kit), screen.saved) == (chosen, [True])
    assert kit.bench.services.connections.way().password == Secret(CANARY)
    again = Screen()
    presenter = loaded(kit, again)
    view = again.view
    assert (view.mode, view.host, view.port, view.user) == (Mode.MANUAL, "proxy.example", 3128, "jo")
    assert view.password_help == "Saved. Leave empty to keep it."
    presenter.type_user("max")
    assert again.view.password_help == "Kept in the keychain of this computer."
    assert CANARY not in repr((screen, again))


def test_another_mode_keeps_the_proxy_for_later(kit: Kit, screen: Screen) -> None:
    kit.bench.services.local.ledger.settings.keep_network(Network(Mode.MANUAL, "proxy.example", 3128))
    presenter = loaded(kit, screen)
    presenter.choose_mode(Mode.NONE)
    presenter.save("")
    assert stored(kit) == Network(Mode.NONE, "proxy.example", 3128)


def test_a_typed_port_is_saved(kit: Kit, screen: Screen) -> None:
    presenter = loaded(kit, screen)
    enter(presenter, "proxy.example")
    presenter.type_port(81)
    presenter.save("")
    assert stored(kit) == Network(Mode.MANUAL, "proxy.example", 81)


@pytest.mark.parametrize(
    ("host", "user", "password", "at", "sentence"),
    [
        ("", "", "", Field.PROXY_HOST, "Type the address of the proxy."),
        ("proxy.example", "a:b", "", Field.PROXY_USER, "This does not look like a name for a proxy."),
        ("proxy.example", "", "secret", Field.PROXY_USER, "Type the name that belongs to the password."),
    ],
)
def test_a_problem_is_shown_at_its_field_until_it_is_edited(
    kit: Kit, screen: Screen, host: str, user: str, password: str, at: Field, sentence: str
) -> None:
    presenter = loaded(kit, screen)
    enter(presenter, host, user)
    presenter.save(password)
    ((where, text),) = screen.view.problems
    assert (where, screen.focused[-1]) == (at, at)
    assert text.startswith(sentence)
    assert stored(kit) == Network()
    presenter.save(password)
    assert len(screen.view.problems) == 1
    (presenter.type_host if at is Field.PROXY_HOST else presenter.type_user)("x")
    assert not screen.view.problems


def test_another_mode_removes_problems(kit: Kit, screen: Screen) -> None:
    presenter = loaded(kit, screen)
    enter(presenter, "")
    presenter.save("")
    presenter.choose_mode(Mode.SYSTEM)
    assert not screen.view.problems


def test_a_password_that_no_keychain_keeps(kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)

    presenter = loaded(kit, screen)
    enter(presenter, "proxy.example", "jo")
    monkeypatch.setattr(kit.bench.keychain, "save", refuse)
    presenter.save(CANARY)
    view = screen.view
    assert view.outcome == "This computer has no keychain that we can use. The password is kept for this session only."
    assert (view.outcome_state, view.is_saved, screen.cleared, screen.saved) == ("warning", True, 1, [False])


def test_a_ledger_that_cannot_be_written(kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Expected(Code.STORE_FULL)

    presenter = loaded(kit, screen)
    presenter.choose_mode(Mode.NONE)
    monkeypatch.setattr(kit.bench.services.local.ledger.settings, "keep_network", refuse)
    presenter.save("")
    assert screen.view.outcome.startswith("The disk of this computer is full. ")
    assert (screen.view.outcome_state, screen.saved) == ("problem", [])


def test_the_proxy_of_the_system_is_offered(kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    set_system(monkeypatch, SYSTEM)
    presenter = loaded(kit, screen)
    assert screen.view.host == ""
    presenter.choose_mode(Mode.MANUAL)
    assert (screen.view.host, screen.view.port) == ("proxy.acme.example", 3128)
    assert screen.focused == [Field.PROXY_HOST]
    presenter.type_host("other.example")
    presenter.choose_mode(Mode.SYSTEM)
    presenter.choose_mode(Mode.MANUAL)
    assert screen.view.host == "other.example"


def test_a_proxy_of_a_kind_that_cannot_be_entered_is_not_offered(
    kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_system(monkeypatch, Route(Proxy("user@proxy.example", 1)))
    loaded(kit, screen).choose_mode(Mode.MANUAL)
    assert screen.view.host == ""


def test_a_proxy_that_asked_for_a_sign_in(kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    set_system(monkeypatch, SYSTEM)
    loaded(kit, screen, asks_sign_in=True)
    assert (screen.view.mode, screen.view.host) == (Mode.MANUAL, "proxy.acme.example")
    assert screen.focused == [Field.PROXY_USER]


def test_a_sign_in_without_any_proxy_focuses_nothing(kit: Kit, screen: Screen) -> None:
    kit.bench.services.local.ledger.settings.keep_network(Network(Mode.NONE))
    loaded(kit, screen, asks_sign_in=True)
    assert (screen.view.mode, screen.focused) == (Mode.NONE, [])


def test_what_was_chosen_while_loading_stays(kit: Kit, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    set_system(monkeypatch, SYSTEM)
    kit.asker.hold()
    presenter = loaded(kit, screen)
    assert [view.mode for view in screen.views] == [None]
    presenter.choose_mode(Mode.MANUAL)
    presenter.save("")
    assert not screen.view.problems
    kit.asker.release()
    assert (screen.view.mode, screen.view.host) == (Mode.MANUAL, "proxy.acme.example")
    assert screen.view.system_sentence.startswith("The system says: proxy.acme.example:3128")


def test_a_closed_dialog_is_told_nothing(kit: Kit, screen: Screen) -> None:
    kit.asker.hold()
    presenter = loaded(kit, screen)
    presenter.close()
    kit.asker.release()
    assert [view.mode for view in screen.views] == [None]
