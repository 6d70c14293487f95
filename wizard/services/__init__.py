"""Wiring: what the jobs need, built once and on first use. Nothing else builds it.

`Services.local` and `Services.connections` import their modules on first use, on a worker: HTTP, keychain and database
together cost more than the whole window, and the first page must not wait for them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.services.options import ApiOptions

if TYPE_CHECKING:
    from wizard.services.connections import Connections
    from wizard.services.local_store import LocalStore
    from wizard.store.keychain import Keychain


class Services:
    """This computer and the platforms, for the jobs. Cheap to make on any thread; its parts are for workers only.

    `facts` are what others know of this run (versions, language), for the log and the support file. In practice
    everything happens on the practice platform and in a folder that is removed at the end.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        is_practice: bool = False,
        keychain: Keychain | None = None,
        api: ApiOptions | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_practice = is_practice
        self.clock = clock
        self.facts: dict[str, str] = {}
        self._data_dir, self._keychain, self._api = data_dir, keychain, api or ApiOptions()
        self._lock = threading.RLock()
        self._local: LocalStore | None = None
        self._connections: Connections | None = None

    @staticmethod
    def now() -> str:
        """The time in UTC, ISO 8601."""
        return datetime.now(UTC).isoformat(timespec="milliseconds")

    @property
    def local(self) -> LocalStore:
        """This computer."""
        with self._lock:
            if self._local is None:
                from wizard.services.local_store import LocalStore

                self._local = LocalStore(
                    self._data_dir, self.now, is_practice=self.is_practice, keychain=self._keychain
                )
            return self._local

    @property
    def connections(self) -> Connections:
        """The platforms."""
        with self._lock:
            if self._connections is None:
                from wizard.services.connections import Connections

                self._connections = Connections(self.local, self._api)
            return self._connections

    def close(self) -> None:
        """Close what was opened; requests under way fail. Removes the files of a practice run."""
        with self._lock:
            if self._connections:
                self._connections.close()
            if self._local:
                self._local.close()
