"""The measurements themselves: each gives figures in a small run. No time is asserted here."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.bench import create, groups, start
from tests.bench.figures import Figure, compare, spread, table


def _are_sound(figures: list[Figure]) -> bool:
    return bool(figures) and all(f.value > 0 and f.reference > 0 and f.ratio > 0 for f in figures)


def test_a_start_is_measured(tmp_path: Path) -> None:
    figures = start.measure(1, "offscreen", "", tmp_path)
    assert _are_sound(figures)
    assert {figure.goal for figure in figures} == {2.0, 1.35, None}


def test_a_creation_is_measured(qapp: QApplication) -> None:
    figures = create.figures(1, latency_s=0.0, with_window=False)
    assert _are_sound(figures)


def test_a_search_is_measured(qapp: QApplication) -> None:
    assert _are_sound(groups.figures(1, count=200))


def test_a_figure_passes_up_to_its_goal() -> None:
    assert Figure("a", 2.5, 2.0, "ms", 1.25).verdict == "pass"
    assert Figure("a", 2.6, 2.0, "ms", 1.25).verdict == "miss"
    assert Figure("a", 2.6, 2.0, "ms").verdict == ""


def test_a_table_names_what_varies() -> None:
    calm = compare("calm", [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], "ms", 1.25)
    wild = compare("wild", [1.0, 2.0, 3.0], [1.0, 1.0, 1.0], "ms", None)
    assert spread([1.0, 2.0, 3.0]) == 0.5
    assert "calm" not in table([calm, wild]).splitlines()[-1]
    assert "wild (50%)" in table([calm, wild]).splitlines()[-1]
