"""The last page, from the press of the button to the id, and every way in which that can go wrong."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest
from keyring.errors import KeyringLocked

from tests.flow.conftest import Kit
from tests.helpers.create_host import Host
from tests.helpers.made import customer, planned
from tests.jobs.bench import INTEGRATIONS, NAME, never_posts_unseen
from tests.store.test_system_keychain import Fake
from wizard.core.creation import Creation, State
from wizard.core.problems import Code, Expected
from wizard.core.progress import Counted, KeychainAsked, Waiting
from wizard.core.secret import Secret
from wizard.core.store_news import News, NewsKind
from wizard.demo import Fault, Integration, fixed_id
from wizard.flow.result_line import LineState
from wizard.flow.wizard.create import CreatePresenter, CreateView
from wizard.flow.wizard.create_cards import CardView
from wizard.flow.wizard.create_result import ResultView
from wizard.flow.wizard.create_running import PhaseState
from wizard.flow.wizard.create_state import ActionButton, CreateAction, CreateState
from wizard.store.keychain import SystemKeychain

ASKING = "The keychain may be asking for its password in another window."


class Page:
    """The page in the hands of a person: what is read, and buttons that are pressed by their names."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.host = kit, Host()
        self.presenter = CreatePresenter(kit.shared, self.host)
        self.presenter.attach(kit.screen)

    @property
    def view(self) -> CreateView:
        """What is shown now."""
        shown: CreateView = self.kit.screen.view
        return shown

    @property
    def card(self) -> CardView:
        """The card that is shown."""
        assert self.view.card is not None
        return self.view.card

    @property
    def result(self) -> ResultView:
        """The result that is shown."""
        assert self.view.result is not None
        return self.view.result

    @property
    def state(self) -> CreateState:
        """The state of the page."""
        return self.presenter.state

    @property
    def buttons(self) -> dict[str, ActionButton]:
        """The buttons on the page by their names."""
        shown = self.view.card or self.view.result
        ways_on = self.view.result.ways_on if self.view.result else ()
        return {button.name: button for button in (*shown.buttons, *ways_on)} if shown else {}

    def press(self, name: str) -> None:
        """Press a button on the page."""
        self.presenter.press(self.buttons[name].action)

    def create(self) -> None:
        """Press *Create*."""
        self.presenter.start(self.kit.bench.draft())

    def faulty(self, *faults: Fault) -> None:
        """Let the platform fail."""
        for fault in faults:
            self.kit.bench.platform.faults.add(fault)

    def mend(self) -> None:
        """Let the platform work again."""
        self.kit.bench.platform.faults.clear()

    def lines(self) -> list[str]:
        """The lines of the result, with their help."""
        return [" ".join(t for t in (line.text, line.help_text) if t) for line in self.result.lines]

    def restart(self) -> None:
        """Start the program again, with whatever is in the keychain now."""
        self.kit.asker._services = self.kit.bench.restarted()


@pytest.fixture
def page(kit: Kit) -> Page:
    return Page(kit)


def lost() -> Fault:
    """It is created, and the answer is lost."""
    return Fault("drop_after", "POST", INTEGRATIONS)


def unread(*, after: int = 0) -> Fault:
    """The list cannot be read, after so many times that it can."""
    return Fault("status", "GET", INTEGRATIONS, times=None, after=after, status=500)


# ---------------------------------------------------------------------- all goes well


def test_created(page: Page) -> None:
    assert (page.view.heading, page.presenter.primary) == ("Creating", "")
    page.create()
    (made,) = page.kit.bench.made()
    result = page.result
    assert (page.state, result.integration_id, page.view.heading) == (CreateState.DONE, made.id, f"{NAME} is ready")
    assert page.view.lead == "It is now in the group DACH of ACME Academy."
    assert page.lines() == ["Checked: all 8 values match", "Saved in your list"]
    assert [line.state_name for line in result.lines] == ["Passed", "Passed"]
    assert page.buttons["createAnother"].text == "Create another integration for ACME Academy"
    assert (page.presenter.primary, page.presenter.is_over, page.host.asked) == ("closeButton", True, ["finished"])
    assert page.presenter.creation
    assert page.presenter.creation.integration_id == made.id


def test_the_phases_on_the_way(page: Page) -> None:
    page.create()
    running = [view.progress for view in page.kit.screen.views if view.progress]
    assert {(shown.heading, shown.lead) for shown in running} == {
        (f"Creating {NAME}", "In ACME Academy. This usually takes a few seconds.")
    }
    assert [phase.text for phase in running[0].phases] == ["Creating", "Checking", "Saving"]
    to_do, now, done = PhaseState.TO_DO, PhaseState.RUNNING, PhaseState.DONE
    seen = list(dict.fromkeys(tuple(phase.state for phase in shown.phases) for shown in running))
    assert seen == [(now, to_do, to_do), (done, now, to_do), (done, done, now)]


def test_another_is_the_wizards_business(page: Page) -> None:
    page.create()
    page.press("createAnother")
    assert page.host.asked == ["finished", "another"]


def test_a_second_press_while_it_runs_creates_nothing_more(page: Page) -> None:
    page.kit.asker.hold()
    page.create()
    assert page.presenter.is_running
    page.create()
    page.presenter.look()
    page.presenter.press(CreateAction.GIVE_UP)
    page.kit.asker.release()
    assert (page.kit.bench.posts(), page.presenter.is_running) == (1, False)


def test_nothing_leads_past_the_page(page: Page) -> None:
    assert not page.presenter.may_leave()
    page.presenter.stay()
    page.presenter.show_problem(Expected(Code.STORE_FULL))
    page.presenter.enter()
    assert (page.kit.bench.talk(), page.host.asked, page.presenter.left) == ([], [], ())


# ---------------------------------------------------------------------- the answer is lost


def test_lost_after_it_happened(page: Page) -> None:
    page.faulty(lost())
    page.create()
    card = page.card
    assert card.heading == "We do not know yet whether it was created"
    assert card.rows_title == "What was sent"
    assert [label for label, _value in card.rows] == ["Name", "Group", "Sent", "Answer"]
    assert dict(card.rows)["Answer"] == "None, the connection broke"
    assert card.paragraphs[0].startswith("The request went out at ")
    assert card.bold in card.paragraphs[1]
    assert (page.presenter.primary, page.presenter.is_over) == ("lookNow", False)
    page.press("lookNow")
    (made,) = page.kit.bench.made()
    assert (page.state, page.result.integration_id) == (CreateState.DONE, made.id)
    assert page.lines()[0] == "It was there already and was taken into your list. Nothing was sent twice."
    assert (page.kit.bench.posts(), never_posts_unseen(page.kit.bench)) == (1, True)


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (Fault("status", "POST", INTEGRATIONS, status=500, commit=True), "The platform reported a problem of its own"),
        (Fault("html", "POST", INTEGRATIONS, status=200, commit=True), "A web page instead of an answer"),
        (Fault("broken_json", "POST", INTEGRATIONS, commit=True), "None that we could read"),
    ],
)
def test_what_came_instead_of_an_answer(page: Page, fault: Fault, answer: str) -> None:
    page.faulty(fault)
    page.create()
    assert dict(page.card.rows)["Answer"] == answer


def test_lost_before_it_happened(page: Page) -> None:
    page.faulty(Fault("drop_before", "POST", INTEGRATIONS))
    page.create()
    page.press("lookNow")
    assert (page.state, page.kit.bench.posts(), len(page.kit.bench.made())) == (CreateState.DONE, 2, 1)


def test_only_look_withdraws(page: Page) -> None:
    page.faulty(Fault("drop_before", "POST", INTEGRATIONS))
    page.create()
    page.press("onlyLook")
    assert (page.state, page.card.title) == (CreateState.WITHDRAWN, f"{NAME} is not there")
    assert (page.kit.bench.posts(), page.host.asked) == (1, ["finished"])


def test_a_look_that_fails_keeps_the_card_and_says_why(page: Page) -> None:
    page.faulty(lost(), unread(after=1))
    page.create()
    page.press("lookNow")
    assert page.state is CreateState.UNKNOWN
    assert page.card.paragraphs[0].startswith("The platform has a problem of its own. ")
    page.mend()
    page.press("lookNow")
    assert (page.state, page.kit.bench.posts()) == (CreateState.DONE, 1)


def test_there_with_another_author(page: Page) -> None:
    page.faulty(lost())
    page.create()
    (made,) = page.kit.bench.made()
    made.values["authorId"] = fixed_id("somebody else")
    page.press("lookNow")
    assert (page.state, page.card.heading) == (CreateState.NOT_ALONE, "Is this integration yours?")
    page.press("adopt")
    assert (page.state, page.result.integration_id) == (CreateState.DIFFERENT, made.id)


def test_there_but_not_ours(page: Page) -> None:
    page.faulty(lost())
    page.create()
    page.kit.bench.made()[0].values["authorId"] = fixed_id("somebody else")
    page.press("lookNow")
    page.press("giveUp")
    assert (page.state, page.kit.bench.posts()) == (CreateState.WITHDRAWN, 1)
    page.press("createAnother")
    assert page.host.asked == ["finished", "another"]


def test_later(page: Page) -> None:
    page.faulty(lost())
    page.create()
    page.press("later")
    assert (page.host.asked, page.state) == (["later"], CreateState.UNKNOWN)


# ---------------------------------------------------------------------- refusals

REFUSALS = [
    (400, {"error": {"code": "duplicateExternalPlatform"}}, "mend", Code.DUPLICATE_EXTERNAL_PLATFORM),
    (400, {"error": {"code": "reservedPlatformName"}}, "mend", Code.RESERVED_PLATFORM_NAME),
    (404, {"error": {"code": "groupNotFound"}}, "mend", Code.GROUP_NOT_FOUND),
    (404, {"error": {"code": "userNotFound"}}, "mend", Code.USER_NOT_FOUND),
    (400, {"error": {"code": "integrationsLimitReached"}}, "tryAgain", Code.INTEGRATIONS_LIMIT_REACHED),
    (403, {"error": "invalid_scope"}, "tryAgain", Code.INVALID_SCOPE),
    (400, {"error": {"code": "somethingNew"}}, "tryAgain", Code.REFUSED),
]


@pytest.mark.parametrize(("status", "body", "first", "code"), REFUSALS)
def test_a_refusal(page: Page, status: int, body: dict[str, object], first: str, code: Code) -> None:
    page.faulty(Fault("status", "POST", INTEGRATIONS, status=status, body=body))
    page.create()
    assert (page.state, page.presenter.primary) == (CreateState.FAILED, first)
    assert page.card.heading == f"{NAME} was not created"
    assert page.card.footnote.startswith("Details: ")
    page.press("mend")
    assert page.host.asked == [("mend", code)]
    page.presenter.press(CreateAction.TRY_AGAIN)
    assert (page.state, len(page.kit.bench.made()), page.kit.bench.posts()) == (CreateState.DONE, 1, 2)


def test_the_existing_one_is_saved_instead(page: Page) -> None:
    bench = page.kit.bench
    values = {"externalPlatform": NAME, "groupId": bench.group(), "authorId": bench.user()}
    bench.platform.world.add(Integration(fixed_id("faster"), values))
    page.create()
    assert page.state is CreateState.FAILED
    page.press("adopt")
    assert (page.result.integration_id, bench.posts()) == (fixed_id("faster"), 0)


def test_a_plan_that_is_refused_at_last(page: Page) -> None:
    # The program ended before the request; the first look fails, the second is refused by the platform for good.
    bench = page.kit.bench
    draft = bench.draft()
    waiting = Creation(bench.services.local.ledger.operations.plan(planned("p1", draft)))
    page.presenter.show_creation(waiting, draft)
    assert (page.state, page.card.rows_title) == (CreateState.INTERRUPTED, "What will be created")
    assert page.card.rows[-1] == ("Sent", "Not yet")
    page.faulty(Fault("broken_json", "GET", INTEGRATIONS))
    page.press("lookNow")
    assert "The platform's answer cannot be read" in page.card.paragraphs[0]
    refusal = {"error": {"code": "reservedPlatformName"}}
    page.faulty(Fault("status", "POST", INTEGRATIONS, status=400, body=refusal))
    page.press("lookNow")
    said = "The platform keeps this name for its own connectors"
    assert (page.state, page.card.title) == (CreateState.FAILED, said)
    assert (bench.posts(), bench.made()) == (1, [])


def test_without_its_answers_trying_again_looks_again(page: Page) -> None:
    bench = page.kit.bench
    draft = bench.draft()
    waiting = Creation(bench.services.local.ledger.operations.plan(planned("p1", draft)))
    page.presenter.show_creation(waiting)
    page.presenter.press(CreateAction.ADOPT_EXISTING)
    assert bench.talk() == []
    page.presenter.press(CreateAction.TRY_AGAIN)
    assert (page.state, bench.posts()) == (CreateState.DONE, 1)


def test_a_wish_that_was_begun_before_shows_its_own_card(page: Page) -> None:
    page.faulty(lost())
    page.create()
    # As after *Later*: the same wish once more, under another draft; only the ledger knows of the first.
    page.kit.bench.platform.world.integrations.clear()
    page.presenter.start(replace(page.kit.bench.draft(), id="the same once more"))
    assert (page.state, page.kit.bench.posts()) == (CreateState.UNKNOWN, 1)
    assert page.presenter.wanted_draft is None


# ---------------------------------------------------------------------- the id is known, and something is missing


def test_not_checked_yet(page: Page) -> None:
    page.faulty(unread(after=1))
    page.create()
    (made,) = page.kit.bench.made()
    assert (page.state, page.result.integration_id) == (CreateState.NOT_CHECKED, made.id)
    checked = page.result.lines[0]
    assert (checked.state, checked.state_name) == (LineState.UNTESTED, "Not tested")
    assert checked.help_text.startswith("The platform has a problem of its own. ")
    assert "Last tried: " in checked.help_text
    assert (page.presenter.primary, page.host.asked) == ("lookNow", ["finished"])
    page.press("lookNow")
    assert page.state is CreateState.NOT_CHECKED
    page.mend()
    before = len(page.kit.screen.views)
    page.press("lookNow")
    assert page.kit.screen.views[before].heading == f"Checking {NAME}"
    assert (page.state, page.kit.bench.posts()) == (CreateState.DONE, 1)


def test_a_card_of_an_earlier_run_does_not_say_when_it_was_tried(page: Page) -> None:
    page.faulty(unread(after=1))
    page.create()
    creation = page.kit.bench.restarted().local.ledger.creations.get(page.kit.bench.journal()[0].id)
    page.presenter.show_creation(creation)
    assert page.lines()[0] == "The platform's list could not be read yet. The ID is safe."


def test_deleted_before_it_was_checked(page: Page) -> None:
    page.faulty(unread(after=1))
    page.create()
    page.mend()
    page.kit.bench.platform.world.integrations.clear()
    page.press("lookNow")
    assert page.state is CreateState.NOT_THERE
    assert page.view.lead == "It was created in the group DACH of ACME Academy."
    assert "Last checked: " in page.lines()[0]
    page.press("giveUp")
    assert (page.state, page.view.heading) == (CreateState.GONE, f"{NAME} was deleted on the platform")
    assert page.presenter.primary == "closeButton"
    assert page.kit.bench.journal()[0].state is State.GONE


def test_gone_in_an_earlier_run_says_no_time(page: Page) -> None:
    page.faulty(unread(after=1))
    page.create()
    creation = page.kit.bench.journal()[0].with_reason(Code.INTEGRATION_NOT_FOUND.value)
    page.presenter.show_creation(creation)
    assert "Last checked: …." in page.lines()[0]


def test_other_values_than_asked(page: Page) -> None:
    page.faulty(Fault("wrong_echo", "POST", INTEGRATIONS, stored={"defaultProgress": 40}))
    page.create()
    ((name, label, said),) = page.result.differences
    assert (name, label, said) == ("default_progress", "Start progress", "Asked: 5. On the platform: 40.")
    assert page.lines()[0].startswith("Checked: 1 value differs Change it on the platform, then check again. Last")
    assert (page.presenter.primary, list(page.buttons)) == ("closeButton", ["lookNow", "createAnother"])
    page.faulty(unread())
    page.press("lookNow")
    assert page.state is CreateState.DIFFERENT
    assert page.lines()[1].startswith("It could not be checked again The platform has a problem of its own. ")
    page.mend()
    page.kit.bench.made()[0].values["defaultProgress"] = 5
    page.press("lookNow")
    assert (page.state, page.result.differences) == (CreateState.DONE, ())


def test_different_without_a_time(page: Page) -> None:
    page.faulty(Fault("wrong_echo", "POST", INTEGRATIONS, stored={"defaultProgress": 40}))
    page.create()
    only = page.kit.bench.journal()[0]
    assert only.integration is not None
    page.presenter.show_creation(replace(only, integration=replace(only.integration, checked_at="")))
    assert page.lines()[0] == "Checked: 1 value differs Change it on the platform, then check again."


def broken_ledger(page: Page, state: str) -> Callable[[], None]:
    """Make the disk refuse one step of the journal; gives what mends it."""
    assert page.kit.bench.services.local.ledger.customers.all()
    other = sqlite3.connect(page.kit.bench.services.local.folders.ledger)
    other.execute(
        f"CREATE TRIGGER broken BEFORE INSERT ON event WHEN NEW.state = '{state}'"
        " BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
    )
    other.commit()

    def mend() -> None:
        other.execute("DROP TRIGGER broken")
        other.commit()
        other.close()

    return mend


def test_an_id_that_cannot_be_saved_is_shown(page: Page) -> None:
    mend = broken_ledger(page, "created")
    page.create()
    (made,) = page.kit.bench.made()
    assert (page.state, page.result.integration_id) == (CreateState.NOT_SAVED, made.id)
    assert page.lines() == ["Copy the ID now. The disk of this computer could not take it."]
    assert (page.buttons["lookNow"].text, page.presenter.is_over, page.host.asked) == (
        "Try to save it again",
        False,
        [],
    )
    mend()
    page.press("lookNow")
    assert (page.state, page.result.integration_id) == (CreateState.DONE, made.id)
    assert page.kit.bench.posts() == 1


def test_a_disk_that_fails_when_a_kept_one_is_let_go_keeps_its_id_in_sight(page: Page) -> None:
    page.faulty(unread(after=1))
    page.create()
    page.mend()
    page.kit.bench.platform.world.integrations.clear()
    page.press("lookNow")
    mend = broken_ledger(page, "gone")
    page.press("giveUp")
    assert (page.state, bool(page.result.integration_id)) == (CreateState.NOT_THERE, True)
    mend()


def test_a_ledger_that_cannot_be_read_after_a_lost_answer(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.faulty(lost(), unread(after=1))
    page.create()

    def full() -> tuple[Creation, ...]:
        raise Expected(Code.STORE_FAILED)

    with monkeypatch.context() as broken:
        broken.setattr(page.kit.bench.services.local.ledger.creations, "open", full)
        page.press("lookNow")
    assert (page.state, page.buttons["lookNow"].text) == (CreateState.UNKNOWN, "Look now")


def test_what_the_ledger_no_longer_has_open_has_failed(page: Page) -> None:
    page.faulty(lost(), unread(after=1))
    page.create()
    # Another window has closed it meanwhile.
    (only,) = page.kit.bench.journal()
    page.kit.asker.hold()
    page.press("lookNow")
    page.kit.bench.services.local.ledger.operations.withdraw(only.id)
    page.kit.asker.release()
    assert page.state is CreateState.WITHDRAWN


# ---------------------------------------------------------------------- the secret


@pytest.mark.parametrize("is_locked", [False, True], ids=["gone", "locked"])
def test_a_card_without_its_secret(page: Page, is_locked: bool) -> None:
    page.faulty(lost())
    page.create()
    keychain = Fake()
    keychain.error = KeyringLocked("locked") if is_locked else None
    page.kit.bench.keychain = SystemKeychain(keychain)
    page.restart()
    page.press("lookNow")
    assert page.state is CreateState.UNKNOWN
    names = ["lookNow", "pasteSecret", "later"] if is_locked else ["pasteSecret", "lookNow", "later"]
    assert list(page.buttons) == names
    assert [page.buttons[name].is_link for name in names] == [False, True, True]
    page.press("pasteSecret")
    code = Code.KEYCHAIN_LOCKED if is_locked else Code.SECRET_GONE
    assert page.host.asked == [("ask_for_secret", code)]


def test_no_secret_to_paste_where_none_is_missing(page: Page) -> None:
    page.faulty(lost())
    page.create()
    page.presenter.press(CreateAction.PASTE_SECRET)
    assert page.host.asked == []


def test_others_credentials_look_for_it(page: Page) -> None:
    page.faulty(lost())
    page.create()
    bench = page.kit.bench
    # Its own credentials were withdrawn, new ones of the same platform were checked.
    bench.platform.world.remove_credential(bench.credential.client_id)
    bench.platform.world.add(replace(bench.credential, client_id="new-id", client_secret="new-secret"))
    other = customer("c2", "ACME", bench.customer.origin, "new-id", "ACME Academy")
    bench.services.local.ledger.customers.keep(other)
    bench.keychain.save(other.entry, Secret("new-secret"))
    page.presenter.show_creation(bench.journal()[0], bench.draft(), looks_as="c2")
    page.press("lookNow")
    assert (page.state, bench.posts()) == (CreateState.DONE, 1)


# ---------------------------------------------------------------------- waiting


def note(page: Page) -> tuple[str, ...]:
    """What stands below each phase."""
    assert page.view.progress
    return tuple(phase.note for phase in page.view.progress.phases)


def test_a_platform_that_takes_its_time(page: Page) -> None:
    page.kit.asker.hold()
    page.create()
    page.kit.asker.pass_ms(4_999)
    assert note(page) == ("", "", "")
    page.kit.asker.pass_ms(1)
    assert note(page)[0] == "The platform takes its time. You can wait, or stop waiting: nothing gets lost."
    page.kit.asker.release()
    page.kit.asker.pass_ms(10_000)
    assert page.state is CreateState.DONE


def test_waits_are_told(page: Page) -> None:
    page.kit.asker.hold()
    page.create()
    page.kit.asker.tell(KeychainAsked())
    assert note(page)[0] == ASKING
    page.kit.asker.tell(KeychainAsked(is_answered=True))
    assert note(page)[0] == ""
    page.kit.asker.tell(Waiting(4, is_asked=False))
    assert note(page)[0] == "The platform does not answer. We try again."
    page.kit.asker.tell(Waiting(2))
    assert note(page)[0] == "The platform asks us to wait. Going on in 2 seconds."
    page.kit.asker.pass_ms(1_100)
    assert note(page)[0] == "The platform asks us to wait. Going on in 1 second."
    page.kit.asker.pass_ms(1_000)
    page.kit.asker.tell(Counted(3))
    assert note(page) == ("", "", "")


@pytest.mark.parametrize("is_only_looking", [False, True])
def test_stopped(page: Page, is_only_looking: bool) -> None:
    if is_only_looking:
        page.faulty(lost())
        page.create()
    page.kit.asker.hold()
    if is_only_looking:
        page.press("onlyLook")
        assert page.view.heading == f"Looking for {NAME}"
        assert page.view.progress
        assert page.view.progress.phases[0].text == "Looking"
    else:
        page.create()
    assert [str(button) for button in page.presenter.right] == ["stopWaitingButton"]
    page.presenter.stop_waiting()
    assert (page.view.heading, page.state) == ("Stopping…", CreateState.STOPPING)
    assert page.view.lead == (
        "We were only reading the platform's list. Nothing is sent."
        if is_only_looking
        else "The request may already have arrived. We look for it before anything is sent again."
    )
    shown = len(page.kit.screen.views)
    page.presenter.stop_waiting()
    page.kit.asker.tell(Waiting(3))
    assert len(page.kit.screen.views) == shown
    page.kit.asker.release()
    if is_only_looking:
        assert page.state is CreateState.UNKNOWN
    else:
        assert (page.state, page.card.title) == (CreateState.FAILED, "Stopped")


# ---------------------------------------------------------------------- news


def test_news_of_the_list_stand_above_until_something_is_created(page: Page) -> None:
    news = News(NewsKind.RESTORED, "2026-01-02T03:04:05+00:00", "/set/aside")
    page.faulty(lost())
    page.create()
    page.presenter.show_store_news((news,))
    ((title, text),) = page.view.news
    assert title == "Your list was damaged and was restored"
    assert "/set/aside" in text
    page.create()
    assert page.view.news == ()


def test_no_view_holds_the_secret(page: Page) -> None:
    page.create()
    assert page.kit.bench.credential.client_secret not in repr(page.kit.screen.views)


def test_a_page_that_is_made_later_shows_what_came_of_it(kit: Kit) -> None:
    presenter = CreatePresenter(kit.shared, Host())
    presenter.start(kit.bench.draft())
    presenter.attach(kit.screen)
    assert [view.heading for view in kit.screen.views] == [f"{NAME} is ready"]
