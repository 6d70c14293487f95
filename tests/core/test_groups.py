"""The forest: whatever the platform lists becomes a tree that every walk comes out of again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.groups import Forest, Group, build_tree, fold
from wizard.core.ids import ObjectId


def gid(number: int) -> ObjectId:
    return ObjectId(f"{number:024x}")


def forest(*rows: tuple[int, str, int | None]) -> Forest:
    return build_tree(Group(gid(i), name, None if parent is None else gid(parent)) for i, name, parent in rows)


SAMPLE = [
    (1, "ACME", None),
    (2, "Sales", 1),
    (3, "Élan commercial", 2),
    (4, "elan", 2),
    (5, "Sales", 1),
    (6, "東京ラボ", 5),
]


def test_paths_children_descendants() -> None:
    trees = forest(*SAMPLE)
    assert trees.root == Group(gid(1), "ACME")
    assert [g.name for g in trees.path(gid(3))] == ["ACME", "Sales", "Élan commercial"]
    assert trees.children[gid(2)] == (gid(4), gid(3))
    assert trees.children[gid(1)] == (gid(2), gid(5))
    assert set(trees.descendants(gid(1))) == {gid(n) for n in (2, 3, 4, 5, 6)}
    assert (list(trees.descendants(gid(6))), list(trees.descendants(gid(99)))) == ([], [])
    assert (trees.parent(gid(3)), trees.parent(gid(1)), trees.parent(gid(99))) == (gid(2), None, None)
    assert trees.path(gid(99)) == ()


@pytest.mark.parametrize(
    ("text", "hits", "above"),
    [
        ("elan", {3, 4}, {1, 2}),
        ("ÉLAN", {3, 4}, {1, 2}),
        ("e\u0301lan  COMM", {3}, {1, 2}),
        ("sales", {2, 5}, {1}),
        ("東京", {6}, {1, 5}),
        ("ｓａｌｅｓ", {2, 5}, {1}),  # noqa: RUF001
        ("nothing", set(), set()),
        ("  ", {1, 2, 3, 4, 5, 6}, {1, 2, 5}),
        ("(", set(), set()),
    ],
)
def test_search(text: str, hits: set[int], above: set[int]) -> None:
    assert forest(*SAMPLE).search(text) == ({gid(n) for n in hits}, {gid(n) for n in above})


@pytest.mark.parametrize(
    ("rows", "tops"),
    [
        ([], set()),
        ([(1, "own parent", 1)], {1}),
        ([(1, "a", 2), (2, "b", 1)], {1}),
        ([(1, "a", 2), (2, "b", 3), (3, "c", 2)], {2}),
        ([(1, "root", None), (2, "orphan", 77), (3, "child", 2)], {1, 2}),
        ([(1, "root", None), (2, "root too", None)], {1, 2}),
    ],
)
def test_strange_lists(rows: list[tuple[int, str, int | None]], tops: set[int]) -> None:
    trees = forest(*rows)
    assert set(trees.children.get(None, ())) == {gid(n) for n in tops}
    roots = [row for row in rows if row[2] is None]
    assert (trees.root is None) is (len(roots) != 1)


@given(st.lists(st.tuples(st.integers(0, 12), st.text(max_size=4), st.none() | st.integers(0, 14)), max_size=14))
def test_every_walk_ends_and_sees_each_group_once(rows: list[tuple[int, str, int | None]]) -> None:
    trees = forest(*rows)
    everyone = set(trees.groups)
    seen: list[ObjectId] = []
    for top in trees.children.get(None, ()):
        seen += [top, *trees.descendants(top)]
    assert sorted(seen) == sorted(everyone)
    for one in everyone:
        path = trees.path(one)
        assert path[-1].id == one
        assert len({g.id for g in path}) == len(path)
    hits, above = trees.search("")
    assert hits == everyone
    assert above <= everyone


@given(st.text(max_size=12))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("shape", ["tree", "chain", "chain upside down", "flat", "circle"])
def test_thirty_thousand(shape: str) -> None:
    count = 30_000
    parents: dict[str, list[int | None]] = {
        "tree": [None, *((n - 1) // 4 for n in range(1, count))],
        "chain": [None, *range(count - 1)],
        "chain upside down": [*range(1, count), None],
        "flat": [None, *([0] * (count - 1))],
        "circle": [*range(1, count), 0],
    }
    rows = [(n, f"Équipe {n:05}", parent) for n, parent in enumerate(parents[shape])]
    started = time.perf_counter()
    trees = forest(*rows)
    hits, _ = trees.search("equipe 299")
    assert time.perf_counter() - started < 5
    assert len(hits) == sum("299" in name for _, name, _ in rows)
    assert len([*trees.children[None], *trees.descendants(trees.children[None][0])]) == count
