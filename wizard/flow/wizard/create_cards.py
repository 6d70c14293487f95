"""The cards of the last page: what happened, what it means, the one next step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wizard.core.creation import KEPT, Creation
from wizard.core.problems import Bug, Code, Expected, Field, Problem
from wizard.core.text_safety import one_line
from wizard.flow.wizard.create_state import ActionButton, CreateAction, CreateFacts, CreateState
from wizard.words import Words
from wizard.words.problems import Action, explain

_OF_A_SECRET = frozenset(
    {
        Code.KEYCHAIN_LOCKED,
        Code.KEYCHAIN_MISSING,
        Code.KEYCHAIN_FAILED,
        Code.KEYCHAIN_SILENT,
        Code.SECRET_GONE,
        Code.INVALID_TOKEN,
        Code.INVALID_CLIENT,
    }
)


@dataclass(frozen=True, slots=True)
class CardView:
    """The words of one card, its buttons, of which the first is the next step, and what stands below it.

    `bold` is a part of a paragraph that stands out; `rows` are labels with values.
    """

    heading: str
    title: str
    paragraphs: tuple[str, ...]
    buttons: tuple[ActionButton, ...]
    lead: str = ""
    bold: str = ""
    rows_title: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    footnote: str = ""


def card_view(words: Words, facts: CreateFacts) -> CardView:
    """The card of a state."""
    creation = facts.creation
    if facts.state in (CreateState.UNKNOWN, CreateState.INTERRUPTED) and creation:
        return _unknown(words, facts, creation)
    if facts.state is CreateState.NOT_ALONE and creation:
        return _not_alone(words, facts, creation)
    if facts.state is CreateState.WITHDRAWN:
        return _withdrawn(words, facts)
    return _failed(words, facts.problem or _reason(creation), facts.names.integration)


def secret_problem(creation: Creation | None, problem: Problem | None) -> Problem | None:
    """What is wrong with the secret, if it is the secret that keeps us from looking."""
    if problem:
        return problem if problem.field is Field.CLIENT_SECRET else None
    code = creation.reason if creation and creation.state in KEPT else ""
    return Expected(Code(code), field=Field.CLIENT_SECRET, reading=1) if code in _OF_A_SECRET else None


def asks_again(words: Words, problem: Problem | None) -> bool:
    """Whether asking again may be enough, because the keychain is only locked."""
    return problem is not None and explain(words, problem).action is Action.RETRY


def paste_button(words: Words, *, is_link: bool) -> ActionButton:
    """The way to the field of the secret."""
    return ActionButton("pasteSecret", words.say("Paste the secret"), CreateAction.PASTE_SECRET, is_link)


def later_link(words: Words) -> ActionButton:
    """The way to other work."""
    return ActionButton("later", words.say("Later"), CreateAction.LATER, is_link=True)


# ---------------------------------------------------------------------- an outcome that is not known


def _unknown(words: Words, facts: CreateFacts, creation: Creation) -> CardView:
    say, problem = words.say, facts.problem
    at = words.clock(creation.sent_at or creation.planned_at)
    look = say("Look now")
    if facts.state is CreateState.UNKNOWN:
        heading = say("We do not know yet whether it was created")
        title = say("We could not see the answer")
        what = say("The request went out at {time}. The integration may already exist.", time=at)
        does = say(
            "{button} reads the list of {platform}. If it is there, its ID is saved. If not, it is created now, once.",
            button=look,
            platform=facts.names.platform,
        )
    else:
        heading = say("It was not finished")
        title = say("It stopped before it was created")
        what = say("You pressed Create at {time}. Nothing was sent as far as we know.", time=at)
        does = say(
            "{button} reads the list of {platform}. If the name is still free, it is created now, once.",
            button=look,
            platform=facts.names.platform,
        )
    paragraphs = [what, does]
    if problem and problem.code not in (Code.OUTCOME_UNKNOWN, Code.STOPPED):
        shown = explain(words, problem)
        paragraphs.insert(0, f"{shown.title}. {shown.text}")
    return CardView(
        heading=heading,
        title=title,
        paragraphs=tuple(paragraphs),
        buttons=_looks(words, creation, problem),
        bold=look,
        rows_title=_rows_title(words, creation),
        rows=_sent(words, creation),
        footnote=_until_known(words),
    )


def _looks(words: Words, creation: Creation, problem: Problem | None) -> tuple[ActionButton, ...]:
    """The ways to look, behind the one to paste the secret where that is what is missing."""
    say, later = words.say, later_link(words)
    look = ActionButton("lookNow", say("Look now"), CreateAction.LOOK)
    if secret_problem(creation, problem) is None:
        only = ActionButton("onlyLook", say("Only look, do not create"), CreateAction.ONLY_LOOK, is_link=True)
        return look, only, later
    if asks_again(words, problem):
        return look, paste_button(words, is_link=True), later
    return paste_button(words, is_link=False), look._replace(is_link=True), later


def _until_known(words: Words) -> str:
    """What *Later* does."""
    return words.say(
        "Press {button} to work on something else. This card comes back at the next start.", button=words.say("Later")
    )


def _rows_title(words: Words, creation: Creation) -> str:
    return words.say("What was sent") if creation.sent_at else words.say("What will be created")


def _sent(words: Words, creation: Creation) -> tuple[tuple[str, str], ...]:
    say = words.say
    group = words.listed(creation.labels.group) or creation.wanted.group_id
    rows = ((say("Name"), one_line(creation.wanted.external_platform)), (say("Group"), one_line(group)))
    if not creation.sent_at:
        # What was never sent has no answer that could not be read.
        return (*rows, (say("Sent"), say("Not yet")))
    reasons: Mapping[str, str] = {
        Code.TIMED_OUT: say("None, the platform did not answer in time"),
        Code.NO_CONNECTION: say("None, the connection broke"),
        Code.SERVER_FAILED: say("The platform reported a problem of its own"),
        Code.NOT_THE_PLATFORM: say("A web page instead of an answer"),
    }
    answer = reasons.get(creation.reason, say("None that we could read"))
    return (*rows, (say("Sent"), words.day_and_clock(creation.sent_at)), (say("Answer"), answer))


def _not_alone(words: Words, facts: CreateFacts, creation: Creation) -> CardView:
    say = words.say
    return CardView(
        heading=say("Is this integration yours?"),
        title=say("{name} is there, but with another author", name=facts.names.integration),
        paragraphs=(
            say("Somebody may have changed ours, or made one of the same name. Compare it on the platform."),
            say("Nothing is sent either way."),
        ),
        buttons=(
            ActionButton("adopt", say("It is ours, save its ID"), CreateAction.ADOPT),
            ActionButton("giveUp", say("It is not ours"), CreateAction.GIVE_UP, is_link=True),
            later_link(words),
        ),
        rows_title=_rows_title(words, creation),
        rows=_sent(words, creation),
        footnote=_until_known(words),
    )


# ---------------------------------------------------------------------- nothing was created


def _withdrawn(words: Words, facts: CreateFacts) -> CardView:
    say, names = words.say, facts.names
    at = names.platform
    told = say("We read the list of {platform}. Nothing was created, and nothing is left open.", platform=at)
    return CardView(
        heading=say("It was not created"),
        title=say("{name} is not there", name=names.integration),
        paragraphs=(told,),
        buttons=(ActionButton("createAnother", say("Start a new one"), CreateAction.ANOTHER),),
    )


def _failed(words: Words, problem: Problem, name: str) -> CardView:
    say, shown = words.say, explain(words, problem)
    return CardView(
        heading=say("{name} was not created", name=name),
        title=shown.title,
        paragraphs=(shown.text,) if shown.text else (),
        buttons=_ways_after_failure(say, problem),
        footnote=say("Details: {detail}", detail=shown.detail) if shown.detail else "",
    )


def _ways_after_failure(say: Callable[[str], str], problem: Problem) -> tuple[ActionButton, ...]:
    labels = {
        Code.DUPLICATE_EXTERNAL_PLATFORM: say("Change the name"),
        Code.RESERVED_PLATFORM_NAME: say("Change the name"),
        Code.GROUP_NOT_FOUND: say("Choose another group"),
        Code.USER_NOT_FOUND: say("Choose another author"),
    }
    back = ActionButton("mend", labels.get(problem.code, say("Back to the answers")), CreateAction.MEND)
    if problem.code is Code.DUPLICATE_EXTERNAL_PLATFORM:
        text = say("Save the ID of the existing one")
        adopt = ActionButton("adopt", text, CreateAction.ADOPT_EXISTING, is_link=True)
        return (back, adopt) if problem.field else (_try_again(say), adopt)
    if problem.field is not None or problem.code is Code.INVALID_TOKEN:
        return (back,)
    return _try_again(say), ActionButton("mend", say("Back to the answers"), CreateAction.MEND, is_link=True)


def _try_again(say: Callable[[str], str]) -> ActionButton:
    return ActionButton("tryAgain", say("Try again"), CreateAction.TRY_AGAIN)


def _reason(creation: Creation | None) -> Problem:
    """Why a creation of the ledger was closed, as far as the ledger tells."""
    if creation is None or creation.reason not in set(Code):
        return Bug(Code.BUG)
    return Expected(Code(creation.reason))
