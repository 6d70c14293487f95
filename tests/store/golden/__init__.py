"""One ledger of every released version of the schema, and what it holds; see the README beside it."""

import json
import shutil
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def versions() -> list[int]:
    """The versions that there is a golden ledger of, the oldest first."""
    return sorted(int(path.stem.removeprefix("ledger-")) for path in FOLDER.glob("ledger-*.sqlite3"))


def copy_to(version: int, folder: Path) -> Path:
    """Copy that version's ledger into an existing folder, under the name the program gives a ledger; its path.

    Only copies may be opened: SQLite writes into a ledger, and beside it, even when it only reads.
    """
    return Path(shutil.copyfile(FOLDER / f"ledger-{version}.sqlite3", folder / "ledger.sqlite3"))


def content(version: int) -> dict[str, Any]:
    """What that version's ledger holds: `version`, `tables` (rows by table, `data` decoded) and `saved`.

    `saved` is what `saved --json` of that version printed.
    """
    text = (FOLDER / f"ledger-{version}.json").read_text(encoding="utf-8")
    held: dict[str, Any] = json.loads(text)
    return held
