"""The group for the content: all groups in a tree, or the one that a pasted link names."""

from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.core import links
from wizard.core.draft import Place
from wizard.core.groups import Forest
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.progress import Counted, Progress
from wizard.core.text_safety import one_line
from wizard.flow.wizard.author_sentences import other_platform_warning
from wizard.flow.wizard.picker import ChoiceStatus, PickerHost, PickerState, PickerView, Summary
from wizard.jobs.places import groups
from wizard.jobs.places.groups import Groups, GroupWanted


@dataclass(frozen=True, slots=True)
class GroupView:
    """The picker of groups; `forest` is None while there is no list."""

    picker: PickerView
    forest: Forest | None = field(repr=False)
    chosen_id: ObjectId | None


class GroupPicker:
    """Reads all groups once a customer. `on_chosen` hears that a group was chosen, `on_person_named` of a link that
    names a person, too.
    """

    def __init__(
        self, host: PickerHost, on_chosen: Callable[[], object], on_person_named: Callable[[str], object]
    ) -> None:
        self._host, self._on_chosen, self._on_person_named = host, on_chosen, on_person_named
        self._book, self._words = host.shared.book, host.shared.words
        self.state = PickerState(host, self._look_up)
        self._groups: Groups | None = None
        self._count = 0

    # ------------------------------------------------------------------ the page around it

    def forget_customer(self) -> None:
        """The platform is another one."""
        self.state.forget_customer()
        self._groups = None
        self._count = 0

    def enter(self) -> None:
        """The page is entered: read the groups if they are not known."""
        if self._book.draft.group is None and self.state.pasted:
            self.state.clear_paste()
            self._host.problems.mend(Field.GROUP)
        self.state.has_failed = self.state.is_look_up_stopped = False
        if self._groups is None and not self.state.reading.is_running and self._book.draft.customer_id:
            self._read()

    def view(self) -> GroupView:
        """What is shown now."""
        say, forest = self._words.say, self._groups.forest if self._groups else None
        hint = say("Search groups")
        if forest is not None:
            hint = self._words.count("Search {n} group", "Search {n} groups", len(forest.groups))
        place = self._book.draft.group
        picker = self.state.view(self._summary(), hint, say("Read the groups again"))
        return GroupView(picker, forest, place.id if place else None)

    # ------------------------------------------------------------------ what a person does

    def choose(self, group_id: ObjectId) -> None:
        """Choose a group of the tree."""
        if self._groups is not None and self._groups.forest is not None:
            self._set(groups.place(self._groups.forest, group_id))

    def search(self, text: str) -> None:
        """Type into the search field."""
        self.state.search(text)
        self._host.on_changed()

    def paste(self, text: str) -> None:
        """Paste or type a link or an ID."""
        self.state.paste(text)
        self._host.on_changed()

    def swap(self) -> None:
        """Swap the list for the field to paste into, or back."""
        self.state.is_pasting = not self.state.is_pasting
        self._host.on_changed()

    def stop_waiting(self) -> None:
        """Stop waiting for the list, or for what a link names."""
        self.state.stop()
        self._host.on_changed()

    def try_again(self) -> None:
        """Do what failed or was stopped once more."""
        if self.state.has_failed:
            self._read()
            self._host.on_changed()
        else:
            self._look_up()

    # ------------------------------------------------------------------ what is asked

    def _read(self) -> None:
        self.state.has_failed = False
        self._count = 0
        self._host.problems.mend(Field.GROUP)
        customer_id = self._book.draft.customer_id
        self.state.reading.start(groups.run, customer_id, self._on_read, self._on_not_read, self._on_progress)

    def _on_progress(self, news: Progress) -> None:
        if isinstance(news, Counted):
            self._count = news.count
            self._host.on_changed()

    def _on_read(self, found: Groups) -> None:
        self._groups = found
        if found.forest is None:
            self.state.cannot_list(
                self._words.say(
                    "These credentials cannot list groups. Open the group in your browser and copy its whole address."
                )
            )
        self._host.on_changed()

    def _on_not_read(self, problem: Problem) -> None:
        self.state.has_failed = True
        self._host.tell(problem, Field.GROUP)
        self._host.on_changed()

    def _look_up(self) -> None:
        text, draft = self.state.pasted, self._book.draft
        if not text.strip():
            return
        found = links.parse_pasted(text)
        group_id = found.as_group
        if group_id is None:
            self._host.tell(Expected(Code.GROUP_NOT_READABLE, field=Field.GROUP), Field.GROUP)
        else:
            self.state.is_look_up_stopped = False
            self.state.paste_warning = other_platform_warning(self._words.say, found.host, draft.origin)
            self._host.problems.mend(Field.GROUP)
            if found.person:
                # One link of a profile names both.
                self._on_person_named(text)
            self._resolve(GroupWanted(draft.customer_id, group_id))
        self._host.on_changed()

    def _resolve(self, wanted: GroupWanted) -> None:
        draft_id = self._book.draft.id

        def hear(place: Place) -> None:
            # The draft may be another one by now: who goes back does not wait for this group.
            if (draft_id, wanted.customer_id) == (self._book.draft.id, self._book.draft.customer_id):
                self._set(place)

        self.state.look_up.start(groups.resolve, wanted, hear, self._on_not_found)

    def _on_not_found(self, problem: Problem) -> None:
        self._host.tell(problem, Field.GROUP)
        self._host.on_changed()

    def _set(self, place: Place) -> None:
        self.state.settle()
        self._host.problems.mend(Field.GROUP)
        self._book.answer(group=place)
        self._on_chosen()
        self._host.on_changed()

    # ------------------------------------------------------------------ what is said

    def _summary(self) -> Summary:
        say, place = self._words.say, self._book.draft.group
        if self.state.waits_for:
            return Summary(self.state.waits_for)
        if self.state.has_failed:
            return Summary(say("No groups read"))
        if place is not None:
            return self._summary_of(place)
        if self._groups is not None:
            return Summary(say("No group chosen yet"))
        if self._count:
            return Summary(self._words.count("{n} group read…", "{n} groups read…", self._count))
        return Summary(say("Reading groups…") if self.state.reading.is_running else "")

    def _summary_of(self, place: Place) -> Summary:
        say, count = self._words.say, self._words.count
        if not place.path:
            unsure = say("This group could not be looked up. Creating will show whether it exists.")
            return Summary(place.id, unsure, ChoiceStatus.NOT_TESTED, say("Not tested"))
        facts = []
        if place.subgroups is not None:
            facts.append(count("{n} subgroup", "{n} subgroups", place.subgroups))
        facts.append(say("public") if place.is_public else say("private"))
        if self._groups is not None:
            here = sum(1 for found in self._groups.integrations if found.group_id == place.id)
            none = say("no integrations yet")
            facts.append(count("{n} integration", "{n} integrations", here) if here else none)
        path = one_line(self._words.listed(place.path))
        return Summary(path, " · ".join(facts), ChoiceStatus.CHOSEN, say("Chosen"), one_line(place.name))
