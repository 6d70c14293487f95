"""Kill the program at random moments of a creation, start it again, look, and count."""

import contextlib
import json
import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.faults.create_and_die import READ_TIMEOUT_S
from tests.faults.driver import Driver, driver
from tests.jobs.bench import INTEGRATIONS, Bench, silent
from wizard.core.creation import KEPT, Creation, State
from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.demo import Fault, PracticePlatform, Settings
from wizard.jobs.computer import start
from wizard.jobs.integrations import create
from wizard.jobs.integrations.create import CreateWanted

_FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "drop_before"},
    {"kind": "drop_after"},
    {"kind": "reset", "commit": False},
    {"kind": "reset", "commit": True},
    {"kind": "silent", "commit": False},
    {"kind": "silent", "commit": True},
    {"kind": "slow", "delay_after_s": 0.05},
    {"kind": "slow", "delay_after_s": 2 * READ_TIMEOUT_S},
    {"kind": "status", "status": 500, "commit": False},
    {"kind": "status", "status": 500, "commit": True},
    {"kind": "html", "commit": True},
    {"kind": "broken_json"},
    {"kind": "truncated"},
    {"kind": "rate_limit"},
    {"kind": "expire_token"},
)
_AGAIN = 0.3
"""How often the program is killed a second time, while it looks; and how often it has to look under a fault."""


@dataclass(slots=True)
class KillReport:
    """What came of so many kills. `killed` did not reach the end; `cards` were shown at the next start."""

    wanted: int = 0
    made: int = 0
    doubled: int = 0
    lost: int = 0
    cards: int = 0
    killed: int = 0
    kills: int = 0
    looks: int = 0

    def add(self, other: "KillReport") -> None:
        """Count what another worker saw."""
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)


def run_kills(n: int, seed: int, data_dir: Path, *, has_faults: bool = False) -> KillReport:
    """Kill the program `n` times at random moments of creations and looks, and bring each creation to its end."""
    chance = random.Random(seed)
    report = KillReport()
    # The platform's own rule against doubles is off, so that only the program itself prevents them.
    settings = Settings(rate_limits=False, latency_s=0.005, name_key=_no_rule)
    with PracticePlatform(settings=settings) as platform:
        platform.world.integrations_limit = 10 * n + 50
        bench = Bench(platform, data_dir, read_timeout_s=READ_TIMEOUT_S)
        with driver("tests.faults.create_and_die") as running:
            # The first round only measures how long a creation takes.
            usual_s = _round(running, bench, bench.draft("Measured"), None)
            while report.kills < n:
                name = f"Killed {report.wanted}"
                delay_s = chance.uniform(0, 1.1 * usual_s)
                settings.name_key = _no_rule
                if has_faults and chance.random() < 0.05:
                    # It happens after everybody has looked: nothing but the platform's own rule helps there.
                    settings.name_key = str
                    platform.faults.add(Fault("slow", "POST", INTEGRATIONS, delay_s=1.2 * READ_TIMEOUT_S))
                elif has_faults and chance.random() < 0.7:
                    delay_s += _fail(platform, chance)
                _round(running, bench, bench.draft(name), delay_s)
                report.kills += 1
                platform.faults.clear()
                if has_faults and report.kills < n and chance.random() < _AGAIN:
                    delay_s = chance.uniform(0, 1.1 * usual_s) + _fail(platform, chance)
                    report.kills += _killed_looking(running, bench, bench.draft(name), delay_s)
                    platform.faults.clear()
                if has_faults and chance.random() < _AGAIN:
                    _fail(platform, chance)
                _go_on(bench, bench.draft(name), report)
                _count(bench, name, report)
        bench.close()
    return report


def _no_rule(_name: str) -> str:
    """Every name is another one."""
    return uuid.uuid4().hex


def _fail(platform: PracticePlatform, chance: random.Random) -> float:
    """Make one of the next requests fail; gives the seconds that this may add until the program is through."""
    fault = Fault(method=chance.choice(("GET", "POST", "POST")), path=INTEGRATIONS, **chance.choice(_FAULTS))
    platform.faults.add(fault)
    waits_out = fault.kind == "silent" or fault.delay_after_s > READ_TIMEOUT_S
    return chance.uniform(0, 1.5 * READ_TIMEOUT_S) if waits_out else 0.0


def two_processes(data_dir: Path) -> tuple[list[str], list[str | None]]:
    """Let two processes create the same at once; gives the ids on the platform and the ids saved."""
    settings = Settings(rate_limits=False, latency_s=0.01, name_key=_no_rule)
    with PracticePlatform(settings=settings) as platform:
        bench = Bench(platform, data_dir)
        draft = bench.draft()
        with driver("tests.faults.create_and_die") as one, driver("tests.faults.create_and_die") as other:
            children = [_begin(running, bench, draft) for running in (one, other)]
            for running in (one, other):
                running.say("go")
            for running, child in zip((one, other), children, strict=True):
                assert running.hear() == "done"
                os.kill(child, signal.SIGKILL)
                assert running.hear() == "over"
        saved: list[str | None] = [c.integration_id for c in bench.restarted().local.ledger.creations.saved()]
        bench.close()
        return [i.id for i in bench.made()], saved


def _begin(running: Driver, bench: Bench, draft: Draft, look: str = "") -> int:
    """Bring one child to the moment before it creates, or looks; gives its process id."""
    services = bench.restarted()
    if not look:
        services.local.ledger.drafts.keep(draft)
    services.close()
    secret = bench.credential.client_secret
    running.say(json.dumps({"data_dir": str(bench.data_dir), "draft_id": draft.id, "look": look, "secret": secret}))
    return int(running.hear().removeprefix("ready "))


def _round(running: Driver, bench: Bench, draft: Draft, kill_after_s: float | None, look: str = "") -> float:
    """Let one child create `draft`, or look, and kill it after so many seconds; gives how long it took."""
    child = _begin(running, bench, draft, look)
    started = time.perf_counter()
    running.say("go")
    if kill_after_s is None:
        assert running.hear() == "done"
    else:
        time.sleep(kill_after_s)
    elapsed_s = time.perf_counter() - started
    os.kill(child, signal.SIGKILL)
    while (heard := running.hear()) != "over":
        assert heard == "done", heard
    return elapsed_s


def _killed_looking(running: Driver, bench: Bench, draft: Draft, kill_after_s: float) -> int:
    """Press *Look now* on the card of this draft, if there is one, in a program that is killed meanwhile."""
    services = bench.restarted()
    cards = start.run(services, None, bench.report, threading.Event()).pending
    services.close()
    for card in cards:
        _round(running, bench, draft, kill_after_s, card.id)
    return len(cards)


def _go_on(bench: Bench, draft: Draft, report: KillReport) -> None:
    """Do what a person does at the next start: look on every card; press the button again if there is none."""
    services = bench.restarted()
    started = start.run(services, None, bench.report, threading.Event())
    saved = [c for c in services.local.ledger.creations.saved() if c.draft_id == draft.id]
    report.wanted += 1
    report.cards += len(started.pending)
    report.killed += not (saved and saved[0].state is State.VERIFIED)
    if not started.pending and not saved:
        assert draft in started.drafts
        report.looks += _until_known(lambda: create.run(services, CreateWanted(draft), silent, threading.Event()))
    for card in start.run(services, None, bench.report, threading.Event()).pending:
        wanted = create.LookWanted(card.id)
        report.looks += _until_known(lambda w=wanted: create.look(services, w, silent, threading.Event()))  # type: ignore[misc]
    services.close()


def _until_known(press: Callable[[], Creation]) -> int:
    """Press, and press again as a person does; gives how often. What a create leaves open, a look ends."""
    for times in range(1, 5):
        with contextlib.suppress(Problem):
            if press().state in KEPT:
                return times
    return times


def _count(bench: Bench, name: str, report: KillReport) -> None:
    bench.platform.faults.clear()
    made = bench.made(name)
    services = bench.restarted()
    saved = [c.integration_id for c in services.local.ledger.creations.saved() if c.wanted.external_platform == name]
    report.made += min(1, len(made))
    report.doubled += max(0, len(made) - 1)
    report.lost += saved != [i.id for i in made]
    assert services.local.ledger.creations.open() == ()
    services.close()
