"""The review page: answers, checks that are made before anything is created, the exact request."""

from dataclasses import replace

import pytest
from keyring.errors import KeyringLocked

from tests.flow.conftest import Kit
from tests.jobs.bench import INTEGRATIONS, NAME, TOKEN
from tests.jobs.test_keychain import Asking
from tests.store.test_system_keychain import Fake
from wizard.core.checks import FRESH_FOR_S, Check, CheckResult, Outcome
from wizard.core.curl import Shell
from wizard.core.draft import Draft
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import KeychainAsked, Waiting
from wizard.core.secret import Secret
from wizard.demo import Fault, Integration, fixed_id
from wizard.flow.result_line import LineState
from wizard.flow.wizard.review import ReviewPresenter, ReviewView
from wizard.flow.wizard.review_checks import MENDED_AT, checked_view
from wizard.jobs.integrations.preflight import Checked
from wizard.store.keychain import SystemKeychain

PROMISE = "Nothing is changed by these checks."
PASSED = "8 of 10 checks passed"
"""The practice customer of these tests knows no root group, and the right to create cannot be tested."""


class Page:
    """The page, entered with a complete draft."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.presenter = ReviewPresenter(kit.shared)
        self.presenter.attach(kit.screen)

    @property
    def view(self) -> ReviewView:
        """What is shown now."""
        shown: ReviewView = self.kit.screen.view
        return shown

    def enter(self, draft: Draft | None = None) -> None:
        """Come to the page with these answers."""
        self.kit.shared.book.open(draft or self.kit.bench.draft())
        self.presenter.enter()

    def take_the_name(self) -> None:
        """Somebody else creates one of the same name."""
        bench = self.kit.bench
        values = {"externalPlatform": NAME, "groupId": bench.group(), "authorId": bench.user()}
        bench.platform.world.add(Integration(fixed_id("faster"), values))

    @property
    def checks_made(self) -> int:
        """How often all checks were made: each time, the list is read for the rights and for the name."""
        return self.kit.bench.talk().count("list") // 2


@pytest.fixture
def page(kit: Kit) -> Page:
    return Page(kit)


# ---------------------------------------------------------------------- what is shown


def test_before_it_is_entered(page: Page) -> None:
    assert (page.view.checks.title, page.view.rows, page.view.request, page.presenter.primary) == ("Checks", (), "", "")
    assert page.presenter.curl(Shell.BASH) == ""


def test_answers_and_request(page: Page) -> None:
    page.enter()
    assert page.view.lead == "One integration will be added in ACME Academy. Nothing will be changed or removed."
    assert page.view.platform == "ACME Academy"
    assert [row.label for row in page.view.rows][:3] == ["Group", "Author", "Name"]
    first, *headers = page.view.request.split("\n\n")[0].splitlines()
    assert first == f"POST {page.kit.bench.platform.url}{INTEGRATIONS}"
    assert "authorization: Bearer ***" in headers
    assert f'"externalPlatform": "{NAME}"' in page.view.request
    for shell in Shell:
        assert page.kit.bench.platform.url in page.presenter.curl(shell)
        assert "TOKEN" in page.presenter.curl(shell)


def test_a_draft_with_a_gap_shows_nothing_and_says_what_is_missing(page: Page) -> None:
    page.enter(page.kit.bench.draft(name=""))
    assert (page.view.rows, page.kit.bench.talk()) == ((), [])
    assert not page.presenter.may_leave()
    problems = page.view.problems
    assert (problems.title, problems.raised, problems.takes_focus) == (
        "1 answer is missing or needs a change",
        1,
        True,
    )
    assert [field for field, _text in problems.listed] == [Field.NAME]
    page.enter(Draft("nothing"))
    assert (page.view.rows, page.presenter.may_leave()) == ((), False)


def test_an_answer_is_changed_on_its_page(page: Page) -> None:
    page.presenter.change(Field.AUTHOR)
    page.presenter.show_problem(Expected(Code.NAME_TAKEN, field=Field.NAME))
    assert page.kit.navigation.asked == [Field.AUTHOR]


# ---------------------------------------------------------------------- checks


def test_checked_when_it_is_entered(page: Page) -> None:
    page.enter()
    running = next(view.checks for view in page.kit.screen.views if view.rows)
    assert (running.title, running.note, running.can_stop) == ("Checking…", PROMISE, False)
    checks = page.view.checks
    assert (checks.title, len(checks.passed), len(checks.time)) == (PASSED, 8, 5)
    assert [(line.state, line.state_name) for line in checks.others] == [(LineState.UNTESTED, "Not tested")] * 2
    assert {line.field for line in (*checks.passed, *checks.others)} == {None}
    assert page.presenter.is_checked


def test_coming_back_with_the_same_answers_checks_nothing_again(page: Page) -> None:
    page.enter()
    page.enter()
    assert page.checks_made == 1
    page.enter(page.kit.bench.draft("Another name"))
    assert page.checks_made == 2
    page.presenter.forget_checks()
    assert not page.presenter.is_checked
    page.presenter.enter()
    assert page.checks_made == 3


def test_what_fails_stands_first_and_leads_to_its_answer(page: Page) -> None:
    page.take_the_name()
    page.enter()
    first = page.view.checks.others[0]
    assert (first.text, first.state, first.state_name, first.field) == (
        f"{NAME} already exists in DACH",
        LineState.PROBLEM,
        "Failed",
        Field.NAME,
    )


def test_every_check_that_can_fail_leads_somewhere() -> None:
    # The age of the checks is mended by making them again.
    assert set(MENDED_AT) == set(Check) - {Check.FRESH}


def test_the_worst_comes_first(kit: Kit) -> None:
    outcomes = (Outcome.NOT_POSSIBLE, Outcome.PASSED, Outcome.WARNING, Outcome.FAILED)
    results = tuple(CheckResult(Check.NAME_ALONE, outcome, "same-group", {"name": "a\nb"}) for outcome in outcomes)
    shown = checked_view(kit.shared.words, Checked(results, 0.0, "2026-01-02T03:04:05+00:00"))
    assert [line.state for line in shown.others] == [LineState.PROBLEM, LineState.WARNING, LineState.UNTESTED]
    assert [line.field for line in shown.others] == [Field.NAME, Field.NAME, None]
    assert "“a b”" in shown.others[1].help_text


def test_checks_that_cannot_be_made(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_customer_id: str) -> None:
        raise Expected(Code.STORE_FAILED)

    with monkeypatch.context() as ledger:
        ledger.setattr(page.kit.bench.services.local.ledger.customers, "get", broken)
        page.enter()
    checks = page.view.checks
    assert (checks.title, len(checks.others), checks.passed) == ("The checks could not be made", 1, ())
    assert not page.presenter.is_checked
    page.presenter.run_checks()
    assert page.view.checks.title == PASSED


# ---------------------------------------------------------------------- going on


def test_good_checks_let_it_go_on(page: Page) -> None:
    page.enter()
    assert page.presenter.may_leave()
    assert (page.view.problems.title, page.kit.navigation.asked) == ("", [])


def test_a_failed_check_stands_in_the_way_and_says_so_each_time(page: Page) -> None:
    page.take_the_name()
    page.enter()
    told = []
    for _ in range(2):
        assert not page.presenter.may_leave()
        told.append(page.view.problems)
    assert [(one.title, one.takes_focus) for one in told] == [("1 check stands in the way", False)] * 2
    assert told[0].listed == ((Field.NAME, f"{NAME} already exists in DACH"),)
    assert told[0].raised < told[1].raised
    page.kit.bench.platform.world.integrations.clear()
    page.presenter.run_checks()
    assert page.view.problems.title == ""
    assert page.presenter.may_leave()


def test_old_checks_are_made_again_and_then_it_goes_on(page: Page) -> None:
    page.enter()
    page.kit.asker.pass_ms(round(FRESH_FOR_S * 1000) - 5_000)
    assert (page.presenter.is_fresh, page.presenter.may_leave()) == (True, True)
    page.kit.asker.pass_ms(5_000)
    assert (page.presenter.is_fresh, page.presenter.may_leave(), page.checks_made) == (False, False, 2)
    assert page.kit.navigation.asked == []
    page.kit.asker.pass_ms(0)
    assert page.kit.navigation.asked == ["go_on"]


def test_pressed_while_the_checks_run_it_goes_on_after_them(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    assert not page.presenter.may_leave()
    page.kit.asker.release()
    page.kit.asker.pass_ms(0)
    assert (page.kit.navigation.asked, page.checks_made) == (["go_on"], 1)


@pytest.mark.parametrize("is_checked", [False, True], ids=["before the checks have ended", "right after"])
def test_whoever_goes_elsewhere_creates_nothing(page: Page, is_checked: bool) -> None:
    page.kit.asker.hold()
    page.enter()
    page.presenter.may_leave()
    if is_checked:
        page.kit.asker.release()
    page.presenter.stay()
    page.kit.asker.release()
    page.kit.asker.pass_ms(100)
    assert page.kit.navigation.asked == []


def test_other_answers_are_checked_before_it_goes_on(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    page.kit.shared.book.open(page.kit.bench.draft("Another name"))
    assert not page.presenter.may_leave()
    page.kit.asker.release()
    page.kit.asker.pass_ms(0)
    assert page.kit.navigation.asked == ["go_on"]
    assert page.presenter.is_checked


def test_running_the_checks_again_creates_nothing(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    page.presenter.may_leave()
    page.presenter.run_checks()
    page.kit.asker.release()
    page.kit.asker.pass_ms(100)
    assert (page.kit.navigation.asked, page.view.checks.title) == ([], PASSED)


# ---------------------------------------------------------------------- waiting


def test_waits_are_told_and_can_be_stopped(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    page.presenter.may_leave()
    assert not page.view.checks.can_stop
    page.kit.asker.tell(KeychainAsked())
    asking = "The keychain may be asking for its password in another window."
    assert (page.view.checks.note, page.view.checks.can_stop) == (asking, True)
    page.kit.asker.tell(KeychainAsked(is_answered=True))
    assert page.view.checks.note == PROMISE
    page.kit.asker.tell(Waiting(2))
    page.kit.asker.pass_ms(1_500)
    assert page.view.checks.note == "The platform asks us to wait. Going on in 1 second."
    page.presenter.stop_checking()
    checks = page.view.checks
    assert (checks.title, checks.others[0].text, checks.can_stop) == ("The checks could not be made", "Stopped", False)
    shown = len(page.kit.screen.views)
    page.kit.asker.release()
    page.kit.asker.pass_ms(5_000)
    assert (page.kit.navigation.asked, len(page.kit.screen.views)) == ([], shown)
    page.presenter.run_checks()
    assert page.view.checks.title == PASSED


def test_stopped_behind_a_keychain_that_asks_the_checks_still_tell_their_end(page: Page) -> None:
    asking = Asking()
    asking.answered.set()
    asking.save(page.kit.bench.customer.entry, Secret(page.kit.bench.credential.client_secret))
    asking.answered.clear()
    page.kit.bench.keychain = asking
    page.kit.asker._services = page.kit.bench.restarted()
    page.kit.asker.hold()
    page.enter()
    page.kit.asker.tell(KeychainAsked())
    page.presenter.stop_checking()
    assert (page.view.checks.title, page.view.checks.can_stop) == ("Checking…", False)
    page.kit.asker.release()
    first = page.view.checks.others[0]
    assert (first.text, first.field) == ("Sign-in: not in order", Field.CLIENT_SECRET)
    assert "The keychain of this computer did not answer" in first.help_text
    asking.answered.set()
    page.presenter.run_checks()
    assert page.view.checks.title == PASSED


def test_checks_that_are_begun_again_wait_for_nothing_yet(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    page.kit.asker.tell(Waiting(20))
    page.presenter.run_checks()
    assert (page.view.checks.note, page.view.checks.can_stop) == (PROMISE, False)


def test_slow_checks_can_be_stopped(page: Page) -> None:
    page.kit.asker.hold()
    page.enter()
    page.kit.asker.pass_ms(1_999)
    assert not page.view.checks.can_stop
    page.kit.asker.pass_ms(1)
    assert (page.view.checks.note, page.view.checks.can_stop) == (PROMISE, True)


def test_stopping_checks_that_have_ended_changes_nothing(page: Page) -> None:
    page.enter()
    shown = len(page.kit.screen.views)
    page.presenter.stop_checking()
    assert {view.checks.title for view in page.kit.screen.views[shown:]} == {PASSED}


def test_a_locked_keychain_fails_the_sign_in(page: Page) -> None:
    keychain = Fake()
    keychain.error = KeyringLocked("locked")
    page.kit.bench.keychain = SystemKeychain(keychain)
    page.kit.asker._services = page.kit.bench.restarted()
    page.enter()
    first = page.view.checks.others[0]
    assert (first.text, first.field) == ("Sign-in: not in order", Field.CLIENT_SECRET)
    assert "The keychain of this computer is locked" in first.help_text


def test_withdrawn_credentials_fail_the_sign_in(page: Page) -> None:
    page.kit.bench.platform.faults.add(
        Fault("status", "POST", TOKEN, times=None, status=401, body={"error": "invalid_client"})
    )
    page.enter()
    assert page.view.checks.others[0].field is Field.CLIENT_SECRET
    assert not page.presenter.may_leave()


def test_no_view_holds_the_secret(page: Page) -> None:
    page.enter(replace(page.kit.bench.draft(), customer="ACME"))
    assert page.kit.bench.credential.client_secret not in repr(page.kit.screen.views)


def test_a_page_that_is_made_later_shows_what_was_found_until_then(kit: Kit) -> None:
    presenter = ReviewPresenter(kit.shared)
    kit.shared.book.open(kit.bench.draft())
    presenter.enter()
    presenter.attach(kit.screen)
    assert [view.checks.title for view in kit.screen.views] == [PASSED]
