"""The project's own environment: `.venv` with exactly the locked packages and the project itself."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from _system import Stop, missing

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.txt"
_STAMP = VENV / "made-from.txt"
_WINDOWS = sys.platform == "win32"
_BIN = VENV / ("Scripts" if _WINDOWS else "bin")
PYTHON = _BIN / ("python.exe" if _WINDOWS else "python")


def tool(name: str) -> str:
    """The path of a program that a locked package brings."""
    return str(_BIN / (name + ".exe" if _WINDOWS else name))


def environ() -> dict[str, str]:
    """This process's environment, without what would lead the project's Python astray or slow it down."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {key: value for key, value in os.environ.items() if key not in dropped}


def is_ready() -> bool:
    """Whether `.venv` was made from this lock, this project file and this Python, and is complete."""
    return _read_stamp() == [_interpreter(), _contents()] and PYTHON.exists()


def packages_for_pip() -> list[str]:
    """The system packages without which no environment can be made here."""
    if is_ready() or _has_pip() or _ways_without_ensurepip():
        return []
    if sys.base_prefix != "/usr":  # not the system's Python: its packages cannot help
        return []
    return missing([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])


def make() -> None:
    """Bring `.venv` up to date with the lock; stop with a sentence where this Python cannot."""
    stamp = _read_stamp()
    _STAMP.unlink(missing_ok=True)
    if stamp[:1] != [_interpreter()] or not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
    pip = _create()
    print("== installing the locked packages (about 100 MB the first time)", flush=True)
    # The lock is complete and hashed: nothing is resolved, nothing is built, nothing unknown runs.
    locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK)]
    _run([*pip, *locked], "The locked packages could not be installed")
    project = ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)]
    _run([*pip, *project], "The project itself could not be installed")
    _STAMP.write_text(f"{_interpreter()}\n{_contents()}\n", encoding="utf-8")


def _create() -> list[str]:
    """Make `.venv` if it is not there, and give the command that installs into it."""
    quiet = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
    if _has_pip():
        if not PYTHON.exists():
            print("== making .venv", flush=True)
            _run([sys.executable, "-m", "venv", str(VENV)], "The environment .venv could not be made")
        return [str(PYTHON), "-m", "pip", *quiet]
    ways = _ways_without_ensurepip()
    if not ways:
        raise Stop(
            "This Python can make no environment: it has neither ensurepip nor pip. Install its venv package "
            "(on Debian: python3-venv), or run this with another Python 3.11 or later."
        )
    if not PYTHON.exists():
        print("== making .venv (this Python has no ensurepip)", flush=True)
        _run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], "The environment could not be made")
    if ways[0] == "pip":
        return [sys.executable, "-m", "pip", "--python", str(PYTHON), *quiet]
    return [ways[0], "pip", "install", "--quiet", "--python", str(PYTHON)]


def _has_pip() -> bool:
    """Whether an environment made by this Python comes with pip."""
    return _finds("venv") and _finds("ensurepip")


def _ways_without_ensurepip() -> list[str]:
    """What else can install into an environment without pip: this Python's own pip, or uv."""
    if not _finds("venv"):
        return []
    uv = shutil.which("uv")
    return (["pip"] if _finds("pip") else []) + ([uv] if uv else [])


def _finds(module: str) -> bool:
    importlib.invalidate_caches()  # a system package may just have brought it
    return importlib.util.find_spec(module) is not None


def _run(command: Sequence[str], failure: str) -> None:
    answer = subprocess.run(command, cwd=ROOT, env=environ(), check=False)
    if answer.returncode:
        raise Stop(f"{failure}; the reason is above.")


def _read_stamp() -> list[str]:
    try:
        return _STAMP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _interpreter() -> str:
    """What an environment cannot survive a change of: the Python behind it and the folder it lies in."""
    # Not the full version: an update of the same Python in its place, as systems make, harms nothing.
    return f"{sys.implementation.cache_tag} {sys.base_prefix} {ROOT}"


def _contents() -> str:
    made_from = (LOCK, ROOT / "pyproject.toml", ROOT / "wizard" / "__init__.py")
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in made_from)).hexdigest()
