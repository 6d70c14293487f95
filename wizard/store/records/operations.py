"""Rows of `batch`, `operation`, `operation_item` and `event`."""

import msgspec

from wizard.core.operations import Batch, Operation, OperationItem, OperationKind, OperationState
from wizard.store.records.integrations import LabelsRecord, RequestRecord


class OperationRecord(msgspec.Struct):
    """A row of `operation`."""

    id: str
    kind: str
    customer_id: str
    request: RequestRecord
    labels: LabelsRecord
    state: str
    integration_id: str | None = None
    batch_id: str | None = None
    draft_id: str = ""
    remote_operation: str = ""
    planned_at: str = ""
    sent_at: str = ""
    ended_at: str = ""
    reason: str = ""

    def to_core(self) -> Operation:
        """The operation."""
        return Operation(
            id=self.id,
            kind=OperationKind(self.kind),
            customer_id=self.customer_id,
            request=self.request.to_core(),
            labels=self.labels.to_core(),
            integration_id=self.integration_id or "",
            batch_id=self.batch_id or "",
            draft_id=self.draft_id,
            state=OperationState(self.state),
            remote_operation=self.remote_operation,
            planned_at=self.planned_at,
            sent_at=self.sent_at,
            ended_at=self.ended_at,
            reason=self.reason,
        )

    @staticmethod
    def of(operation: Operation) -> "OperationRecord":
        """The row of an operation."""
        return OperationRecord(
            id=operation.id,
            kind=operation.kind.value,
            customer_id=operation.customer_id,
            request=RequestRecord.of(operation.request),
            labels=LabelsRecord.of(operation.labels),
            state=operation.state.value,
            integration_id=operation.integration_id or None,
            batch_id=operation.batch_id or None,
            draft_id=operation.draft_id,
            remote_operation=operation.remote_operation,
            planned_at=operation.planned_at,
            sent_at=operation.sent_at,
            ended_at=operation.ended_at,
            reason=operation.reason,
        )


class OperationItemRecord(msgspec.Struct):
    """A row of `operation_item`."""

    id: int
    operation_id: str
    subject: str
    state: str
    reason: str = ""

    def to_core(self) -> OperationItem:
        """The item."""
        return OperationItem(self.id, self.operation_id, self.subject, OperationState(self.state), self.reason)


class BatchRecord(msgspec.Struct):
    """A row of `batch`."""

    id: str
    kind: str
    customer_id: str
    label: str = ""
    created_at: str = ""

    def to_core(self) -> Batch:
        """The batch."""
        return Batch(self.id, OperationKind(self.kind), self.customer_id, self.label, self.created_at)


class EventRecord(msgspec.Struct):
    """A row of `event`: what became of an operation, an integration, or both, and when."""

    id: int | None
    operation_id: str | None
    integration_id: str | None
    at: str
    state: str
    note: str = ""

    def to_core(self) -> tuple[str, str]:
        """Time and state."""
        return self.at, self.state
