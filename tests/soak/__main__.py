"""Kill the program at random moments of creating, under random faults of the platform, and count what is left."""

import argparse
import random
import sys

from tests.soak.workers import soak


def main() -> int:
    """Exit status 1 if anything was doubled or lost."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how often (100)")
    parser.add_argument("--seed", type=int, default=None, help="to repeat a run; by chance if it is left out")
    parser.add_argument("--workers", type=int, default=None, help="how many at once (one for each processor)")
    given = parser.parse_args()
    if given.kills < 1:
        parser.error("--kills has to be 1 or more")
    seed = random.randrange(1_000_000) if given.seed is None else given.seed
    _say(f"== killing {given.kills} times, seed {seed}")
    done = soak(given.kills, seed, given.workers)
    _say(done.text())
    _say("== nothing doubled, nothing lost" if done.is_good else "== NOT GOOD")
    return 0 if done.is_good else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.platform == "win32":
        sys.exit("The soak kills with SIGKILL and forks: run it on Linux or macOS.")
    sys.exit(main())
