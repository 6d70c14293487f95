"""Keep and discard drafts."""

import threading

from wizard.core.draft import Draft
from wizard.core.progress import Report
from wizard.services import Services


def keep(services: Services, draft: Draft, _report: Report, _stop: threading.Event) -> None:
    """Save a draft."""
    services.local.ledger.drafts.keep(draft)


def discard(services: Services, draft_id: str, _report: Report, _stop: threading.Event) -> None:
    """Remove a draft."""
    services.local.ledger.drafts.discard(draft_id)
