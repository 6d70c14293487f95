"""What is done with an integration: one operation each, with its states and the transitions between them."""

from dataclasses import dataclass, field
from enum import StrEnum

from wizard.core.integration import Integration, Labels


class OperationKind(StrEnum):
    """What an operation does."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    SHARE = "share"
    UNSHARE = "unshare"


class OperationState(StrEnum):
    """How far an operation is. From SENT on the platform may have done it; DONE alone is certain that it has."""

    PLANNED = "planned"
    SENT = "sent"
    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_PLANNED, _SENT, _UNKNOWN, _DONE, _REFUSED, _WITHDRAWN = OperationState

TRANSITIONS: dict[OperationState, frozenset[OperationState]] = {
    _PLANNED: frozenset({_SENT, _DONE, _REFUSED, _WITHDRAWN}),
    _SENT: frozenset({_SENT, _UNKNOWN, _DONE, _REFUSED, _WITHDRAWN}),
    _UNKNOWN: frozenset({_SENT, _DONE, _REFUSED, _WITHDRAWN}),
    _DONE: frozenset(),
    _REFUSED: frozenset({_DONE}),
    _WITHDRAWN: frozenset({_DONE}),
}
"""The states that may follow each state: a result that arrived can be saved, whatever was decided meanwhile.

The ledger refuses every other change, so two windows cannot undo each other's steps.
"""

OPEN_STATES = frozenset({_PLANNED, _SENT, _UNKNOWN})
"""States whose outcome is not known: each such operation shows as one card."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, from the press of the button to its outcome. Times are UTC in ISO 8601, "" = not yet.

    `request` holds the values asked for: of a create or an edit those wanted, of a delete those it had.
    `integration_id` is the local id of the integration in the ledger, "" before there is one; `remote_operation` is
    the platform's id of a bulk operation.
    """

    id: str
    kind: OperationKind
    customer_id: str
    request: Integration
    labels: Labels = field(default_factory=Labels)
    integration_id: str = ""
    batch_id: str = ""
    draft_id: str = ""
    state: OperationState = OperationState.PLANNED
    remote_operation: str = ""
    planned_at: str = ""
    sent_at: str = ""
    ended_at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OperationItem:
    """One element of an operation that has several, such as one group of a sharing; `subject` is its remote id."""

    id: int
    operation_id: str
    subject: str
    state: OperationState = OperationState.PLANNED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations of one kind that were started together for one customer."""

    id: str
    kind: OperationKind
    customer_id: str
    label: str = ""
    created_at: str = ""
