"""The page of the place: lists and links, what is chosen of them, and what is said meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.flow.conftest import Kit
from tests.helpers.made import customer
from tests.jobs.bench import AUTHOR
from tests.jobs.test_keychain import Asking
from wizard.core.draft import Author, Connection, Draft, Place
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import Counted, KeychainAsked, Waiting
from wizard.core.secret import Secret
from wizard.demo import Fault
from wizard.demo.world import GUIDE_SCOPES
from wizard.flow.wizard.picker import PAUSE_MS, ChoiceStatus, PickerView
from wizard.flow.wizard.place import PlacePresenter, PlaceView
from wizard.flow.wizard.stoppable_job import WaitLink

GROUPS, ROLES, USERS = "/api/v2/groups", "/api/v2/groups/{id}/roles", "/api/v2/users"
ASKING = "The keychain may be asking for its password in another window."
NOBODY = ObjectId("0" * 24)


class Page:
    """The page in the hands of a person."""

    def __init__(self, kit: Kit, **answers: Any) -> None:
        self.kit = kit
        self.presenter = PlacePresenter(kit.shared)
        self.presenter.attach(kit.screen)
        self.open(**answers)

    def open(self, draft_id: str = "d1", **answers: Any) -> None:
        """Enter the page with a draft."""
        usual: dict[str, Any] = {"group": None, "author": None}
        self.kit.shared.book.open(replace(self.kit.bench.draft(**(usual | answers)), id=draft_id))
        self.presenter.enter()

    @property
    def view(self) -> PlaceView:
        """What is shown."""
        shown: PlaceView = self.kit.screen.view
        return shown

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.kit.shared.book.draft

    @property
    def group(self) -> PickerView:
        """The picker of groups, but the tree."""
        return self.view.group.picker

    @property
    def author(self) -> PickerView:
        """The picker of authors, but the list."""
        return self.view.author.picker

    def choose_group(self, name: str = "DACH") -> None:
        """Choose a group of the tree."""
        self.presenter.group.choose(self.kit.bench.group(name))

    def paste_group(self, text: str) -> None:
        """Paste a link, and let it rest."""
        self.presenter.group.paste(text)
        self.kit.asker.pass_ms(PAUSE_MS)

    def paste_author(self, text: str) -> None:
        """Paste a link, and let it rest."""
        self.presenter.author.paste(text)
        self.kit.asker.pass_ms(PAUSE_MS)

    def people(self) -> list[str]:
        """The names in the list."""
        return [person.name for person, _line in self.view.author.people]

    def beside(self, field: Field) -> str:
        """What is wrong with an answer."""
        return self.view.problems.beside.get(field, "")


@pytest.fixture
def page(kit: Kit) -> Page:
    """The page, just entered, everything read."""
    return Page(kit)


@pytest.fixture
def guide(kit: Kit) -> Page:
    """The page where the credentials hold the three rights of the vendor's guide only."""
    limit(kit, GUIDE_SCOPES)
    return Page(kit)


@pytest.fixture
def waiting(kit: Kit) -> Page:
    """The page while the groups are read."""
    kit.asker.hold()
    return Page(kit)


def limit(kit: Kit, scopes: frozenset[str]) -> None:
    """Let the credentials have these rights only."""
    world = kit.bench.platform.world
    world.remove_credential(kit.bench.credential.client_id)
    world.add(replace(kit.bench.credential, scopes=scopes))


# ------------------------------------------------------------------ the lists


def test_the_groups_are_read_and_one_is_chosen(page: Page) -> None:
    assert page.group.summary.text == "No group chosen yet"
    assert page.author.summary.text == "Choose the group first"
    assert page.group.search_hint == "Search 30 groups"
    assert (page.group.can_list, page.group.is_pasting, page.group.link) == (True, False, WaitLink.NONE)
    page.choose_group()
    summary = page.group.summary
    assert (summary.text, summary.bold) == ("ACME Academy › Sales › DACH", "DACH")
    assert summary.help_text == "2 subgroups · public · no integrations yet"
    assert (summary.status, summary.status_name) == (ChoiceStatus.CHOSEN, "Chosen")
    assert page.view.group.chosen_id == page.kit.bench.group()
    page.choose_group("Compliance")
    assert page.group.summary.help_text == "4 subgroups · public · 1 integration"
    page.choose_group("Works Council")
    assert "private" in page.group.summary.help_text


def test_the_people_of_the_group_are_read_and_one_is_chosen(page: Page) -> None:
    page.choose_group()
    assert page.author.summary.text == "No author chosen yet"
    assert "Alex Martin" in page.people()
    person, line = next(row for row in page.view.author.people if row[0].name == "Alex Martin")
    assert line == "Editor · alex.martin@acme.example"
    page.presenter.author.choose(person.id)
    assert page.draft.author == person
    summary = page.author.summary
    assert (summary.text, summary.help_text) == ("Alex Martin", "Editor in DACH · active")
    assert (summary.status, summary.status_name, summary.bold) == (ChoiceStatus.CHOSEN, "Chosen", "Alex Martin")
    page.presenter.author.choose(NOBODY)
    assert page.draft.author == person
    assert page.presenter.may_leave()


def test_what_is_read_is_told(waiting: Page) -> None:
    assert waiting.group.summary.text == "Reading groups…"
    assert waiting.group.search_hint == "Search groups"
    waiting.kit.asker.tell(Counted(1))
    assert waiting.group.summary.text == "1 group read…"
    waiting.kit.asker.tell(Counted(500))
    assert waiting.group.summary.text == "500 groups read…"
    waiting.choose_group()
    assert waiting.draft.group is None  # there is no tree yet
    waiting.kit.asker.release()
    assert waiting.group.summary.text == "No group chosen yet"
    waiting.kit.asker.hold()
    waiting.choose_group()
    assert waiting.author.summary.text == "Reading people…"
    waiting.kit.asker.release()
    assert waiting.author.summary.text == "No author chosen yet"


def test_people_are_searched_by_both_lines(page: Page) -> None:
    page.choose_group()
    every = page.people()
    page.presenter.author.search("MARTIN editor")
    assert page.people() == ["Alex Martin"]
    page.presenter.author.search("pavel@acme nobody")
    assert page.people() == []
    page.presenter.author.search("")
    assert page.people() == every
    assert page.view.author.people is page.kit.screen.views[-1].author.people


def test_the_list_is_the_same_object_as_long_as_it_does_not_change(page: Page) -> None:
    page.choose_group()
    before = page.view
    page.presenter.group.search("sal")
    assert page.view.author.people is before.author.people
    assert page.view.group.forest is before.group.forest
    assert page.group.searched == "sal"


def test_a_list_is_read_once_a_customer_and_once_a_group(page: Page) -> None:
    page.choose_group()
    page.presenter.enter()
    asked = [request.path for request in page.kit.bench.platform.received("GET")]
    assert asked.count(GROUPS) == 1
    page.choose_group()
    assert [request.path for request in page.kit.bench.platform.received("GET")] == asked


def test_another_group_keeps_the_author_and_reads_the_rights_again(page: Page) -> None:
    page.choose_group()
    page.presenter.author.choose(page.kit.bench.user())
    page.choose_group("France")
    assert page.author.summary.text == "Alex Martin"
    assert page.author.summary.help_text == "No role in France. The author needs to be editor or admin there."
    assert (page.author.summary.status, page.author.summary.status_name) == (ChoiceStatus.DOUBTFUL, "Warning")
    page.choose_group()
    assert page.author.summary.help_text == "Editor in DACH · active"


# ------------------------------------------------------------------ links


def test_a_pasted_group_is_looked_up_when_it_has_rested(page: Page) -> None:
    page.presenter.group.swap()
    assert page.group.is_pasting
    page.presenter.group.paste(f"{page.kit.bench.platform.url}/home/group/{page.kit.bench.group()}")
    assert page.draft.group is None
    page.kit.asker.pass_ms(PAUSE_MS)
    assert page.group.summary.text == "ACME Academy › Sales › DACH"
    assert page.group.paste_warning == ""
    page.presenter.group.swap()
    assert not page.group.is_pasting


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_field_names_nothing(page: Page, text: str) -> None:
    page.paste_group(text)
    page.paste_author(text)
    assert page.view.problems.beside == {}


def test_a_link_of_another_platform_is_told(page: Page) -> None:
    page.paste_group(f"https://app.360learning.com/home/group/{page.kit.bench.group()}")
    here = "127.0.0.1"
    text = f"This link belongs to app.360learning.com, but you are connected to {here}."
    assert page.group.paste_warning == text
    page.paste_author(f"https://app.360learning.com/admin/users/{page.kit.bench.user()}")
    assert page.author.paste_warning == text


def test_what_is_no_link_and_what_is_unknown(page: Page) -> None:
    page.paste_group("hello")
    assert page.beside(Field.GROUP).startswith("There is no group in this text.")
    page.paste_group(NOBODY)
    assert page.beside(Field.GROUP).startswith("The platform does not have this group.")
    page.choose_group()
    assert page.view.problems.beside == {}
    page.paste_author("hello")
    assert page.beside(Field.AUTHOR).startswith("There is no person in this text.")
    page.paste_author("nobody@acme.example")
    assert page.beside(Field.AUTHOR).startswith("Nobody on the platform has the address nobody@acme.example.")
    page.paste_author(AUTHOR)
    assert (page.view.problems.beside, page.author.summary.text) == ({}, "Alex Martin")


def test_one_link_names_group_and_author(page: Page) -> None:
    page.paste_group(
        f"https://app.360learning.com/group/{page.kit.bench.group()}/users/profile/{page.kit.bench.user()}"
    )
    assert (page.group.summary.bold, page.author.summary.text) == ("DACH", "Alex Martin")
    assert page.author.is_pasting
    assert page.author.pasted == page.group.pasted


def test_such_a_link_takes_nobody_away(page: Page) -> None:
    page.choose_group()
    page.presenter.author.choose(page.kit.bench.user())
    page.paste_group(f"https://app.360learning.com/group/{page.kit.bench.group()}/users/profile/{NOBODY}")
    assert (page.author.summary.text, page.author.pasted) == ("Alex Martin", "")


def test_an_author_pasted_before_the_group_waits_for_it(page: Page) -> None:
    page.paste_author(f"{page.kit.bench.platform.url}/users/{page.kit.bench.user()}")
    assert page.draft.author == Author(page.kit.bench.user())
    page.choose_group()
    assert page.author.summary.help_text == "Editor in DACH · active"


def test_an_address_pasted_before_the_group_waits_for_it(page: Page) -> None:
    page.paste_author(AUTHOR)
    assert page.draft.author is None
    page.choose_group()
    assert page.author.summary.text == "Alex Martin"


def test_a_searched_address_that_nobody_in_the_list_has_is_looked_up(page: Page) -> None:
    page.presenter.author.search(AUTHOR)
    page.kit.asker.pass_ms(PAUSE_MS)
    assert page.draft.author is None
    page.choose_group()
    page.presenter.author.search("sam.okafor@acme.exampl")
    page.presenter.author.search("sam.okafor@acme.example")
    page.kit.asker.pass_ms(PAUSE_MS)
    assert page.author.summary.help_text == "Coach in DACH. The author needs to be editor or admin there."
    assert len([r for r in page.kit.bench.platform.received("GET", USERS) if "okafor" in str(r.query)]) == 1


def test_only_links_where_the_credentials_cannot_list(guide: Page) -> None:
    assert (guide.group.can_list, guide.group.is_pasting) == (False, True)
    assert guide.group.no_list_reason.startswith("These credentials cannot list groups.")
    guide.choose_group()
    assert guide.draft.group is None
    guide.paste_group(guide.kit.bench.group())
    summary = guide.group.summary
    assert (summary.text, summary.status_name) == (guide.kit.bench.group(), "Not tested")
    assert summary.help_text == "This group could not be looked up. Creating will show whether it exists."
    assert (guide.author.can_list, guide.author.is_pasting) == (False, True)
    assert guide.author.no_list_reason.startswith("These credentials cannot list people.")
    guide.paste_author(guide.kit.bench.user())
    assert guide.author.summary.status_name == "Not tested"
    assert guide.presenter.may_leave()
    guide.paste_group(guide.kit.bench.group("France"))
    assert guide.draft.author is not None
    assert guide.draft.author.suitability == "unknown"


# ------------------------------------------------------------------ going on


def test_both_are_needed(page: Page) -> None:
    assert not page.presenter.may_leave()
    assert page.view.problems.title == "2 answers are missing or need a change"
    assert page.view.problems.listed == (
        (Field.GROUP, "Choose the group for the content."),
        (Field.AUTHOR, "Choose the author of the courses."),
    )
    page.choose_group()
    assert [field for field, _text in page.view.problems.listed] == []  # the people were read since


def test_what_is_wrong_with_a_pasted_text_says_more(page: Page) -> None:
    page.paste_group("hello")
    assert not page.presenter.may_leave()
    assert page.beside(Field.GROUP).startswith("There is no group in this text.")
    assert page.beside(Field.AUTHOR) == "Choose the author of the courses."


def test_pasted_and_on_at_once(guide: Page) -> None:
    guide.presenter.author.paste(guide.kit.bench.user())
    guide.presenter.group.paste(guide.kit.bench.group())
    assert guide.presenter.may_leave()


def test_it_goes_on_by_itself_when_the_look_up_has_ended(page: Page) -> None:
    page.kit.asker.hold()
    page.presenter.group.paste(page.kit.bench.group())
    assert not page.presenter.may_leave()
    assert page.view.problems.beside == {}
    assert page.kit.navigation.asked == []
    page.kit.asker.release()
    assert page.kit.navigation.asked == ["go_on"]


def test_it_waits_for_the_author_who_is_looked_up_after_the_group(page: Page) -> None:
    page.presenter.author.paste(AUTHOR)
    page.kit.asker.hold()
    page.presenter.group.paste(page.kit.bench.group())
    assert not page.presenter.may_leave()
    page.kit.asker.release()
    assert page.kit.navigation.asked == ["go_on"]
    assert page.draft.author is not None


def test_a_searched_address_is_waited_for(page: Page) -> None:
    page.choose_group()
    page.presenter.author.search("sam.okafor@acme.example")
    assert page.presenter.may_leave()
    assert page.author.summary.text == "Sam Okafor"


def test_whoever_thinks_about_leaving_stays(page: Page) -> None:
    page.kit.asker.hold()
    page.presenter.group.paste(page.kit.bench.group())
    assert not page.presenter.may_leave()
    page.presenter.stay()
    page.kit.asker.release()
    assert page.kit.navigation.asked == []


def test_a_problem_of_a_later_page_is_said_at_its_field(page: Page) -> None:
    page.presenter.show_problem(Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP))
    assert page.beside(Field.GROUP).startswith("The platform does not have this group.")
    assert page.kit.screen.focused == [Field.GROUP]
    page.presenter.show_problem(Expected(Code.NAME_TAKEN, field=Field.NAME, name="x"))
    assert page.kit.screen.focused == [Field.GROUP]


# ------------------------------------------------------------------ other drafts and customers


def test_another_draft_has_chosen_nothing(page: Page) -> None:
    page.choose_group()
    page.presenter.author.choose(page.kit.bench.user())
    page.presenter.group.search("da")
    page.presenter.author.search("al")
    page.presenter.author.paste("hello")
    page.presenter.may_leave()
    page.open("d2")
    assert (page.view.group.chosen_id, page.view.author.chosen_id) == (None, None)
    assert (page.group.searched, page.author.searched, page.author.pasted) == ("", "", "")
    assert page.view.problems.beside == {}
    assert page.group.summary.text == "No group chosen yet"


def test_an_open_answer_empties_its_link_when_the_page_is_entered(page: Page) -> None:
    page.paste_group("hello")
    page.paste_author("hello")
    page.presenter.enter()
    assert (page.group.pasted, page.author.pasted, page.view.problems.beside) == ("", "", {})


def test_a_look_up_of_another_draft_is_not_heard(page: Page) -> None:
    page.kit.asker.hold()
    page.presenter.group.paste(page.kit.bench.group())
    assert not page.presenter.may_leave()
    other = replace(page.draft, id="d2")
    page.kit.shared.book.open(other)
    page.kit.asker.release()
    assert page.draft == other


def test_what_is_known_of_an_author_counts_in_the_group_it_was_asked_for(page: Page) -> None:
    page.choose_group()
    page.kit.asker.hold()
    page.presenter.author.paste(AUTHOR)
    assert not page.presenter.may_leave()
    page.kit.shared.book.answer(group=Place(page.kit.bench.group("France")))
    page.kit.asker.release()
    assert page.draft.author is None


def test_the_list_of_another_group_tells_nothing_of_the_author(page: Page) -> None:
    page.kit.asker.hold()
    page.choose_group()
    other = Author(page.kit.bench.user())
    page.kit.shared.book.answer(group=Place(page.kit.bench.group("France")), author=other)
    page.kit.asker.release()
    assert page.draft.author == other


def test_another_customer_is_read_anew(guide: Page) -> None:
    bench = guide.kit.bench
    guide.presenter.author.swap()
    other = customer("c2", "ACME", bench.customer.origin, "second", "ACME Academy")
    bench.platform.world.add(replace(bench.credential, client_id="second"))
    bench.services.local.secrets.keychain.save(other.entry, Secret(bench.credential.client_secret))
    bench.services.local.ledger.customers.keep(other)
    guide.open(connection=Connection("c2", other.origin, "second"))
    assert (guide.group.can_list, guide.group.is_pasting, guide.group.no_list_reason) == (True, False, "")
    assert guide.view.group.forest is not None
    assert guide.author.is_pasting  # as the person left it
    assert guide.people() == []


def test_without_a_customer_nothing_is_read(page: Page) -> None:
    asked = len(page.kit.bench.platform.received())
    page.open("d2", connection=None)
    assert len(page.kit.bench.platform.received()) == asked
    assert (page.group.summary.text, page.view.group.forest) == ("", None)


# ------------------------------------------------------------------ what fails, and what takes its time


def test_groups_that_cannot_be_read_can_be_read_again(kit: Kit) -> None:
    fault = Fault("status", "GET", GROUPS, times=None, status=503)
    kit.bench.platform.faults.add(fault)
    page = Page(kit)
    assert page.group.summary.text == "No groups read"
    assert page.beside(Field.GROUP) != ""
    link = (page.group.link, page.group.link_text, page.group.link_name)
    assert link == (WaitLink.TRY_AGAIN, "Try again", "Read the groups again")
    kit.bench.platform.faults.clear()
    page.presenter.group.try_again()
    assert (page.group.summary.text, page.group.link) == ("No group chosen yet", WaitLink.NONE)
    assert page.view.problems.beside == {}


def test_a_group_can_be_pasted_where_the_list_failed(kit: Kit) -> None:
    kit.bench.platform.faults.add(Fault("status", "GET", GROUPS, times=None, status=503))
    page = Page(kit)
    page.paste_group(kit.bench.group())
    assert (page.group.summary.bold, page.group.link) == ("DACH", WaitLink.NONE)
    kit.bench.platform.faults.clear()
    page.presenter.enter()
    assert page.view.group.forest is not None


def test_people_that_cannot_be_read_can_be_read_again(page: Page) -> None:
    page.kit.bench.platform.faults.add(Fault("status", "GET", USERS + "*", times=None, status=503))
    page.choose_group()
    assert page.author.summary.text == "No people read"
    assert page.author.link_name == "Read the people again"
    assert page.beside(Field.AUTHOR) != ""
    page.kit.bench.platform.faults.clear()
    page.presenter.author.try_again()
    assert (page.author.summary.text, page.view.problems.beside) == ("No author chosen yet", {})
    assert page.people() != []


def test_a_pause_is_told_and_counts_down(waiting: Page) -> None:
    waiting.kit.asker.tell(Waiting(3))
    assert waiting.group.summary.text == "The platform asks us to wait. Going on in 3 seconds."
    assert waiting.group.link is WaitLink.STOP
    waiting.kit.asker.pass_ms(1_000)
    assert waiting.group.summary.text == "The platform asks us to wait. Going on in 2 seconds."
    waiting.kit.asker.pass_ms(2_100)
    assert waiting.group.summary.text == "Reading groups…"


def test_reading_groups_can_be_stopped_and_begun_again(waiting: Page) -> None:
    assert waiting.group.link is WaitLink.NONE
    waiting.kit.asker.pass_ms(2_000)
    assert (waiting.group.link, waiting.group.link_text) == (WaitLink.STOP, "Stop waiting")
    waiting.presenter.group.stop_waiting()
    assert (waiting.group.summary.text, waiting.group.link) == ("No groups read", WaitLink.TRY_AGAIN)
    waiting.kit.asker.release()
    assert waiting.view.group.forest is None
    waiting.presenter.group.try_again()
    assert waiting.view.group.forest is not None


def test_reading_people_can_be_stopped_and_begun_again(page: Page) -> None:
    page.kit.asker.hold()
    page.choose_group()
    page.kit.asker.tell(Waiting(30, is_asked=False))
    assert page.author.summary.text == "The platform does not answer. We try again."
    page.presenter.author.stop_waiting()
    assert (page.author.summary.text, page.author.link) == ("No people read", WaitLink.TRY_AGAIN)
    page.kit.asker.release()
    page.presenter.author.try_again()
    assert page.people() != []


def test_looking_up_a_group_can_be_stopped_and_begun_again(page: Page) -> None:
    page.kit.asker.hold()
    page.presenter.group.paste(page.kit.bench.group())
    assert not page.presenter.may_leave()
    page.kit.asker.tell(Waiting(30))
    assert page.group.summary.text.startswith("The platform asks us to wait.")
    page.presenter.group.stop_waiting()
    assert page.group.summary.text == "No group chosen yet"
    assert (page.group.link, page.group.link_name) == (WaitLink.TRY_AGAIN, "")
    page.kit.asker.release()
    assert page.kit.navigation.asked == []
    page.presenter.group.try_again()
    assert (page.group.summary.bold, page.group.link) == ("DACH", WaitLink.NONE)


@pytest.mark.parametrize("is_searched", [True, False])
def test_looking_up_an_author_can_be_stopped_and_begun_again(page: Page, is_searched: bool) -> None:
    page.choose_group()
    page.kit.asker.hold()
    (page.presenter.author.search if is_searched else page.presenter.author.paste)("sam.okafor@acme.example")
    page.kit.asker.pass_ms(PAUSE_MS + 2_000)
    assert page.author.link is WaitLink.STOP
    page.presenter.author.stop_waiting()
    assert (page.author.summary.text, page.author.link) == ("No author chosen yet", WaitLink.TRY_AGAIN)
    page.kit.asker.release()
    page.presenter.author.try_again()
    assert (page.author.summary.text, page.author.link) == ("Sam Okafor", WaitLink.NONE)


def test_the_rights_of_a_chosen_author_can_be_asked_for_again(guide: Page) -> None:
    guide.paste_group(guide.kit.bench.group())
    guide.kit.asker.hold()
    guide.kit.shared.book.answer(author=Author(guide.kit.bench.user()))
    guide.presenter.enter()
    guide.kit.asker.pass_ms(2_000)
    guide.presenter.author.stop_waiting()
    assert guide.author.link is WaitLink.TRY_AGAIN
    guide.kit.asker.release()
    guide.presenter.author.try_again()
    assert guide.draft.author is not None
    assert guide.draft.author.suitability == "unknown"


def test_there_is_nothing_to_try_again_without_a_text(page: Page) -> None:
    page.choose_group()
    before = page.view
    page.presenter.author.try_again()
    page.presenter.group.try_again()
    assert page.view == before


def test_nothing_is_stopped_where_nothing_runs(page: Page) -> None:
    page.presenter.group.stop_waiting()
    assert page.group.link is WaitLink.NONE


# ------------------------------------------------------------------ credentials and keychain


@pytest.fixture
def asking(kit: Kit, tmp_path: Path) -> Iterator[Asking]:
    """A keychain that asks the person, and whose prompt is still open."""
    made = Asking()
    made.answered.set()
    kit.bench.keychain = made
    made.save(kit.bench.customer.entry, kit.bench.services.local.secrets.load(kit.bench.customer.entry))
    kit.asker._services = kit.bench.restarted()
    made.answered.clear()
    yield made
    made.answered.set()


def test_the_keychain_is_told_and_stopping_leads_to_the_credentials(kit: Kit, asking: Asking) -> None:
    kit.asker.hold()
    page = Page(kit, group=Place(kit.bench.group(), ("ACME Academy", "DACH")))
    kit.asker.tell(KeychainAsked())
    assert (page.group.summary.text, page.author.summary.text) == (ASKING, ASKING)
    assert page.group.link is WaitLink.STOP
    page.presenter.group.stop_waiting()
    page.presenter.author.stop_waiting()
    assert page.group.summary.text == ASKING  # it tells how it ended
    kit.asker.release()
    assert kit.navigation.asked == [Code.KEYCHAIN_SILENT, Code.KEYCHAIN_SILENT]
    assert page.view.problems.beside == {}


def test_an_answered_keychain_is_said_no_more(waiting: Page) -> None:
    waiting.kit.asker.tell(KeychainAsked())
    assert waiting.group.summary.text == ASKING
    waiting.kit.asker.tell(KeychainAsked(is_answered=True))
    assert waiting.group.summary.text == "Reading groups…"


def test_a_token_that_ended_is_said_on_the_page(kit: Kit) -> None:
    kit.bench.platform.faults.add(Fault("expire_token", "GET", GROUPS, times=None))
    page = Page(kit)
    assert page.beside(Field.GROUP).startswith("The platform no longer accepts these credentials.")
    assert kit.navigation.asked == []


def test_a_job_that_was_told_to_end_says_nothing(waiting: Page) -> None:
    waiting.presenter.group.state.reading._latest.stop()
    waiting.kit.asker.release()
    assert (waiting.group.summary.text, waiting.view.problems.beside) == ("No groups read", {})


def test_another_language_speaks_of_the_same(page: Page) -> None:
    page.choose_group()
    shown = page.view
    page.presenter.publish()
    assert page.view == shown
    assert page.kit.screen.views[-1] is not shown


def test_no_view_tells_more_than_it_should(page: Page) -> None:
    page.choose_group()
    assert len(repr(page.view)) < 3_000
    assert page.kit.bench.credential.client_secret not in repr(page.view)


def test_nobody_is_looked_up_for_a_group_that_is_no_longer_chosen(page: Page) -> None:
    page.choose_group()
    page.presenter.author.search("sam.okafor@acme.example")
    page.kit.shared.book.answer(group=None)
    page.kit.asker.pass_ms(PAUSE_MS)
    assert (page.draft.author, page.author.summary.text) == (None, "Choose the group first")


def test_a_presenter_without_a_page_keeps_quiet(kit: Kit) -> None:
    presenter = PlacePresenter(kit.shared)
    presenter.show_problem(Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP))
    presenter.publish()
    assert kit.screen.views == []
