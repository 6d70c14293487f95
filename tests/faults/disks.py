"""Disks that take nothing, for a program that a test starts: full, beyond a quota, or closed to who runs it.

A full disk is a small one made for it where this system allows that, else a limit on the size of files; an
administrator, whom no folder refuses anything, gives that up for as long as it lasts.
"""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CAPABILITY_VERSION = 0x20080522
_OVERRIDES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (linux/capability.h)."""


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
def closed(mode: int, *paths: Path) -> Iterator[None]:
    """Nobody may do more with these paths than this mode says."""
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(mode | 0o111 if path.is_dir() else mode)
    try:
        with _without_overrides():
            yield
    finally:
        for path, before in modes.items():
            path.chmod(before)


def may_override() -> bool:
    """Whether files refuse nothing to who runs this, nor to the programs that it starts."""
    return os.geteuid() == 0


@contextmanager
def _without_overrides() -> Iterator[None]:
    """Files refuse to this thread, and to those that it starts, what they refuse to their owner.

    Another user would not do: it cannot read a checkout below a private home.
    """
    if sys.platform != "linux" or not may_override():
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    # Twice what is effective, permitted and inheritable: the lower 32 capabilities, then the others.
    held = (ctypes.c_uint32 * 6)()
    _check(libc.capget(header, held))
    _check(libc.capset(header, (ctypes.c_uint32 * 6)(held[0] & ~_OVERRIDES, *held[1:])))
    try:
        yield
    finally:
        _check(libc.capset(header, held))


def _check(answer: int) -> None:
    if answer:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
