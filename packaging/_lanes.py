"""The two lanes of the tests, and how much of the program the first of them has to reach."""

from __future__ import annotations

import tomllib

from _environment import PYTHON, ROOT, tool

ALONE = ("bench", "journeys", "outside", "packaging", "shots", "soak")
"""The folders of tests that run one test at a time: they measure time, own a screen, a bus or a keychain, or build."""
SLOW = ("journeys", "outside", "soak")
"""What `--fast` leaves out of them."""

_PYTEST = (str(PYTHON), "-m", "pytest")


def parallel() -> list[str]:
    """The command for every test that minds no neighbour, on every core there is; it writes down what was reached."""
    # Workers take what is left from each other: a few tests last a hundred times longer than most.
    spread = ["--numprocesses=auto", "--dist=worksteal"]
    # The floors are compared afterwards, one after the other.
    measured = ["--cov", "--cov-report=", "--cov-fail-under=0"]
    return [*_PYTEST, *spread, *measured, *(f"--ignore=tests/{folder}" for folder in ALONE)]


def serial(*, is_fast: bool) -> list[str]:
    """The command for the others, one after the other."""
    return [*_PYTEST, *(f"tests/{folder}" for folder in ALONE if not (is_fast and folder in SLOW))]


def coverage() -> dict[str, list[str]]:
    """A command for every floor, by what stands on it; each fails and lists the lines if less was reached."""
    report = [tool("coverage"), "report", "--skip-covered", "--show-missing"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = project["tool"]["dev"]["coverage"]
    rooms = {where: [*report, f"--include={where}", f"--fail-under={floor}"] for where, floor in floors.items()}
    return {"wizard": report, **rooms}
