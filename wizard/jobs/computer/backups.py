"""Keep a copy of the ledger."""

import threading

from wizard.core.progress import Report
from wizard.services import Services


def run(services: Services, _input: None, _report: Report, _stop: threading.Event) -> None:
    """Copy the ledger if it changed since the last copy. Runs after every saved id and at every start."""
    services.local.copy_ledger()
