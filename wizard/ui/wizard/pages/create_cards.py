"""The cards of the last page: what happened, what it means, the one next step."""

from dataclasses import dataclass

from wizard.core.creation import KEPT, Creation
from wizard.core.problems import Bug, Code, Expected, Field, Problem
from wizard.core.text_safety import one_line
from wizard.ui.context import Context
from wizard.ui.wizard.pages.create_state import State
from wizard.words.problems import Action, explain
from wizard.words.words import Words


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of one card, the actions behind its button and link, and what stands below it."""

    heading: str
    title: str
    paragraphs: tuple[str, ...]
    button: str
    action: str
    button_name: str
    lead: str = ""
    bold: str = ""
    link: str = ""
    link_action: str = ""
    link_name: str = ""
    others: tuple[tuple[str, str, str], ...] = ()
    """Further links: object name, text, action."""
    rows: tuple[tuple[str, str], ...] = ()
    footnote: str = ""


class Cards:
    """Makes the words of each card."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._say = context.words.say

    def make(
        self, state: State, creation: Creation | None, problem: Problem | None, names: tuple[str, str, str]
    ) -> Shown:
        """The card of a state."""
        if state in (State.UNKNOWN, State.INTERRUPTED) and creation:
            return self._unknown(state, creation, problem, names[2])
        if state is State.NOT_ALONE and creation:
            return self._not_alone(creation, names)
        if state is State.WITHDRAWN:
            return self._withdrawn(names)
        return self._failed(problem or _reason(creation), names[0])

    def _unknown(self, state: State, creation: Creation, problem: Problem | None, platform: str) -> Shown:
        say, words = self._say, self._context.words
        at = words.clock(creation.sent_at or creation.planned_at)
        if state is State.UNKNOWN:
            heading = say("We do not know yet whether it was created")
            title = say("We could not see the answer")
            what = say("The request went out at {time}. The integration may already exist.", time=at)
        else:
            heading = say("It was not finished")
            title = say("It stopped before it was created")
            what = say("You pressed Create at {time}. Nothing was sent as far as we know.", time=at)
        look = say("Look now")
        does = say(
            "{button} reads the list of {platform}. If it is there, its ID is saved. If not, it is created now, once.",
            button=look,
            platform=platform,
        )
        if state is State.INTERRUPTED:
            does = say(
                "{button} reads the list of {platform}. If the name is still free, it is created now, once.",
                button=look,
                platform=platform,
            )
        paragraphs = [what, does]
        if problem and problem.code not in (Code.OUTCOME_UNKNOWN, Code.STOPPED):
            shown = explain(words, problem)
            paragraphs.insert(0, f"{shown.title}. {shown.text}")
        first, second = ("lookNow", look, "look"), ("onlyLook", say("Only look, do not create"), "only-look")
        others = [("later", say("Later"), "later")]
        if secret_problem(creation, problem):
            paste = ("pasteSecret", say("Paste the secret"), "secret")
            first, second = (first, paste) if asks_again(words, problem) else (paste, first)
        return Shown(
            heading=heading,
            title=title,
            paragraphs=tuple(paragraphs),
            button=first[1],
            action=first[2],
            button_name=first[0],
            bold=look,
            link=second[1],
            link_action=second[2],
            link_name=second[0],
            others=tuple(others),
            rows=self._sent(creation),
            footnote=self._until_known(),
        )

    def _until_known(self) -> str:
        """What *Later* does."""
        say = self._say
        return say(
            "Press {button} to work on something else. This card comes back at the next start.", button=say("Later")
        )

    def _sent(self, creation: Creation) -> tuple[tuple[str, str], ...]:
        say, words = self._say, self._context.words
        group = words.listed(creation.labels.group) or creation.wanted.group_id
        reasons = {
            Code.TIMED_OUT: say("None, the platform did not answer in time"),
            Code.NO_CONNECTION: say("None, the connection broke"),
            Code.SERVER_FAILED: say("The platform reported a problem of its own"),
            Code.NOT_THE_PLATFORM: say("A web page instead of an answer"),
        }
        reason = {code.value: text for code, text in reasons.items()}.get(creation.reason, "")
        rows = [(say("Name"), one_line(creation.wanted.external_platform)), (say("Group"), one_line(group))]
        if not creation.sent_at:
            # What was never sent has no answer that somebody could not read.
            return (*rows, (say("Sent"), say("Not yet")))
        answer = reason or say("None that we could read")
        return (*rows, (say("Sent"), words.day_and_clock(creation.sent_at)), (say("Answer"), answer))

    def _not_alone(self, creation: Creation, names: tuple[str, str, str]) -> Shown:
        say = self._say
        return Shown(
            heading=say("Is this integration yours?"),
            title=say("{name} is there, but with another author", name=names[0]),
            paragraphs=(
                say("Somebody may have changed ours, or made one of the same name. Compare it on the platform."),
                say("Nothing is sent either way."),
            ),
            button=say("It is ours, save its ID"),
            action="adopt",
            button_name="adopt",
            link=say("It is not ours"),
            link_action="give-up",
            link_name="giveUp",
            others=(("later", say("Later"), "later"),),
            rows=self._sent(creation),
            footnote=self._until_known(),
        )

    def _withdrawn(self, names: tuple[str, str, str]) -> Shown:
        say = self._say
        return Shown(
            heading=say("It was not created"),
            title=say("{name} is not there", name=names[0]),
            paragraphs=(
                say(
                    "We read the list of {platform}. Nothing was created, and nothing is left open.", platform=names[2]
                ),
            ),
            button=say("Start a new one"),
            action="another",
            button_name="createAnother",
        )

    def _failed(self, problem: Problem, name: str) -> Shown:
        say, words = self._say, self._context.words
        shown = explain(words, problem)
        is_duplicate = problem.code is Code.DUPLICATE_EXTERNAL_PLATFORM
        can_mend = problem.field is not None or problem.code is Code.INVALID_TOKEN
        labels = {
            Code.DUPLICATE_EXTERNAL_PLATFORM: say("Change the name"),
            Code.RESERVED_PLATFORM_NAME: say("Change the name"),
            Code.GROUP_NOT_FOUND: say("Choose another group"),
            Code.USER_NOT_FOUND: say("Choose another author"),
        }
        back = labels.get(problem.code, say("Back to the answers"))
        return Shown(
            heading=say("{name} was not created", name=name),
            title=shown.title,
            paragraphs=(shown.text,) if shown.text else (),
            button=back if can_mend else say("Try again"),
            action="mend" if can_mend else "again",
            button_name="mend" if can_mend else "tryAgain",
            link=say("Save the ID of the existing one")
            if is_duplicate
            else ""
            if can_mend
            else say("Back to the answers"),
            link_action="adopt-draft" if is_duplicate else "mend",
            link_name="adopt" if is_duplicate else "mend",
            footnote=say("Details: {detail}", detail=shown.detail) if shown.detail else "",
        )


def secret_problem(creation: Creation | None, problem: Problem | None) -> Problem | None:
    """What is wrong with the secret, if it is the secret that keeps us from looking."""
    if problem:
        return problem if problem.field is Field.CLIENT_SECRET else None
    code = creation.reason if creation and creation.state in KEPT else ""
    return Expected(Code(code), field=Field.CLIENT_SECRET, reading=1) if code in _OF_A_SECRET else None


def asks_again(words: Words, problem: Problem | None) -> bool:
    """Whether asking again may be enough, because the keychain is only locked."""
    return problem is not None and explain(words, problem).action is Action.RETRY


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


def _reason(creation: Creation | None) -> Problem:
    """Why a creation of the ledger was closed, as far as the ledger tells."""
    if creation is None or creation.reason not in set(Code):
        return Bug(Code.BUG)
    return Expected(Code(creation.reason))
