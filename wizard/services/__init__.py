"""Wiring: what the jobs need, built once and on first use; nothing else builds it.

The modules behind it are imported here at the moment of use, on the worker, because the first page must not wait for
HTTP, keychain and database (measured: together they cost more than the whole window).
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.core.problems import Problem

if TYPE_CHECKING:
    from wizard.api.http.exchange import Wire
    from wizard.api.v2.client import Platform
    from wizard.core.address import Origin
    from wizard.core.customers import Customer
    from wizard.core.groups import Forest
    from wizard.core.integration import Found
    from wizard.core.network_settings import NetworkAccess
    from wizard.core.progress import Progress
    from wizard.core.secret import Secret
    from wizard.core.store_news import News
    from wizard.demo import PracticePlatform
    from wizard.store.blocking_call import Questions
    from wizard.store.file_lock import Guard
    from wizard.store.folders import Folders
    from wizard.store.keychain import Vault
    from wizard.store.ledger import Ledger
    from wizard.store.log import Log
    from wizard.store.secrets import Secrets

Report = Callable[["Progress"], None]
"""Where a job tells how far it is; called on the job's own thread."""


@dataclass(slots=True)
class Session:
    """What was read from one customer's platform in this run of the program; gone with it."""

    platform: Platform
    forest: Forest | None = None
    integrations: tuple[Found, ...] = ()
    integrations_at_s: float | None = None


class Services:
    """Everything outside, for the jobs. Cheap to make; opens files and connections on first use, on a worker."""

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        is_practice: bool = False,
        vault: Vault | None = None,
        open_wire: Callable[[Origin, str, Secret], Wire] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_practice = is_practice
        self.clock = clock
        self._data_dir = data_dir
        self._vault = vault
        self._open_wire = open_wire
        self.facts: dict[str, str] = {}
        """What others know of where this program runs (versions, language), for the log and the support file."""
        self.store_news: tuple[News, ...] = ()
        self._log: Log | None = None
        # By the entry of the secret: a customer whose address changed shares none with what it was.
        self._sessions: dict[str, Session] = {}
        self._retired: list[Session] = []
        self._lock = threading.RLock()

    # ------------------------------------------------------------------ this computer

    @staticmethod
    def now() -> str:
        """The time in UTC, ISO 8601."""
        from datetime import UTC, datetime

        return datetime.now(UTC).isoformat(timespec="milliseconds")

    @property
    def folders(self) -> Folders:
        """Where everything is kept; made on first use."""
        with self._lock:
            return self._folders

    @cached_property
    def _folders(self) -> Folders:
        from wizard.store import folders

        real = folders.folders(self._data_dir)
        return (folders.practice_folders(real) if self.is_practice else real).make()

    @property
    def is_usual_folder(self) -> bool:
        """Whether everything lies where this system keeps such things."""
        return self._data_dir is None

    def open_log(self) -> None:
        """Begin the log, once; where it cannot be written, the program goes on without."""
        from wizard.store import log

        with self._lock:
            if self._log is None:
                self._log = log.start(self.folders.log, self.facts)

    def settle_log(self) -> None:
        """Wait, not for long, until what was said so far is in the file."""
        if self._log:
            self._log.settle()

    def has_ledger(self) -> bool:
        """Whether anything was ever saved here, also if only its copies are left; asking makes nothing."""
        from wizard.store import folders

        return folders.folders(self._data_dir).is_used()

    def picture_folder(self) -> Path:
        """Where the self-test puts its pictures: in the folder that was named, else in a temporary one."""
        return (self._data_dir or Path(tempfile.mkdtemp(prefix="integration-wizard-"))) / "self-test"

    @property
    def ledger(self) -> Ledger:
        """The ledger of this computer."""
        with self._lock:
            return self._ledger

    @cached_property
    def _ledger(self) -> Ledger:
        from wizard.store import opening

        opened = opening.open_ledger(self.folders, self.now)
        self.store_news = opened.news
        return opened.ledger

    def copy_ledger(self) -> None:
        """Keep a copy of the ledger if it changed since the last one; never a reason to fail."""
        from wizard.store import opening

        opening.copy_ledger(self.folders)

    @property
    def guard(self) -> Guard:
        """The lock that lets one creation run at a time."""
        from wizard.store.file_lock import Guard

        return Guard(self.folders.root / "creating.lock")

    @property
    def secrets(self) -> Secrets:
        """The secrets: in the keychain; in practice, in memory."""
        with self._lock:
            return self._secrets

    @cached_property
    def _secrets(self) -> Secrets:
        from wizard.store.keychain import Keychain, Memory
        from wizard.store.secrets import Secrets

        return Secrets(self._vault or (Memory() if self.is_practice else Keychain()))

    # ------------------------------------------------------------------ platforms

    def open_platform(
        self, origin: Origin, client_id: str, secret: Secret, stop: threading.Event | None = None
    ) -> Platform:
        """A platform that belongs to no saved customer yet."""
        from wizard.api.http.exchange import Wire
        from wizard.api.http.transport import open_http
        from wizard.api.v2.client import Platform

        if self._open_wire:
            return Platform(self._open_wire(origin, client_id, secret))
        return Platform(Wire(origin, client_id, secret, http=open_http(origin, way=self.way(stop))))

    def way(self, stop: threading.Event | None = None) -> NetworkAccess:
        """How the person chose to reach the internet, with the proxy's password if there is one to be had."""
        from wizard.core.network_settings import NETWORK, Mode, Network, NetworkAccess

        network = self.ledger.setting(NETWORK, Network) or Network()
        if network.mode is not Mode.MANUAL or not network.user:
            return NetworkAccess(network)
        try:
            return NetworkAccess(network, self.secrets.load(network.entry, stop))
        except Problem:
            # The proxy asks then, and its answer leads to the settings.
            return NetworkAccess(network)

    def reopen_sessions(self) -> None:
        """Let every customer's next question go over a new connection.

        What is under way, a creation above all, ends over the old one, which is closed with the program.
        """
        with self._lock:
            self._retired += self._sessions.values()
            self._sessions.clear()

    def keep_session(self, customer: Customer, platform: Platform) -> Session:
        """Remember the platform that a customer's check reached; the one before is closed."""
        with self._lock:
            before = self._sessions.get(customer.entry)
            session = self._sessions[customer.entry] = Session(platform)
        if before:
            before.platform.wire.close()
        return session

    def session(self, customer_id: str, stop: threading.Event | None = None, report: Report | None = None) -> Session:
        """The open connection of a saved customer; reads the keychain if there is none yet. Raises `Problem`."""
        # Read each time: a connection to where the customer was before is not one to where it is now.
        customer = self.ledger.customer(customer_id)
        with self._lock:
            if customer.entry in self._sessions:
                return self._sessions[customer.entry]
            openings = self._openings
        # Who wants a session that is being opened already waits with the others: one prompt is enough.
        return openings.ask(customer.entry, lambda: self._open_session(customer), stop, report)

    @cached_property
    def _openings(self) -> Questions[Session]:
        from wizard.store.blocking_call import Questions

        return Questions()

    def _open_session(self, customer: Customer) -> Session:
        secret = self.secrets.load(customer.entry)
        platform = self.open_platform(customer.origin, customer.client_id, secret)
        with self._lock:
            session = self._sessions.setdefault(customer.entry, Session(platform))
        if session.platform is not platform:
            platform.wire.close()
        return session

    # ------------------------------------------------------------------ practice and the end

    @cached_property
    def practice(self) -> PracticePlatform:
        """The practice platform, running."""
        from wizard.demo import PracticePlatform

        platform = PracticePlatform()
        platform.start()
        return platform

    def close(self) -> None:
        """Close what was opened and throw practice files away. Breaks running requests."""
        with self._lock:
            for session in (*self._sessions.values(), *self._retired):
                session.platform.wire.close()
            if ledger := self.__dict__.get("_ledger"):
                ledger.close()
        if practice := self.__dict__.get("practice"):
            practice.stop()
        if self._log:
            self._log.close()
        if self.is_practice and (made := self.__dict__.get("_folders")):
            from wizard.store import folders

            folders.remove(made)
