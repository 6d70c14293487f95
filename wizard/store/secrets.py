"""The secrets of customers and of the proxy: in the keychain, or for this session where it does not take them."""

import contextlib
import threading
from collections.abc import Callable

from wizard.core.problems import Expected, Problem
from wizard.core.progress import KeychainAsked
from wizard.core.secret import Secret
from wizard.store.blocking_call import BlockingCall, SharedCalls
from wizard.store.keychain import Keychain, MemoryKeychain

Report = Callable[[KeychainAsked], object]


class Secrets:
    """Secrets by the names of their entries. Every method returns or raises soon after its `stop` is set."""

    def __init__(self, keychain: Keychain) -> None:
        self.keychain = keychain
        self._session = MemoryKeychain()
        self._reads: SharedCalls[Secret] = SharedCalls()
        self._last_writes: dict[str, object] = {}
        self._writing = threading.Lock()

    def load(self, entry: str, stop: threading.Event | None = None, report: Report | None = None) -> Secret:
        """The secret of this session, else the one in the keychain. Raises `Expected`.

        Without a `stop` it waits as long as the keychain does.
        """
        return self.of_session(entry) or self._reads.result(entry, lambda: self.keychain.load(entry), stop, report)

    def of_session(self, entry: str) -> Secret | None:
        """The secret that lives for this session only, if this one does."""
        try:
            return self._session.load(entry)
        except Expected:
            return None

    def keep(self, entry: str, secret: Secret, stop: threading.Event, report: Report) -> Problem | None:
        """Keep a secret in the keychain; else for this session only, and return why."""
        try:
            self._write(entry, lambda: self.keychain.save(entry, secret), stop, report)
        except Expected as problem:
            self._session.save(entry, secret)
            return problem
        self._session.forget(entry)
        return None

    def forget(self, entry: str, stop: threading.Event, report: Report) -> None:
        """Forget a secret. Errors of the keychain are ignored: the secret stays there unused."""
        self._session.forget(entry)
        with contextlib.suppress(Expected):
            self._write(entry, lambda: self.keychain.forget(entry), stop, report)

    def _write(self, entry: str, change: Callable[[], None], stop: threading.Event, report: Report) -> None:
        """Change the keychain, one change at a time. A change that was given up never follows a later one."""
        write = self._last_writes[entry] = object()

        def change_in_order() -> None:
            with self._writing:
                if self._last_writes[entry] is write:
                    change()

        BlockingCall(change_in_order).result(stop, report)
