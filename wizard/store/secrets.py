"""The secrets of customers and of the proxy: in the keychain, or for this session where it does not take them."""

import contextlib
import threading
from collections.abc import Callable

from wizard.core.problems import Expected, Problem
from wizard.core.progress import KeychainAsked
from wizard.core.secret import Secret
from wizard.store.blocking_call import Question, Questions
from wizard.store.keychain import Memory, Vault

Report = Callable[[KeychainAsked], object]


class Secrets:
    """Asks the keychain for as long as a job wants to wait: every method ends soon after its `stop` is set."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._memory = Memory()
        self._reading: Questions[Secret] = Questions()
        self._last_turns: dict[str, object] = {}
        self._writing = threading.Lock()

    def load(self, entry: str, stop: threading.Event | None = None, report: Report | None = None) -> Secret:
        """The secret of a customer or of the proxy: of this session, else of the keychain. Raises `Expected`.

        Without a `stop` it waits as long as the keychain does.
        """
        return self.unkept(entry) or self._reading.ask(entry, lambda: self.vault.load(entry), stop, report)

    def unkept(self, entry: str) -> Secret | None:
        """A secret that lives for this session only, if this one does."""
        try:
            return self._memory.load(entry)
        except Expected:
            return None

    def keep(self, entry: str, secret: Secret, stop: threading.Event, report: Report) -> Problem | None:
        """Keep a secret in the keychain; else for this session only, and tell why."""
        try:
            self._write(entry, lambda: self.vault.save(entry, secret), stop, report)
        except Expected as problem:
            self._memory.save(entry, secret)
            return problem
        self._memory.forget(entry)
        return None

    def forget(self, entry: str, stop: threading.Event, report: Report) -> None:
        """Forget a secret; a keychain that is locked or not there keeps what nobody uses."""
        self._memory.forget(entry)
        with contextlib.suppress(Expected):
            self._write(entry, lambda: self.vault.forget(entry), stop, report)

    def _write(self, entry: str, change: Callable[[], None], stop: threading.Event, report: Report) -> None:
        """Change the keychain, one at a time: what was given up may still be done, but never after a later one."""
        turn = self._last_turns[entry] = object()

        def in_turn() -> None:
            with self._writing:
                if self._last_turns[entry] is turn:
                    change()

        Question(in_turn).answer(stop, report)
