"""A process that forks the children that are killed, spoken to in lines."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent


class Driver:
    """The running process."""

    def __init__(self, to: IO[str], back: IO[str]) -> None:
        self._to, self._back = to, back

    def say(self, line: str) -> None:
        """Send a line."""
        self._to.write(f"{line}\n")
        self._to.flush()

    def hear(self) -> str:
        """Wait for a line."""
        line = self._back.readline()
        if not line:
            raise RuntimeError("the driver is gone")
        return line.strip()


@contextmanager
def driver(module: str) -> Iterator[Driver]:
    """Run a module as the driver."""
    command = [sys.executable, "-m", module]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        yield Driver(process.stdin, process.stdout)
        process.stdin.close()
    assert process.returncode == 0
