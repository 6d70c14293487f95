"""The support file: facts that help to find a fault, shown complete before it is written, and nothing about people.

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
from wizard.core.problems import Problem
from wizard.core.progress import Report
from wizard.services import Services

DETAILS = ("about.txt", "errors.txt")
"""The parts that are needed first."""
LOG_TAIL = 200_000
"""Characters of the end of the log that go in."""

_FOLDERS = re.compile(r'(?<=File ")[^"\n]*[\\/]')


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the support file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All parts in order; and the data folder, which is shown to the person only and is not written."""

    parts: tuple[Part, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Save:
    """Write `bundle` to `path`."""

    bundle: Bundle
    path: Path


def collect(services: Services, errors: tuple[str, ...], _report: Report, _stop: threading.Event) -> Bundle:
    """Gather everything; `errors` are the uncaught ones of this run, as kinds and places. No broken ledger stops it."""
    services.local.flush_log()
    parts = (
        Part("about.txt", about(services)),
        Part("errors.txt", _lines(errors) or "none in this run\n"),
        Part("ledger.txt", _ledger(services)),
        Part("log.txt", services.local.log_tail(LOG_TAIL) or "empty\n"),
        Part("crash.txt", _FOLDERS.sub("", services.local.crash_tail(LOG_TAIL)) or "none\n"),
    )
    return Bundle(
        tuple(Part(part.name, services.local.redacted(part.text)) for part in parts), services.local.folders.root
    )


def save(services: Services, given: Save, _report: Report, _stop: threading.Event) -> Path:
    """Write exactly what was shown. Raises `Expected` where the folder takes no file."""
    path = given.path if given.path.suffix else given.path.with_suffix(".zip")
    services.local.write_zip(path, ((part.name, part.text) for part in given.bundle.parts))
    return path


def about(services: Services) -> str:
    """Versions and settings, one a line; no name of this computer, of a person or of a folder."""
    facts = {
        "integration-wizard": __version__,
        "system": platform.platform(),
        "python": f"{platform.python_version()} ({'frozen' if getattr(sys, 'frozen', False) else 'not frozen'})",
        **services.facts,
        "practice": "yes" if services.is_practice else "no",
        "data folder": "the usual one" if services.local.is_default_folder else "another one",
    }
    return _lines(f"{name}: {value}" for name, value in facts.items())


def _ledger(services: Services) -> str:
    """Counts and states only."""
    try:
        ledger = services.local.ledger
        regions = Counter(str(region_of(customer.origin)) for customer in ledger.customers.all())
        counts: dict[str, int | str] = {
            **{f"customers, {region}": n for region, n in sorted(regions.items())},
            **ledger.counts(),
            # The mode only: address and user of a proxy are a company's.
            "network": str(ledger.settings.network().mode),
        }
    except Problem as problem:
        return _lines([f"cannot be read: {problem.code} {problem.detail}".strip()])
    return _lines(f"{what}: {n}" for what, n in counts.items())


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)
