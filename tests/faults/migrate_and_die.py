"""A program that is killed while it migrates a ledger: forks one child for each round, so that imports are done before.

Reads one line of JSON for each round ({"data_dir", "at"}). The child says "ready" with its process id, waits for a
line, opens the ledger, says "done", and waits to be killed. With `at` it kills itself before that many SQL statements
are done. The parent then says "over".
"""

import json
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from tests.store.test_opening import now
from wizard.store import opening
from wizard.store.folders import Folders

_GO = "go\n"


def main() -> int:
    """Serve rounds until the input ends."""
    for line in iter(sys.stdin.readline, ""):
        if line == _GO:
            continue  # a child was killed before it could read it
        child = os.fork()
        if child == 0:
            _migrate(json.loads(line))
        os.waitpid(child, 0)
        _say("over")
    return 0


def _migrate(task: dict[str, Any]) -> None:
    if task["at"]:
        _die_at(task["at"])
    _say(f"ready {os.getpid()}")
    assert sys.stdin.readline() == _GO
    opening.open_ledger(Folders(Path(task["data_dir"])), now)
    _say("done")
    signal.pause()


def _die_at(number: int) -> None:
    """Kill this process before its n-th SQL statement."""
    left = [number]

    def count(_statement: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    class Traced(sqlite3.Connection):
        def __init__(self, *values: Any, **more: Any) -> None:
            super().__init__(*values, **more)
            self.set_trace_callback(count)

    real = sqlite3.connect
    sqlite3.connect = lambda *values, **more: real(*values, **more, factory=Traced)  # type: ignore[assignment]


def _say(text: str) -> None:
    # One write, past every buffer: a killed child leaves whole lines or none.
    os.write(1, f"{text}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
