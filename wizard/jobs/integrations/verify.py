"""Compare what the platform has with what was wanted, value by value."""

import threading
from typing import TYPE_CHECKING

from wizard.core.creation import Creation, State
from wizard.core.ids import ObjectId
from wizard.core.integration import Found, differences
from wizard.core.problems import Code, Expected
from wizard.core.progress import Entered, Phase, Report
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.api.v2.client import Client


def run(services: Services, creation_id: str, report: Report, stop: threading.Event, customer_id: str = "") -> Creation:
    """Read the saved integration again and keep the proof. Raises `Expected`; the id is safe whatever happens here.

    `customer_id` is the customer whose credentials to use, if not its own.
    """
    creation = services.ledger.creation(creation_id)
    report(Entered(Phase.CHECKING))
    platform = services.session(customer_id or creation.customer_id, stop, report).platform
    found = _find(platform, creation.wanted.external_platform, creation.integration_id, report, stop)
    if found is None:
        raise Expected(Code.INTEGRATION_NOT_FOUND)
    report(Entered(Phase.SAVING))
    rows = differences(creation.wanted, found)
    return services.ledger.move(
        creation_id,
        State.DIFFERENT if rows else State.VERIFIED,
        differences=rows,
        verified_at=services.now(),
    )


def _find(
    platform: "Client", name: str, wanted: ObjectId | None, report: Report, stop: threading.Event
) -> Found | None:
    """The integration by its name first, which is one request; then in the whole list, should the name differ."""
    for found in platform.integrations(report, stop, name=name):
        if found.id == wanted:
            return found
    return next((f for f in platform.integrations(report, stop) if f.id == wanted), None)
