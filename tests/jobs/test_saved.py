"""`saved` on folders in every condition: JSON on the one channel, and on the other what a person has to know."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.jobs.bench import Bench
from wizard import cli


def saved(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = cli.saved(folder, as_json=True, language="en")
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.fixture
def folder(bench: Bench) -> Path:
    """A folder with one saved integration and a copy of its ledger."""
    bench.create()
    bench.services.copy_ledger()
    bench.services.close()
    return bench.services.folders.root


def test_a_saved_integration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = saved(folder, capsys)
    assert (status, len(json.loads(out)), err) == (0, 1, "")


def test_an_empty_folder_stays_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert saved(tmp_path / "none", capsys) == (0, "[]\n", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_a_lost_ledger_comes_back_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    ledger = folder / "ledger.sqlite3"
    ledger.unlink()
    if content is not None:
        ledger.write_bytes(content)
    status, out, err = saved(folder, capsys)
    assert (status, len(json.loads(out))) == (0, 1)
    assert "was restored" in err


def test_a_ledger_lost_for_good_is_no_empty_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for copy in (folder / "copies").iterdir():
        copy.unlink()
    (folder / "ledger.sqlite3").write_bytes(b"garbage")
    status, out, err = saved(folder, capsys)
    assert (status, json.loads(out)) == (0, [])
    assert "begins anew" in err


def test_a_ledger_of_a_newer_program_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = sqlite3.connect(folder / "ledger.sqlite3")
    db.execute("PRAGMA user_version = 99")
    db.close()
    status, out, err = saved(folder, capsys)
    assert (status, out) == (1, "")
    assert "newer version" in err


def test_a_folder_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = saved(tmp_path / ("x" * 300), capsys)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
