"""The author of the courses: the people with a role in the group, or the one that a link or an address names."""

from dataclasses import dataclass, field

from wizard.core import links
from wizard.core.draft import Author
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.ask import Debounce
from wizard.flow.wizard.author_sentences import other_platform_warning, person_line, suitability_sentence
from wizard.flow.wizard.picker import PAUSE_MS, ChoiceStatus, PickerHost, PickerState, PickerView, Summary
from wizard.jobs.places import authors
from wizard.jobs.places.authors import Authors, AuthorsWanted, AuthorWanted

PersonRow = tuple[Author, str]
"""A person of the list, and the line below the name."""


@dataclass(frozen=True, slots=True)
class AuthorView:
    """The picker of authors; `people` are those that match the search."""

    picker: PickerView
    people: tuple[PersonRow, ...] = field(repr=False)
    chosen_id: ObjectId | None


class AuthorPicker:
    """Reads the people of a group when it is chosen, and what can be known of an author who is not among them."""

    def __init__(self, host: PickerHost) -> None:
        self._host = host
        self._book, self._words = host.shared.book, host.shared.words
        self.state = PickerState(host, self._look_up)
        self._mail_rest = Debounce(host.shared.asker, PAUSE_MS, self._look_up_searched)
        self._read_for: ObjectId | None = None
        self._people: tuple[Author, ...] = ()
        self._rows: tuple[PersonRow, ...] = ()
        self._rows_are_of: tuple[object, ...] = ()

    @property
    def is_looking_up(self) -> bool:
        """Whether somebody is being looked up, or is about to be."""
        return self.state.is_looking_up or self._mail_rest.is_waiting

    # ------------------------------------------------------------------ the page around it

    def forget_customer(self) -> None:
        """The platform is another one."""
        self.state.forget_customer()
        self._mail_rest.cancel()
        self._read_for = None
        self._people = ()

    def forget_choice(self) -> None:
        """The draft is another one."""
        self.state.forget_choice()
        self._mail_rest.cancel()

    def enter(self) -> None:
        """The page is entered: read the people of the group if they are not known."""
        if self._book.draft.author is None and self.state.pasted:
            self.state.clear_paste()
            self._host.problems.mend(Field.AUTHOR)
        self.state.has_failed = self.state.is_look_up_stopped = False
        self._read()

    def flush(self) -> None:
        """Look up now what still rests."""
        self.state.rest.flush()
        self._mail_rest.flush()

    def follow_group(self) -> None:
        """A group was chosen: its people are wanted, and whoever was pasted before there was one."""
        self._read()
        if self._book.draft.author is None and self.state.pasted.strip():
            self.state.rest.cancel()
            self._look_up()

    def take_link(self, text: str) -> None:
        """A link was pasted for the group that names a person, too; it counts if nobody was named yet."""
        if self._book.draft.author is None and not self.state.pasted:
            self.state.is_pasting = True
            self.state.paste(text)

    def view(self) -> AuthorView:
        """What is shown now."""
        say, author = self._words.say, self._book.draft.author
        picker = self.state.view(self._summary(), say("Search people"), say("Read the people again"))
        return AuthorView(picker, self._matching(), author.id if author else None)

    # ------------------------------------------------------------------ what a person does

    def choose(self, author_id: ObjectId) -> None:
        """Choose a person of the list."""
        chosen = next((person for person in self._people if person.id == author_id), None)
        if chosen is not None:
            self._set(chosen)

    def search(self, text: str) -> None:
        """Type into the search field; a whole address that nobody in the list has is looked up on the platform."""
        self.state.search(text)
        self._mail_rest.cancel()
        if links.parse_pasted(text).mail and not self._matching() and self._book.draft.group:
            self._mail_rest.restart()
        self._host.on_changed()

    def paste(self, text: str) -> None:
        """Paste or type a link, an ID or an address."""
        self.state.paste(text)
        self._host.on_changed()

    def swap(self) -> None:
        """Swap the list for the field to paste into, or back."""
        self.state.is_pasting = not self.state.is_pasting
        self._host.on_changed()

    def stop_waiting(self) -> None:
        """Stop waiting for the list, or for what is known of a person."""
        if self.state.stop():
            self._read_for = None
        self._host.on_changed()

    def try_again(self) -> None:
        """Do what failed or was stopped once more."""
        author = self._book.draft.author
        if self.state.has_failed:
            self._read()
            self._host.on_changed()
        elif author is not None and not author.suitability:
            self._resolve(author.id)
            self._host.on_changed()
        elif self.state.pasted.strip():
            self._look_up()
        else:
            self._look_up_searched()

    # ------------------------------------------------------------------ what is asked

    def _read(self) -> None:
        place, author = self._book.draft.group, self._book.draft.author
        if place is None:
            return
        if place.id == self._read_for or self.state.no_list_reason:
            if author and not author.suitability:
                self._resolve(author.id)
            return
        self._read_for = place.id
        self.state.has_failed = False
        self._host.problems.mend(Field.GROUP)
        self._host.problems.mend(Field.AUTHOR)
        wanted = AuthorsWanted(self._book.draft.customer_id, place)
        self.state.reading.start(authors.run, wanted, self._on_read, self._on_not_read)

    def _on_read(self, found: Authors) -> None:
        if found.people is None:
            self.state.cannot_list(
                self._words.say(
                    "These credentials cannot list people. Open the person's profile in your browser "
                    "and copy its whole address."
                )
            )
        else:
            self._people = found.people
        draft = self._book.draft
        # The draft may be about another group by now: who goes back does not wait for this list.
        author = draft.author if draft.group and draft.group.id == self._read_for else None
        same = next((person for person in found.people or () if author and person.id == author.id), None)
        if same:
            self._book.answer(author=same)
        elif author:
            self._resolve(author.id)
        self._host.on_changed()

    def _on_not_read(self, problem: Problem) -> None:
        self._read_for = None
        self.state.has_failed = True
        self._host.tell(problem, Field.AUTHOR)
        self._host.on_changed()

    def _look_up(self) -> None:
        text, draft = self.state.pasted, self._book.draft
        if not text.strip():
            return
        found = links.parse_pasted(text)
        self.state.paste_warning = other_platform_warning(self._words.say, found.host, draft.origin)
        if draft.group is None:
            if found.as_person:
                # The rights are looked up as soon as the group is known.
                self._set(Author(found.as_person))
        elif found.as_person is None and not found.mail:
            self._host.tell(Expected(Code.AUTHOR_NOT_READABLE, field=Field.AUTHOR), Field.AUTHOR)
        else:
            self._resolve(found.as_person, found.mail)
        self._host.on_changed()

    def _look_up_searched(self) -> None:
        mail = links.parse_pasted(self.state.searched).mail
        if mail:
            self._resolve(None, mail)
            self._host.on_changed()

    def _resolve(self, user_id: ObjectId | None, mail: str = "") -> None:
        draft = self._book.draft
        if draft.group is None:
            return
        about = self._about()

        def hear(author: Author) -> None:
            if about == self._about():
                self._set(author)

        self.state.is_look_up_stopped = False
        wanted = AuthorWanted(draft.customer_id, draft.group, user_id, mail)
        self.state.look_up.start(authors.resolve, wanted, hear, self._on_not_found)

    def _about(self) -> tuple[object, ...]:
        """What a look-up is about: its result is of no use to another draft, customer or group."""
        draft = self._book.draft
        return draft.id, draft.customer_id, draft.group.id if draft.group else None

    def _on_not_found(self, problem: Problem) -> None:
        self._host.tell(problem, Field.AUTHOR)
        self._host.on_changed()

    def _set(self, author: Author) -> None:
        self.state.settle()
        self._host.problems.mend(Field.AUTHOR)
        self._book.answer(author=author)
        self._host.on_changed()

    # ------------------------------------------------------------------ what is said

    def _summary(self) -> Summary:
        say, draft = self._words.say, self._book.draft
        if self.state.waits_for:
            return Summary(self.state.waits_for)
        if self.state.has_failed:
            return Summary(say("No people read"))
        if draft.author is not None:
            return self._summary_of(draft.author)
        if draft.group is None:
            return Summary(say("Choose the group first"))
        return Summary(say("Reading people…") if self.state.reading.is_running else say("No author chosen yet"))

    def _summary_of(self, author: Author) -> Summary:
        say, name = self._words.say, one_line(author.label)
        text, status = suitability_sentence(say, author, self._book.draft.group)
        names = {ChoiceStatus.CHOSEN: say("Chosen"), ChoiceStatus.DOUBTFUL: say("Warning")}
        return Summary(name, text, status, names.get(status, say("Not tested")), name)

    def _matching(self) -> tuple[PersonRow, ...]:
        """The people whose lines hold all words of the search; the same tuple as long as nothing changes."""
        are_of = (self._people, self.state.searched, self._words.language)
        if are_of != self._rows_are_of:
            say, words = self._words.say, self.state.searched.casefold().split()
            rows = ((person, person_line(say, person)) for person in self._people)
            self._rows = tuple(
                (person, line)
                for person, line in rows
                if all(word in f"{person.label} {line}".casefold() for word in words)
            )
            self._rows_are_of = are_of
        return self._rows
