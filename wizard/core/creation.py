"""The journal of one creation: its states and the only ways between them."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Found, Integration


class State(StrEnum):
    """How far a creation is. From SENT on the integration may exist; from CREATED on its id is known.

    GONE is what the person says of one that is not in the platform's list: it was deleted there.
    """

    PLANNED = "planned"
    SENT = "sent"
    UNKNOWN = "unknown"
    CREATED = "created"
    VERIFIED = "verified"
    DIFFERENT = "different"
    GONE = "gone"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAYS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SENT, State.CREATED, State.REFUSED, State.WITHDRAWN}),
    State.SENT: frozenset({State.SENT, State.UNKNOWN, State.CREATED, State.REFUSED, State.WITHDRAWN}),
    State.UNKNOWN: frozenset({State.SENT, State.CREATED, State.REFUSED, State.WITHDRAWN}),
    State.CREATED: frozenset({State.VERIFIED, State.DIFFERENT, State.GONE}),
    State.VERIFIED: frozenset({State.VERIFIED, State.DIFFERENT}),
    State.DIFFERENT: frozenset({State.VERIFIED, State.DIFFERENT}),
    State.GONE: frozenset({State.VERIFIED, State.DIFFERENT, State.GONE}),
    State.REFUSED: frozenset({State.CREATED}),
    State.WITHDRAWN: frozenset({State.CREATED}),
}
"""Where each state may go: an id that arrived can be written down, whatever somebody said meanwhile.

The ledger refuses everything else, so two windows cannot undo each other's steps.
"""

OPEN = frozenset({State.PLANNED, State.SENT, State.UNKNOWN})
"""States whose outcome is not known: each of them shows as one card."""

KEPT = frozenset({State.CREATED, State.VERIFIED, State.DIFFERENT, State.GONE})
"""States that hold an id."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names behind a creation's ids, as the person saw them."""

    platform: str = ""
    group: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True)
class Creation:
    """One wish to create, from the first press of the button to the proof. Times are UTC in ISO 8601, "" = not yet."""

    id: str
    draft_id: str
    customer_id: str
    wanted: Integration
    labels: Labels
    state: State = State.PLANNED
    integration_id: ObjectId | None = None
    is_adopted: bool = False
    planned_at: str = ""
    sent_at: str = ""
    created_at: str = ""
    verified_at: str = ""
    reason: str = ""
    differences: tuple[Difference, ...] = ()


def needs_a_look(creation: Creation) -> bool:
    """Whether a person has to be told at the next start: the outcome, or the check of it, is missing."""
    return creation.state in OPEN or creation.state is State.CREATED


def ours(creation: Creation, found: tuple[Found, ...]) -> Found | None:
    """The one of these namesakes that this creation made, as far as anyone can tell.

    A name is unique in its group (vendor's guide), so one namesake with our author is ours. None if there is no
    such one, or if several could be.
    """
    mine = [f for f in found if f.author_id in (creation.wanted.author_id, None)]
    return mine[0] if len(mine) == 1 and len(found) == 1 else None
