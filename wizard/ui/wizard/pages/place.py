"""The page of the place: the group for the content and the author of the courses."""

from PySide6.QtCore import QModelIndex, QSignalBlocker

from wizard.core.ids import ObjectId
from wizard.core.problems import Field
from wizard.flow.wizard.author_picker import AuthorView
from wizard.flow.wizard.group_picker import GroupView
from wizard.flow.wizard.place import PlacePresenter, PlaceView
from wizard.ui.context import Context
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.pick_views import PickList, PickTree
from wizard.ui.wizard.pages.page import Page
from wizard.ui.wizard.pages.pick_models import GroupTree, PeopleList
from wizard.ui.wizard.pages.picker import Picker, texts_of_author, texts_of_group

_UNFOLDED = 500  # more rows stay folded: nobody reads them, and to unfold 15,000 would take 176 ms


class PlacePage(Page):
    """Two lists side by side, each of which swaps for a field to paste into."""

    def __init__(self, context: Context, presenter: PlacePresenter) -> None:
        super().__init__(context)
        self._presenter = presenter
        self._last: PlaceView | None = None

    def make(self) -> PageBody:
        say, theme = self.say, self.theme
        body = PageBody(
            theme,
            say("Where should the content go?"),
            say("Choose the group, then the person shown as author of all imported courses."),
            units=47.5,
        )
        self._groups, self._people = PickTree(theme, say("Group")), PickList(theme, say("Author"))
        self.tree, self.people = GroupTree(self), PeopleList(self)
        self._groups.setModel(self.tree)
        self._people.setModel(self.people)
        self.group = Picker(theme, texts_of_group(say), self._groups)
        self.author = Picker(theme, texts_of_author(say), self._people)
        for picker, name in ((self.group, "group"), (self.author, "author")):
            picker.search.setObjectName(f"{name}Search")
            picker.paste.setObjectName(f"{name}Paste")
            picker.summary.setObjectName(f"{name}Summary")
            picker.swap.setObjectName(f"{name}Swap")
        self._groups.setObjectName("groupTree")
        self._people.setObjectName("authorList")
        self.group.stop_name, self.author.stop_name = "stopReadingGroups", "stopReadingPeople"
        self._connect()
        self.fields = {Field.GROUP: self.group.box, Field.AUTHOR: self.author.box}
        body.add(self.summary)
        body.add(Columns(theme, self.group, self.author), stretch=True)
        return body

    def _connect(self) -> None:
        group, author = self._presenter.group, self._presenter.author
        self._groups.chosen.connect(self._on_group_chosen)
        self._people.chosen.connect(self._on_author_chosen)
        self.group.searched.connect(group.search)
        self.author.searched.connect(author.search)
        self.group.pasted.connect(group.paste)
        self.author.pasted.connect(author.paste)
        self.group.swapped.connect(group.swap)
        self.author.swapped.connect(author.swap)
        self.group.stop_clicked.connect(group.stop_waiting)
        self.author.stop_clicked.connect(author.stop_waiting)
        self.group.again_clicked.connect(group.try_again)
        self.author.again_clicked.connect(author.try_again)

    def _on_group_chosen(self, index: QModelIndex) -> None:
        group_id = self.tree.group_id(index)
        if group_id is not None:
            self._presenter.group.choose(group_id)

    def _on_author_chosen(self, index: QModelIndex) -> None:
        author = self.people.author(index)
        if author is not None:
            self._presenter.author.choose(author.id)

    # ------------------------------------------------------------------ what is shown

    def show_view(self, view: PlaceView) -> None:
        """Show this view state."""
        self.ensure_built()
        last, self._last = self._last, view
        blockers = QSignalBlocker(self._groups), QSignalBlocker(self._people)
        self._render_groups(view.group, last.group if last else None)
        self._render_people(view.author, last.author if last else None)
        for blocker in blockers:
            blocker.unblock()
        self.group.show_view(view.group.picker)
        self.author.show_view(view.author.picker)
        self.render_problems(view.problems)

    def _render_groups(self, view: GroupView, last: GroupView | None) -> None:
        searched = view.picker.searched.strip()
        is_new = last is None or view.forest is not last.forest
        is_searched = last is not None and searched != last.picker.searched.strip()
        if is_new:
            self.tree.set_forest(view.forest)
            root = view.forest.root if view.forest else None
            if root and self.tree.rowCount(at := self.tree.index_of(root.id)) <= _UNFOLDED:
                self._groups.expand(at)
        if is_searched or (is_new and searched):
            hits = self.tree.search(searched)
            if searched and hits <= _UNFOLDED:
                self._groups.expandAll()
        if last is None or view.chosen_id != last.chosen_id or ((is_new or is_searched) and not searched):
            _choose(self._groups, self._group_index(view.chosen_id))

    def _render_people(self, view: AuthorView, last: AuthorView | None) -> None:
        is_new = last is None or view.people is not last.people
        if is_new:
            self.people.set_people(view.people)
        if last is None or view.chosen_id != last.chosen_id or is_new:
            _choose(self._people, self._author_index(view.chosen_id))

    def _group_index(self, group_id: ObjectId | None) -> QModelIndex:
        return self.tree.index_of(group_id) if group_id else QModelIndex()

    def _author_index(self, author_id: ObjectId | None) -> QModelIndex:
        return self.people.index_of(author_id) if author_id else QModelIndex()


def _choose(view: PickTree | PickList, index: QModelIndex) -> None:
    """Choose a row and bring it into view, or choose none: then choosing any tells."""
    if index.isValid():
        view.choose(index)
    else:
        view.clearSelection()
        view.setCurrentIndex(QModelIndex())
