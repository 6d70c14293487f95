"""The page of the behaviour: a live sentence under each answer, the look-up of the name, and the previews."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.flow.conftest import Kit, Screen
from tests.jobs.bench import INTEGRATIONS, NAME
from tests.jobs.test_keychain import Asking
from wizard.core.draft import Draft, Frequency, Place
from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected, Field, Stopped
from wizard.core.progress import KeychainAsked, Waiting
from wizard.demo import Fault
from wizard.flow.wizard.behaviour import BehaviourPresenter, BehaviourView
from wizard.flow.wizard.logo_preview import PreviewStatus, PreviewView
from wizard.flow.wizard.name_check import PAUSE_MS, NameCheckView, NameStatus
from wizard.flow.wizard.stoppable_job import WaitLink
from wizard.jobs.integrations import logo_preview
from wizard.jobs.integrations.logo_preview import Decode, Preview

URL = "https://127.0.0.1/logo.png"
"""An address inside of this computer, which is refused without asking anybody."""
FREE = "Learners see {}. Free in this group."


@dataclass
class PictureScreen(Screen):
    """A page whose decoder knows every picture."""

    @property
    def decode_logo(self) -> Decode:
        """The decoder."""
        return lambda picture: Preview("pixels", picture.kind.value, 60, 40, len(picture.content))


class Page:
    """The page in the hands of a person."""

    def __init__(self, kit: Kit, **answers: Any) -> None:
        self.kit, self.screen = kit, PictureScreen()
        self.presenter = BehaviourPresenter(kit.shared)
        self.presenter.attach(self.screen)
        self.open(**answers)

    def open(self, draft_id: str = "d1", **answers: Any) -> None:
        """Enter the page with a draft."""
        bench = self.kit.bench
        usual: dict[str, Any] = {
            "group": Place(bench.group("Sales"), ("ACME Academy", "Sales"), 8, True, (bench.group("ACME Academy"),)),
            "name": "",
            "shows_in_subgroups": None,
            "frequency": None,
            "start_progress": 0,
            "logo_url": "",
        }
        self.kit.shared.book.open(replace(bench.draft(**(usual | answers)), id=draft_id))
        self.presenter.enter()

    @property
    def view(self) -> BehaviourView:
        """What is shown."""
        shown: BehaviourView = self.screen.view
        return shown

    @property
    def check(self) -> NameCheckView:
        """What is known of the name."""
        return self.view.name_check

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.kit.shared.book.draft

    def status(self) -> NameStatus:
        """What is known of the name, in one word."""
        return self.check.status

    def name(self, text: str) -> None:
        """Type a name, and let it rest."""
        self.presenter.type_name(text)
        self.kit.asker.pass_ms(PAUSE_MS)

    def beside(self, field: Field) -> str:
        """What is wrong with an answer."""
        return self.view.problems.beside.get(field, "")


@pytest.fixture
def page(kit: Kit) -> Page:
    """The page, nothing answered."""
    return Page(kit)


# ------------------------------------------------------------------ the answers


def test_nothing_is_answered_at_first(page: Page) -> None:
    view = page.view
    assert (view.name, view.shows_in_subgroups, view.frequency, view.start_progress) == ("", None, None, 0)
    assert (view.subgroups_sentence, view.frequency_sentence) == ("", "")
    assert page.check == NameCheckView()
    assert view.more_note == "Start progress 0%, no logos"
    assert view.start_progress_sentence == "A learner who clicks Start sees 0%."
    assert not view.is_more_open


@pytest.mark.parametrize(
    ("place", "shows", "sentence"),
    [
        (Place(NAME, ("Sales",), 8), True, "Visible in Sales and 8 subgroups."),  # type: ignore[arg-type]
        (Place(NAME, ("Sales",), 1), True, "Visible in Sales and 1 subgroup."),  # type: ignore[arg-type]
        (Place(NAME, ("Sales",), None), True, "Visible in Sales and its subgroups."),  # type: ignore[arg-type]
        (
            Place(NAME, ("Sales",), 0),  # type: ignore[arg-type]
            True,
            "Visible in Sales. It has no subgroups yet; later ones will see it too.",
        ),
        (Place(NAME, ("Sales",), 8), False, "Visible in Sales only."),  # type: ignore[arg-type]
        (Place(NAME), False, "Visible in the group only."),  # type: ignore[arg-type]
        (None, True, ""),
    ],
)
def test_who_sees_the_content(kit: Kit, place: Place | None, shows: bool, sentence: str) -> None:
    page = Page(kit, group=place)
    page.presenter.choose_subgroups(shows=shows)
    assert (page.draft.shows_in_subgroups, page.view.shows_in_subgroups) == (shows, shows)
    assert page.view.subgroups_sentence == sentence


@pytest.mark.parametrize(
    ("frequency", "sentence"),
    [
        (Frequency.OFTEN, "A course is completed when its progress says so."),
        (
            Frequency.DAILY,
            "A course is completed as soon as a learner opens it, so nobody is stuck in a path.",
        ),
        (
            Frequency.UNSURE,
            "A course is completed as soon as a learner opens it, so nobody is stuck in a path.",
        ),
    ],
)
def test_when_a_course_is_completed(page: Page, frequency: Frequency, sentence: str) -> None:
    page.presenter.choose_frequency(frequency)
    assert (page.draft.frequency, page.view.frequency_sentence) == (frequency, sentence)


def test_the_rest_is_summed_up_beside_more(page: Page) -> None:
    page.presenter.choose_start_progress(30)
    assert (page.view.more_note, page.draft.start_progress) == ("Start progress 30%, no logos", 30)
    page.presenter.type_logo(Field.LOGO, " https://logos.example/a.png ")
    assert page.view.more_note == "Start progress 30%, 1 logo"
    page.presenter.type_logo(Field.UNICOLOR_LOGO, "https://logos.example/b.png")
    assert page.view.more_note == "Start progress 30%, 2 logos"
    assert (page.draft.logo_url, page.view.logo.text) == (
        "https://logos.example/a.png",
        " https://logos.example/a.png ",
    )
    page.presenter.open_more(is_open=True)
    assert page.view.is_more_open
    page.presenter.open_more(is_open=False)
    assert not page.view.is_more_open


def test_what_was_typed_stays_as_it_was_typed(page: Page) -> None:
    page.presenter.type_name("  Atelier  Ω ")
    page.presenter.type_logo(Field.LOGO, " https://logos.example/a.png")
    page.presenter.enter()
    assert (page.draft.name, page.view.name) == (NAME, "  Atelier  Ω ")
    assert page.view.logo.text == " https://logos.example/a.png"
    page.open("d2", name="Other", logo_url="https://logos.example/c.png")
    assert (page.view.name, page.view.logo.text) == ("Other", "https://logos.example/c.png")


# ------------------------------------------------------------------ the name


def test_a_name_is_looked_up_when_typing_has_rested(page: Page) -> None:
    for text in ("A", "At", NAME):
        page.presenter.type_name(text)
    assert page.check == NameCheckView()
    page.kit.asker.pass_ms(PAUSE_MS)
    assert (page.check.status, page.check.bold) == (NameStatus.FREE, NAME)
    assert page.check.sentence == FREE.format(NAME)
    assert len(page.kit.bench.platform.received("GET", INTEGRATIONS)) == 1
    page.presenter.type_name("")
    page.kit.asker.pass_ms(PAUSE_MS)
    assert page.check == NameCheckView()


def test_a_name_that_is_taken_keeps_the_page(page: Page) -> None:
    page.name("Phrasebook Live")
    assert page.status() is NameStatus.TAKEN
    taken = "Phrasebook Live already exists in this group. Use another name, for example with the customer behind it."
    assert page.beside(Field.NAME) == taken
    page.presenter.choose_subgroups(shows=True)
    page.presenter.choose_frequency(Frequency.DAILY)
    assert not page.presenter.may_leave()
    assert page.view.problems.listed == ((Field.NAME, taken),)
    page.name("phrasebook live")
    assert page.status() is NameStatus.SIMILAR
    assert page.check.sentence == "Free, but “Phrasebook Live” exists in Sales. Learners may mix them up."
    assert page.presenter.may_leave()


def test_a_name_that_is_taken_in_one_group_is_free_in_another(page: Page) -> None:
    page.name("Phrasebook Live")
    assert page.beside(Field.NAME) != ""
    group = Place(page.kit.bench.group("Compliance"), ("ACME Academy", "Compliance"))
    page.kit.shared.book.answer(group=group)
    page.presenter.enter()
    assert (page.check.status, page.beside(Field.NAME)) == (NameStatus.FREE, "")


def test_a_name_that_is_still_taken_is_told_again(page: Page) -> None:
    page.name("Phrasebook Live")
    page.kit.asker.hold()
    page.presenter.enter()
    assert page.beside(Field.NAME) == ""
    page.kit.asker.release()
    assert page.beside(Field.NAME) != ""


def test_a_similar_name_in_a_group_that_has_no_name(kit: Kit) -> None:
    page = Page(kit, group=Place(kit.bench.group("Sales")))
    page.name("phrasebook live")
    assert page.check.sentence == "Free, but “Phrasebook Live” exists in the group. Learners may mix them up."


def test_without_a_group_no_name_is_looked_up(kit: Kit) -> None:
    page = Page(kit, group=None)
    page.name(NAME)
    assert (page.check, kit.bench.platform.received("GET", INTEGRATIONS)) == (NameCheckView(), [])


def test_what_is_known_stays_while_it_is_looked_up_again(page: Page) -> None:
    page.name(NAME)
    page.kit.asker.hold()
    page.presenter.enter()
    assert page.status() is NameStatus.FREE
    page.open("d2", name="Other")
    assert (page.check.status, page.check.sentence) == (NameStatus.CHECKING, "")
    page.kit.asker.release()
    assert page.check.sentence == FREE.format("Other")


def test_a_look_up_of_another_draft_is_not_heard(page: Page) -> None:
    page.kit.asker.hold()
    page.name("Phrasebook Live")
    page.kit.shared.book.open(replace(page.draft, id="d2", name=NAME))
    page.kit.asker.release()
    assert (page.check.status, page.beside(Field.NAME)) == (NameStatus.NOTHING, "")


def test_a_name_that_cannot_be_looked_up_is_looked_up_later(page: Page) -> None:
    page.kit.bench.platform.faults.add(Fault("status", "GET", INTEGRATIONS, times=None, status=503))
    page.name(NAME)
    assert page.status() is NameStatus.NOT_CHECKED
    assert page.check.sentence.startswith("Not checked yet: ")
    assert page.check.sentence.endswith(". It is checked again on the next page.")
    assert page.check.link is WaitLink.NONE
    page.kit.bench.platform.faults.clear()
    page.presenter.enter()
    assert page.status() is NameStatus.FREE


def test_a_look_up_that_takes_its_time_can_be_stopped(page: Page) -> None:
    page.kit.asker.hold()
    page.name(NAME)
    assert page.check == NameCheckView(NameStatus.CHECKING)
    page.kit.asker.pass_ms(2_000)
    assert (page.check.link, page.check.link_text) == (WaitLink.STOP, "Stop waiting")
    page.kit.asker.tell(Waiting(2))
    assert page.check.sentence == "The platform asks us to wait. Going on in 2 seconds."
    page.presenter.name_check.stop_waiting()
    assert page.check.sentence == "Not checked yet: Stopped. It is checked again on the next page."
    assert (page.check.link, page.check.link_text) == (WaitLink.TRY_AGAIN, "Try again")
    page.kit.asker.release()
    assert page.status() is NameStatus.NOT_CHECKED
    page.presenter.name_check.try_again()
    assert (page.check.status, page.check.link) == (NameStatus.FREE, WaitLink.NONE)


def test_a_look_up_that_was_told_to_end_says_nothing(page: Page) -> None:
    page.kit.asker.hold()
    page.name(NAME)
    page.presenter.name_check._job._latest.stop()
    page.kit.asker.release()
    assert page.check == NameCheckView()


@pytest.fixture
def asking(kit: Kit, tmp_path: Path) -> Iterator[Asking]:
    """A keychain that asks the person, and whose prompt is still open."""
    made = Asking()
    made.answered.set()
    made.save(kit.bench.customer.entry, kit.bench.services.local.secrets.load(kit.bench.customer.entry))
    kit.bench.keychain = made
    kit.asker._services = kit.bench.restarted()
    made.answered.clear()
    yield made
    made.answered.set()


def test_stopping_behind_the_keychain_says_so(kit: Kit, asking: Asking) -> None:
    kit.asker.hold()
    page = Page(kit, name=NAME)
    kit.asker.tell(KeychainAsked())
    assert page.check.sentence == "The keychain may be asking for its password in another window."
    page.presenter.name_check.stop_waiting()
    kit.asker.release()
    text = "Not checked yet: The keychain of this computer did not answer. It is checked again on the next page."
    assert (page.check.sentence, page.check.link) == (text, WaitLink.TRY_AGAIN)
    assert kit.navigation.asked == []


# ------------------------------------------------------------------ going on


def test_all_questions_are_asked(page: Page) -> None:
    assert not page.presenter.may_leave()
    assert [field for field, _text in page.view.problems.listed] == [Field.NAME, Field.SUBGROUPS, Field.PROGRESS]
    page.presenter.choose_subgroups(shows=True)
    page.presenter.choose_frequency(Frequency.OFTEN)
    page.name(NAME)
    assert page.view.problems.listed == ()
    page.presenter.stay()
    assert page.presenter.may_leave()


def test_a_problem_that_is_folded_away_is_unfolded(page: Page) -> None:
    page.presenter.choose_subgroups(shows=True)
    page.presenter.choose_frequency(Frequency.OFTEN)
    page.name(NAME)
    page.presenter.type_logo(Field.LOGO, "http://logos.example/a.png")
    assert not page.presenter.may_leave()
    assert page.view.is_more_open
    assert page.beside(Field.LOGO).startswith("A logo address has to start with https://.")


def test_an_address_is_judged_when_its_field_is_left(page: Page) -> None:
    page.presenter.type_logo(Field.UNICOLOR_LOGO, "logos.example/a.png")
    assert page.beside(Field.UNICOLOR_LOGO) == ""
    page.presenter.leave_logos()
    assert page.beside(Field.UNICOLOR_LOGO).startswith("A logo address has to start with https://.")
    page.presenter.type_logo(Field.LOGO, "https://logos.example/a.png")
    assert page.beside(Field.UNICOLOR_LOGO) == ""


def test_a_start_progress_out_of_range_is_mended(kit: Kit) -> None:
    page = Page(kit, name=NAME, shows_in_subgroups=True, frequency=Frequency.DAILY, start_progress=101)
    assert not page.presenter.may_leave()
    assert page.beside(Field.START_PROGRESS) == "Use a number from 0 to 100."
    page.presenter.choose_start_progress(100)
    assert page.presenter.may_leave()


def test_a_problem_of_a_later_page_is_said_at_its_field(page: Page) -> None:
    page.presenter.show_problem(Expected(Code.RESERVED_PLATFORM_NAME, field=Field.NAME))
    assert "keeps this name" in page.beside(Field.NAME)
    assert (page.screen.focused, page.view.is_more_open) == ([Field.NAME], False)
    page.presenter.show_problem(Expected(Code.LOGO_NOT_HTTPS, field=Field.LOGO))
    assert (page.screen.focused, page.view.is_more_open) == ([Field.NAME, Field.LOGO], True)
    page.presenter.show_problem(Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP))
    assert len(page.screen.focused) == 2
    page.open("d2")
    assert page.view.problems.beside == {}


def test_a_name_that_the_platform_refused_keeps_its_problem_although_it_is_free(kit: Kit) -> None:
    kit.asker.hold()
    page = Page(kit, name=NAME)
    page.presenter.show_problem(Expected(Code.RESERVED_PLATFORM_NAME, field=Field.NAME))
    kit.asker.release()
    assert page.status() is NameStatus.FREE
    assert "keeps this name" in page.beside(Field.NAME)


def test_a_presenter_without_a_page_keeps_quiet(kit: Kit) -> None:
    presenter = BehaviourPresenter(kit.shared)
    presenter.preview(Field.LOGO)
    presenter.show_problem(Expected(Code.NAME_MISSING, field=Field.NAME))
    assert kit.screen.views == []


# ------------------------------------------------------------------ the previews


def test_nothing_is_fetched_before_it_is_asked_for(page: Page) -> None:
    assert not page.view.logo.preview.can_fetch
    page.presenter.preview(Field.LOGO)
    page.presenter.type_logo(Field.LOGO, URL)
    assert page.view.logo.preview == PreviewView(can_fetch=True)
    page.presenter.preview(Field.LOGO)
    assert page.view.logo.preview.status is PreviewStatus.REFUSED
    assert page.view.logo.preview.sentence.startswith("This address lies inside your own network.")
    page.presenter.type_logo(Field.LOGO, f"{URL}?2")
    assert page.view.logo.preview == PreviewView(can_fetch=True)
    assert not page.view.unicolor_logo.preview.can_fetch


def test_a_picture_is_described(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo_preview, "run", lambda *_given: Picture(Kind.PNG, b"x" * 900))
    page.presenter.type_logo(Field.LOGO, URL)
    page.presenter.preview(Field.LOGO)
    text = "PNG, 60 × 40 pixels, 1 kB. Left on a light ground, right on a dark one."
    assert page.view.logo.preview == PreviewView(True, PreviewStatus.SHOWN, text, "pixels")
    assert "'pixels'" not in repr(page.view)


def test_fetching_is_told_and_can_be_stopped(page: Page) -> None:
    page.presenter.type_logo(Field.LOGO, URL)
    page.kit.asker.hold()
    page.presenter.preview(Field.LOGO)
    page.presenter.preview(Field.LOGO)
    assert page.view.logo.preview == PreviewView(True, PreviewStatus.FETCHING, "Fetching the picture…")
    page.kit.asker.tell(Waiting(3))
    assert page.view.logo.preview.sentence == "The platform asks us to wait. Going on in 3 seconds."
    assert page.view.logo.preview.can_stop
    page.presenter.stop_preview(Field.LOGO)
    assert page.view.logo.preview == PreviewView(True, PreviewStatus.STOPPED)
    page.presenter.stop_preview(Field.LOGO)
    page.kit.asker.release()
    assert page.view.logo.preview == PreviewView(True, PreviewStatus.STOPPED)


def test_a_fetch_that_was_told_to_end_says_nothing(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_given: object) -> Picture:
        raise Stopped

    monkeypatch.setattr(logo_preview, "run", stopped)
    page.presenter.type_logo(Field.LOGO, URL)
    page.presenter.preview(Field.LOGO)
    assert page.view.logo.preview == PreviewView(True, PreviewStatus.STOPPED)
