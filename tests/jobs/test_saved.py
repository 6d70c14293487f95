"""`saved` on folders in every condition: JSON on the one channel, and on the other what a person has to know."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.jobs.bench import NAME, Bench, silent
from wizard.cli.saved import run
from wizard.core.store_news import NewsKind
from wizard.jobs.computer import start
from wizard.services import Services

ROOT = Path(__file__).resolve().parents[2]


def saved(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = run(folder, as_json=True, language="en")
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.fixture
def folder(bench: Bench) -> Path:
    """A folder with one saved integration and a copy of its ledger."""
    bench.create()
    bench.services.local.copy_ledger()
    bench.services.close()
    return bench.services.local.folders.root


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


def test_news_of_the_list_are_said_again_until_a_window_told_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ledger.sqlite3").write_bytes(b"garbage")
    said = [saved(folder, capsys)[2] for _ in range(2)]
    assert said[0] == said[1] != ""

    def started(*, is_shown: bool) -> list[NewsKind]:
        with closing(Services(folder)) as services:
            news = start.run(services, None, silent, threading.Event()).news
            if is_shown:
                start.told(services, None, silent, threading.Event())
            return [piece.kind for piece in news]

    assert (started(is_shown=False), started(is_shown=True)) == ([NewsKind.RESTORED], [NewsKind.RESTORED])
    assert started(is_shown=True) == []
    assert saved(folder, capsys)[2] == ""


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


# ---------------------------------------------------------------------- what is in the list


@pytest.fixture
def without_customer(folder: Path) -> Path:
    """A ledger from which somebody removed the customer with a tool of their own."""
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as db, db:
        db.execute("DELETE FROM customer")
    return folder


def test_an_id_is_told_without_its_customer(without_customer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = saved(without_customer, capsys)
    [entry] = json.loads(out)
    assert (status, err, entry["externalPlatform"]) == (0, "", NAME)
    assert (entry["customer"], entry["platformUrl"]) == (None, None)
    assert run(without_customer, as_json=False, language="en") == 0
    assert capsys.readouterr().out == f"{entry['_id']}  {NAME}\n"


def test_names_give_a_terminal_no_orders(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.services.local.ledger.customers.keep(replace(bench.customer, platform_name="AC\x1b[31mME\n\u202e"))
    bench.create()
    bench.services.close()
    assert run(bench.services.local.folders.root, as_json=False, language="en") == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.endswith(f"  {NAME}  (AC [31mME  )")


# ---------------------------------------------------------------------- where it is written to


def command(folder: Path, *options: str, out: int = subprocess.PIPE, **variables: str) -> tuple[int, bytes, str]:
    """`saved` as a program of its own: its status, and what it said on both channels."""
    arguments = [sys.executable, "-m", "wizard", "saved", *options, "--data-dir", str(folder)]
    environment = os.environ | variables
    ran = subprocess.run(
        arguments, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, check=False
    )
    return ran.returncode, ran.stdout, ran.stderr.decode()


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nobody_reads_on(folder: Path, options: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        status, _, err = command(folder, *options, out=writing)
    finally:
        os.close(writing)
    assert (status, err) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="a file that is always full")
def test_a_full_disk_takes_no_list(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        status, _, err = command(folder, "--json", out=full.fileno())
    assert status == 1
    assert err.startswith("The disk of this computer is full.")
    assert err.count("\n") == 1


def test_json_is_utf8_whatever_the_terminal_writes(folder: Path) -> None:
    status, out, err = command(folder, "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (status, json.loads(out.decode("utf-8"))[0]["externalPlatform"], err) == (0, NAME, "")
    status, out, err = command(folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (status, err) == (0, "")
    assert rb"Atelier \u03a9" in out
