"""The note of a pause: whose it is, how long it still takes, and that it goes by itself."""

import pytest
from pytestqt.qtbot import QtBot

from wizard.core.progress import Waiting
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.text import Text
from wizard.ui.wizard.wait_note import WaitNote
from wizard.words import open_words

USUAL = "Changes nothing."
ASKED = "The platform asks us to wait. Going on in {}."
OURS = "The platform does not answer. We try again."


@pytest.fixture
def note(theme: Theme, qtbot: QtBot) -> Text:
    text = Text(theme, USUAL)
    qtbot.addWidget(text)
    return text


def _begin(note: Text, pause: Waiting) -> None:
    WaitNote(open_words("en"), pause, note.plain, note.set_text, note, usual=USUAL)


def test_it_counts_down_and_goes_when_the_next_attempt_starts(note: Text, qtbot: QtBot) -> None:
    _begin(note, Waiting(1.4))
    assert note.plain() == ASKED.format("2 seconds")
    qtbot.waitUntil(lambda: note.plain() == ASKED.format("1 second"), timeout=900)
    qtbot.waitUntil(lambda: note.plain() == USUAL, timeout=1_500)
    qtbot.waitUntil(lambda: not note.findChildren(WaitNote))


def test_our_own_pause_says_nothing_of_the_platforms_wishes(note: Text, qtbot: QtBot) -> None:
    _begin(note, Waiting(0.2, is_asked=False))
    assert note.plain() == OURS
    qtbot.waitUntil(lambda: note.plain() == USUAL)


def test_what_was_said_meanwhile_stays(note: Text, qtbot: QtBot) -> None:
    _begin(note, Waiting(0.2))
    note.set_text("The keychain may be asking for its password in another window.")
    qtbot.waitUntil(lambda: not note.findChildren(WaitNote))
    assert note.plain().startswith("The keychain")


def test_the_next_pause_takes_the_place_of_the_one_before(note: Text, qtbot: QtBot) -> None:
    _begin(note, Waiting(0.3, is_asked=False))
    _begin(note, Waiting(20))
    qtbot.waitUntil(lambda: len(note.findChildren(WaitNote)) == 1)
    assert note.plain() == ASKED.format("20 seconds")


def test_it_goes_with_its_page(theme: Theme, qtbot: QtBot) -> None:
    text = Text(theme, USUAL)
    _begin(text, Waiting(0.1))
    text.deleteLater()
    qtbot.wait(200)
