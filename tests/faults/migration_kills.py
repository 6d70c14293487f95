"""Kill the program while it migrates the golden ledgers, start it again, and compare every row."""

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.driver import Driver, driver
from tests.store import golden
from tests.store.test_opening import now
from wizard.core.store_news import News, NewsKind
from wizard.store import backups, opening
from wizard.store.folders import Folders
from wizard.store.migrations import VERSION


@dataclass(slots=True)
class MigrationKills:
    """What came of so many kills. `before` were killed with nothing changed yet, `after` with everything done."""

    kills: int = 0
    before: int = 0
    after: int = 0
    lost: int = 0
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost."""
        return self.lost == 0

    def text(self) -> str:
        """The figures, a line each."""
        lines = (
            ("kills while migrating", self.kills),
            ("of the old version then", self.before),
            ("of the new version then", self.after),
            ("ledgers that lost a row", self.lost),
            ("seconds", round(self.seconds)),
        )
        return "\n".join(f"  {name:<24}{value:>8}" for name, value in lines)


def run_migration_kills(n: int, seed: int, folder: Path) -> MigrationKills:
    """Kill `n` migrations, by turns at a statement and at a moment of the clock, both by chance."""
    chance = random.Random(seed)
    report, started_s = MigrationKills(), time.monotonic()
    whole = {version: _migrated(version, folder / f"whole-{version}") for version in golden.versions()}
    with driver("tests.faults.migrate_and_die") as running:
        usual_s = {version: _round(running, _used(version, folder / "measured"), 0, None) for version in whole}
        while report.kills < n:
            version = golden.versions()[report.kills % len(whole)]
            folders = _used(version, folder / "killed")
            if report.kills % 4 < 2:
                _round(running, folders, chance.randint(1, whole[version].statements), 30.0)
            else:
                _round(running, folders, 0, chance.uniform(0, 1.1 * usual_s[version]))
            report.kills += 1
            _count(report, folders, version, whole[version].rows)
    report.seconds = time.monotonic() - started_s
    return report


@dataclass(frozen=True, slots=True)
class _Whole:
    """A ledger that was migrated undisturbed: its rows, and how many statements that took."""

    rows: list[str]
    statements: int


def _used(version: int, root: Path) -> Folders:
    """A computer that the program of that version was used on."""
    shutil.rmtree(root, ignore_errors=True)
    folders = Folders(root).make()
    golden.copy_to(version, folders.root)
    return folders


def _migrated(version: int, root: Path) -> _Whole:
    folders = _used(version, root)
    counted: list[str] = []
    real = sqlite3.connect

    class Traced(sqlite3.Connection):
        def __init__(self, *values: object, **more: object) -> None:
            super().__init__(*values, **more)  # type: ignore[arg-type]  # passed on as they are
            self.set_trace_callback(counted.append)

    sqlite3.connect = lambda *values, **more: real(*values, **more, factory=Traced)  # type: ignore[assignment]
    try:
        opening.open_ledger(folders, now).ledger.close()
    finally:
        sqlite3.connect = real
    return _Whole(_rows(folders.ledger), len(counted))


def _round(running: Driver, folders: Folders, at: int, kill_after_s: float | None) -> float:
    """Let a child migrate, and kill it after so many seconds unless it dies before; gives how long it took."""
    running.say(json.dumps({"data_dir": str(folders.root), "at": at}))
    child = int(running.hear().removeprefix("ready "))
    started_s = time.perf_counter()
    running.say("go")
    if kill_after_s is None:
        assert running.hear() == "done"
    elif not at:
        time.sleep(kill_after_s)
    elapsed_s = time.perf_counter() - started_s
    if not at:
        os.kill(child, signal.SIGKILL)
    while (heard := running.hear()) != "over":
        assert heard == "done", heard
        if at:
            # Fewer statements than were counted: other windows of this test do not make them.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    return elapsed_s


def _count(report: MigrationKills, folders: Folders, version: int, rows: list[str]) -> None:
    """Start again: every row has to be there, without any news, and every copy has to be whole."""
    found = backups.version(folders.ledger)
    report.before += found == version
    report.after += found == VERSION
    opened = opening.open_ledger(folders, now)
    opened.ledger.close()
    kept = {news.kind for news in opened.news} <= {news.kind for news in _news_before(version)}
    copies = backups.every(folders.copies)
    is_whole = _rows(folders.ledger) == rows and all(backups.is_sound(copy) for copy in copies)
    report.lost += not (kept and is_whole and found in (version, VERSION) and copies)


def _news_before(version: int) -> list[News]:
    names = [row["data"]["kind"] for row in golden.content(version)["tables"]["setting"] if row["name"] == "news"]
    return [News(NewsKind(name)) for name in names]


def _rows(ledger: Path) -> list[str]:
    with closing(sqlite3.connect(ledger)) as db:
        return list(db.iterdump())
