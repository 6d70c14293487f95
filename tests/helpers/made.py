"""Customers, operations and creations in few words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wizard.core.address import Origin
from wizard.core.creation import KEPT, Creation, State
from wizard.core.customers import Credential, Customer, Right, Scope
from wizard.core.draft import Draft
from wizard.core.ids import ObjectId
from wizard.core.integration import Difference, Integration, Labels
from wizard.core.operations import Operation, OperationKind, OperationState
from wizard.core.saved_integrations import IntegrationStatus, SavedIntegration

GROUP, AUTHOR = ObjectId("a" * 24), ObjectId("b" * 24)
WANTED = Integration("Atelier", GROUP, AUTHOR, True, 5, False)


def customer(
    customer_id: str,
    label: str,
    origin: Origin,
    client_id: str,
    platform_name: str = "",
    root_id: ObjectId | None = None,
    rights: Mapping[Scope, Right] | None = None,
    checked_at: str = "",
    **more: Any,
) -> Customer:
    """A customer whose credentials have its own id, as after the migration of ledger version 2."""
    credential = Credential(
        customer_id, customer_id, client_id, rights=rights or {}, added_at=checked_at, checked_at=checked_at
    )
    return Customer(customer_id, label, origin, credential, platform_name, root_id, **more)


def operation(operation_id: str = "k1", wanted: Integration = WANTED, **more: Any) -> Operation:
    """A planned creation of customer c1."""
    planned = Operation(operation_id, OperationKind.CREATE, "c1", wanted, Labels())
    return replace(planned, **more)


def planned(operation_id: str, draft: Draft, labels: Labels | None = None) -> Operation:
    """The planned creation of a draft."""
    return Operation(
        operation_id,
        OperationKind.CREATE,
        draft.customer_id,
        draft.integration(),
        labels or Labels(),
        draft_id=draft.id,
    )


def made(of: Operation, remote_id: str | None = None, **more: Any) -> SavedIntegration:
    """The integration that an operation made."""
    remote = ObjectId(remote_id or "c" * 24)
    return SavedIntegration(f"i {of.id}", of.customer_id, remote, of.request, of.labels, **more)


def creation(
    state: State = State.PLANNED,
    wanted: Integration = WANTED,
    labels: Labels | None = None,
    *,
    differences: tuple[Difference, ...] = (),
    integration: Mapping[str, Any] | None = None,
    **of_operation: Any,
) -> Creation:
    """A creation in that state; `integration` are fields of the integration that it made."""
    is_kept = state in KEPT
    operation_state = OperationState.DONE if is_kept else OperationState(state.value)
    one = operation("k1", wanted, **{"labels": labels or Labels(), "state": operation_state, **of_operation})
    if not is_kept:
        return Creation(one)
    status = IntegrationStatus(state.value)
    saved = replace(made(one, status=status, differences=differences), **(integration or {}))
    return Creation(replace(one, integration_id=saved.id), saved)
