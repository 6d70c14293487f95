"""Fetch one picture to look at."""

import threading

from wizard.core.pictures import Picture
from wizard.core.progress import Report
from wizard.services import Services


def run(services: Services, url: str, _report: Report, stop: threading.Event) -> Picture:
    """The picture at an address of the public internet. Raises `Problem`."""
    return services.connections.pictures(stop).fetch(url, stop)
