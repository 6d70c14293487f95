"""The checks before a creation as they are shown: running, failed, or done."""

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.core.checks import Check, CheckResult, Outcome
from wizard.core.problems import Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.result_line import LineState, LineView
from wizard.jobs.integrations.preflight import Checked
from wizard.words import Words
from wizard.words.labels import check_sentences
from wizard.words.problems import explain

MENDED_AT: Mapping[Check, Field] = {
    Check.SIGN_IN: Field.CLIENT_SECRET,
    Check.PLATFORM: Field.CLIENT_ID,
    Check.RIGHTS: Field.CLIENT_ID,
    Check.GROUP: Field.GROUP,
    Check.AUTHOR_ACTIVE: Field.AUTHOR,
    Check.AUTHOR_RIGHTS: Field.AUTHOR,
    Check.NAME_FREE: Field.NAME,
    Check.NAME_ALONE: Field.NAME,
    Check.VALUES: Field.NAME,
}
"""Where a check that did not pass is mended."""

_STATES: Mapping[Outcome, LineState] = {
    Outcome.PASSED: LineState.OK,
    Outcome.WARNING: LineState.WARNING,
    Outcome.FAILED: LineState.PROBLEM,
    Outcome.NOT_POSSIBLE: LineState.UNTESTED,
}
_BAD_FIRST = (Outcome.FAILED, Outcome.WARNING, Outcome.NOT_POSSIBLE)


@dataclass(frozen=True, slots=True)
class ChecksView:
    """The checks: a title, when they were made, and their lines, those that did not pass first.

    While they run there are no lines but a `note`, and `can_stop` offers *Stop waiting*.
    """

    title: str
    time: str = ""
    others: tuple[LineView, ...] = ()
    passed: tuple[LineView, ...] = ()
    note: str = ""
    can_stop: bool = False


def running_view(words: Words, waits_for: str, *, can_stop: bool) -> ChecksView:
    """The checks run; `waits_for` is what they wait for, "" for nothing special."""
    note = waits_for or words.say("Nothing is changed by these checks.")
    return ChecksView(words.say("Checking…"), note=note, can_stop=can_stop)


def failed_view(words: Words, problem: Problem) -> ChecksView:
    """The checks could not be made."""
    shown = explain(words, problem)
    line = LineView(shown.title, LineState.PROBLEM, help_text=shown.text)
    return ChecksView(words.say("The checks could not be made"), others=(line,))


def checked_view(words: Words, checked: Checked) -> ChecksView:
    """The checks are done."""
    passed = tuple(_line(words, r) for r in checked.results if r.outcome is Outcome.PASSED)
    others = [r for r in checked.results if r.outcome is not Outcome.PASSED]
    others.sort(key=lambda result: _BAD_FIRST.index(result.outcome))
    title = words.count(
        "{passed} of {n} check passed", "{passed} of {n} checks passed", len(checked.results), passed=len(passed)
    )
    return ChecksView(title, words.clock(checked.at), tuple(_line(words, r) for r in others), passed)


def in_the_way(words: Words, checked: Checked) -> tuple[tuple[Field, str], ...]:
    """The checks that forbid the creation: where each is mended, and what it says."""
    failed = (r for r in checked.results if r.outcome is Outcome.FAILED)
    return tuple((MENDED_AT.get(r.check, Field.NAME), check_sentences(words, r)[0]) for r in failed)


def _line(words: Words, result: CheckResult) -> LineView:
    title, text = check_sentences(words, result)
    names = {
        Outcome.PASSED: words.say("Passed"),
        Outcome.WARNING: words.say("Warning"),
        Outcome.FAILED: words.say("Failed"),
        Outcome.NOT_POSSIBLE: words.say("Not tested"),
    }
    is_bad = result.outcome in (Outcome.FAILED, Outcome.WARNING)
    field = MENDED_AT.get(result.check) if is_bad else None
    return LineView(one_line(title), _STATES[result.outcome], names[result.outcome], one_line(text), field)
