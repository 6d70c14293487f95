"""The program is killed while it creates or migrates, at random moments: nothing is lost or doubled."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills with SIGKILL")

if sys.platform != "win32":
    from tests.faults.kills import run_kills, two_processes
    from tests.faults.migration_kills import run_migration_kills


def test_killed_at_random_moments(tmp_path: Path) -> None:
    # Under random faults of the platform: tests/soak.
    report = run_kills(30, seed=1, data_dir=tmp_path / "data")
    assert (report.wanted, report.made, report.doubled, report.lost) == (30, 30, 0, 0)
    # The moments are spread over the whole way: some before the plan, some after the proof, many between.
    assert report.killed >= 10
    assert report.cards >= 3


def test_two_processes_create_one(tmp_path: Path) -> None:
    made, saved = two_processes(tmp_path / "data")
    assert len(made) == 1
    assert saved == made


def test_killed_while_a_ledger_is_migrated(tmp_path: Path) -> None:
    # Many more: dev.py soak --kills-migration.
    report = run_migration_kills(24, seed=1, folder=tmp_path)
    assert (report.kills, report.lost) == (24, 0)
    assert report.before >= 4
    assert report.after >= 1
