"""The integrations that this computer knows: what exists on a customer's platform, and what the last check found."""

from dataclasses import dataclass, field
from enum import StrEnum

from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration, Labels


class IntegrationStatus(StrEnum):
    """What is known of a saved integration: CREATED was not checked yet, GONE is not on the platform any more."""

    CREATED = "created"
    VERIFIED = "verified"
    DIFFERENT = "different"
    GONE = "gone"


_CHECKED = frozenset({IntegrationStatus.VERIFIED, IntegrationStatus.DIFFERENT, IntegrationStatus.GONE})

TRANSITIONS: dict[IntegrationStatus, frozenset[IntegrationStatus]] = dict.fromkeys(IntegrationStatus, _CHECKED)
"""The statuses that may follow each status: any integration can be deleted and found again, none becomes unchecked."""


@dataclass(frozen=True, slots=True)
class SavedIntegration:
    """One integration with its id on the platform (`remote_id`). Times are UTC in ISO 8601, "" = not yet.

    `differences` are those of the last check. `made_here` tells that an operation of this computer created it;
    `is_adopted` that it was already there when that operation looked.
    """

    id: str
    customer_id: str
    remote_id: ObjectId
    desired: Integration
    labels: Labels = field(default_factory=Labels)
    status: IntegrationStatus = IntegrationStatus.CREATED
    made_here: bool = True
    is_adopted: bool = False
    created_at: str = ""
    checked_at: str = ""
    removed_at: str = ""
    differences: tuple[Difference, ...] = ()
    note: str = ""
    ticket: str = ""

    @property
    def name(self) -> str:
        """Its name, which is the external platform's."""
        return self.desired.external_platform


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One comparison of a saved integration with what the platform lists."""

    id: int
    integration_id: str
    at: str
    result: IntegrationStatus
    differences: tuple[Difference, ...] = ()
