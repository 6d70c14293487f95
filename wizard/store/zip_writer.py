"""Several texts as one ZIP file, whole or not at all."""

import contextlib
import errno
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from wizard.core.problems import Code, Expected


def write(path: Path, parts: Iterable[tuple[str, str]]) -> None:
    """Write (name, text) pairs as a ZIP, private to the user; what was there stays until the new one is complete.

    Raises `Expected` where the folder takes no file.
    """
    unready = path.with_name(f".{path.name}.part")
    try:
        with (
            os.fdopen(os.open(unready, _FLAGS, 0o600), "r+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name, text in parts:
                archive.writestr(name, text.encode("utf-8", "backslashreplace"))
        os.replace(unready, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unready.unlink()
        full = error.errno == errno.ENOSPC
        raise Expected(Code.STORE_FULL if full else Code.STORE_READ_ONLY, detail=type(error).__name__) from error


_FLAGS = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
