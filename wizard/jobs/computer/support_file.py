"""The support file: what helps to find a fault, shown whole before it is written, and nothing about people.

It is made of facts that are harmless by their kind (versions, counts, states) and of the log, which holds no others.
"""

import platform
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wizard import __version__
from wizard.core.address import region_of
from wizard.core.network_settings import NETWORK, Network
from wizard.core.problems import Problem
from wizard.services import Report, Services

DETAILS = ("about.txt", "errors.txt")
"""What is asked for first."""
LOG_TAIL = 200_000
"""Characters of the log that go in: its end is what matters."""

_FOLDERS = re.compile(r'(?<=File ")[^"\n]*[\\/]')


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the support file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that goes in, in order; and for the eyes of the person alone, where the program keeps its data."""

    parts: tuple[Part, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Save:
    """Write `bundle` to `path`."""

    bundle: Bundle
    path: Path


def collect(services: Services, errors: tuple[str, ...], _report: Report, _stop: threading.Event) -> Bundle:
    """Gather everything; `errors` are the uncaught ones of this run, as kinds and places. No broken ledger stops it."""
    from wizard.store import log

    services.settle_log()
    folders = services.folders
    parts = (
        Part("about.txt", about(services)),
        Part("errors.txt", _lines(errors) or "none in this run\n"),
        Part("ledger.txt", _ledger(services)),
        Part("log.txt", log.tail(folders.log, LOG_TAIL) or "empty\n"),
        Part("crash.txt", _FOLDERS.sub("", log.tail(folders.log.with_name(log.CRASHES), LOG_TAIL)) or "none\n"),
    )
    return Bundle(tuple(Part(part.name, log.scrubbed(part.text)) for part in parts), folders.root)


def save(_services: Services, given: Save, _report: Report, _stop: threading.Event) -> Path:
    """Write exactly what was shown. Raises `Expected` where the folder takes no file."""
    from wizard.store import zip_writer

    path = given.path if given.path.suffix else given.path.with_suffix(".zip")
    zip_writer.write(path, ((part.name, part.text) for part in given.bundle.parts))
    return path


def about(services: Services) -> str:
    """Versions and settings, one a line; no name of this computer, of a person or of a folder."""
    facts = {
        "integration-wizard": __version__,
        "system": platform.platform(),
        "python": f"{platform.python_version()} ({'frozen' if getattr(sys, 'frozen', False) else 'not frozen'})",
        **services.facts,
        "practice": "yes" if services.is_practice else "no",
        "data folder": "the usual one" if services.is_usual_folder else "another one",
    }
    return _lines(f"{name}: {value}" for name, value in facts.items())


def _ledger(services: Services) -> str:
    """Counts and states only."""
    try:
        ledger = services.ledger
        regions = Counter(str(region_of(customer.origin)) for customer in ledger.customers())
        counts: dict[str, int | str] = {
            **{f"customers, {region}": n for region, n in sorted(regions.items())},
            **ledger.counts(),
            # How, not through what: the address of a proxy and its user are a company's.
            "network": str((ledger.setting(NETWORK, Network) or Network()).mode),
        }
    except Problem as problem:
        return _lines([f"cannot be read: {problem.code} {problem.detail}".strip()])
    return _lines(f"{what}: {n}" for what, n in counts.items())


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)
