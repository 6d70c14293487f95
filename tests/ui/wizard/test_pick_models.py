"""What the two pick lists show, on any forest."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from wizard.core.draft import Author
from wizard.core.groups import Group, build_tree
from wizard.core.ids import ObjectId
from wizard.ui.wizard.pages.pick_models import GroupTree, PeopleList


def _id(number: int) -> ObjectId:
    return ObjectId(f"5f{number:022x}")


FOREST = build_tree(
    [
        Group(_id(0), "ACME", None, True),
        Group(_id(1), "Sales", _id(0), True),
        Group(_id(2), "Été & <b>", _id(1), False),
        Group(_id(3), "Support", _id(0), True),
        Group(_id(4), "Sales", _id(3), True),
    ]
)


def _names(model: GroupTree, parent: QModelIndex | None = None) -> list[object]:
    at = parent or QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(at)):
        index = model.index(row, 0, at)
        found.append(index.data())
        if below := _names(model, index):
            found.append(below)
    return found


def test_the_tree_keeps_the_rules_of_qt_through_every_search() -> None:
    model = GroupTree()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for text in ("", "sales", "nothing like it", "ete", ""):
        model.set_forest(FOREST) if not text else None
        model.search(text)
        _names(model)
    model.set_forest(None)
    assert (model.rowCount(), model.search("x")) == (0, 0)
    del tester


def test_a_search_shows_the_hits_and_what_stands_above_them() -> None:
    model = GroupTree()
    model.set_forest(FOREST)
    assert _names(model) == ["ACME", ["Sales", ["Été & <b>"], "Support", ["Sales"]]]
    assert model.search("ETE") == 1
    assert _names(model) == ["ACME", ["Sales", ["Été & <b>"]]]
    assert model.search("sales") == 2
    assert _names(model) == ["ACME", ["Sales", "Support", ["Sales"]]]
    assert model.search("  ") == 5
    assert model.index_of(_id(4)).data() == "Sales"
    assert not model.index_of(_id(99)).isValid()


def test_the_tip_shows_markup_instead_of_obeying_it() -> None:
    model = GroupTree()
    model.set_forest(FOREST)
    tip = str(model.index_of(_id(2)).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;" in tip
    assert "<b>" not in tip


def test_people_are_listed_with_a_second_line() -> None:
    model = PeopleList()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    people = tuple((Author(_id(n), name), f"Editor · {name.lower()}@acme.example") for n, name in enumerate("AB"))
    model.set_people(people)
    assert (model.rowCount(), model.index(1, 0).data()) == (2, "B")
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "B, Editor · b@acme.example"
    model.set_people(people[1:])
    assert model.index(0, 0).data() == "B"
    assert model.index_of(_id(1)).isValid()
    assert not model.index_of(_id(0)).isValid()
    assert model.author(model.index(0, 0)) == people[1][0]
    assert model.author(QModelIndex()) is None
    del tester
