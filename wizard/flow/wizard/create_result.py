"""An integration whose id is known: what was checked, what differs, when, and what can be done next."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.core.creation import Creation
from wizard.core.integration import VALUES
from wizard.core.problems import Code, Expected
from wizard.core.text_safety import one_line
from wizard.flow.result_line import LineState, LineView
from wizard.flow.wizard.create_cards import asks_again, later_link, paste_button, secret_problem
from wizard.flow.wizard.create_state import ActionButton, CreateAction, CreateFacts, CreateState, LastCheck
from wizard.words import Words
from wizard.words.labels import difference_text
from wizard.words.problems import explain


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result with its id. `differences` are the name of a value, its label, and what was asked and found.

    `buttons` are the next steps, the first before the others; `ways_on` lead to other work, when this one is over.
    """

    heading: str
    lead: str
    integration_id: str
    lines: tuple[LineView, ...]
    differences: tuple[tuple[str, str, str], ...] = ()
    buttons: tuple[ActionButton, ...] = ()
    ways_on: tuple[ActionButton, ...] = ()


def last_check(before: Creation | None, after: Creation, at: str) -> LastCheck:
    """What a check that has just ended tells of itself; `before` is what was known until then."""
    # Unlike the first check of an integration, a later one that fails takes no state away.
    return LastCheck(at, bool(before and before.verified_at and before.verified_at == after.verified_at))


def result_view(words: Words, facts: CreateFacts) -> ResultView:
    """The result of a state."""
    say, names, creation, problem = words.say, facts.names, facts.creation, facts.problem
    lead = say("It is now in the group {group} of {platform}.", group=names.group, platform=names.platform)
    if facts.state in (CreateState.NOT_THERE, CreateState.GONE):
        lead = say("It was created in the group {group} of {platform}.", group=names.group, platform=names.platform)
    # An id that could not be saved is in the problem only.
    unsaved_id = str(problem.facts.get("integration_id", "")) if problem else ""
    return ResultView(
        heading=_heading(words, facts),
        lead=lead,
        integration_id=(creation.integration_id if creation else "") or unsaved_id,
        lines=tuple(_lines(words, facts)),
        differences=tuple(_differences(words, creation)) if creation else (),
        buttons=_buttons(words, facts),
        ways_on=_ways_on(words, facts),
    )


def _heading(words: Words, facts: CreateFacts) -> str:
    """What became of it."""
    say, name = words.say, facts.names.integration
    return {
        CreateState.DONE: say("{name} is ready", name=name),
        CreateState.DIFFERENT: say("{name} was created, but not everything is as asked", name=name),
        CreateState.NOT_CHECKED: say("{name} was created, but not checked yet", name=name),
        CreateState.NOT_THERE: say("{name} was created, but is not there now", name=name),
        CreateState.GONE: say("{name} was deleted on the platform", name=name),
        CreateState.NOT_SAVED: say("{name} was created, but its ID could not be saved", name=name),
    }[facts.state]


# ---------------------------------------------------------------------- what is known of it


def _lines(words: Words, facts: CreateFacts) -> Iterator[LineView]:
    say, creation = words.say, facts.creation
    if facts.state is CreateState.NOT_SAVED:
        text = say("Copy the ID now. The disk of this computer could not take it.")
        yield LineView(text, LineState.PROBLEM, say("Failed"))
        return
    if creation and creation.is_adopted:
        text = say("It was there already and was taken into your list. Nothing was sent twice.")
        yield LineView(text, LineState.OK, say("Passed"))
    yield _checked(words, facts)
    if facts.last_check.is_stale and facts.state is CreateState.DIFFERENT:
        tried = _joined(_why(words, creation), say("Last tried: {time}.", time=_tried_at(words, facts)))
        yield LineView(say("It could not be checked again"), LineState.UNTESTED, say("Not tested"), tried)
    yield LineView(say("Saved in your list"), LineState.OK, say("Passed"))


def _checked(words: Words, facts: CreateFacts) -> LineView:
    say, count, creation = words.say, words.count, facts.creation
    if facts.state is CreateState.DONE:
        text = count("Checked: {n} value matches", "Checked: all {n} values match", VALUES)
        return LineView(text, LineState.OK, say("Passed"))
    if facts.state is CreateState.DIFFERENT and creation:
        text = count("Checked: {n} value differs", "Checked: {n} values differ", len(creation.differences))
        when = words.day_and_clock(creation.verified_at) if creation.verified_at else ""
        last = say("Last checked: {time}.", time=when) if when else ""
        mended = _joined(say("Change it on the platform, then check again."), last)
        return LineView(text, LineState.WARNING, say("Warning"), mended)
    if facts.state is CreateState.GONE:
        return LineView(say("You said that it was deleted. Nothing more is asked about it."), LineState.INFO)
    if facts.state is CreateState.NOT_THERE:
        shown = explain(words, Expected(Code.INTEGRATION_NOT_FOUND))
        text = _joined(shown.text, say("Last checked: {time}.", time=_tried_at(words, facts)))
        return LineView(shown.title, LineState.WARNING, say("Warning"), text)
    text = say("The platform's list could not be read yet. The ID is safe.")
    tried = say("Last tried: {time}.", time=_tried_at(words, facts)) if facts.last_check.at else ""
    return LineView(text, LineState.UNTESTED, say("Not tested"), _joined(_why(words, creation), tried))


def _tried_at(words: Words, facts: CreateFacts) -> str:
    return words.day_and_clock(facts.last_check.at) if facts.last_check.at else "…"


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _why(words: Words, creation: Creation | None) -> str:
    """Why it could not be checked, where this was just tried."""
    code = creation.reason if creation else ""
    if code not in set(Code) or code in (Code.STOPPED, Code.OUTCOME_UNKNOWN):
        return ""
    shown = explain(words, secret_problem(creation, None) or Expected(Code(code)))
    return f"{shown.title}. {shown.text}"


def _differences(words: Words, creation: Creation) -> Iterator[tuple[str, str, str]]:
    """Each value that is not as asked."""
    for row in creation.differences:
        label, wanted, found = difference_text(words, row)
        asked = words.say("Asked: {wanted}. On the platform: {found}.", wanted=wanted, found=one_line(found))
        yield row.name, label, asked


# ---------------------------------------------------------------------- what can be done


def _buttons(words: Words, facts: CreateFacts) -> tuple[ActionButton, ...]:
    say = words.say
    if facts.state is CreateState.NOT_SAVED:
        return (ActionButton("lookNow", say("Try to save it again"), CreateAction.LOOK),)
    if facts.state is CreateState.NOT_CHECKED:
        return (*_looks(words, facts, say("Check now")), later_link(words))
    if facts.state is CreateState.NOT_THERE:
        text = say("It was deleted, do not ask again")
        gone = ActionButton("giveUp", text, CreateAction.LET_GO, is_link=True)
        return (*_looks(words, facts, say("Check again")), gone, later_link(words))
    return _looks(words, facts, say("Check again")) if facts.state is CreateState.DIFFERENT else ()


def _looks(words: Words, facts: CreateFacts, text: str) -> tuple[ActionButton, ...]:
    """The button that looks again, behind the one for the secret where that keeps us from it."""
    look = ActionButton("lookNow", text, CreateAction.LOOK)
    problem = secret_problem(facts.creation, facts.problem)
    if problem is None:
        return (look,)
    paste = paste_button(words, is_link=False)
    return (look, paste) if asks_again(words, problem) else (paste, look)


def _ways_on(words: Words, facts: CreateFacts) -> tuple[ActionButton, ...]:
    if facts.state not in (CreateState.DONE, CreateState.DIFFERENT, CreateState.GONE):
        return ()
    text = words.say("Create another integration for {platform}", platform=facts.names.platform)
    return (ActionButton("createAnother", text, CreateAction.ANOTHER),)
