"""Commands whose output matters only when they fail, and the lines that a run ends with."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from _environment import ROOT, environ

Result = tuple[int, float]
"""Exit status and seconds."""


def run_checks(checks: Mapping[str, Sequence[str]], at_once: int) -> dict[str, Result]:
    """Run commands, so many at once; then print what each found that failed."""
    with ThreadPoolExecutor(at_once) as pool:
        answers = dict(zip(checks, pool.map(run, checks.values()), strict=True))
    for name, (status, _, output) in answers.items():
        if status:
            command = checks[name]
            print(f"\n-- {name}: {os.path.basename(command[0])} {' '.join(command[1:])}", flush=True)
            sys.stdout.buffer.write(output)
            sys.stdout.flush()
    return {name: (status, seconds) for name, (status, seconds, _) in answers.items()}


def report(name: str, result: Result) -> None:
    """Print one closing line."""
    status, seconds = result
    print(f"   {name:<24} {'FAILED' if status else 'ok':<8}{seconds:6.1f} s", flush=True)


def run(command: Sequence[str]) -> tuple[int, float, bytes]:
    """Run a command silently; gives its status, its seconds and what it said."""
    start = time.monotonic()
    answer = subprocess.run(
        command, cwd=ROOT, env=environ(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return answer.returncode, time.monotonic() - start, answer.stdout
