"""The set-up commands are scripts beside the package: their folder is made importable here."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
