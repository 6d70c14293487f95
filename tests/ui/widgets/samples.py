"""Widgets with some content, for several tests."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.action_list import ActionList
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.pick_views import DETAIL_ROLE, PickList, PickTree
from wizard.ui.widgets.step_list import StepList

Key = Qt.Key


def sample_tree(theme: Theme) -> PickTree:
    tree = PickTree(theme, "Group")
    model = QStandardItemModel(tree)
    root = QStandardItem("ACME")
    for name in ("Compliance", "Engineering", "Sales"):
        root.appendRow(QStandardItem(name))
    model.appendRow(root)
    tree.setModel(model)
    tree.expandAll()
    return tree


def sample_people(theme: Theme) -> PickList:
    people = PickList(theme, "Author")
    model = QStandardItemModel(people)
    for name, detail in (("Anna Berger", "Admin"), ("Jean Dupont", "Editor")):
        item = QStandardItem(name)
        item.setData(detail, DETAIL_ROLE)
        item.setData(f"{name}, {detail}", Qt.ItemDataRole.AccessibleTextRole)
        model.appendRow(item)
    people.setModel(model)
    return people


def sample_steps(theme: Theme) -> StepList:
    steps = StepList(theme, "New integration", ["Connect", "Place", "Behaviour"])
    steps.set_states(["done", "now", "todo"], ["Connect, done", "Place, now", "Behaviour, to do"])
    return steps


def sample_answers(theme: Theme) -> AnswerList:
    answers = AnswerList(theme)
    answers.add("group", "Group", "Sales", id_text="5f0c", change="Change", change_name="Change group")
    answers.add("name", "Name", "Udemy", change="Change", change_name="Change name")
    return answers


def sample_actions(theme: Theme) -> ActionList:
    actions = ActionList(theme)
    actions.add("share", "share-2", "Share with more groups")
    actions.add("again", "plus", "Create another")
    return actions
