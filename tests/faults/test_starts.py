"""Every start says in one sentence what it found, deletes nothing, and shows everything again once it can."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults.starts import ROOT, ROWS
from wizard.core.problems import Code, Expected
from wizard.core.store_news import News, NewsKind
from wizard.store import backups
from wizard.words import open_words
from wizard.words.labels import store_news
from wizard.words.problems import explain

FULL, REFUSED, NEWER = Code.STORE_FULL, Code.STORE_READ_ONLY, Code.STORE_NEWER
RESTORED, STARTED_EMPTY, SET_ASIDE = NewsKind.RESTORED, NewsKind.STARTED_EMPTY, NewsKind.ROWS_SET_ASIDE
ID = "c" * 24


@dataclass(frozen=True)
class Shown:
    """What is there for a person: ids on the command line; customers, and a draft to go on with, at the window."""

    ids: list[str] | None = field(default_factory=lambda: [ID])
    customers: list[str] = field(default_factory=lambda: ["ACME"])
    drafts: int = 1


ALL = Shown()
LATER = Shown(customers=["Late", "ACME"])
OLDER = Shown(ids=[])
EMPTY = Shown([], [], 0)
REFUSES = Shown(None, [], 0)


@dataclass(frozen=True)
class Start:
    """What is said at the start, and then; what is shown in the end."""

    said: Code | NewsKind | None = None
    then: NewsKind | None = None
    shown: Shown = ALL


STARTS: dict[str, Start] = {
    "sound": Start(),
    "truncated": Start(RESTORED),
    "a page of zeros": Start(RESTORED),
    "a first page of zeros": Start(RESTORED),
    "zero bytes": Start(RESTORED),
    "gone": Start(RESTORED),
    "a folder": Start(RESTORED),
    "power cut": Start(shown=LATER),
    "-wal deleted": Start(shown=LATER),
    "-shm deleted": Start(shown=LATER),
    "truncated, newest copy too": Start(RESTORED, shown=OLDER),
    "truncated, all copies too": Start(STARTED_EMPTY, shown=EMPTY),
    "truncated, no copies": Start(STARTED_EMPTY, shown=EMPTY),
    "gone, all copies truncated": Start(STARTED_EMPTY, shown=EMPTY),
    "of another program": Start(RESTORED),
    "of another program, with our version": Start(RESTORED),
    "a table less": Start(RESTORED),
    "a row that is none": Start(SET_ASIDE, shown=Shown(customers=[])),
    "a row of bad bytes": Start(SET_ASIDE, shown=Shown(drafts=0)),
    "truncated, newest copy of another program": Start(RESTORED, shown=OLDER),
    "of version 1": Start(),
    "of version 2": Start(),
    "of a newer program": Start(NEWER),
    "truncated, copies of a newer program": Start(NEWER, RESTORED),
}
DISKS: dict[str, Start] = {
    "read-only folder": Start(REFUSED),
    "read-only folder, truncated": Start(REFUSED, RESTORED),
    "unreadable": Start(REFUSED),
    "full disk": Start(FULL),
    "full disk, truncated": Start(FULL, RESTORED),
    "nearly full disk, truncated": Start(FULL, RESTORED),
    "nearly full disk, of version 2": Start(FULL),
    "used up quota": Start(FULL),
    "used up quota, truncated": Start(FULL, RESTORED),
}


def test_every_row_is_started() -> None:
    assert [name for name in {**STARTS, **DISKS} if name in ROWS] == list(ROWS)


@pytest.mark.parametrize("name", STARTS)
def test_a_start_on_bad_files(name: str) -> None:
    follow(name, STARTS[name])


@pytest.mark.skipif(sys.platform == "win32", reason="small disks, quotas and users of Linux and macOS")
@pytest.mark.parametrize("name", DISKS)
def test_a_start_on_a_bad_disk(name: str) -> None:
    follow(name, DISKS[name])


def follow(name: str, start: Start) -> None:
    """Let the program of its own go through one row, and compare all that it tells."""
    command = [sys.executable, "-W", "error", "-m", "tests.faults.starts", name]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    before, after = told["before"], told["after"]
    is_refused = isinstance(start.said, Code)
    compare(told["bad"], sentences(start.said, told, "after"), REFUSES if is_refused else start.shown)
    compare(told["then"], sentences(start.then, told, "end"), start.shown)
    assert [line for line in told["log"].splitlines() if " INFO " not in line] == []
    if is_refused:
        # Nothing is touched, down to the byte; the files that are new are SQLite's own.
        assert {path: after.get(path) for path in before} == before
        assert {path for path in after if path not in before} <= {"ledger.sqlite3-wal", "ledger.sqlite3-shm"}
    elif start.said is not SET_ASIDE and start.said:
        assert set(before.values()) <= set(after.values())


def compare(told: Any, said: Sequence[tuple[str, str]], shown: Shown) -> None:
    """Command line and window say one of these sentences, and no other, and show the same; the window can be closed."""
    saved, window = told["saved"], told["window"]
    assert (saved["status"], window["status"], window["page"]) == (1 if shown is REFUSES else 0, 0, "connectPage")
    assert Shown(saved["ids"], window["customers"], window["offers"]) == shown
    if said:
        [card] = window["cards"]
        assert (saved["err"], True) in [
            (f"{title}. {text}\n", card.startswith(f"{title} {text}")) for title, text in said
        ]
    else:
        assert (saved["err"], window["cards"]) == ("", [])


def sentences(what: Code | NewsKind | None, told: Any, when: str) -> list[tuple[str, str]]:
    """What there are words for: for every copy that may have been restored, and where the damaged files are then."""
    words = open_words("en")
    if isinstance(what, Code):
        shown = explain(words, Expected(what))
        return [(shown.title, shown.text)]
    if what is None:
        return []
    if what is SET_ASIDE:
        return [store_news(words, News(what, where=str(Path(told["folder"], "ledger.sqlite3")), count=1))]
    stamps = {path.split("/")[1] for path in told[when] if path.startswith("set-aside/")}
    where = "".join(str(Path(told["folder"], "set-aside", stamp)) for stamp in stamps)
    times = {backups.made_at(Path(path)) for path in told["before"] if path.startswith("copies/")}
    return [store_news(words, News(what, at, where)) for at in times or {""}]
