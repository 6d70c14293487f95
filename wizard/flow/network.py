"""The network settings: by the system, without a proxy, or through a proxy that the person enters."""

from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from wizard.core.network_settings import USUAL_PORT, Mode, Network, parse_proxy, parse_proxy_password
from wizard.core.problems import Expected, Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.ask import Asker, LatestJob
from wizard.jobs.connection import network
from wizard.jobs.connection.network import Saved, Shown, Wanted
from wizard.words import Words
from wizard.words.problems import explain


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What the dialog shows. `mode` is None until it is known; the password is not part of it.

    `problems` are shown at their fields, `outcome` below all fields.
    """

    mode: Mode | None = None
    host: str = ""
    port: int = USUAL_PORT
    user: str = ""
    password_help: str = ""
    system_sentence: str = ""
    problems: tuple[tuple[Field, str], ...] = ()
    outcome: str = ""
    outcome_state: Literal["warning", "problem"] = "problem"
    is_saved: bool = False

    @property
    def is_manual(self) -> bool:
        """Whether the fields of the proxy can be edited."""
        return self.mode is Mode.MANUAL


class NetworkScreen(Protocol):
    """The dialog that draws what `NetworkPresenter` publishes."""

    def render(self, view: NetworkView) -> None:
        """Show this view state."""

    def focus(self, field: Field) -> None:
        """Bring a field into view and give it the keyboard focus."""

    def clear_password(self) -> None:
        """Empty the password field."""

    def show_saved(self, *, should_close: bool) -> None:
        """The settings were saved; close the dialog unless it still has something to say."""


class NetworkPresenter:
    """Loads, edits and saves the network settings. There is no setting that disables the check of certificates.

    `asks_sign_in` is for a proxy that asked for a user and a password, which only a proxy that is entered here can
    have: then the proxy of the system is filled in, and the field of the user gets the focus.
    """

    def __init__(self, asker: Asker, words: Words, screen: NetworkScreen, *, asks_sign_in: bool = False) -> None:
        self._words, self._screen, self._asks_sign_in = words, screen, asks_sign_in
        self._job = LatestJob(asker)
        self._stored = Network()
        self._system_proxy = ""
        self._view = NetworkView()

    def load(self) -> None:
        """Read the settings."""
        self._publish()
        self._job.start(network.load, None, self._on_loaded, self._show_problem)

    def close(self) -> None:
        """The dialog is closed: ignore what still runs."""
        self._job.forget()

    def choose_mode(self, mode: Mode) -> None:
        """Choose one of the three answers."""
        self._change(mode=mode, problems=(), outcome="")
        if mode is Mode.MANUAL:
            self._offer_system_proxy()
        self._publish()
        if mode is Mode.MANUAL:
            self._screen.focus(Field.PROXY_HOST)

    def type_host(self, text: str) -> None:
        """Change the address of the proxy."""
        self._edit(Field.PROXY_HOST, host=text)

    def type_port(self, port: int) -> None:
        """Change the port of the proxy."""
        self._change(port=port)

    def type_user(self, text: str) -> None:
        """Change the user of the proxy."""
        self._edit(Field.PROXY_USER, user=text)

    def type_password(self) -> None:
        """The password was changed; its text is given to `save` only."""
        self._edit(Field.PROXY_USER)

    def save(self, password: str) -> None:
        """Save the settings; an empty password keeps the stored one. Ignored while a job runs."""
        if self._job.is_running:
            return
        try:
            wanted = self._wanted(password)
        except Expected as problem:
            self._show_problem(problem)
            return
        self._job.start(network.save, wanted, self._on_saved, self._show_problem)

    def _on_loaded(self, shown: Shown) -> None:
        self._stored = stored = shown.network
        self._system_proxy = shown.system_proxy
        self._change(system_sentence=self._system_sentence(shown))
        if self._view.mode is not None:
            # Keep what was chosen and typed meanwhile.
            self._offer_system_proxy()
            self._publish()
            return
        is_sign_in_at_system = self._asks_sign_in and stored.mode is Mode.SYSTEM and not stored.host
        mode = Mode.MANUAL if is_sign_in_at_system else stored.mode
        self._change(mode=mode, host=stored.host, port=stored.port, user=stored.user)
        self._offer_system_proxy()
        self._publish()
        if self._asks_sign_in and self._view.is_manual:
            self._screen.focus(Field.PROXY_USER)

    def _offer_system_proxy(self) -> None:
        """Fill in the proxy of the system if the fields are to be filled in and the address is still empty."""
        if not self._view.is_manual or self._view.host or not self._system_proxy:
            return
        try:
            proxy = parse_proxy(self._system_proxy, USUAL_PORT, "")
        except Expected:
            # A kind of proxy that cannot be entered; the sentence about the system names it.
            return
        self._change(host=proxy.host, port=proxy.port)

    def _system_sentence(self, shown: Shown) -> str:
        say = self._words.say
        if shown.has_script:
            return say(
                "The system finds its proxy by a script that this program cannot read. "
                "Ask IT for the proxy's address and enter it below."
            )
        if shown.system_proxy:
            return say("The system says: {proxy}, with its own exceptions.", proxy=one_line(shown.system_proxy))
        return say("The system says: no proxy.")

    def _wanted(self, password: str) -> Wanted:
        """The settings to save. Raises `Expected` at its field."""
        view = self._view
        if not view.is_manual:
            # Keep the stored proxy for the next time it is chosen.
            return Wanted(replace(self._stored, mode=view.mode or Mode.SYSTEM))
        chosen = parse_proxy(view.host, view.port, view.user)
        return Wanted(chosen, parse_proxy_password(password, chosen))

    def _on_saved(self, saved: Saved) -> None:
        if saved.not_kept is None:
            self._screen.show_saved(should_close=True)
            return
        self._screen.clear_password()
        reason = explain(self._words, saved.not_kept).title
        text = self._words.say("{reason}. The password is kept for this session only.", reason=reason)
        self._change(outcome=text, outcome_state="warning", is_saved=True)
        self._publish()
        self._screen.show_saved(should_close=False)

    def _show_problem(self, problem: Problem) -> None:
        shown = explain(self._words, problem)
        text = f"{shown.title}. {shown.text}".strip()
        if problem.field not in (Field.PROXY_HOST, Field.PROXY_USER, Field.PROXY_PASSWORD):
            self._change(outcome=text, outcome_state="problem")
            self._publish()
            return
        others = tuple(pair for pair in self._view.problems if pair[0] is not problem.field)
        self._change(problems=(*others, (problem.field, text)))
        self._publish()
        self._screen.focus(problem.field)

    def _edit(self, field: Field, **changes: Any) -> None:
        """Change an answer, and remove the problem of a field and the outcome."""
        problems = tuple(pair for pair in self._view.problems if pair[0] is not field)
        self._change(problems=problems, outcome="", **changes)
        self._publish()

    def _change(self, **changes: Any) -> None:
        self._view = replace(self._view, **changes)

    def _publish(self) -> None:
        is_stored = bool(self._stored.user) and self._view.user == self._stored.user
        say = self._words.say
        stored, new = say("Saved. Leave empty to keep it."), say("Kept in the keychain of this computer.")
        self._view = replace(self._view, password_help=stored if is_stored else new)
        self._screen.render(self._view)
