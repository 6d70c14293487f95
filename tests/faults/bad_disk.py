"""A program of its own whose disk takes nothing any more: full, beyond its quota, or not writable. Tells JSON.

A full disk is a small one made for it where this system allows that, else a limit on the size of files; an
administrator, whom no folder refuses anything, becomes nobody in particular for as long as the folder is read-only.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.jobs.bench import Bench
from wizard.api import client  # noqa: F401  # before the folder of Python itself can no longer be read
from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.demo import PracticePlatform, Settings
from wizard.store import copies, folders, guard, ledger, log, opening, vault  # noqa: F401

_NOBODY = 65534


def main(how: str) -> None:
    """Create on a disk that takes nothing, then on one that does; tell what came of both."""
    with (
        tempfile.TemporaryDirectory(prefix="wizard-disk-") as folder,
        _disk(Path(folder), how) as data_dir,
        PracticePlatform(settings=Settings(rate_limits=False)) as platform,
    ):
        bench = Bench(platform, data_dir)
        told = _tell(bench, data_dir, how)
        bench.close()
    sys.stdout.write(json.dumps(told))


def _tell(bench: Bench, data_dir: Path, how: str) -> dict[str, object]:
    draft = bench.draft()
    bench.services.ledger.keep_draft(draft)
    large = bench.draft(logo_url="https://static.example.com/" + "x" * 200_000)
    bench.restarted()
    with _bad(data_dir, how):
        told: dict[str, object] = {"bad": {"draft": _code(bench, large), "create": _created(bench, large)}}
    told |= {"posts_while_bad": bench.posts(), "made_while_bad": len(bench.made())}
    told["draft_whole"] = bench.restarted().ledger.drafts() == (draft,)
    creation = bench.create(draft)
    saved = bench.restarted().ledger.creation(creation.id)
    told |= {"then": creation.state, "posts": bench.posts(), "made": len(bench.made())}
    told["saved"] = [saved.integration_id] == [i.id for i in bench.made()]
    return told


def _code(bench: Bench, draft: Draft) -> str:
    try:
        bench.services.ledger.keep_draft(draft)
    except Problem as problem:
        return problem.code
    return "kept"


def _created(bench: Bench, draft: Draft) -> str:
    try:
        return bench.create(draft).state
    except Problem as problem:
        return problem.code


@contextmanager
def _disk(folder: Path, how: str) -> Iterator[Path]:
    """Where the program keeps its things: on a disk of 2 MB if there may be one."""
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    is_small = how == "full" and _works(command)
    try:
        yield folder / "data"
    finally:
        if is_small:
            subprocess.run(["umount", str(folder)], check=True)


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def _bad(data_dir: Path, how: str) -> Iterator[None]:
    if how == "read-only":
        with _read_only(data_dir):
            yield
    elif how == "full" and os.path.ismount(data_dir.parent):
        filler = data_dir.parent / "filler"
        _fill(filler)
        yield
        filler.unlink()
    else:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        for size in (64 * 1024, 1024, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


@contextmanager
def _read_only(data_dir: Path) -> Iterator[None]:
    is_admin = os.geteuid() == 0
    parts = [data_dir, *data_dir.rglob("*")]
    modes = {part: part.stat().st_mode for part in parts}
    for part in parts:
        part.chmod(0o555 if part.is_dir() else 0o444)
    if is_admin:
        data_dir.parent.chmod(0o755)
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_admin:
            os.seteuid(0)
        for part, mode in modes.items():
            part.chmod(mode)


if __name__ == "__main__":
    main(sys.argv[1])
