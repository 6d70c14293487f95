"""Each command of the set-up script runs what it says, and its status is that of what it ran."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import _lanes
import dev
from _system import DRAWING, TESTING, WINDOW, Stop

SCRIPT = Path(dev.__file__)


class Doings:
    """What a command wanted installed and what it ran."""

    def __init__(self) -> None:
        self.libraries: Sequence[str] = ()
        self.ran: list[list[str]] = []
        self.failing: str = ""

    def set_up(self, libraries: Sequence[str]) -> None:
        self.libraries = libraries

    def become(self, *arguments: str) -> int:
        self.ran.append(list(arguments))
        return 0

    def call(self, command: Sequence[str], **_: object) -> int:
        self.ran.append(list(command))
        return int(bool(self.failing) and self.failing in " ".join(command))

    def run(self, command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, self.call(command), b"what is wrong\n")


@pytest.fixture
def doings(monkeypatch: pytest.MonkeyPatch) -> Doings:
    """No command of this test installs or runs anything; there is no screen."""
    doings = Doings()
    monkeypatch.setattr(dev, "_set_up", doings.set_up)
    monkeypatch.setattr(dev, "_become", doings.become)
    monkeypatch.setattr(subprocess, "call", doings.call)
    monkeypatch.setattr(subprocess, "run", doings.run)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return doings


def test_demo_without_a_screen_is_the_self_test(doings: Doings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.main(["demo"]) == 0
    assert doings.ran == [["-m", "wizard", "--self-test"]]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert set(doings.libraries) == set(DRAWING)


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_demo_with_a_screen_opens_the_window(doings: Doings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, ":0")
    assert dev.main(["demo", "--language", "fr"]) == 0
    assert doings.ran == [["-m", "wizard", "--demo", "--language", "fr"]]
    assert set(doings.libraries) == {*DRAWING, *WINDOW}


def test_run_without_a_screen_says_what_to_do(doings: Doings, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["run"]) == 1
    assert "packaging/dev.py demo" in capsys.readouterr().err
    assert doings.ran == []
    assert dev.main(["run", "saved", "--json"]) == 0
    assert doings.ran == [["-m", "wizard", "saved", "--json"]]


@pytest.mark.parametrize("command", ["bench", "shots"])
def test_modules_beside_the_tests_get_their_arguments(doings: Doings, command: str) -> None:
    assert dev.main([command, "--quick"]) == 0
    assert doings.ran == [["-m", f"tests.{command}", "--quick"]]


@pytest.mark.parametrize(("failing", "status"), [("", 0), ("pytest", 1)])
def test_asked_for_tests_run_alone(doings: Doings, failing: str, status: int) -> None:
    doings.failing = failing
    assert dev.main(["test", "-k", "x"]) == status
    [command] = doings.ran
    assert command[1:] == ["-m", "pytest", "-k", "x"]
    assert set(doings.libraries) == {*DRAWING, *WINDOW, *TESTING}


def lanes_of(doings: Doings) -> tuple[list[list[str]], list[list[str]]]:
    """What ran after the other, in this order, and what ran beside it."""
    beside = [command for command in doings.ran if command[-1] == "--in-background"]
    return [command for command in doings.ran if command not in beside], beside


@pytest.mark.parametrize(
    "failing", ["none", "--numprocesses", "tests/bench", "coverage", "--include=wizard/core", "--in-background"]
)
def test_all_tests_run_in_two_lanes_and_any_failure_counts(
    doings: Doings, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    doings.failing = failing
    assert dev.main(["test"]) == int(failing != "none")
    (together, alone, *coverage), [checks] = lanes_of(doings)
    assert checks[2:] == ["lint", "--in-background"]
    assert {f"--ignore=tests/{folder}" for folder in _lanes.ALONE} <= set(together)
    assert [f"tests/{folder}" for folder in _lanes.ALONE] == alone[3:]
    assert all("coverage" in command[0] for command in coverage)
    assert any("--include=wizard/core/*" in command for command in coverage)
    closing = capsys.readouterr().out.partition("== summary")[2]
    assert ("FAILED" in closing) is (failing != "none")
    assert closing.splitlines()[-1].split()[:2] == ["all", "together"]


def test_fast_leaves_out_what_lasts(doings: Doings) -> None:
    assert dev.main(["test", "--fast"]) == 0
    (together, alone, *_), _ = lanes_of(doings)
    assert together == _lanes.parallel()
    assert alone[3:] == [f"tests/{folder}" for folder in _lanes.ALONE if folder not in _lanes.SLOW]


def test_the_lanes_name_folders_that_there_are() -> None:
    folders = {path.name for path in (SCRIPT.parent.parent / "tests").iterdir() if path.is_dir()}
    assert set(_lanes.SLOW) <= set(_lanes.ALONE) <= folders


@pytest.mark.parametrize(
    ("failing", "count"),
    [("none", 0), ("format", 1), ("ruff check", 1), ("lint-imports", 1), ("mypy", 3), ("win32", 1), ("darwin", 1)],
)
def test_lint_runs_every_check_and_fails_with_any(
    doings: Doings, capsys: pytest.CaptureFixture[str], failing: str, count: int
) -> None:
    doings.failing = failing
    assert dev.main(["lint"]) == int(count > 0)
    said = capsys.readouterr().out
    assert len(doings.ran) == 6
    assert said.count(" ok ") == 6 - count
    assert said.count("FAILED") == said.count("\n-- ") == said.count("what is wrong") == count


def test_a_stop_is_one_sentence(
    doings: Doings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_: Sequence[str]) -> None:
        raise Stop("Nothing can be done.")

    monkeypatch.setattr(dev, "_set_up", stop)
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err.strip() == "Nothing can be done."
    assert doings.ran == []


def test_an_unknown_command_gets_the_list() -> None:
    answer = subprocess.run([sys.executable, SCRIPT, "tset"], capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "  test    " in answer.stdout
