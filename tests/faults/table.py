"""The table of bad answers, read from `table.txt`: written by hand, a line a case."""

from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("table.txt")
COLUMNS = ("fault", "sentence", "next step", "field", "outcome", "asked")


@dataclass(frozen=True)
class Case:
    """What a person does, what goes wrong, and all that must come of it.

    `asked` is how often the request that goes wrong is sent, None where that does not matter.
    """

    endpoint: str
    fault: str
    sentence: str
    step: str
    field: str
    outcome: str
    asked: int | None

    @property
    def name(self) -> str:
        """What the case is called in a list of tests."""
        return f"{self.endpoint}; {self.fault}"


def read(text: str) -> list[Case]:
    """All cases of a table."""
    cases, endpoint = [], ""
    for line in text.splitlines():
        if line.startswith("# "):
            endpoint = line[2:]
        elif endpoint and line:
            fault, sentence, step, field, outcome, asked = (cell.strip() for cell in line.split(" | "))
            cases.append(Case(endpoint, fault, sentence, step, field, outcome, None if asked == "*" else int(asked)))
    return cases


CASES = read(FILE.read_text(encoding="utf-8"))
