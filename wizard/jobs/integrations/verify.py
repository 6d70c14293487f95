"""Compare what the platform has with what was wanted, value by value."""

import threading
from typing import TYPE_CHECKING

from wizard.core.creation import Creation
from wizard.core.integration import Found, differences
from wizard.core.problems import Code, Expected
from wizard.core.progress import Entered, Phase, Report
from wizard.core.saved_integrations import SavedIntegration
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.api.v2.client import Client


def run(services: Services, creation_id: str, report: Report, stop: threading.Event, customer_id: str = "") -> Creation:
    """List the saved integration again and save what the comparison found. Raises `Expected`; its id stays saved.

    `customer_id` is the customer whose credentials to use, if not its own.
    """
    creation = services.local.ledger.creations.get(creation_id)
    if creation.integration is None:
        raise Expected(Code.INTEGRATION_NOT_FOUND)
    report(Entered(Phase.CHECKING))
    platform = services.connections.session(customer_id or creation.customer_id, stop, report).platform
    found = _find(platform, creation.integration, report, stop)
    if found is None:
        raise Expected(Code.INTEGRATION_NOT_FOUND)
    report(Entered(Phase.SAVING))
    checked = services.local.ledger.integrations.note_check(
        creation.integration.id, differences(creation.wanted, found)
    )
    return Creation(creation.operation, checked)


def _find(platform: "Client", saved: SavedIntegration, report: Report, stop: threading.Event) -> Found | None:
    """The integration by its name, which is one request; then in the whole list, because its name can differ."""
    for found in platform.integrations(report, stop, name=saved.name):
        if found.id == saved.remote_id:
            return found
    return next((f for f in platform.integrations(report, stop) if f.id == saved.remote_id), None)
