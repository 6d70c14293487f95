"""Client secrets in the keychain of the operating system: the only user of `keyring`."""

import contextlib
import sys
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import keyring
import keyring.backend
import keyring.core
import keyring.errors

from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

_T = TypeVar("_T")

SERVICE = "360Learning integration wizard"
WINDOWS_LIMIT = 2560
"""Bytes of one Windows credential, in UTF-16."""


class Keychain(Protocol):
    """Keeps one secret under each name. Blocks for minutes if the system asks for a password: worker only."""

    def save(self, entry: str, secret: Secret) -> None:
        """Keep the secret. Raises `Expected` unless it is certainly kept."""

    def load(self, entry: str) -> Secret:
        """The kept secret. Raises `Expected`: gone, locked, or no keychain."""

    def forget(self, entry: str) -> None:
        """Remove the secret, if it is there."""


class SystemKeychain:
    """The keychain of the operating system. There is no fallback to a file."""

    def __init__(self, backend: keyring.backend.KeyringBackend | None = None) -> None:
        self._chosen = backend

    @property
    def _backend(self) -> keyring.backend.KeyringBackend:
        # Lazy: looking for backends takes time and can start a system service.
        if self._chosen is None:
            found = keyring.get_keyring()
            # Backends that keyring does not recommend keep secrets in a file, or nowhere.
            if not keyring.core.recommended(found):
                raise keyring.errors.NoKeyringError
            self._chosen = found
        return self._chosen

    def save(self, entry: str, secret: Secret) -> None:
        """Write, read back and compare: a null backend reports success and keeps nothing."""
        value = secret.reveal()
        if sys.platform == "win32" and len(value.encode("utf-16-le")) > WINDOWS_LIMIT:
            raise Expected(Code.SECRET_TOO_LONG, field=Field.CLIENT_SECRET)
        _call(lambda: self._backend.set_password(SERVICE, entry, value))
        kept: object = _call(lambda: self._backend.get_password(SERVICE, entry))
        if kept is None:
            raise Expected(Code.KEYCHAIN_MISSING, field=Field.CLIENT_SECRET)
        if not isinstance(kept, str) or Secret(kept) != secret:
            raise Expected(Code.KEYCHAIN_FAILED, field=Field.CLIENT_SECRET)

    def load(self, entry: str) -> Secret:
        """One read."""
        # "reading": a secret that cannot be read has to be typed again, one that cannot be saved is still in memory.
        kept = _call(lambda: self._backend.get_password(SERVICE, entry), reading="yes")
        if not isinstance(kept, str) or not kept:
            raise Expected(Code.SECRET_GONE, field=Field.CLIENT_SECRET)
        return Secret(kept)

    def forget(self, entry: str) -> None:
        """One delete; a secret that is not there is no error."""

        def delete() -> None:
            with contextlib.suppress(keyring.errors.PasswordDeleteError):
                self._backend.delete_password(SERVICE, entry)

        _call(delete)


class MemoryKeychain:
    """Secrets of this session only: for practice, and where there is no keychain."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    def save(self, entry: str, secret: Secret) -> None:
        """Keep it until the program ends."""
        self._secrets[entry] = secret

    def load(self, entry: str) -> Secret:
        """The secret of this session."""
        if entry not in self._secrets:
            raise Expected(Code.SECRET_GONE, field=Field.CLIENT_SECRET)
        return self._secrets[entry]

    def forget(self, entry: str) -> None:
        """Drop it."""
        self._secrets.pop(entry, None)


def _call(action: Callable[[], _T], **facts: str) -> _T:
    """The answer of the keychain. Raises `Expected`, without the backend's own error as its cause or context."""
    try:
        return action()
    except Exception as error:
        problem = _problem(error, facts)
    raise problem


def _problem(error: Exception, facts: Mapping[str, str]) -> Expected:
    """The problem behind a backend's error. Backends raise errors of any type.

    Their messages are not kept: some contain the value that was to be stored.
    """
    kinds: tuple[tuple[type[Exception], Code], ...] = (
        (keyring.errors.KeyringLocked, Code.KEYCHAIN_LOCKED),
        (keyring.errors.NoKeyringError, Code.KEYCHAIN_MISSING),
        (keyring.errors.InitError, Code.KEYCHAIN_MISSING),
    )
    code = next((c for kind, c in kinds if isinstance(error, kind)), Code.KEYCHAIN_FAILED)
    # 1783 is Windows' answer to a credential that is too long ("the stub received bad data").
    if getattr(error, "winerror", None) == 1783:
        code = Code.SECRET_TOO_LONG
    return Expected(code, field=Field.CLIENT_SECRET, detail=type(error).__name__, **facts)
