"""This computer, for the jobs: folders, ledger, keychain, log. Everything is opened on first use; worker only."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from wizard.core.problems import Code
from wizard.core.store_news import News
from wizard.store import folders, log, opening, zip_writer
from wizard.store.file_lock import FileLock
from wizard.store.folders import Folders
from wizard.store.keychain import Keychain, MemoryKeychain, SystemKeychain
from wizard.store.ledger import Ledger
from wizard.store.log import Log
from wizard.store.secrets import Secrets


class LocalStore:
    """The files of one data folder, and the keychain. Every method raises `Expected` where the disk does not work."""

    def __init__(
        self,
        data_dir: Path | None,
        now: Callable[[], str],
        *,
        is_practice: bool = False,
        keychain: Keychain | None = None,
    ) -> None:
        self._data_dir, self._now, self._is_practice = data_dir, now, is_practice
        self._keychain = keychain
        self._lock = threading.RLock()
        self._folders: Folders | None = None
        self._log: Log | None = None
        self._opened: opening.Opened | None = None
        self._secrets: Secrets | None = None

    @property
    def folders(self) -> Folders:
        """Where everything is kept."""
        with self._lock:
            if self._folders is None:
                real = folders.folders(self._data_dir)
                self._folders = (folders.practice_folders(real) if self._is_practice else real).make()
            return self._folders

    @property
    def is_default_folder(self) -> bool:
        """Whether everything lies where this system keeps such things."""
        return self._data_dir is None

    def has_ledger(self) -> bool:
        """Whether anything was ever saved here, also if only its copies are left. Makes no file."""
        return folders.folders(self._data_dir).is_used()

    # ------------------------------------------------------------------ the ledger

    @property
    def ledger(self) -> Ledger:
        """The ledger of this computer."""
        return self._open().ledger

    @property
    def news(self) -> tuple[News, ...]:
        """What a person has to know about the ledger; empty until it is opened."""
        return self._opened.news if self._opened else ()

    def forget_news(self) -> None:
        """The news are shown now: no other window of this run shows them."""
        with self._lock:
            if self._opened is not None:
                self._opened = replace(self._opened, news=())

    def _open(self) -> opening.Opened:
        with self._lock:
            if self._opened is None:
                self._opened = opening.open_ledger(self.folders, self._now)
            return self._opened

    def copy_ledger(self) -> None:
        """Keep a copy of the ledger if it changed since the last one. Raises nothing."""
        opening.copy_ledger(self.folders)

    def creating_lock(self, customer_id: str) -> FileLock:
        """The lock that lets one creation run at a time on the address of this customer.

        Not narrower: two customers with one address can be one platform with two credentials.
        """
        origins = {customer.id: customer.origin for customer in self.ledger.customers.all()}
        return FileLock(self.folders.creating_lock(origins.get(customer_id, "")), busy=Code.ALREADY_CREATING)

    # ------------------------------------------------------------------ secrets and log

    @property
    def secrets(self) -> Secrets:
        """The secrets: in the keychain; in practice, in memory."""
        with self._lock:
            if self._secrets is None:
                usual = MemoryKeychain if self._is_practice else SystemKeychain
                self._secrets = Secrets(self._keychain or usual())
            return self._secrets

    def open_log(self, facts: Mapping[str, str]) -> None:
        """Open the log, once; `facts` go into its first line."""
        with self._lock:
            if self._log is None:
                self._log = log.start(self.folders.log, facts)

    def flush_log(self) -> None:
        """Wait at most a second until the lines logged so far are in the file."""
        if self._log:
            self._log.flush()

    def log_tail(self, limit: int) -> str:
        """The end of the log, at most `limit` characters."""
        return log.tail(self.folders.log, limit)

    def crash_tail(self, limit: int) -> str:
        """The end of the stack traces of crashes, at most `limit` characters."""
        return log.tail(self.folders.log.with_name(log.CRASHES), limit)

    @staticmethod
    def redacted(text: str) -> str:
        """The text without tokens, addresses, mails, ids and home folders."""
        return log.redacted(text)

    @staticmethod
    def write_zip(path: Path, parts: Iterable[tuple[str, str]]) -> None:
        """Write (name, text) pairs as a ZIP file that is complete or not there."""
        zip_writer.write(path, parts)

    def close(self) -> None:
        """Close what was opened, and remove the files of a practice run."""
        with self._lock:
            if self._opened:
                self._opened.ledger.close()
            if self._log:
                self._log.close()
            if self._is_practice and self._folders:
                folders.remove(self._folders)
