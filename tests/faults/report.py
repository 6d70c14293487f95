"""`--report faults`: run the table of bad answers alone and print it, with what came of every line."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import pytest

from tests.faults.table import CASES, Case

REPORTS: Mapping[str, Path] = {"faults": Path(__file__).with_name("test_table.py")}
"""The file of tests behind each report."""

_FAULT_WIDTH = 44
_NOT_SEEN = "nothing to read: it goes on by itself"


def add_option(parser: pytest.Parser) -> None:
    """Add --report NAME; a name that does not exist is refused."""
    parser.addoption("--report", metavar="NAME", choices=sorted(REPORTS), help="run and print a table: faults")


def choose_tests(config: pytest.Config) -> None:
    """Run what the report needs, unless tests were asked for by name."""
    name = config.getoption("--report")
    if name and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args[:] = [str(REPORTS[name])]


def print_report(terminal: pytest.TerminalReporter) -> None:
    """Print the table that was asked for, after the tests."""
    if not terminal.config.getoption("--report"):
        return
    marks = {}
    for mark, outcomes in (("ok", ("passed",)), ("FAILED", ("failed", "error"))):
        for outcome in outcomes:
            for report in terminal.stats.get(outcome, ()):
                marks[report.nodeid.partition("[")[2].removesuffix("]")] = mark
    terminal.section("bad answers")
    for line in lines(CASES, marks):
        terminal.write_line(line)


def lines(cases: Iterable[Case], marks: Mapping[str, str]) -> list[str]:
    """The table for people: for each endpoint its faults, and for each the sentence, the next step and the outcome."""
    shown, counts = [], {"ok": 0, "FAILED": 0, "not run": 0}
    for endpoint, group in groupby(cases, key=lambda case: case.endpoint):
        shown += ["", endpoint]
        for case in group:
            mark = marks.get(case.name, "not run")
            counts[mark] += 1
            asked = "" if case.asked is None else f"sent {case.asked}x"
            rest = (case.step and f"[{case.step}]", case.field and f"at {case.field}", case.outcome, asked)
            shown.append(f"  {mark:<8}{case.fault:<{_FAULT_WIDTH}}{case.sentence or _NOT_SEEN}")
            shown.append(f"{'':{10 + _FAULT_WIDTH}}{' · '.join(part for part in rest if part)}")
    total = ", ".join(f"{count} {mark}" for mark, count in counts.items() if count)
    return [*shown, "", f"{sum(counts.values())} cases: {total}"]
