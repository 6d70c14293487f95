"""Fetch one picture to look at."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.core.pictures import Picture
from wizard.core.progress import Report
from wizard.services import Services


@dataclass(frozen=True, slots=True)
class Preview:
    """A decoded picture, as whoever asked for it draws it, and what it was: kind, pixels, bytes."""

    image: object = field(repr=False)
    kind: str
    width: int
    height: int
    weight: int


Decode = Callable[[Picture], Preview]
"""Turns a picture into pixels. Raises `Expected` if it is too large or broken. Called on the job's thread."""


@dataclass(frozen=True, slots=True)
class PreviewWanted:
    """The address of a picture, and what decodes it."""

    url: str
    decode: Decode


def run(services: Services, url: str, _report: Report, stop: threading.Event) -> Picture:
    """The picture at an address of the public internet. Raises `Problem`."""
    return services.connections.pictures(stop).fetch(url, stop)


def preview(services: Services, wanted: PreviewWanted, report: Report, stop: threading.Event) -> Preview:
    """Fetch and decode a picture. Raises `Problem`. Decoding takes its time, so it is part of the job."""
    return wanted.decode(run(services, wanted.url, report, stop))
