"""The first step: what is typed, checked, refused; where the secret is; the draft of last time."""

from dataclasses import dataclass, field, replace

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.flow.conftest import Kit
from tests.helpers.made import customer
from tests.jobs.bench import TOKEN
from tests.store.test_system_keychain import Fake
from wizard.core.address import EU, US, Origin, Region
from wizard.core.customers import Right
from wizard.core.draft import Draft, Place
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Stopped
from wizard.core.progress import KeychainAsked, Waiting
from wizard.core.secret import Secret
from wizard.core.store_news import News, NewsKind
from wizard.demo import Fault
from wizard.flow.wizard.connect import ConnectPresenter
from wizard.flow.wizard.connect_view import CheckState, ConnectAction, ConnectView, RefusedView, RightsView
from wizard.store.keychain import SystemKeychain

PROMISE = "Reads the platform's name and your rights. Changes nothing."
KEPT = "Saved. Leave blank to keep it."


@dataclass
class Host:
    """The wizard around the page, which keeps what the page asked of it."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    is_leading_back: bool = False

    def resume(self, draft_id: str) -> None:
        """Keep the draft to go on with."""
        self.asked.append(("resume", draft_id))

    def discard(self, draft_id: str) -> None:
        """Keep the draft to remove."""
        self.asked.append(("discard", draft_id))

    def leads_back(self) -> bool:
        """Whether a card waits for the check."""
        return self.is_leading_back


class Page:
    """The page, entered by a person at a computer without saved customers."""

    def __init__(self, kit: Kit) -> None:
        self.kit, self.host = kit, Host()
        kit.shared.customers.fill([])
        self.presenter = ConnectPresenter(kit.shared, self.host)
        self.presenter.attach(kit.screen)
        self.presenter.enter()

    def shown(self) -> ConnectView:
        """The page as it is now."""
        shown: ConnectView = self.kit.screen.view
        return shown

    def rights(self) -> RightsView:
        """The card of a check that worked."""
        rights = self.shown().rights
        assert rights is not None
        return rights

    def refused(self) -> RefusedView:
        """The card of a check that did not."""
        refused = self.shown().refused
        assert refused is not None
        return refused

    @property
    def went_on(self) -> int:
        """How often the page went on by itself."""
        return self.kit.navigation.asked.count("go_on")

    def type(self, *, customer: str = "ACME", client_id: str = "", secret: str = "") -> None:
        """Fill the page in, with good credentials where nothing else is said."""
        credential = self.kit.bench.credential
        self.presenter.type_customer(customer)
        self.presenter.choose_region(Region.OTHER)
        self.presenter.type_address(self.kit.bench.platform.url)
        self.presenter.type_client_id(client_id or credential.client_id)
        self.presenter.type_secret(Secret(secret or credential.client_secret))

    def beside(self, at: Field) -> str:
        """What stands beside a field."""
        return self.shown().problems.beside.get(at, "")

    def use(self, keychain: SystemKeychain) -> None:
        """Sit at a computer with this keychain, as after a start of the program."""
        self.kit.bench.services.local.secrets.keychain = keychain


@pytest.fixture
def page(kit: Kit) -> Page:
    return Page(kit)


@pytest.fixture
def saved(kit: Kit, page: Page) -> Page:
    """The page with one saved customer."""
    kit.shared.customers.fill([kit.bench.customer])
    page.presenter.enter()
    return page


# ---------------------------------------------------------------------- what is typed


def test_before_anything_is_typed(page: Page) -> None:
    view = page.shown()
    assert (view.form.customer, view.form.region, view.form.client_id) == ("", Region.EU, "")
    assert (view.form.is_saved_shown, view.form.folded, view.check, view.note) == (
        False,
        None,
        CheckState.OPEN,
        PROMISE,
    )
    assert view.form.secret_help.startswith("Kept in the keychain")
    assert page.presenter.primary == "checkConnection"


def test_what_is_typed_is_an_answer_but_the_secret(page: Page) -> None:
    page.type(secret="s3cret-canary")
    draft = page.kit.shared.book.draft
    assert (draft.customer, draft.client_id) == ("ACME", page.kit.bench.credential.client_id)
    assert not page.shown().form.is_secret_empty
    assert "canary" not in repr(page.kit.screen.views) + repr(draft) + repr(page.presenter.__dict__)


def test_what_a_clipboard_adds_is_left_out_and_said_so(page: Page) -> None:
    page.presenter.type_client_id(" id-1\u200b\n")
    page.presenter.type_secret(Secret("\u00a0s3cret"))
    notes = page.shown().form.notes
    assert {at: note.text for at, note in notes.items()} == dict.fromkeys(
        (Field.CLIENT_ID, Field.CLIENT_SECRET), "Blanks, line breaks and invisible characters are left out."
    )
    assert page.kit.shared.book.draft.client_id == "id-1"
    assert page.shown().form.client_id == " id-1\u200b\n"
    page.presenter.enter()
    assert page.shown().form.client_id == "id-1"


def test_an_id_of_the_old_api_is_warned_of(page: Page) -> None:
    page.presenter.type_client_id("60dc1e6d5a0e5b1f5c8f4a11")
    note = page.shown().form.notes[Field.CLIENT_ID]
    assert note.is_warning
    assert "API v2 credentials" in note.text


def test_everything_that_is_missing_is_said_at_once(page: Page) -> None:
    page.presenter.choose_region(Region.OTHER)
    page.presenter.check()
    assert list(page.shown().problems.beside) == [Field.CUSTOMER, Field.ADDRESS, Field.CLIENT_ID, Field.CLIENT_SECRET]
    assert page.shown().problems.title == "4 answers are missing or need a change"
    page.presenter.type_customer("ACME")
    assert page.beside(Field.CUSTOMER) == ""
    assert len(page.shown().problems.listed) == 3
    assert page.kit.bench.platform.received() == []


# ---------------------------------------------------------------------- checking


def test_a_check_tells_rights_keeps_the_secret_and_stays(page: Page) -> None:
    page.type(customer=" ACME  two ")
    page.presenter.check()
    rights = page.rights()
    assert (rights.title, rights.platform, rights.not_kept) == ("Connected to ACME Academy", "ACME Academy", None)
    assert rights.took.endswith(" s")
    states = {line.name: line.state_name for column in rights.columns for line in column}
    assert states["Read groups"] == "Confirmed"
    assert states["Create integrations"] == "Not tested"
    draft = page.kit.shared.book.draft
    assert (draft.customer, draft.is_connected) == ("ACME two", True)
    assert (page.shown().form.is_secret_empty, page.shown().form.secret_placeholder) == (True, KEPT)
    assert (page.presenter.primary, page.went_on) == ("", 0)
    known = page.kit.shared.customers.known(draft)
    assert known is not None
    assert page.kit.bench.keychain.load(known.entry) == Secret(page.kit.bench.credential.client_secret)


def test_rights_that_are_missing_or_not_known(page: Page) -> None:
    page.kit.bench.platform.faults.add(Fault("status", "GET", "/api/v2/courses", status=500, times=None))
    scopes = page.kit.bench.credential.scopes - {"users:read"}
    page.kit.bench.platform.world.add(replace(page.kit.bench.credential, client_id="few", scopes=scopes))
    page.type(client_id="few")
    page.presenter.check()
    rights = page.rights()
    lines = {line.right: line for column in rights.columns for line in column}
    assert lines[Right.MISSING].text == "Missing. You paste a link of the author instead."
    assert lines[Right.UNKNOWN].text == "The platform did not answer"


def test_next_checks_first_and_goes_on_by_itself(page: Page) -> None:
    page.type()
    assert not page.presenter.may_leave()
    assert page.went_on == 1
    assert page.presenter.may_leave()


def test_next_while_a_check_runs_goes_on_after_it(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    assert page.shown().check is CheckState.CHECKING
    assert not page.presenter.may_leave()
    page.kit.asker.release()
    assert page.went_on == 1


def test_who_thinks_about_leaving_stays(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.may_leave()
    page.presenter.stay()
    page.kit.asker.release()
    assert (page.shown().check, page.went_on) == (CheckState.CHECKED, 0)


def test_a_check_for_a_card_leads_back_by_itself(page: Page) -> None:
    page.host.is_leading_back = True
    page.type()
    page.presenter.check()
    assert page.went_on == 1


def test_a_name_may_change_while_a_check_runs(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    page.presenter.type_customer("Other")
    assert page.shown().check is CheckState.CHECKING
    page.kit.asker.release()
    assert page.shown().check is CheckState.CHECKED


def test_a_change_of_the_credentials_drops_the_check(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    page.presenter.type_client_id("another")
    page.kit.asker.release()
    assert (page.shown().check, page.kit.shared.book.draft.connection) == (CheckState.OPEN, None)


def test_a_customer_renamed_after_the_check_is_checked_again(page: Page) -> None:
    page.type(customer="ACNE")
    page.presenter.check()
    page.presenter.type_customer("ACME")
    assert not page.presenter.may_leave()
    assert [c.label for c in page.kit.shared.customers.customers] == ["ACME"]
    assert page.went_on == 1


def test_an_earlier_check_still_holds(saved: Page) -> None:
    saved.kit.shared.book.open(saved.kit.bench.draft())
    saved.presenter.enter()
    assert saved.presenter.primary == ""
    assert saved.presenter.may_leave()
    saved.presenter.type_secret(Secret("new"))
    assert not saved.presenter.may_leave()


def test_the_result_of_another_draft_is_not_shown(saved: Page) -> None:
    saved.presenter.choose_saved("c1")
    saved.presenter.check()
    saved.kit.shared.book.open(Draft("other", customer="Other", client_id="other"))
    saved.presenter.enter()
    assert (saved.shown().rights, saved.shown().check) == (None, CheckState.OPEN)


# ---------------------------------------------------------------------- waits


def test_a_slow_check_can_be_stopped_and_made_again(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    assert not page.shown().can_stop
    page.kit.asker.tell(Waiting(3))
    assert page.shown().note == "The platform asks us to wait. Going on in 3 seconds."
    page.kit.asker.pass_ms(3_000)
    assert (page.shown().note, page.shown().can_stop) == (PROMISE, True)
    page.presenter.stop_checking()
    page.kit.asker.release()
    assert (page.shown().check, page.shown().can_stop) == (CheckState.OPEN, False)
    page.presenter.check()
    assert page.shown().check is CheckState.CHECKED


def test_a_check_that_asks_the_keychain_is_stopped_and_tells_how_it_ended(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    page.kit.asker.tell(KeychainAsked())
    assert page.shown().note.startswith("The keychain may be asking")
    page.presenter.stop_checking()
    assert page.shown().check is CheckState.CHECKING
    page.presenter.show_refusal(Stopped())
    assert page.shown().check is CheckState.OPEN


# ---------------------------------------------------------------------- refusals


def _ways(page: Page) -> list[str]:
    return [way.text for way in page.refused().ways]


def test_a_wrong_secret_is_pasted_again(page: Page) -> None:
    page.type(secret="wrong")
    page.presenter.check()
    assert page.refused().title == "The platform does not know this ID and secret"
    assert (_ways(page), page.presenter.primary) == (["Paste again"], "remedy")
    page.presenter.take_way_out(ConnectAction.PASTE_AGAIN)
    assert (page.shown().refused, page.shown().form.is_secret_empty) == (None, True)
    assert page.kit.screen.focused == [Field.CLIENT_ID]


@pytest.mark.parametrize(
    ("region", "text", "other"),
    [(Region.EU, "Try the US address", Region.US), (Region.US, "Try the European address", Region.EU)],
)
def test_the_other_region_is_tried(page: Page, region: Region, text: str, other: Region) -> None:
    page.type()
    page.presenter.choose_region(region)
    page.presenter.show_refusal(Expected(Code.INVALID_CLIENT, host="app.360learning.com"))
    assert _ways(page) == ["Paste again", text]
    page.kit.asker.hold()
    page.presenter.take_way_out(ConnectAction.OTHER_REGION)
    assert page.kit.shared.book.draft.region is other
    assert page.shown().check is CheckState.CHECKING


def test_a_platform_that_fails_is_asked_again(page: Page) -> None:
    page.kit.bench.platform.faults.add(Fault("status", "POST", TOKEN, status=401, body={"error": "invalid_client"}))
    page.type()
    page.presenter.check()
    assert page.shown().check is CheckState.REFUSED
    page.presenter.take_way_out(ConnectAction.CHECK_AGAIN)
    assert page.shown().check is CheckState.CHECKED


@pytest.mark.parametrize(
    ("code", "ways", "asks_sign_in"),
    [
        (Code.TIMED_OUT, ["Try again", "Network settings"], False),
        (Code.PROXY_FAILED, ["Try again", "Network settings"], False),
        (Code.PROXY_SIGN_IN, ["Network settings", "Try again"], True),
        (Code.SERVER_FAILED, ["Try again"], False),
    ],
)
def test_the_ways_out_of_a_refusal(page: Page, code: Code, ways: list[str], asks_sign_in: bool) -> None:
    page.presenter.show_refusal(Expected(code, host="platform.example"))
    assert sorted(_ways(page)) == sorted(ways)
    assert page.refused().asks_sign_in is asks_sign_in
    # The page itself opens the network settings.
    page.presenter.take_way_out(ConnectAction.NETWORK)
    assert page.shown().check is CheckState.REFUSED


# ---------------------------------------------------------------------- the keychain


def test_a_secret_that_is_not_kept_is_told_before_going_on(page: Page) -> None:
    fake = Fake()
    fake.error = NoKeyringError("none")
    page.use(SystemKeychain(fake))
    page.type()
    page.presenter.may_leave()
    not_kept = page.rights().not_kept
    assert not_kept is not None
    assert not_kept[0] == "This computer has no keychain that we can use"
    assert page.shown().form.secret_placeholder == "Kept for this session. Leave blank to keep it."
    assert page.shown().form.secret_help == "Kept for this session only, in no keychain"
    assert page.went_on == 0
    page.presenter.choose_saved(page.kit.shared.customers.customers[0].id)
    folded = page.shown().form.folded
    assert folded is not None
    assert folded[1].endswith("secret kept for this session")


def test_a_locked_keychain_is_tried_again_or_the_secret_pasted(saved: Page) -> None:
    fake = Fake()
    saved.use(SystemKeychain(fake))
    fake.kept["360Learning integration wizard", saved.kit.bench.customer.entry] = "never read"
    fake.error = KeyringLocked("locked")
    saved.presenter.choose_saved("c1")
    saved.presenter.check()
    assert _ways(saved) == ["Try again", "Paste the secret"]
    saved.presenter.take_way_out(ConnectAction.PASTE_SECRET)
    assert saved.kit.screen.focused == [Field.CLIENT_SECRET]
    assert (saved.shown().form.secret_placeholder, saved.shown().form.folded) == ("", None)


def test_a_secret_that_is_gone_is_asked_for(saved: Page) -> None:
    saved.kit.bench.keychain.forget(saved.kit.bench.customer.entry)
    saved.presenter.choose_saved("c1")
    assert saved.shown().form.folded is not None
    saved.presenter.check()
    assert "The keychain no longer holds the secret" in saved.beside(Field.CLIENT_SECRET)
    assert saved.shown().form.folded is None
    saved.presenter.check()
    assert saved.beside(Field.CLIENT_SECRET) == "Paste the client secret."
    saved.presenter.type_secret(Secret(saved.kit.bench.credential.client_secret))
    saved.presenter.check()
    assert saved.shown().check is CheckState.CHECKED


# ---------------------------------------------------------------------- saved customers


def test_a_saved_customer_is_one_line_until_it_is_edited(saved: Page) -> None:
    form = saved.shown().form
    host = saved.kit.bench.platform.url.removeprefix("http://")
    assert [one.text for one in form.saved] == ["New customer", f"ACME · {host}"]
    assert (form.is_saved_shown, form.saved_id) == (True, "")
    saved.presenter.choose_saved("c1")
    assert saved.shown().form.saved_id == "c1"
    assert saved.shown().form.folded == (host, f"Client ID {saved.kit.bench.customer.client_id} · secret saved")
    saved.presenter.unfold()
    assert saved.shown().form.folded is None
    saved.presenter.choose_saved("")
    assert (saved.shown().form.client_id, saved.shown().form.saved_id) == ("", "")


@pytest.mark.parametrize(("origin", "region"), [(EU, Region.EU), (US, Region.US), ("https://x.example", Region.OTHER)])
def test_the_address_of_a_saved_customer(page: Page, origin: Origin, region: Region) -> None:
    page.presenter.choose_customer(customer("k", "K", origin, "id"))
    assert page.shown().form.region is region
    assert page.shown().form.address == (origin if region is Region.OTHER else "")


def test_choosing_another_customer_takes_old_problems_away(saved: Page) -> None:
    saved.presenter.check()
    assert saved.shown().problems.beside
    saved.presenter.choose_saved("c1")
    assert saved.shown().problems.beside == {}


def test_a_list_that_comes_later_pushes_nothing_away(page: Page) -> None:
    page.type()
    page.presenter.check()
    assert not page.shown().form.is_saved_shown
    page.presenter.enter()
    assert page.shown().form.is_saved_shown


@pytest.mark.parametrize(
    ("system", "where"), [("win32", "Windows Credential Manager"), ("darwin", "the macOS keychain")]
)
def test_where_the_secret_is_kept(page: Page, monkeypatch: pytest.MonkeyPatch, system: str, where: str) -> None:
    monkeypatch.setattr("sys.platform", system)
    page.presenter.publish()
    assert page.shown().form.secret_help == f"Kept in {where} only"


def test_in_practice_it_is_kept_until_the_window_closes(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(page.kit.asker), "is_practice", True)
    presenter = ConnectPresenter(page.kit.shared, page.host)
    presenter.attach(page.kit.screen)
    assert page.shown().form.secret_help == "Practice: kept until the window closes"


# ---------------------------------------------------------------------- what stands above the fields


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (Draft("d", name="Atelier", customer="ACME"), "Atelier"),
        (Draft("d", group=Place(ObjectId("a" * 24), ("Top", "Sales")), customer="ACME"), "Sales"),
        (Draft("d", customer="ACME", client_id="id"), "ACME"),
        (Draft("d", client_id="id"), "id"),
    ],
)
def test_a_draft_of_last_time(page: Page, draft: Draft, name: str) -> None:
    page.presenter.offer_draft(draft)
    offer = page.shown().offer
    assert offer is not None
    assert offer.title == f"Go on with {name}?"
    page.presenter.resume("d")
    page.presenter.discard("d")
    assert page.host.asked == [("resume", "d"), ("discard", "d")]
    page.presenter.offer_draft(None)
    assert page.shown().offer is None


def test_going_on_with_a_draft_drops_the_check_of_what_was_typed(page: Page) -> None:
    page.type()
    page.kit.asker.hold()
    page.presenter.check()
    page.presenter.resume("d")
    page.kit.asker.release()
    assert page.shown().check is CheckState.OPEN


def test_news_and_problems_of_the_list_on_this_computer(page: Page) -> None:
    page.presenter.show_store_news((News(NewsKind.STARTED_EMPTY, where="/set/aside"),))
    page.presenter.show_store_problem(Expected(Code.STORE_FULL, detail="OperationalError"))
    assert [card.title for card in page.shown().news] == ["Your list was damaged and begins anew"]
    card = page.shown().store_problem
    assert card is not None
    assert card.paragraphs[1].endswith("OperationalError")


def test_a_problem_of_another_page_is_said_at_its_field(page: Page) -> None:
    page.presenter.show_problem(Expected(Code.INVALID_TOKEN, field=Field.CLIENT_ID))
    assert "no longer accepts these credentials" in page.beside(Field.CLIENT_ID)
    assert page.kit.screen.focused == [Field.CLIENT_ID]


def test_without_a_page_nothing_is_drawn(kit: Kit) -> None:
    presenter = ConnectPresenter(kit.shared, Host())
    presenter.show_problem(Expected(Code.CLIENT_ID_MISSING, field=Field.CLIENT_ID))
    presenter.take_way_out(ConnectAction.PASTE_SECRET)
    assert kit.screen.views == []
    presenter.attach(kit.screen)
    assert kit.screen.view.problems.beside
