"""A program that is killed while it creates: forks one child for each round, so that imports are done before.

Reads one line of JSON for each round ({"data_dir", "draft_id", "look", "secret"}). The child opens everything, says
"ready" with its process id, waits for a line, creates (or looks for the creation that `look` names), says "done", and
waits to be killed. The parent then says "over".
"""

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path

from tests.jobs.bench import open_services, silent
from wizard.core.problems import Problem
from wizard.core.secret import Secret
from wizard.jobs.integrations import create
from wizard.store import file_lock, keychain, ledger  # noqa: F401  # before the clock starts, as in a window that was used

_GO = "go\n"

READ_TIMEOUT_S = 0.5
"""Short, so that time-outs come in their turn."""


def main() -> int:
    """Serve rounds until the input ends."""
    for line in iter(sys.stdin.readline, ""):
        if line == _GO:
            continue  # a child was killed before it could read it
        child = os.fork()
        if child == 0:
            _create(json.loads(line))
        os.waitpid(child, 0)
        _say("over")
    return 0


def _create(task: dict[str, str]) -> None:
    memory = keychain.MemoryKeychain()
    services = open_services(Path(task["data_dir"]), keychain=memory, read_timeout_s=READ_TIMEOUT_S)
    memory.save(services.local.ledger.customers.get("c1").entry, Secret(task["secret"]))
    draft = next((d for d in services.local.ledger.drafts.all() if d.id == task["draft_id"]), None)
    services.connections.session("c1").platform.sign_in(silent, threading.Event())
    _say(f"ready {os.getpid()}")
    assert sys.stdin.readline() == _GO
    with contextlib.suppress(Problem):
        if task["look"]:
            create.look(services, create.LookWanted(task["look"]), silent, threading.Event())
        elif draft is not None:
            create.run(services, create.CreateWanted(draft), silent, threading.Event())
    _say("done")
    signal.pause()


def _say(text: str) -> None:
    # One write, past every buffer: a killed child leaves whole lines or none.
    os.write(1, f"{text}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
