"""Kill the program at random moments between *Create* and the end: python -m tests.outside.kills 100

Each time it is started again, and a person does what the window offers. However it went, there must be exactly one
integration, and its id must be saved.
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.outside import journey
from tests.outside.bus import Bus
from tests.outside.drive import Server, Window, saved, serving
from tests.outside.session import Desktop

_ROUND = 40
"""Integrations for one platform, which takes some more than that."""


@dataclass(slots=True)
class KillReport:
    """What came of so many kills, and what the window offered at the next start."""

    wanted: int = 0
    ended: int = 0
    doubled: int = 0
    lost: int = 0
    cards: int = 0
    drafts: int = 0
    unchecked: int = 0
    over: int = 0


def run_kills(desktop: Desktop, n: int, seed: int, folder: Path) -> KillReport:
    """Kill `n` creations and bring each to its end."""
    chance, report = random.Random(seed), KillReport()
    with closing(Bus(desktop.bus_address)) as bus:
        for first in range(0, n, _ROUND):
            with serving("--latency", "0.06") as server:
                _round(desktop, bus, server, folder / f"data-{first}", min(_ROUND, n - first), chance, report)
    return report


def _round(
    desktop: Desktop, bus: Bus, server: Server, data_dir: Path, n: int, chance: random.Random, report: KillReport
) -> None:
    window = Window(desktop, bus, data_dir)
    try:
        # The first one only measures how long it takes.
        journey.to_review(window, server, "Measured")
        started_s = time.monotonic()
        window.press("createButton")
        window.wait("createPage")
        entered_s = time.monotonic()
        journey.finished(window)
        whole_s, inner_s = (time.monotonic() - at_s for at_s in (started_s, entered_s))
        for number in range(n):
            name = f"Killed {number}"
            window.press("createAnother")
            journey.paste(window, server)
            journey.behave(window, name)
            window.press("createButton")
            # Half of them from the last page on, or most would come before anything was sent.
            if number % 2:
                window.wait("createPage")
            time.sleep(chance.uniform(0, 1.1 * (inner_s if number % 2 else whole_s)))
            window.end()
            window = Window(desktop, bus, data_dir)
            shown = _go_on(window, server, name, report, is_over=_is_over(desktop, data_dir, name))
            there = [one["_id"] for one in server.integrations(name)]
            report.wanted += 1
            report.doubled += max(0, len(there) - 1)
            report.ended += there == [shown]
    finally:
        window.end()
    kept = {one["externalPlatform"]: one["_id"] for one in saved(desktop, data_dir)}
    there_all = {one["externalPlatform"]: one["_id"] for one in server.integrations()}
    names = ["Measured", *(f"Killed {number}" for number in range(n))]
    report.lost += sum(1 for name in names if name not in kept or kept[name] != there_all.get(name))


def _is_over(desktop: Desktop, data_dir: Path, name: str) -> bool:
    """Whether this creation was verified before the kill, so that nothing of it is left to offer."""
    return any(one["externalPlatform"] == name and one["state"] == "verified" for one in saved(desktop, data_dir))


def _go_on(window: Window, server: Server, name: str, report: KillReport, *, is_over: bool) -> str:
    """Do what a person does at the next start; ends on the last page, and tells the id that is shown."""
    first = window.wait("rescueCard", "integrationId", "newIntegrationButton")
    if first.id == "rescueCard":
        report.cards += 1
        window.press("lookNow")
    elif first.id == "integrationId":
        report.unchecked += 1
        window.press("lookNow")
        window.wait("createAnother")
    elif not is_over:
        report.drafts += 1
        window.press("newIntegrationButton")
        window.press("resumeDraft")
        window.wait("reviewPage")
        window.press("createButton")
    else:
        report.over += 1
        return _after_the_end(window, server, name)
    return journey.finished(window)


def _after_the_end(window: Window, server: Server, name: str) -> str:
    """It was over before the kill: it is in the list, a person makes the next one, and we look it up."""
    window.press("newIntegrationButton")
    window.bus.act(window.enabled("savedCustomer").ref, "Press")
    window.pick_folded("savedCustomer", journey.CUSTOMER)
    window.press("nextButton")
    journey.paste(window, server)
    journey.behave(window, f"After {name}")
    window.press("createButton")
    journey.finished(window)
    return next((str(one["_id"]) for one in server.integrations(name)), "")


def main() -> int:
    """Run as many kills as the command line says; tells whether all ended well."""
    parser = argparse.ArgumentParser(prog="python -m tests.outside.kills", description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder, Desktop() as desktop:
        report = run_kills(desktop, given.n, given.seed, Path(folder))
    sys.stdout.write(f"{report}\n")
    return 0 if (report.ended, report.doubled, report.lost) == (report.wanted, 0, 0) else 1


if __name__ == "__main__":
    sys.exit(main())
