"""Kill the program at random moments of a creation, start it again, look, and count."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.jobs.bench import INTEGRATIONS, Bench
from wizard.core.creation import State
from wizard.core.draft import Draft
from wizard.demo import Fault, PracticePlatform, Settings
from wizard.jobs import create, start

ROOT = Path(__file__).resolve().parent.parent.parent

_FAULTS = (
    "drop_before",
    "drop_after",
    "reset",
    "html",
    "status",
    "broken_json",
    "truncated",
    "rate_limit",
    "expire_token",
)


@dataclass(slots=True)
class KillReport:
    """What came of so many kills. `killed` did not reach the end; `cards` were shown at the next start."""

    wanted: int = 0
    made: int = 0
    doubled: int = 0
    lost: int = 0
    cards: int = 0
    killed: int = 0


def run_kills(n: int, seed: int, data_dir: Path, *, has_faults: bool = False) -> KillReport:
    """Create `n` integrations, each in a process that is killed at a random moment, and bring each to its end."""
    chance = random.Random(seed)
    report = KillReport()
    # The platform's own rule against doubles is off, so that only the program itself prevents them.
    settings = Settings(rate_limits=False, latency_s=0.005, name_key=lambda _name: uuid.uuid4().hex)
    with PracticePlatform(settings=settings) as platform:
        platform.world.integrations_limit = 10 * n + 50
        bench = Bench(platform, data_dir)
        with _driver() as driver:
            # The first round only measures how long a creation takes.
            usual_s = _round(driver, bench, bench.draft("Measured"), None)
            for number in range(n):
                name = f"Killed {number}"
                if has_faults and chance.random() < 0.5:
                    method, kind = chance.choice(("GET", "POST")), chance.choice(_FAULTS)
                    platform.faults.add(Fault(kind, method, INTEGRATIONS))
                _round(driver, bench, bench.draft(name), chance.uniform(0, 1.1 * usual_s))
                platform.faults.clear()
                _go_on(bench, bench.draft(name), report)
                _count(bench, name, report)
        bench.close()
    return report


def two_processes(data_dir: Path) -> tuple[list[str], list[str | None]]:
    """Let two processes create the same at once; gives the ids on the platform and the ids saved."""
    settings = Settings(rate_limits=False, latency_s=0.01, name_key=lambda _name: uuid.uuid4().hex)
    with PracticePlatform(settings=settings) as platform:
        bench = Bench(platform, data_dir)
        draft = bench.draft()
        with _driver() as one, _driver() as other:
            children = [_begin(driver, bench, draft) for driver in (one, other)]
            for driver in (one, other):
                driver.say("go")
            for driver, child in zip((one, other), children, strict=True):
                assert driver.hear() == "done"
                os.kill(child, signal.SIGKILL)
                assert driver.hear() == "over"
        saved: list[str | None] = [c.integration_id for c in bench.restarted().ledger.saved()]
        bench.close()
        return [i.id for i in bench.made()], saved


def _begin(driver: "_Driver", bench: Bench, draft: Draft) -> int:
    """Bring one child to the moment before it creates; gives its process id."""
    services = bench.restarted()
    services.ledger.keep_draft(draft)
    services.close()
    secret = bench.credential.client_secret
    driver.say(json.dumps({"data_dir": str(bench.data_dir), "draft_id": draft.id, "secret": secret}))
    return int(driver.hear().removeprefix("ready "))


def _round(driver: "_Driver", bench: Bench, draft: Draft, kill_after_s: float | None) -> float:
    """Let one child create `draft` and kill it after so many seconds; gives how long it took."""
    child = _begin(driver, bench, draft)
    started = time.perf_counter()
    driver.say("go")
    if kill_after_s is None:
        assert driver.hear() == "done"
    else:
        time.sleep(kill_after_s)
    elapsed_s = time.perf_counter() - started
    os.kill(child, signal.SIGKILL)
    while (heard := driver.hear()) != "over":
        assert heard == "done", heard
    return elapsed_s


def _go_on(bench: Bench, draft: Draft, report: KillReport) -> None:
    """Do what a person does at the next start: look on every card; press the button again if there is none."""
    services, stop = bench.restarted(), threading.Event()
    started = start.run(services, None, bench.report, stop)
    saved = [c for c in services.ledger.saved() if c.draft_id == draft.id]
    report.wanted += 1
    report.cards += len(started.unfinished)
    report.killed += not (saved and saved[0].state is State.VERIFIED)
    for card in started.unfinished:
        create.look(services, create.LookWanted(card.id), bench.report, stop)
    if not started.unfinished and not saved:
        assert draft in started.drafts
        create.run(services, create.CreateWanted(draft), bench.report, stop)
    services.close()


def _count(bench: Bench, name: str, report: KillReport) -> None:
    made = bench.made(name)
    services = bench.restarted()
    saved = [c.integration_id for c in services.ledger.saved() if c.wanted.external_platform == name]
    report.made += min(1, len(made))
    report.doubled += max(0, len(made) - 1)
    report.lost += saved != [i.id for i in made]
    assert services.ledger.open_creations() == ()
    services.close()


class _Driver:
    """The process that forks the children, spoken to in lines."""

    def __init__(self, to: IO[str], back: IO[str]) -> None:
        self._to, self._back = to, back

    def say(self, line: str) -> None:
        self._to.write(f"{line}\n")
        self._to.flush()

    def hear(self) -> str:
        line = self._back.readline()
        if not line:
            raise RuntimeError("the driver is gone")
        return line.strip()


@contextmanager
def _driver() -> Iterator[_Driver]:
    command = [sys.executable, "-m", "tests.faults.create_and_die"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        yield _Driver(process.stdin, process.stdout)
        process.stdin.close()
    assert process.returncode == 0
