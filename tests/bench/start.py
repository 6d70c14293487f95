"""Start to first paint, and memory: the whole program against an empty five-page wizard, each a process of its own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Figure, compare
from tests.gates import GUARD
from tests.helpers.made import customer
from wizard.core.address import Origin
from wizard.services import Services

_CHILD = Path(__file__).with_name("child.py")
_ROOT = _CHILD.parent.parent.parent
_LIMIT_S = 60.0
START_GOAL, MEMORY_GOAL = 2.0, 1.35


@dataclass(frozen=True, slots=True)
class Start:
    """One start: milliseconds to the first paint by the clock and of the processor, the peak in MiB then and later."""

    painted_ms: float
    processor_ms: float
    memory: float
    settled: float


def started(arguments: list[str], environment: dict[str, str]) -> Start:
    """Start one process and wait for its end; the time runs from just before it is made."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, str(_CHILD), *arguments],
        cwd=_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    painted, told = 0.0, {"processor": 0.0, "memory": 0.0, "settled": 0.0}
    try:
        assert child.stdout is not None
        for line in child.stdout:
            word, _, number = line.strip().partition(" ")
            if word == "painted":
                painted = time.perf_counter() - began
            elif word in told:
                told[word] = float(number)
        _, errors = child.communicate(timeout=_LIMIT_S)
    finally:
        child.kill()
    if not painted or child.returncode:
        raise RuntimeError(f"a start did not come to its first paint: {errors[-2000:]}")
    return Start(painted * 1000, told["processor"], told["memory"] / 1024, told["settled"] / 1024)


def environment(home: Path, platform: str, display: str = "") -> dict[str, str]:
    """What a start finds: as on any computer, with compiled modules, in a home of its own."""
    # What tells Python to leave no compiled modules would measure the compiler.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "QT_", "XDG_", "LC_"))}
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LANG": "C.UTF-8",
        "DISPLAY": display,
        "QT_QPA_PLATFORM": platform,
        "PYTHONPATH": os.pathsep.join([GUARD, str(_ROOT)]),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A display without a screen, under Xvfb; an empty text where that is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        yield ""
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        yield f":{number}" if number else ""
    finally:
        server.terminate()
        server.wait()


def with_a_customer(folder: Path) -> Path:
    """A data folder with one saved customer."""
    services = Services(folder)
    services.local.ledger.customers.keep(
        customer("c1", "ACME", Origin("https://app.360learning.com"), "id", "ACME Academy")
    )
    services.close()
    return folder


def measure(rounds: int, platform: str, display: str, home: Path) -> list[Figure]:
    """The figures of one way to draw: fresh, and with a saved customer."""
    around = environment(home, platform, display)
    saved = with_a_customer(home / f"saved-{platform}")
    bare: list[Start] = []
    fresh: list[Start] = []
    known: list[Start] = []
    for number in range(rounds + 1):
        with tempfile.TemporaryDirectory(dir=home) as empty:
            three = (
                started(["bare"], around),
                started(["wizard", "--data-dir", empty], around),
                started(["wizard", "--data-dir", str(saved)], around),
            )
        if number:  # the first round compiles the modules and fills the caches of the disk
            for one, all_of_it in zip(three, (bare, fresh, known), strict=True):
                all_of_it.append(one)
    bare_ms = [s.painted_ms for s in bare]
    figures = [
        compare(f"start to first paint, {platform}", [s.painted_ms for s in fresh], bare_ms, "ms", START_GOAL),
        compare(f"start with a saved customer, {platform}", [s.painted_ms for s in known], bare_ms, "ms", START_GOAL),
    ]
    # Says the same while others use this computer, too.
    figures.append(
        compare(
            f"processor time of it, {platform}",
            [s.processor_ms for s in fresh],
            [s.processor_ms for s in bare],
            "ms",
            None,
        )
    )
    if all(s.memory for s in bare):
        peaks = [s.memory for s in bare]
        figures += [
            compare(f"peak memory at first paint, {platform}", [s.memory for s in fresh], peaks, "MiB", MEMORY_GOAL),
            compare(
                f"peak memory after the first job, {platform}",
                [s.settled for s in known],
                [s.settled for s in bare],
                "MiB",
                MEMORY_GOAL,
            ),
        ]
    return figures


def figures(rounds: int) -> list[Figure]:
    """All figures of the start: without a screen, and under Xvfb where it is installed."""
    with tempfile.TemporaryDirectory(prefix="wizard-bench-") as folder, screen() as display:
        found = measure(rounds, "offscreen", "", Path(folder))
        if display:
            found += measure(rounds, "xcb", display, Path(folder))
    return found
