"""The wizard around its pages: the way, the bar, drafts and cards that were left, saving, the end."""

from dataclasses import dataclass, field, replace

import pytest

from tests.flow.conftest import Kit, Screen
from tests.helpers.made import customer, planned
from tests.jobs.bench import INTEGRATIONS, NAME
from wizard.core.address import Origin
from wizard.core.creation import Creation, State
from wizard.core.draft import Author, Draft, Step
from wizard.core.integration import Labels
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.secret import Secret
from wizard.core.store_news import News, NewsKind
from wizard.demo import Fault
from wizard.flow.wizard.create_state import CreateAction, CreateState
from wizard.flow.wizard.steps import STEPS, BarButton
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.flow.wizard.wizard_view import CustomerStrip, StepState, WizardView
from wizard.jobs.computer.start import Started

DONE, NOW, TODO = StepState.DONE, StepState.NOW, StepState.TODO


@dataclass
class Window:
    """A window that keeps all that was asked of it, with a page for each step."""

    views: list[WizardView] = field(default_factory=list)
    focused: list[Field] = field(default_factory=list)
    save_problems: list[tuple[str, str]] = field(default_factory=list)
    is_attended: bool = True
    asked_to_leave: int = 0
    closed: int = 0

    @property
    def view(self) -> WizardView:
        """What is shown now."""
        return self.views[-1]

    def show_view(self, view: WizardView) -> None:
        """Show a view state."""
        self.views.append(view)

    def focus(self, at: Field) -> None:
        """Give a field the focus."""
        self.focused.append(at)

    def show_save_problem(self, title: str, detail: str) -> None:
        """Say that saving has failed."""
        self.save_problems.append((title, detail))

    def ask_to_leave(self) -> None:
        """Ask the person."""
        self.asked_to_leave += 1

    def close(self) -> None:
        """Close."""
        self.closed += 1


class Run:
    """One run of the program: a wizard in a window, begun."""

    def __init__(self, kit: Kit, *, url: str = "", begins: bool = True) -> None:
        self.kit, self.window = kit, Window()
        self.wizard = WizardPresenter(kit.asker, kit.shared.words, platform_url=url)
        self.wizard.attach(self.window)
        self.pages = {step: Screen() for step in Step}
        self.wizard.connect.attach(self.pages[Step.CONNECT])
        self.wizard.review.attach(self.pages[Step.REVIEW])
        self.wizard.create.attach(self.pages[Step.CREATE])
        self.wizard.place.attach(self.pages[Step.PLACE])
        if begins:
            self.wizard.begin()

    @property
    def view(self) -> WizardView:
        """What stands around the page."""
        return self.window.view

    @property
    def draft(self) -> Draft:
        """The answers."""
        return self.wizard.book.draft

    def is_at(self, step: Step) -> bool:
        """Whether the page of this step is shown."""
        return self.view.step is step

    def drafts(self) -> list[str]:
        """The names in the saved drafts."""
        return [draft.name for draft in self.kit.bench.services.local.ledger.drafts.all()]

    def connect(self, *, client_id: str = "", secret: str = "") -> None:
        """Type good credentials."""
        page, credential = self.wizard.connect, self.kit.bench.credential
        page.type_customer("ACME")
        page.type_client_id(client_id or credential.client_id)
        page.type_secret(Secret(secret or credential.client_secret))

    def resume(self) -> None:
        """Go on with the draft that is offered."""
        offer = self.pages[Step.CONNECT].view.offer
        assert offer is not None
        self.wizard.connect.resume(offer.draft_id)

    def offers(self) -> bool:
        """Whether a draft is offered."""
        return self.pages[Step.CONNECT].view.offer is not None

    def bar(self) -> list[str]:
        """The object names of the bar's buttons."""
        return [entry.button.value for entry in (*self.view.left, *self.view.right)]


@pytest.fixture
def run(kit: Kit) -> Run:
    """A first run, at the practice platform's address."""
    return Run(kit, url=kit.bench.platform.url)


@pytest.fixture
def left(kit: Kit) -> Kit:
    """A computer with a draft that was left at the review."""
    kit.bench.services.local.ledger.drafts.keep(kit.bench.draft(step=Step.REVIEW))
    return kit


def _answers(run: Run) -> Draft:
    author = run.draft.author
    return replace(run.draft, step=Step.CONNECT, author=author and Author(author.id, author.name))


def _lost(kit: Kit, state: State = State.UNKNOWN, *, is_draft_kept: bool = True) -> Creation:
    """A creation in the ledger whose outcome nobody knows."""
    draft = kit.bench.draft()
    if is_draft_kept:
        kit.bench.services.local.ledger.drafts.keep(draft)
    ledger = kit.bench.services.local.ledger
    ledger.operations.plan(planned("k1", draft, Labels("ACME Academy", ("Sales",), "Alex")))
    if state is State.UNKNOWN:
        ledger.operations.note_sent("k1")
        ledger.operations.note_unknown("k1", Code.TIMED_OUT)
    return ledger.creations.get("k1")


# ---------------------------------------------------------------------- the way


def test_the_first_page(run: Run) -> None:
    assert (run.view.step, run.view.title) == (Step.CONNECT, "Connect · New integration")
    assert run.bar() == ["cancelButton", "nextButton"]
    assert [entry.state for entry in run.view.entries] == [NOW, TODO, TODO, TODO, TODO]
    assert run.view.entries[0].spoken == "Connect, now"
    assert run.view.entries[1].spoken == "Place, to do"
    assert run.view.entries[0].position == "Step 1 of 5 · Connect"
    assert (run.view.strip, run.view.primary, run.view.is_guarded) == (None, "checkConnection", False)


def test_the_whole_way(left: Kit) -> None:
    run = Run(left)
    run.resume()
    assert run.view.history == (Step.CONNECT, Step.PLACE, Step.BEHAVIOUR, Step.REVIEW)
    assert run.bar() == ["cancelButton", "backButton", "createButton"]
    assert run.view.right[-1].text == "Create integration in ACME Academy"
    assert run.view.right[-1].short_text == "Create integration"
    assert (run.view.primary, run.view.is_guarded, run.view.can_press_steps) == ("createButton", True, True)
    host = left.bench.platform.url.removeprefix("http://")
    assert run.view.strip == CustomerStrip("ACME Academy", host, 0, "")
    run.wizard.press(BarButton.CREATE)
    assert run.wizard.create.state is CreateState.DONE
    assert (run.view.title, run.view.primary) == (f"{NAME} is ready", "closeButton")
    assert [entry.state for entry in run.view.entries] == [DONE] * 5
    assert (run.bar(), run.view.can_press_steps) == (["closeButton"], False)
    assert len(left.bench.made()) == 1
    assert run.drafts() == []
    run.wizard.press(BarButton.CLOSE)
    assert run.window.closed == 1


def test_back_and_forth_loses_nothing(left: Kit) -> None:
    run = Run(left)
    run.resume()
    # What is known of the author is read again; who it is stays.
    before = _answers(run)
    run.wizard.press(BarButton.BACK)
    assert (run.view.step, run.view.right[-1].text) == (Step.BEHAVIOUR, "Review answers")
    run.wizard.go_back_to(Step.CONNECT)
    assert run.view.history == (Step.CONNECT,)
    run.wizard.press(BarButton.BACK)
    assert run.is_at(Step.CONNECT)
    for info in STEPS[1:4]:
        run.wizard.press(BarButton.NEXT)
        assert run.is_at(info.step)
        assert _answers(run) == before
    assert run.drafts() == [NAME]


def test_a_page_that_may_not_be_left_is_not(run: Run) -> None:
    run.wizard.press(BarButton.NEXT)
    assert run.is_at(Step.CONNECT)
    run.connect()
    run.wizard.press(BarButton.NEXT)
    assert run.is_at(Step.PLACE)
    run.wizard.press(BarButton.NEXT)
    assert run.is_at(Step.PLACE)


def test_nothing_goes_on_by_itself_where_nobody_is(run: Run) -> None:
    run.connect()
    run.window.is_attended = False
    run.wizard.press(BarButton.NEXT)
    assert run.is_at(Step.CONNECT)


def test_who_goes_back_no_longer_goes_on(left: Kit) -> None:
    run = Run(left)
    run.resume()
    left.asker.hold()
    run.wizard.review.run_checks()
    run.wizard.press(BarButton.CREATE)
    run.wizard.press(BarButton.BACK)
    left.asker.release()
    left.asker.pass_ms(1)  # a page goes on by itself one turn later
    assert run.is_at(Step.BEHAVIOUR)
    assert left.bench.posts() == 0


def test_change_leads_to_the_field(left: Kit) -> None:
    run = Run(left)
    run.resume()
    run.wizard.change(Field.GROUP)
    assert (run.view.step, run.window.focused) == (Step.PLACE, [Field.GROUP])
    run.wizard.change(Field.CLIENT_SECRET)
    assert run.is_at(Step.CONNECT)
    assert run.pages[Step.CONNECT].view.form.secret_placeholder == ""


def test_refused_credentials_lead_to_the_first_page(left: Kit) -> None:
    run = Run(left)
    run.resume()
    run.wizard.refused(Expected(Code.INVALID_CLIENT, host="x"))
    assert run.is_at(Step.CONNECT)
    assert run.view.primary == "remedy"


def test_nothing_leads_back_while_something_is_created(left: Kit) -> None:
    run = Run(left)
    run.resume()
    left.asker.hold()
    run.wizard.press(BarButton.CREATE)
    assert (run.view.step, run.bar(), run.view.primary) == (Step.CREATE, ["stopWaitingButton"], "")
    run.wizard.go_back_to(Step.CONNECT)
    run.wizard.press(BarButton.NEXT)
    run.wizard.press(BarButton.CANCEL)
    assert (run.view.step, run.window.closed) == (Step.CREATE, 0)
    run.wizard.press(BarButton.STOP)
    assert run.wizard.create.state is CreateState.STOPPING


# ---------------------------------------------------------------------- the start


def test_practice_begins_with_its_customer(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(kit.asker), "is_practice", True)
    run = Run(kit)
    assert run.draft.client_id == kit.bench.customer.client_id
    assert run.view.strip == CustomerStrip("Practice platform", "Nothing real is changed", None, "Practice")


def test_a_list_that_cannot_be_used_is_told(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object) -> None:
        raise Expected(Code.STORE_FULL)

    monkeypatch.setattr(kit.bench.services.local, "open_log", full)
    run = Run(kit)
    assert run.pages[Step.CONNECT].view.store_problem is not None


@pytest.mark.parametrize("is_card_first", [False, True])
def test_news_of_the_list_are_told_once_on_the_page_that_is_first(kit: Kit, is_card_first: bool) -> None:
    open_ones = (_lost(kit),) if is_card_first else ()
    news = News(NewsKind.STARTED_EMPTY, where="/aside")
    kit.bench.services.local.ledger.settings.keep_news(news)
    run = Run(kit, begins=False)
    run.wizard._on_started(Started((), (), open_ones, (news,)))
    step = Step.CREATE if is_card_first else Step.CONNECT
    assert (run.view.step, len(run.pages[step].view.news)) == (step, 1)
    assert kit.bench.services.local.ledger.settings.news() is None


# ---------------------------------------------------------------------- drafts


def test_a_draft_that_misses_something_opens_there(left: Kit) -> None:
    left.bench.services.local.ledger.drafts.keep(left.bench.draft(step=Step.REVIEW, author=None))
    run = Run(left)
    run.resume()
    assert run.is_at(Step.PLACE)
    assert not run.offers()


def test_a_draft_left_while_creating_opens_at_the_review(left: Kit) -> None:
    left.bench.services.local.ledger.drafts.keep(left.bench.draft(step=Step.CREATE))
    run = Run(left)
    run.resume()
    assert run.is_at(Step.REVIEW)


def test_a_discarded_draft_gives_way_to_the_next(left: Kit) -> None:
    left.bench.services.local.ledger.drafts.keep(left.bench.draft("Other"))
    run = Run(left)
    first = run.pages[Step.CONNECT].view.offer
    run.wizard.connect.discard(first.draft_id)
    assert run.pages[Step.CONNECT].view.offer not in (None, first)
    assert len(run.drafts()) == 1


def test_answers_that_cannot_be_saved_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_draft: Draft) -> None:
        raise Expected(Code.STORE_FULL, detail="OperationalError")

    monkeypatch.setattr(run.kit.bench.services.local.ledger.drafts, "keep", full)
    run.connect()
    title, detail = run.window.save_problems[0]
    assert title.endswith(".")
    assert detail.endswith("OperationalError")
    monkeypatch.undo()
    run.wizard.save()
    assert [draft.customer for draft in run.kit.bench.services.local.ledger.drafts.all()] == ["ACME"]


# ---------------------------------------------------------------------- cards that were left


def test_a_lost_answer_is_shown_first_and_found(kit: Kit) -> None:
    _lost(kit)
    run = Run(kit)
    assert run.view.history == (Step.CONNECT, Step.CREATE)
    assert (run.view.title, run.view.primary) == ("We do not know yet whether it was created", "lookNow")
    assert run.view.strip is not None
    assert run.view.strip.title == "ACME Academy"
    run.wizard.create.press(CreateAction.LOOK)
    assert run.wizard.create.state is CreateState.DONE
    run.wizard.create.press(CreateAction.ANOTHER)
    assert (run.view.step, run.draft.customer, run.draft.name) == (Step.PLACE, "ACME", "")


def test_later_makes_way_for_other_work_and_its_draft_is_not_offered(kit: Kit) -> None:
    _lost(kit)
    run = Run(kit)
    run.wizard.create.press(CreateAction.LATER)
    assert (run.view.step, run.draft.client_id, run.offers()) == (Step.CONNECT, "", False)
    assert not run.pages[Step.CONNECT].view.form.folded


def test_one_card_after_the_other(kit: Kit) -> None:
    _lost(kit)
    other = kit.bench.draft("Other")
    kit.bench.services.local.ledger.operations.plan(planned("k2", other))
    run = Run(kit)
    shown = run.wizard.create.creation
    run.wizard.create.press(CreateAction.LATER)
    assert run.is_at(Step.CREATE)
    assert run.wizard.create.creation is not shown
    run.wizard.another()
    assert run.is_at(Step.PLACE)


def test_a_new_one_waits_until_every_card_was_seen(kit: Kit) -> None:
    _lost(kit)
    other = kit.bench.draft("Other")
    kit.bench.services.local.ledger.operations.plan(planned("k2", other))
    run = Run(kit)
    shown = run.wizard.create.creation
    run.wizard.another()
    assert run.is_at(Step.CREATE)
    assert run.wizard.create.creation is not shown


def test_a_new_one_for_a_customer_who_is_gone_begins_at_the_first_page(kit: Kit) -> None:
    _lost(kit)
    run = Run(kit)
    run.wizard.customers.fill([])
    run.wizard.another()
    assert run.is_at(Step.CONNECT)
    assert not run.draft.has_answers


def test_a_refused_card_leads_back_to_its_own_answers(kit: Kit) -> None:
    _lost(kit, State.PLANNED)
    body = {"error": {"code": "duplicateExternalPlatform", "message": "No."}}
    kit.bench.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=400, body=body))
    run = Run(kit)
    run.wizard.create.press(CreateAction.LOOK)
    assert run.wizard.create.state is CreateState.FAILED
    run.wizard.create.press(CreateAction.MEND)
    assert (run.view.step, run.draft.name) == (Step.BEHAVIOUR, NAME)
    assert run.window.focused == [Field.NAME]


@pytest.mark.parametrize("problem", [None, Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP)])
def test_a_refused_creation_leads_back_on_the_way_that_was_come(left: Kit, problem: Problem | None) -> None:
    run = Run(left)
    run.resume()
    run.wizard.press(BarButton.CREATE)
    run.wizard.mend(problem)
    assert run.is_at(Step.PLACE if problem else Step.REVIEW)
    assert not run.wizard.review.is_checked or problem is None


def test_mending_without_answers_begins_at_the_first_page(kit: Kit) -> None:
    _lost(kit, State.PLANNED, is_draft_kept=False)
    run = Run(kit)
    run.wizard.mend(Expected(Code.NAME_TAKEN, field=Field.NAME))
    assert run.is_at(Step.CONNECT)


def test_a_secret_is_pasted_for_a_card_and_the_check_leads_back(kit: Kit) -> None:
    _lost(kit)
    kit.bench.keychain.forget(kit.bench.customer.entry)
    run = Run(kit)
    run.wizard.create.press(CreateAction.LOOK)
    run.wizard.create.press(CreateAction.PASTE_SECRET)
    assert (run.view.step, run.window.focused[-1]) == (Step.CONNECT, Field.CLIENT_SECRET)
    assert "secret" in run.pages[Step.CONNECT].view.problems.beside[Field.CLIENT_SECRET]
    assert (run.draft.client_id, run.offers()) == (kit.bench.customer.client_id, False)
    run.wizard.connect.type_secret(Secret(kit.bench.credential.client_secret))
    run.wizard.connect.check()
    assert (run.view.step, run.view.primary) == (Step.CREATE, "lookNow")
    run.wizard.create.press(CreateAction.LOOK)
    assert run.wizard.create.state is CreateState.DONE
    # Only the draft of the creation was ever kept, and it is gone with it.
    assert run.drafts() == []


def test_a_check_of_another_platform_goes_on_with_that_one(kit: Kit) -> None:
    _lost(kit)
    kit.bench.keychain.forget(kit.bench.customer.entry)
    elsewhere = customer("c2", "Elsewhere", Origin(kit.bench.platform.url), "other", "Elsewhere")
    kit.bench.platform.world.add(replace(kit.bench.credential, client_id="other"))
    kit.bench.services.local.ledger.customers.keep(elsewhere)
    run = Run(kit)
    run.wizard.create.press(CreateAction.LOOK)
    run.wizard.create.press(CreateAction.PASTE_SECRET)
    before = run.draft.id
    run.connect(client_id="other")
    run.wizard.connect.type_customer("Elsewhere")
    run.wizard.connect.check()
    assert run.is_at(Step.PLACE)
    assert run.draft.id != before
    assert [draft.customer for draft in kit.bench.services.local.ledger.drafts.all()].count("Elsewhere") == 1


def test_a_window_that_makes_a_page_while_it_draws_is_drawn_once_more(kit: Kit) -> None:
    run = Run(kit)

    def show(view: WizardView) -> None:
        run.window.views.append(view)
        if len(run.window.views) == shown + 1:
            run.wizard.book.answer(customer="ACME", client_id="x")
            run.wizard.connect.ask_for_secret()
            run.wizard.behaviour.enter()
            run.wizard.connect.show_refusal(Expected(Code.TIMED_OUT, host="x"))

    shown = len(run.window.views)
    run.window.show_view = show  # type: ignore[method-assign]
    run.wizard.connect.show_refusal(Expected(Code.SERVER_FAILED))
    run.wizard.connect.ask_for_secret()
    assert run.view.primary == run.wizard.connect.primary
    assert len(run.window.views) > shown


def test_without_a_card_no_secret_is_asked_for(run: Run) -> None:
    run.wizard.ask_for_secret(Expected(Code.SECRET_GONE, field=Field.CLIENT_SECRET))
    assert (run.view.step, run.draft.has_answers) == (Step.CONNECT, True)
    run.wizard.later()
    assert run.is_at(Step.CONNECT)


# ---------------------------------------------------------------------- the end


def test_leaving_asks_only_where_there_is_something_to_lose(kit: Kit) -> None:
    run = Run(kit)
    run.wizard.press(BarButton.CANCEL)
    assert (run.window.asked_to_leave, run.window.closed) == (0, 1)
    run.connect()
    run.wizard.cancel()
    assert (run.window.asked_to_leave, run.window.closed) == (1, 1)
    run.wizard.discard_and_leave()
    assert (run.drafts(), run.window.closed) == ([], 2)


def test_cancel_after_the_end_just_closes(left: Kit) -> None:
    run = Run(left)
    run.resume()
    run.wizard.press(BarButton.CREATE)
    run.wizard.cancel()
    assert (run.window.asked_to_leave, run.window.closed) == (0, 1)


def test_a_window_that_has_closed_hears_nothing(left: Kit) -> None:
    run = Run(left)
    run.resume()
    left.asker.hold()
    run.wizard.press(BarButton.CREATE)
    shown = len(run.window.views)
    run.wizard.on_closed()
    left.asker.release()
    run.wizard.update()
    run.wizard.go_on()
    run.wizard.change(Field.NAME)
    run.wizard.cancel()
    run.wizard.leave()
    assert len(run.window.views) == shown
    # The creation was not cut: it is there and saved, and its answers are needed no more.
    assert (left.bench.posts(), run.drafts()) == (1, [])
    assert len(left.bench.made()) == 1


def test_a_save_that_fails_after_the_window_has_closed_is_told_to_nobody(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: Draft) -> None:
        raise Expected(Code.STORE_FULL)

    monkeypatch.setattr(run.kit.bench.services.local.ledger.drafts, "keep", full)
    run.wizard.on_closed()
    run.connect()
    assert run.window.save_problems == []


def test_before_there_is_a_window(kit: Kit) -> None:
    wizard = WizardPresenter(kit.asker, kit.shared.words)
    wizard.update()
    wizard.begin()
    wizard.connect.type_customer("ACME")
    wizard.cancel()
    assert wizard.step is Step.CONNECT


# ---------------------------------------------------------------------- several wizards


def test_a_wizard_offers_no_draft_that_another_one_has(left: Kit) -> None:
    one, other = Run(left, begins=False), Run(left, begins=False)
    other.wizard.others = lambda: one.wizard.held
    one.wizard.begin()
    other.wizard.begin()
    assert (one.offers(), other.offers()) == (True, False)
    one.resume()
    other.wizard.connect.enter()
    assert (one.offers(), other.offers()) == (False, False)


def test_a_wizard_shows_no_card_that_another_one_has(left: Kit) -> None:
    left.bench.platform.faults.add(Fault("reset", "POST", INTEGRATIONS))
    before = Run(left)
    before.resume()
    before.wizard.press(BarButton.CREATE)
    one, other = Run(left), Run(left, begins=False)
    assert one.is_at(Step.CREATE)
    other.wizard.others = lambda: one.wizard.held
    other.wizard.begin()
    assert (other.is_at(Step.CONNECT), other.offers()) == (True, False)


def test_close_leads_home(left: Kit) -> None:
    run, home = Run(left), list[None]()
    run.wizard.go_home = lambda: home.append(None)
    run.resume()
    run.wizard.press(BarButton.CREATE)
    run.wizard.press(BarButton.CLOSE)
    run.wizard.cancel()
    assert len(home) == 2
