"""Where everything lies: one folder, private, and away with practice."""

import os
import sys
import time
from pathlib import Path

import platformdirs
import pytest

from wizard.core.problems import Code, Expected
from wizard.store.folders import folders, practice_folders, remove


def test_everything_is_under_the_chosen_folder(tmp_path: Path) -> None:
    made = folders(tmp_path / "a" / "b").make()
    assert made.root == tmp_path / "a" / "b"
    assert {made.ledger.parent, made.log.parent} == {made.root}
    assert made.root.is_dir()
    assert made.make() == made


def test_a_relative_folder_stays_the_same_wherever_we_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = folders(Path("data"))
    monkeypatch.chdir("/")
    assert made.root == tmp_path / "data"


def test_the_usual_folder_is_local_and_the_users_own() -> None:
    root = folders().root
    assert root.is_absolute()
    assert root.name == "integration-wizard"
    assert root.is_relative_to(Path.home())
    assert "Roaming" not in root.parts


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_it_is_private(tmp_path: Path) -> None:
    assert folders(tmp_path / "new").make().root.stat().st_mode & 0o777 == 0o700
    practice = practice_folders(folders(tmp_path / "real")).make()
    assert {p.stat().st_mode & 0o777 for p in (practice.root, practice.root.parent)} == {0o700}


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_somebody_elses_folder_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    folders(shared).make()
    assert shared.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_usual_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = tmp_path / "usual"
    usual.mkdir()
    usual.chmod(0o755)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_values, **_more: str(usual))
    folders().make()
    assert usual.stat().st_mode & 0o777 == 0o700
    usual.chmod(0o755)

    def refuses(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuses)
    assert folders().make().root == usual


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Expected) as refused:
        folders(tmp_path / "file" / "data").make()
    assert refused.value.code is Code.STORE_READ_ONLY


def test_two_practice_runs_do_not_share(tmp_path: Path) -> None:
    real = folders(tmp_path)
    one, other = practice_folders(real).make(), practice_folders(real).make()
    assert one.root != other.root
    assert {one.root.parent, other.root.parent} == {tmp_path}
    one.ledger.write_text("x")
    remove(one)
    remove(one)
    assert (one.root.exists(), other.root.exists()) == (False, True)


def test_what_crashed_practice_runs_left_goes_away(tmp_path: Path) -> None:
    real = folders(tmp_path).make()
    real.ledger.write_text("kept")
    old, young, busy = (practice_folders(real).make() for _ in range(3))
    old.ledger.write_text("x")
    busy.ledger.write_text("written a moment ago, in a folder that is as old as its window")
    two_days_ago = time.time() - 2 * 24 * 3600
    for path in (*old.root.rglob("*"), *busy.root.glob("copies"), old.root, busy.root, real.ledger):
        os.utime(path, (two_days_ago, two_days_ago))
    practice_folders(real)
    assert [one.root.exists() for one in (old, young, busy)] == [False, True, True]
    assert real.ledger.read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_leads_nowhere_keeps_no_practice_run(tmp_path: Path) -> None:
    real = folders(tmp_path).make()
    old = practice_folders(real).make()
    link = old.root / "link"
    link.symlink_to(tmp_path / "nowhere")
    two_days_ago = time.time() - 2 * 24 * 3600
    for path in (link, old.root):
        os.utime(path, (two_days_ago, two_days_ago), follow_symlinks=False)
    practice_folders(real)
    assert not old.root.exists()


def test_a_persons_own_folder_is_no_practice_run(tmp_path: Path) -> None:
    own = tmp_path / "practice-exam"
    own.mkdir()
    (own / "answers.txt").write_text("kept")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(own, (two_days_ago, two_days_ago))
    practice_folders(folders(tmp_path))
    assert (own / "answers.txt").read_text() == "kept"
