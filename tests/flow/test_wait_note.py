"""What is said while a job waits: whose pause it is, how long it still takes, and that it goes by itself."""

import pytest

from tests.flow.conftest import Kit
from wizard.core.progress import Counted, KeychainAsked, Waiting
from wizard.flow.wait_note import JobNote, WaitNote

USUAL = "Changes nothing."
ASKED = "The platform asks us to wait. Going on in {}."
OURS = "The platform does not answer. We try again."


class Line:
    """One line that somebody reads."""

    def __init__(self) -> None:
        self.text = USUAL

    def read(self) -> str:
        return self.text

    def show(self, text: str) -> None:
        self.text = text


def _begin(kit: Kit, line: Line, pause: Waiting) -> WaitNote:
    return WaitNote(kit.asker, kit.shared.words, pause, line.read, line.show, usual=USUAL)


def test_it_counts_down_and_goes_when_the_next_attempt_starts(kit: Kit) -> None:
    line = Line()
    _begin(kit, line, Waiting(2.4))
    told = [line.text]
    for step_ms in (350, 100, 1_000, 1_000):
        kit.asker.pass_ms(step_ms)
        told.append(line.text)
    seconds = [ASKED.format(text) for text in ("3 seconds", "3 seconds", "2 seconds", "1 second")]
    assert told == [*seconds, USUAL]


def test_a_pause_of_nothing_is_over_at_once(kit: Kit) -> None:
    line = Line()
    _begin(kit, line, Waiting(0.0))
    kit.asker.pass_ms(5)
    assert line.text == USUAL


def test_our_own_pause_says_nothing_of_the_platforms_wishes(kit: Kit) -> None:
    line = Line()
    _begin(kit, line, Waiting(5, is_asked=False))
    assert line.text == OURS
    kit.asker.pass_ms(5_000)
    assert line.text == USUAL


def test_what_was_said_meanwhile_stays(kit: Kit) -> None:
    line = Line()
    _begin(kit, line, Waiting(2))
    line.show("The keychain may be asking for its password in another window.")
    kit.asker.pass_ms(3_000)
    assert line.text.startswith("The keychain")


def test_the_next_pause_takes_the_place_of_the_one_before(kit: Kit) -> None:
    line = Line()
    _begin(kit, line, Waiting(3, is_asked=False))
    _begin(kit, line, Waiting(20))
    kit.asker.pass_ms(3_000)
    assert line.text == ASKED.format("17 seconds")


def test_a_dropped_one_says_nothing_more(kit: Kit) -> None:
    line = Line()
    note = _begin(kit, line, Waiting(3))
    note.drop()
    note.drop()
    kit.asker.pass_ms(4_000)
    assert line.text == ASKED.format("3 seconds")


def _note(kit: Kit) -> tuple[JobNote, list[tuple[str, bool]]]:
    told: list[tuple[str, bool]] = []
    note = JobNote(kit.asker, kit.shared.words, lambda: told.append((note.text, note.can_stop)))
    note.begin()
    return note, told


def test_a_slow_job_can_be_stopped(kit: Kit) -> None:
    _note_of_job, told = _note(kit)
    kit.asker.pass_ms(1_999)
    assert told == []
    kit.asker.pass_ms(1)
    assert told == [("", True)]


def test_a_job_that_waits_says_so_and_can_be_stopped_at_once(kit: Kit) -> None:
    note, told = _note(kit)
    note.tell(Counted(300))
    note.tell(Waiting(1.5, is_asked=False))
    note.tell(Waiting(1.5))
    kit.asker.pass_ms(1_600)
    assert told == [
        (OURS, True),
        (ASKED.format("2 seconds"), True),
        (ASKED.format("1 second"), True),
        ("", True),
    ]


def test_the_keychain_is_told_until_it_has_answered(kit: Kit) -> None:
    note, told = _note(kit)
    asks = []
    for is_answered in (False, True):
        note.tell(KeychainAsked(is_answered=is_answered))
        asks.append(note.asks_keychain)
    assert asks == [True, False]
    assert [(text[:12], can_stop) for text, can_stop in told] == [("The keychain", True), ("", True)]


@pytest.mark.parametrize("news", [Waiting(1.5), KeychainAsked()])
def test_nothing_is_left_of_a_job_that_has_ended(kit: Kit, news: Waiting | KeychainAsked) -> None:
    note, told = _note(kit)
    note.tell(news)
    note.end()
    kit.asker.pass_ms(3_000)
    assert len(told) == 1
    assert (note.text, note.can_stop, note.asks_keychain) == ("", False, False)
