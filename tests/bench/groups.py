"""A keystroke in the search over 30,000 groups, against one plain scan of the folded names."""

import statistics
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from tests.bench.figures import Figure, compare, in_turns
from wizard.core.groups import Forest, Group, build_tree, fold
from wizard.core.ids import ObjectId
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.pick_views import PickTree
from wizard.ui.wizard.pages.pick_models import GroupTree

_TYPED = ("Munich", "Team 29", "zz", "Équipe 1")
"""What is typed, letter by letter: found often, seldom, never, with an accent."""


def forest(count: int) -> Forest:
    """So many groups in a tree eight levels deep."""
    ids = [ObjectId(f"{number:024x}") for number in range(count)]
    kinds = ("Team", "Équipe", "Munich", "Ventas & Socios")
    groups = [Group(ids[n], f"{kinds[n % len(kinds)]} {n:05}", ids[(n - 1) // 4] if n else None) for n in range(count)]
    return build_tree(groups)


def figures(rounds: int, count: int = 30_000) -> list[Figure]:
    """The model's reset as median and longest; with the tree on screen and unfolded, for information."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    wood = forest(count)
    names = [fold(group.name) for group in wood.groups.values()]
    strokes = [text[: end + 1] for text in _TYPED for end in range(len(text))]
    model, seen = GroupTree(), GroupTree()
    tree = PickTree(Theme(app), "Groups")
    tree.setModel(seen)
    tree.resize(400, 500)
    tree.show()
    model.set_forest(wood)
    seen.set_forest(wood)
    scans: list[float] = []
    resets: list[float] = []
    painted: list[float] = []
    for text in strokes:
        words = fold(text).split()
        turns: tuple[Callable[[], object], ...] = (
            partial(_scan, names, words),
            partial(model.search, text),
            partial(_search_and_unfold, seen, tree, text),
        )
        found = in_turns(rounds, *(_timed(turn) for turn in turns))
        for values, mine in zip(found, (scans, resets, painted), strict=True):
            mine.append(statistics.median(values))
    tree.hide()
    tree.deleteLater()
    note = f"{count:,} groups, {len(strokes)} keystrokes"
    return [
        compare("search keystroke, median", resets, scans, "ms", None, note),
        Figure("search keystroke, longest", max(resets), statistics.median(scans), "ms"),
        Figure("the same with the tree unfolded, longest", max(painted), statistics.median(scans), "ms"),
    ]


def _scan(names: list[str], words: list[str]) -> int:
    return sum(1 for name in names if all(word in name for word in words))


def _search_and_unfold(model: GroupTree, tree: PickTree, text: str) -> None:
    model.search(text)
    tree.expandAll()


def _timed(act: Callable[[], object]) -> Callable[[], float]:
    def timed() -> float:
        began = time.perf_counter()
        act()
        return (time.perf_counter() - began) * 1000

    return timed
