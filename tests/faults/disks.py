"""Disks that take nothing, for a program that a test starts: full, beyond a quota, or closed to who runs it.

A full disk is a small one made for it where this system allows that, else a limit on the size of files; an
administrator, whom no folder refuses anything, becomes nobody in particular for as long as it lasts.
"""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def small(folder: Path) -> Iterator[None]:
    """Make an empty folder a disk of 2 MB, if there may be one."""
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
        )
        is_mounted = mounted.returncode == 0
    except OSError:
        is_mounted = False
    try:
        yield
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def full(folder: Path, limit: int, *, room: int = 0) -> Iterator[None]:
    """The small disk of this folder has no more room; where there could be none, files end at the limit."""
    if not os.path.ismount(folder):
        with quota(limit):
            yield
        return
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (64 * 1024, 1024, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
        file.truncate(file.tell() - room)
    yield
    filler.unlink()


@contextmanager
def quota(limit: int) -> Iterator[None]:
    """No file of this process, or of one that it starts, can be written beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def closed(data_dir: Path, mode: int, *paths: Path) -> Iterator[None]:
    """Nobody may do more with these paths than this mode says."""
    is_admin = os.geteuid() == 0
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(mode | 0o111 if path.is_dir() else mode)
    if is_admin:
        data_dir.parent.chmod(0o755)
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_admin:
            os.seteuid(0)
        for path, before in modes.items():
            path.chmod(before)
