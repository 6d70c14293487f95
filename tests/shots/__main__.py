"""`python -m tests.shots [folder] [--only NAME] [--readme]`: every page, every state, every look, as PNG files."""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gates import isolate

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """Take the pictures; the status is 0 if all states were reached."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--only", default="", metavar="NAME", help="only states whose names begin so")
    parser.add_argument("--readme", action="store_true", help="the pictures of the README, into packaging/pictures")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with TemporaryDirectory(prefix="wizard-shots-") as home:
        isolate(os.environ, Path(home), onscreen=False)
        from tests.shots import series

        if given.readme:
            names = series.readme(ROOT / "packaging" / "pictures", Path(home))
        else:
            names = series.every(given.folder, Path(home), given.only)
    folder = ROOT / "packaging" / "pictures" if given.readme else given.folder
    print(f"{len(names)} states in {time.monotonic() - began:.0f} s: {folder}")
    return 0 if names else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
