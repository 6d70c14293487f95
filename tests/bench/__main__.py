"""`python -m tests.bench [--rounds N] [--json]`: all figures as a table. The status is 0 whenever it could measure."""

import argparse
import json
import os
import sys

from tests.gates import isolate


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="starts of each kind; the other figures follow it")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tests.bench import create, figures, groups, start

    try:
        found = [*start.figures(given.rounds), *create.figures(given.rounds), *groups.figures(3)]
    except Exception as error:
        print(f"could not measure: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps([figure.as_json() for figure in found], indent=2, ensure_ascii=False))
    else:
        print(figures.table(found))
    return 0


if __name__ == "__main__":
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="wizard-bench-home-") as home:
        isolate(os.environ, Path(home), onscreen=False)
        status = main()
    sys.exit(status)
