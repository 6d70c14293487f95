"""The first page alone: what is drawn, typed and pressed; the secret goes one way only."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.flow.test_connect import Host
from tests.ui.layout import clipped
from tests.ui.wizard.hands import Hands
from wizard.core.address import Region
from wizard.core.draft import Draft
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import KeychainAsked
from wizard.core.secret import Secret
from wizard.core.store_news import News, NewsKind
from wizard.flow.wizard.connect import ConnectPresenter
from wizard.ui.context import Context
from wizard.ui.dialogs.network import NetworkDialog
from wizard.ui.wizard.pages.connect import ConnectPage

SECRET = "s3cret-canary-of-the-page"


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def presenter(kit: Kit, host: Host) -> ConnectPresenter:
    """The presenter of a wizard that has just read its one saved customer."""
    made = ConnectPresenter(kit.shared, host)
    made.enter()
    return made


@pytest.fixture
def page(presenter: ConnectPresenter, context: Context, qtbot: QtBot) -> ConnectPage:
    """The page in a window of its own."""
    page = ConnectPage(context, presenter)
    qtbot.addWidget(page)
    page.resize(720, 800)
    page.ensure_built()
    presenter.attach(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def hands(page: ConnectPage) -> Hands:
    return Hands(page)


def _type(hands: Hands, name: str, text: str) -> None:
    edit = hands.find(name, QLineEdit)
    edit.setFocus()
    QTest.keyClicks(edit, text)


def _fill(kit: Kit, hands: Hands, secret: str = "") -> None:
    hands.find("regionOther", QRadioButton).click()
    for name, text in (
        ("customerName", "ACME"),
        ("platformAddress", kit.bench.platform.url),
        ("clientId", kit.bench.credential.client_id),
        ("clientSecret", secret or kit.bench.credential.client_secret),
    ):
        hands.find(name, QLineEdit).clear()
        _type(hands, name, text)


def test_what_is_typed_reaches_the_draft_and_no_cursor_jumps(kit: Kit, hands: Hands) -> None:
    _type(hands, "customerName", "ACME")
    edit = hands.find("customerName", QLineEdit)
    edit.setCursorPosition(1)
    QTest.keyClicks(edit, "x")
    assert (kit.shared.book.draft.customer, edit.text(), edit.cursorPosition()) == ("AxCME", "AxCME", 2)


def test_an_address_is_asked_for_only_where_it_is_needed(kit: Kit, hands: Hands) -> None:
    assert not hands.sees("platformAddress")
    hands.find("regionOther", QRadioButton).click()
    assert hands.sees("platformAddress")
    assert kit.shared.book.draft.region is Region.OTHER
    hands.find("regionUs", QRadioButton).click()
    assert (hands.sees("platformAddress"), kit.shared.book.draft.region) == (False, Region.US)


def test_drawing_tells_the_presenter_nothing(kit: Kit, presenter: ConnectPresenter, hands: Hands) -> None:
    before = kit.shared.book.draft
    kit.shared.book.open(replace(before, customer="Other", region=Region.OTHER, address="https://a.example"))
    presenter.enter()
    assert hands.find("customerName", QLineEdit).text() == "Other"
    assert kit.shared.book.draft.customer == "Other"
    assert kit.bench.services.local.ledger.drafts.all() == ()


def test_the_secret_goes_one_way(kit: Kit, presenter: ConnectPresenter, page: ConnectPage, hands: Hands) -> None:
    _type(hands, "clientSecret", SECRET)
    for widget in (page, *page.findChildren(QWidget)):
        said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        assert SECRET not in "".join(said)
    assert SECRET not in repr(page.__dict__) + "".join(hands.texts())
    presenter.choose_saved("c1")
    presenter.unfold()
    assert hands.find("clientSecret", QLineEdit).text() == ""


def test_a_check_shows_its_result_and_the_way_to_make_it_again(kit: Kit, hands: Hands) -> None:
    _fill(kit, hands)
    hands.click("checkConnection")
    card = hands.find("connectionResult")
    assert hands.reads("Connected to ACME Academy", card)
    assert card.accessibleName() == "Connected to ACME Academy"
    assert not hands.sees("checkConnection")
    assert hands.find("clientSecret", QLineEdit).placeholderText() == "Saved. Leave blank to keep it."
    assert clipped(hands.page) == []
    asked = len(kit.bench.platform.received())
    hands.click("checkAgain")
    assert len(kit.bench.platform.received()) > asked
    _type(hands, "clientId", "x")
    assert not hands.sees("connectionResult")
    assert hands.sees("checkConnection")


def test_a_check_that_runs_can_be_stopped(kit: Kit, hands: Hands) -> None:
    _fill(kit, hands)
    kit.asker.hold()
    hands.click("checkConnection")
    assert hands.reads("Reads the platform's name and your rights. Changes nothing.")
    button = hands.find("checkConnection", QWidget)
    assert (button.property("text"), button.isEnabled(), hands.sees("stopChecking")) == ("Checking…", False, False)
    kit.asker.pass_ms(2_000)
    hands.click("stopChecking")
    assert (button.property("text"), button.isEnabled(), hands.sees("stopChecking")) == (
        "Check connection",
        True,
        False,
    )


def test_a_keychain_that_asks_is_told_of(kit: Kit, hands: Hands) -> None:
    _fill(kit, hands)
    kit.asker.hold()
    hands.click("checkConnection")
    kit.asker.tell(KeychainAsked())
    assert hands.reads("The keychain may be asking for its password in another window.")
    assert hands.sees("stopChecking")


def test_a_refusal_offers_its_ways_out(presenter: ConnectPresenter, page: ConnectPage, hands: Hands) -> None:
    presenter.type_client_id("an-id")
    presenter.show_refusal(Expected(Code.INVALID_CLIENT, host="app.360learning.com"))
    assert hands.reads("The platform does not know this ID and secret")
    assert hands.sees("tryOtherRegion")
    hands.press("remedy")
    assert not hands.sees("connectionResult")
    edit = hands.find("clientId", QLineEdit)
    assert hands.focus is edit
    assert edit.selectedText() == "an-id"


def test_the_network_settings_open_over_the_page(presenter: ConnectPresenter, page: ConnectPage, hands: Hands) -> None:
    presenter.show_refusal(Expected(Code.PROXY_SIGN_IN, host="proxy"))
    hands.click("remedy")
    [dialog] = page.findChildren(NetworkDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_card_is_made_anew_only_when_it_changed(presenter: ConnectPresenter, hands: Hands) -> None:
    presenter.show_refusal(Expected(Code.TIMED_OUT, host="x"))
    card = hands.find("remedy")
    presenter.type_customer("ACME")
    assert hands.find("remedy") is card


def test_a_saved_customer_is_chosen_and_edited(kit: Kit, hands: Hands, qtbot: QtBot) -> None:
    combo = hands.find("savedCustomer", QComboBox)
    assert [combo.itemText(row)[:4] for row in range(combo.count())] == ["New ", "ACME"]
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert kit.shared.book.draft.client_id == kit.bench.customer.client_id
    assert not hands.sees("customerName")
    line = hands.find("savedSummary")
    assert hands.reads("secret saved", line)
    hands.click("lineLink", part=line)
    assert hands.find("customerName", QLineEdit).text() == "ACME"
    QTest.keyClick(combo, Qt.Key.Key_Up)
    assert (combo.currentIndex(), hands.find("clientId", QLineEdit).text()) == (0, "")


def test_a_draft_of_last_time_stands_above_the_fields(presenter: ConnectPresenter, host: Host, hands: Hands) -> None:
    presenter.offer_draft(Draft("d1", name="Atelier"))
    assert hands.reads("Go on with Atelier?", hands.find("resumeCard"))
    hands.page.setFocus()
    assert hands.find("resumeCard").y() < hands.find("customerName").mapTo(hands.page, hands.page.pos()).y()
    hands.click("discardOldDraft")
    hands.click("resumeDraft")
    assert host.asked == [("discard", "d1"), ("resume", "d1")]
    presenter.offer_draft(None)
    assert not hands.sees("resumeCard")


def test_news_and_a_list_that_cannot_be_used(presenter: ConnectPresenter, page: ConnectPage, hands: Hands) -> None:
    presenter.show_store_news((News(NewsKind.STARTED_EMPTY, where="/aside"),))
    presenter.show_store_problem(Expected(Code.STORE_FULL, detail="OperationalError"))
    presenter.offer_draft(None)
    assert hands.reads("Your list was damaged and begins anew", hands.find("storeNews"))
    assert "OperationalError" in hands.find("storeProblem").accessibleName()


def test_problems_stand_beside_their_fields_and_lead_there(hands: Hands) -> None:
    hands.click("checkConnection")
    summary = hands.find("problemSummary")
    assert hands.reads("3 answers are missing or need a change", summary)
    hands.click("problem_clientId", part=summary)
    assert hands.focus.objectName() == "clientId"
    assert "Paste the client ID" in hands.find("clientId").accessibleDescription()


def test_the_order_of_tab(hands: Hands) -> None:
    hands.find("savedCustomer").setFocus()
    order = hands.tab_order(6)
    assert order == ["customerName", "regionEu", "clientId", "clientSecret", "revealSecret", "checkConnection"]


def test_the_eight_clicks_are_made_when_they_are_asked_for(page: ConnectPage, hands: Hands) -> None:
    assert not hands.reads("8. Copy the client ID")
    rows = [one for one in page.findChildren(QWidget) if one.accessibleName().startswith("How do I get these values?")]
    QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    assert hands.reads("8. Copy the client ID and the client secret.")


def test_a_field_gets_the_focus(presenter: ConnectPresenter, hands: Hands) -> None:
    presenter.type_secret(Secret(""))
    presenter.show_problem(Expected(Code.SECRET_MISSING, field=Field.CLIENT_SECRET))
    assert hands.focus.objectName() == "clientSecret"
