"""What a figure is, and how a table of them reads."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NOISY = 0.15
"""From this spread on (median distance from the median, as a share of it) a run says that the computer is busy."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and its reference, in the same unit and from the same run; a goal of None is information."""

    name: str
    value: float
    reference: float
    unit: str
    goal: float | None = None
    spread: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many references the value is."""
        return self.value / self.reference

    @property
    def verdict(self) -> str:
        """Pass or miss; empty without a goal."""
        if self.goal is None:
            return ""
        return "pass" if self.ratio <= self.goal else "miss"

    def as_json(self) -> dict[str, object]:
        """The figure as plain values."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "reference": round(self.reference, 4),
            "unit": self.unit,
            "ratio": round(self.ratio, 4),
            "goal": self.goal,
            "verdict": self.verdict,
            "spread": round(self.spread, 4),
            "note": self.note,
        }


def spread(values: Sequence[float]) -> float:
    """How far the values lie apart: the median distance from their median, as a share of it."""
    middle = statistics.median(values)
    return statistics.median(abs(v - middle) for v in values) / middle if middle else 0.0


def in_turns(rounds: int, *acts: Callable[[], float]) -> list[list[float]]:
    """The values of each act, taken in turns A B A B after one round to warm up."""
    values: list[list[float]] = [[] for _ in acts]
    for number in range(rounds + 1):
        for act, mine in zip(acts, values, strict=True):
            value = act()
            if number:
                mine.append(value)
    return values


def compare(
    name: str, values: Sequence[float], references: Sequence[float], unit: str, goal: float | None, note: str = ""
) -> Figure:
    """The figure of the medians."""
    far = max(spread(values), spread(references))
    return Figure(name, statistics.median(values), statistics.median(references), unit, goal, far, note)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    rows = [("", "value", "reference", "ratio", "goal", "")]
    for figure in figures:
        goal = f"<= {figure.goal:.2f}" if figure.goal else ""
        rows.append(
            (
                figure.name,
                f"{figure.value:.1f} {figure.unit}",
                f"{figure.reference:.1f} {figure.unit}",
                f"{figure.ratio:.2f}",
                goal,
                " ".join(t for t in (figure.verdict, figure.note and f"({figure.note})") if t),
            )
        )
    wide = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = []
    for row in rows:
        numbers = "  ".join(cell.rjust(width) for cell, width in zip(row[1:5], wide[1:], strict=True))
        lines.append(f"{row[0].ljust(wide[0])}  {numbers}  {row[5]}".rstrip())
    noisy = [figure for figure in figures if figure.spread > NOISY]
    if noisy:
        names = ", ".join(f"{figure.name} ({figure.spread:.0%})" for figure in noisy)
        lines.append(f"The computer was busy, these vary much: {names}. Measure again.")
    return "\n".join(lines)
