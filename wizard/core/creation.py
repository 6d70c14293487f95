"""One creation as people see it: the operation that creates, together with the integration it made."""

from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Found, Integration, Labels
from wizard.core.operations import Operation, OperationKind, OperationState
from wizard.core.saved_integrations import SavedIntegration


class State(StrEnum):
    """How far a creation is: the state of its operation until its id is known, then the integration's status."""

    PLANNED = "planned"
    SENT = "sent"
    UNKNOWN = "unknown"
    CREATED = "created"
    VERIFIED = "verified"
    DIFFERENT = "different"
    GONE = "gone"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.PLANNED, State.SENT, State.UNKNOWN})
"""States whose outcome is not known: each of them shows as one card."""

KEPT = frozenset({State.CREATED, State.VERIFIED, State.DIFFERENT, State.GONE})
"""States that have an id."""


@dataclass(frozen=True, slots=True)
class Creation:
    """A read-only view. Times are UTC in ISO 8601, "" = not yet.

    `integration` is None until the id is known, which is as long as the operation is not DONE.
    """

    operation: Operation
    integration: SavedIntegration | None = None

    @property
    def id(self) -> str:
        """The operation's id."""
        return self.operation.id

    @property
    def draft_id(self) -> str:
        """The draft that was created."""
        return self.operation.draft_id

    @property
    def customer_id(self) -> str:
        """The customer on whose platform."""
        return self.operation.customer_id

    @property
    def wanted(self) -> Integration:
        """The values wanted."""
        return self.integration.desired if self.integration else self.operation.request

    @property
    def labels(self) -> Labels:
        """The names behind the ids."""
        return self.integration.labels if self.integration else self.operation.labels

    @property
    def state(self) -> State:
        """How far it is."""
        if self.integration:
            return State(self.integration.status.value)
        return State(self.operation.state.value)

    @property
    def integration_id(self) -> ObjectId | None:
        """The platform's id."""
        return self.integration.remote_id if self.integration else None

    @property
    def is_adopted(self) -> bool:
        """Whether it was already there when this creation looked."""
        return self.integration is not None and self.integration.is_adopted

    @property
    def planned_at(self) -> str:
        """When the button was pressed."""
        return self.operation.planned_at

    @property
    def sent_at(self) -> str:
        """When the request was sent last."""
        return self.operation.sent_at

    @property
    def created_at(self) -> str:
        """When the id was saved."""
        return self.integration.created_at if self.integration else ""

    @property
    def verified_at(self) -> str:
        """When it was compared with the platform's list last."""
        return self.integration.checked_at if self.integration else ""

    @property
    def reason(self) -> str:
        """The code of what stands in the way, if anything does."""
        return self.operation.reason

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The values that were not as wanted at the last check."""
        return self.integration.differences if self.integration else ()

    def with_reason(self, reason: str) -> "Creation":
        """This creation, with what stood in the way of its check; not saved."""
        return replace(self, operation=replace(self.operation, reason=reason))


def creation_of(integration: SavedIntegration) -> Creation:
    """The view of a saved integration whose operation is not known any more."""
    made = Operation(
        integration.id,
        OperationKind.CREATE,
        integration.customer_id,
        integration.desired,
        integration.labels,
        integration_id=integration.id,
        state=OperationState.DONE,
    )
    return Creation(made, integration)


def needs_a_look(creation: Creation) -> bool:
    """Whether a person has to be told at the next start: the outcome, or its check, is missing."""
    return creation.state in OPEN or creation.state is State.CREATED


def ours(creation: Creation, found: tuple[Found, ...]) -> Found | None:
    """The one of these namesakes that this creation made, as far as can be told.

    A name is unique in its group (vendor's guide), so a single namesake with our author is ours. None if there is
    no such one, or if several could be.
    """
    mine = [f for f in found if f.author_id in (creation.wanted.author_id, None)]
    return mine[0] if len(mine) == 1 and len(found) == 1 else None
