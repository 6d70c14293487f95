"""Kill the program at random moments and count what is left: while it creates, under random faults of the platform,
or while it migrates ledgers of the versions before.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.faults.migration_kills import run_migration_kills
from tests.soak.workers import soak


def main() -> int:
    """Exit status 1 if anything was doubled or lost."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how often (100)")
    parser.add_argument("--kills-migration", type=int, default=0, metavar="N", help="kill so many migrations instead")
    parser.add_argument("--seed", type=int, default=None, help="to repeat a run; by chance if it is left out")
    parser.add_argument("--workers", type=int, default=None, help="how many at once (one for each processor)")
    given = parser.parse_args()
    if given.kills < 1:
        parser.error("--kills has to be 1 or more")
    seed = random.randrange(1_000_000) if given.seed is None else given.seed
    if given.kills_migration:
        return _kill_migrations(given.kills_migration, seed)
    _say(f"== killing {given.kills} times, seed {seed}")
    done = soak(given.kills, seed, given.workers)
    _say(done.text())
    _say("== nothing doubled, nothing lost" if done.is_good else "== NOT GOOD")
    return 0 if done.is_good else 1


def _kill_migrations(count: int, seed: int) -> int:
    _say(f"== killing {count} migrations, seed {seed}")
    with tempfile.TemporaryDirectory(prefix="wizard-soak-") as folder:
        done = run_migration_kills(count, seed, Path(folder))
    _say(done.text())
    _say("== nothing lost" if done.is_good else "== NOT GOOD")
    return 0 if done.is_good else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("The soak kills with SIGKILL and forks: run it on Linux or macOS.")
    sys.exit(main())
