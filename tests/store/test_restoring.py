"""A restoration that is killed at any of its steps ends at the next start, with its news; nothing is ever deleted."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.made import customer
from wizard.core.address import EU
from wizard.core.store_news import NewsKind
from wizard.store import opening
from wizard.store.folders import Folders

STEPS = range(24)
"""More than there are."""


class Killed(BaseException):
    """The process is gone: nothing may be done about it."""


def now() -> str:
    return "2026-01-02T03:04:05+00:00"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A broken ledger with something beside it, a damaged copy, and a good one that is older."""
    made = Folders(tmp_path / "data").make()
    for label in ("a", "b"):
        opened = opening.open_ledger(made, now)
        opened.ledger.customers.keep(customer(label, label, EU, f"client-{label}"))
        opening.copy_ledger(made)
        opened.ledger.close()
    max(made.copies.iterdir()).write_bytes(b"a damaged copy")
    opened = opening.open_ledger(made, now)
    reader = opened.ledger.database._db.execute("SELECT * FROM customer")
    beside = made.ledger.with_name(f"{made.ledger.name}-wal").read_bytes() or b"beside it"
    reader.close()
    opened.ledger.close()
    made.ledger.with_name(f"{made.ledger.name}-wal").write_bytes(beside)
    made.ledger.write_bytes(b"no ledger at all " * 1000)
    return made


def contents(folders: Folders) -> set[bytes]:
    return {path.read_bytes() for path in folders.root.rglob("*") if path.is_file()}


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch, *, is_after: bool) -> Callable[[], int]:
    """Kill at the step-th change of a name, before or after it is done; tells how many there were."""
    seen = [0]

    def killing(real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*values: Any, **more: Any) -> Any:
            seen[0] += 1
            if seen[0] == step + 1 and not is_after:
                raise Killed
            try:
                return real(*values, **more)
            finally:
                if seen[0] == step + 1:
                    raise Killed

        return change

    for place, name in ((Path, "replace"), (os, "mkdir"), (os, "fsync")):
        monkeypatch.setattr(place, name, killing(getattr(place, name)))
    return lambda: seen[0]


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("has_copy", [True, False])
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_loses_neither_news_nor_data(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, step: int, has_copy: bool, is_after: bool
) -> None:
    if not has_copy:
        for copy in folders.copies.iterdir():
            copy.unlink()
    before = contents(folders)
    broken = folders.ledger.read_bytes()
    with monkeypatch.context() as bad:
        steps = killed_at(step, bad, is_after=is_after)
        try:
            opening.open_ledger(folders, now).ledger.close()
            assert steps() <= step
        except Killed:
            pass
    assert folders.is_used()

    for _ in range(2):
        opened = opening.open_ledger(folders, now)
        [news] = opened.news
        assert news.kind is (NewsKind.RESTORED if has_copy else NewsKind.STARTED_EMPTY)
        assert (Path(news.where) / folders.ledger.name).read_bytes() == broken
        assert [customer.id for customer in opened.ledger.customers.all()] == (["a"] if has_copy else [])
        opened.ledger.close()
    assert before <= contents(folders)
    assert [*folders.root.glob("*.half*"), *folders.root.glob("*.ready")] == []


def test_a_ledger_that_somebody_put_back_after_a_kill_stays(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    good = min(folders.copies.iterdir()).read_bytes()
    with monkeypatch.context() as bad:
        real = Path.replace

        def kill(path: Path, target: Path) -> Path:
            if target == folders.ledger:
                raise Killed
            return real(path, target)

        bad.setattr(Path, "replace", kill)
        with pytest.raises(Killed):
            opening.open_ledger(folders, now)
    assert not folders.ledger.exists()
    folders.ledger.write_bytes(good)
    opened = opening.open_ledger(folders, now)
    assert (opened.news, [customer.id for customer in opened.ledger.customers.all()]) == ((), ["a"])
    opened.ledger.close()
    assert list(folders.root.glob("*.ready")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder")
def test_folders_are_on_the_disk_before_the_new_ledger_takes_its_place(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def noting(path: Path, target: Path) -> Path:
        done.append(f"move {path.suffix} to {target.parent.name[:3]}")
        return replace(path, target)

    def syncing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            done.append("sync")
        fsync(handle)

    monkeypatch.setattr(Path, "replace", noting)
    monkeypatch.setattr(os, "fsync", syncing)
    opening.open_ledger(folders, now).ledger.close()
    moves = [at for at, what in enumerate(done) if what.startswith("move")]
    assert moves
    assert all("sync" in done[at + 1 : at + 2] for at in moves)
