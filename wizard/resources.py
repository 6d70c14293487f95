"""Files that ship with the program."""

import sys
from pathlib import Path


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "wizard" / "_resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file, in a checkout, an installed wheel or a frozen program."""
    # Not importlib.resources: Qt and gettext need real paths.
    return _root().joinpath(*parts)
