"""The table as a report: readable, whole, and only under its own name."""

import subprocess
import sys

from tests.faults.driver import ROOT
from tests.faults.report import REPORTS, lines
from tests.faults.table import CASES, Case


def pytest_run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_report_tells_every_case() -> None:
    shown = lines(CASES, {case.name: "ok" for case in CASES})
    assert shown[-1] == f"{len(CASES)} cases: {len(CASES)} ok"
    assert all(any(case.fault in line for line in shown) for case in CASES)
    assert max(map(len, shown)) < 200


def test_a_case_is_two_lines() -> None:
    case = Case("place: GET groups", "reset", "No connection", "Try again", "groupTree", "nothing changed", 2)
    *_, first, second, _, total = lines([case], {case.name: "FAILED"})
    assert first.split(maxsplit=2) == ["FAILED", "reset", "No connection"]
    assert second.strip() == "[Try again] · at groupTree · nothing changed · sent 2x"
    assert total == "1 cases: 1 FAILED"


def test_the_option_prints_the_table_after_its_tests() -> None:
    ran = pytest_run("--report", "faults", "-k", "test_answers and redirect and groups and 2nd")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "{host} sends us to another address" in ran.stdout
    assert f"{len(CASES)} cases: 1 ok, {len(CASES) - 1} not run" in ran.stdout


def test_a_report_that_does_not_exist_is_refused() -> None:
    ran = pytest_run("--report", "nonsense")
    assert ran.returncode == 4
    assert "invalid choice: 'nonsense'" in ran.stderr
    assert sorted(REPORTS) == ["faults"]
