"""Page 2: the group for the content and the author of the courses."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QTimer

from wizard.core import links
from wizard.core.draft import Author, Place, Step
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.progress import Counted, KeychainAsked, Progress
from wizard.core.text_safety import one_line
from wizard.jobs.places import authors, groups
from wizard.jobs.places.authors import Authors, AuthorsWanted, AuthorWanted
from wizard.jobs.places.groups import Groups, GroupWanted
from wizard.ui.context import Context
from wizard.ui.widgets.field import Columns
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.pick_views import PickList, PickTree
from wizard.ui.wizard.pages.asked import Asked
from wizard.ui.wizard.pages.base import Page, named
from wizard.ui.wizard.pages.pick_models import GroupTree, PeopleList
from wizard.ui.wizard.pages.picker import Picker, texts_of_author, texts_of_group
from wizard.ui.wizard.pages.suits import elsewhere, line_of, suits
from wizard.words.keychain_problems import asking
from wizard.words.problems import explain

_UNFOLDED = 500  # more rows stay folded: nobody reads them, and to unfold 15,000 would take 176 ms
_PAUSE_MS = 400
"""How long a pasted or typed text has to rest before the platform is asked."""


class PlacePage(Page):
    """Choose from lists where the credentials may read them; paste links everywhere else."""

    step = Step.PLACE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        named(self, "placePage")
        self._groups: Groups | None = None
        self._customer_id = ""
        self._draft_id = ""
        self._authors_of: ObjectId | None = None
        self._asked = Asked(context.runner, self._on_ended)
        self._resting: list[tuple[QTimer, Callable[[], None]]] = []
        self._can_list_people = True

    # ------------------------------------------------------------------ what is shown

    def build(self) -> Iterator[PageBody]:
        say, theme = self.say, self.theme
        body = PageBody(
            theme,
            say("Where should the content go?"),
            say("Choose the group, then the person shown as author of all imported courses."),
            units=47.5,
        )
        yield body
        tree, people = PickTree(theme, say("Group")), PickList(theme, say("Author"))
        self.tree, self.people = GroupTree(self), PeopleList(self)
        tree.setModel(self.tree)
        people.setModel(self.people)
        self.group = Picker(theme, texts_of_group(self.say), tree)
        yield body
        self.author = Picker(theme, texts_of_author(self.say), people)
        yield body
        for picker, name in ((self.group, "group"), (self.author, "author")):
            named(picker.search, f"{name}Search")
            named(picker.paste, f"{name}Paste")
            named(picker.summary, f"{name}Summary")
            named(picker.swap, f"{name}Swap")
        named(tree, "groupTree")
        named(people, "authorList")
        tree.chosen.connect(self._on_group_chosen)
        people.chosen.connect(self._on_author_chosen)
        self.group.again_clicked.connect(self._read_groups)
        self.author.again_clicked.connect(self._read_authors)
        self.group.searched.connect(self._on_groups_searched)
        self.author.searched.connect(self._on_authors_searched)
        self.group.pasted.connect(self._rested(self._on_group_pasted))
        self.author.pasted.connect(self._rested(self._on_author_pasted))
        self.fields = {Field.GROUP: self.group.box, Field.AUTHOR: self.author.box}
        body.add(self.summary)
        body.add(Columns(theme, self.group, self.author), stretch=True)
        yield body

    def _rested(self, then: Callable[[], None]) -> Callable[[str], None]:
        """What to connect to a field, so that `then` comes when its text has rested for a while."""
        timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        timer.timeout.connect(then)
        self._resting.append((timer, then))
        return lambda _text: timer.start()

    # ------------------------------------------------------------------ filling

    def fill(self) -> None:
        if self.draft.customer_id != self._customer_id:
            self._customer_id = self.draft.customer_id
            for key in ("groups", "group", "authors", "author"):
                self._asked.forget(key)
            self._groups = None
            self._authors_of = None
            self._can_list_people = True
            self.people.set_people(())
            self.tree.set_forest(None)
            self._read_groups()
        if self.draft.id != self._draft_id:
            self._draft_id = self.draft.id
            self._forget_choices()
        elif self._groups is None and "groups" not in self._asked:
            self._read_groups()
        for picker, answer in ((self.group, self.draft.group), (self.author, self.draft.author)):
            if answer is None:
                picker.paste.clear()
                picker.view.clearSelection()
                picker.view.setCurrentIndex(QModelIndex())
        self._goes_on = False
        self._show_group()
        self._show_author()
        self._read_authors()

    def _forget_choices(self) -> None:
        """Nothing is chosen, pasted or looked up of what the draft before was about: choosing it again tells."""
        for key in ("group", "author"):
            self._asked.forget(key)
        for picker in (self.group, self.author):
            picker.paste.clear()
            picker.search.clear()
            picker.view.setCurrentIndex(QModelIndex())
        self._is_loading = True  # a search ends it

    def _on_ended(self) -> None:
        if self._goes_on and not self._is_looking_up:
            self._goes_on = False
            if self.isVisible():
                self.leaving_allowed.emit()

    @property
    def _is_looking_up(self) -> bool:
        """Whether something pasted is being looked up, or is about to be."""
        return "group" in self._asked or "author" in self._asked or any(timer.isActive() for timer, _ in self._resting)

    def may_leave(self) -> bool:
        """Nobody waits until a pasted text has rested: it is looked up first, then the page goes on by itself."""
        for timer, then in self._resting:
            if timer.isActive():
                timer.stop()
                then()
        self._goes_on = self._is_looking_up
        if self._goes_on:
            return False
        shown = {field: box.problem() for field, box in self.fields.items() if box.problem()}
        is_whole = super().may_leave()
        # What was found wrong with a pasted text says more than that the answer is missing.
        for field, text in shown.items():
            if self.fields[field].problem():
                self.fields[field].set_problem(text)
        if shown and not is_whole:
            self.show_problems_left()
        return is_whole

    def _read_groups(self) -> None:
        self.mend(Field.GROUP)
        self.group.clear_summary(self.say("Reading groups…"))
        self._asked.start(
            "groups",
            groups.run,
            self._customer_id,
            self._on_groups_read,
            self._on_groups_failed,
            on_progress=self._on_groups_news,
        )

    def _on_groups_news(self, news: Progress) -> None:
        if isinstance(news, KeychainAsked):
            self.group.clear_summary(self.say("Reading groups…") if news.is_answered else asking(self.context.words))
        elif isinstance(news, Counted) and not self.draft.group:
            self.group.clear_summary(self.count("{n} group read…", "{n} groups read…", news.count))

    def _on_groups_read(self, groups: Groups) -> None:
        self._groups = groups
        self.tree.set_forest(groups.forest)
        if groups.forest is None:
            self.group.only_paste(
                self.say(
                    "These credentials cannot list groups. Open the group in your browser and copy its whole address."
                ),
            )
        else:
            self.group.search.setPlaceholderText(
                self.count("Search {n} group", "Search {n} groups", len(groups.forest.groups))
            )
            root = groups.forest.root
            if root and self.tree.rowCount(at := self.tree.index_of(root.id)) <= _UNFOLDED:
                self.group.view.expand(at)  # type: ignore[union-attr]
        self._is_loading = True
        self._show_group()
        self._is_loading = False

    def _on_groups_failed(self, problem: Problem) -> None:
        self.group.offer_again(self.say("No groups read"), self.say("Try again"), self.say("Read the groups again"))
        self._say_problem(problem)

    # ------------------------------------------------------------------ the group

    def _on_groups_searched(self, text: str) -> None:
        self._is_loading = True
        hits = self.tree.search(text)
        self._is_loading = False
        if not text.strip():
            self._show_group()
        elif hits <= _UNFOLDED:
            self.group.view.expandAll()  # type: ignore[union-attr]

    def _on_group_chosen(self, index: QModelIndex) -> None:
        group_id = self.tree.group_id(index)
        if self._is_loading or group_id is None or self._groups is None or self._groups.forest is None:
            return
        self._set_group(groups.place(self._groups.forest, group_id))

    def _set_group(self, place: Place) -> None:
        self._asked.forget("group")
        self.mend(Field.GROUP)
        self.answer(group=place)
        self._show_group()
        self._show_author()
        self._read_authors()
        if not self.draft.author and self.author.paste.text().strip():
            # Pasted before there was a group to look it up for.
            self._on_author_pasted()

    def _on_group_pasted(self) -> None:
        text = self.group.paste.text()
        if not text.strip():
            return
        found = links.parse_pasted(text)
        group_id = found.as_group
        if group_id is None:
            self._say_problem(Expected(Code.GROUP_NOT_READABLE, field=Field.GROUP))
            return
        self.group.box.set_live(elsewhere(self.say, found.host, self.draft.origin), "warning")
        wanted = GroupWanted(self._customer_id, group_id)
        self._asked.start("group", groups.resolve, wanted, self._set_group, self._say_problem)
        self.mend(Field.GROUP)
        if found.person and not self.draft.author and not self.author.paste.text():
            # One link of a profile names both.
            self.author.set_pasting(True, focus=False)
            self.author.paste.setText(text)

    def _show_group(self) -> None:
        place = self.draft.group
        if place is None:
            if self._groups is not None:
                self.group.clear_summary(self.say("No group chosen yet"))
            return
        index = self.tree.index_of(place.id)
        if index.isValid():
            was_loading, self._is_loading = self._is_loading, True
            self.group.view.choose(index)
            self._is_loading = was_loading
        if not place.path:
            unsure = self.say("This group could not be looked up. Creating will show whether it exists.")
            self.group.show_summary(place.id, unsure, "untested", state_name=self.say("Not tested"))
            return
        known = self._groups.integrations if self._groups else ()
        here = sum(1 for f in known if f.group_id == place.id)
        facts = []
        if place.subgroups is not None:
            facts.append(self.count("{n} subgroup", "{n} subgroups", place.subgroups))
        facts.append(self.say("public") if place.is_public else self.say("private"))
        if self._groups is not None:
            none = self.say("no integrations yet")
            facts.append(self.count("{n} integration", "{n} integrations", here) if here else none)
        path = one_line(self.context.words.listed(place.path))
        self.group.show_summary(path, " · ".join(facts), "ok", bold=one_line(place.name), state_name=self.say("Chosen"))

    # ------------------------------------------------------------------ the author

    def _read_authors(self) -> None:
        place = self.draft.group
        if place is None:
            return
        if place.id == self._authors_of or not self._can_list_people:
            if self.draft.author and not self.draft.author.suitability:
                self._resolve(AuthorWanted(self._customer_id, place, self.draft.author.id))
            return
        self._authors_of = place.id
        self.mend(Field.GROUP)
        self.mend(Field.AUTHOR)
        if not self.draft.author:
            self.author.clear_summary(self.say("Reading people…"))
        wanted = AuthorsWanted(self._customer_id, place)
        self._asked.start("authors", authors.run, wanted, self._on_authors_read, self._on_authors_failed)

    def _on_authors_read(self, found: Authors) -> None:
        if found.people is None:
            self._can_list_people = False
            self.author.only_paste(
                self.say(
                    "These credentials cannot list people. Open the person's profile in your browser "
                    "and copy its whole address."
                ),
            )
        else:
            self.people.set_people(tuple((person, line_of(self.say, person)) for person in found.people))
        author = self.draft.author
        same = next((p for p in found.people or () if author and p.id == author.id), None)
        if same:
            self.answer(author=same)
        elif author and self.draft.group:
            self._resolve(AuthorWanted(self._customer_id, self.draft.group, author.id))
        self._show_author()

    def _on_authors_failed(self, problem: Problem) -> None:
        self._authors_of = None
        self.author.offer_again(self.say("No people read"), self.say("Try again"), self.say("Read the people again"))
        self._say_problem(problem, Field.AUTHOR)

    def _on_authors_searched(self, text: str) -> None:
        self._is_loading = True
        count = self.people.search(text)
        self._is_loading = False
        mail = links.parse_pasted(text).mail
        if mail and count == 0 and self.draft.group:
            self._resolve(AuthorWanted(self._customer_id, self.draft.group, mail=mail))

    def _on_author_chosen(self, index: QModelIndex) -> None:
        author = self.people.author(index)
        if not self._is_loading and author is not None:
            self._set_author(author)

    def _set_author(self, author: Author) -> None:
        self._asked.forget("author")
        self.mend(Field.AUTHOR)
        self.answer(author=author)
        self._show_author()

    def _on_author_pasted(self) -> None:
        text = self.author.paste.text()
        if not text.strip():
            return
        found = links.parse_pasted(text)
        self.author.box.set_live(elsewhere(self.say, found.host, self.draft.origin), "warning")
        if self.draft.group is None:
            if found.as_person:
                # The rights are looked up as soon as the group is known.
                self._set_author(Author(found.as_person))
            return
        if found.as_person is None and not found.mail:
            self._say_problem(Expected(Code.AUTHOR_NOT_READABLE, field=Field.AUTHOR))
            return
        self._resolve(AuthorWanted(self._customer_id, self.draft.group, found.as_person, found.mail))

    def _resolve(self, wanted: AuthorWanted) -> None:
        self._asked.start(
            "author", authors.resolve, wanted, self._set_author, lambda p: self._say_problem(p, Field.AUTHOR)
        )

    def _show_author(self) -> None:
        author, group = self.draft.author, self.draft.group
        if author is None:
            waiting = self.say("No author chosen yet") if group else self.say("Choose the group first")
            if "authors" not in self._asked or self._can_list_people is False or self.people.rowCount():
                self.author.clear_summary(waiting)
            return
        index = self.people.index_of(author.id)
        if index.isValid():
            was_loading, self._is_loading = self._is_loading, True
            self.author.view.choose(index)
            self._is_loading = was_loading
        text, state = suits(self.say, author, group)
        name = {"ok": self.say("Chosen"), "warning": self.say("Warning")}.get(state, self.say("Not tested"))
        self.author.show_summary(one_line(author.label), text, state, bold=one_line(author.label), state_name=name)

    def _say_problem(self, problem: Problem, at: Field = Field.GROUP) -> None:
        if problem.code is Code.STOPPED:
            return
        if problem.field is Field.CLIENT_SECRET and problem.code is not Code.INVALID_TOKEN:
            self.refused.emit(problem)
            return
        shown = explain(self.context.words, problem)
        box = self.fields[problem.field if problem.field in self.fields else at]
        box.set_problem(" ".join(part for part in (f"{shown.title}.", shown.text) if part))
