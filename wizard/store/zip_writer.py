"""Several texts as one ZIP file, whole or not at all."""

import contextlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from wizard.store.errors import disk_problem


def write(path: Path, parts: Iterable[tuple[str, str]]) -> None:
    """Write (name, text) pairs as a ZIP, private to the user; what was there stays until the new one is complete.

    Raises `Expected` where the folder takes no file.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with (
            os.fdopen(os.open(unfinished, _FLAGS, 0o600), "r+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, text in parts:
                archive.writestr(name, text.encode("utf-8", "backslashreplace"))
        os.replace(unfinished, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise disk_problem(error) from error


_FLAGS = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
