"""Many kills by several workers at once: each has a platform, a data folder and a program of its own to kill."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.faults.driver import ROOT
from tests.faults.kills import KillReport, run_kills


@dataclass
class Soak:
    """What came of it all."""

    kills: int
    seed: int
    workers: int
    counts: KillReport = field(default_factory=KillReport)
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing was doubled and nothing lost."""
        counts = self.counts
        return counts.wanted == counts.made and counts.doubled == 0 and counts.lost == 0

    def text(self) -> str:
        """The figures, a line each."""
        counts = self.counts
        lines = (
            ("kills", counts.kills),
            ("killed before the end", counts.killed),
            ("integrations wanted", counts.wanted),
            ("integrations made", counts.made),
            ("doubled", counts.doubled),
            ("ids lost", counts.lost),
            ("cards shown", counts.cards),
            ("seconds", round(self.seconds)),
            ("seed", self.seed),
            ("workers", self.workers),
        )
        return "\n".join(f"  {name:<24}{value:>8}" for name, value in lines)


def soak(kills: int, seed: int, workers: int | None = None) -> Soak:
    """Kill so often, shared out among workers; the same seed gives each the same faults and moments."""
    count = max(1, min(workers or os.cpu_count() or 1, kills // 10))
    shares = [kills // count + (number < kills % count) for number in range(count)]
    result = Soak(kills, seed, count)
    started = time.monotonic()
    commands = [
        [sys.executable, "-m", "tests.soak.workers", str(share), str(1_000 * seed + number)]
        for number, share in enumerate(shares)
    ]
    processes = [subprocess.Popen(c, stdout=subprocess.PIPE, text=True, cwd=ROOT) for c in commands]
    try:
        for process in processes:
            said, _ = process.communicate()
            if process.returncode:
                raise RuntimeError(f"a worker ended with {process.returncode}")
            result.counts.add(KillReport(**json.loads(said)))
    finally:
        for process in processes:
            process.kill()
            process.wait()
    result.seconds = time.monotonic() - started
    return result


def main(share: int, seed: int) -> None:
    """One worker: kill, count, and say the counts as JSON."""
    with tempfile.TemporaryDirectory(prefix="wizard-soak-") as folder:
        report = run_kills(share, seed, Path(folder) / "data", has_faults=True)
    sys.stdout.write(json.dumps(asdict(report)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
