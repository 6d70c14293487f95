"""The command that keeps the catalogues is a script beside the package: its folder is made importable here."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
