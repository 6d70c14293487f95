"""`.venv` is made once, made anew when what it was made from changes, and made without ensurepip too."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import _environment
from _system import Stop

Calls = list[list[str]]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A checkout of its own, in which commands are only written down; making an environment makes its Python."""
    made: Calls = []
    (tmp_path / "wizard").mkdir()
    for name in ("requirements.txt", "pyproject.toml", "wizard/__init__.py"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    venv = tmp_path / ".venv"
    python = venv / "bin" / "python"

    def run(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        made.append(list(command))
        if "venv" in command:
            python.parent.mkdir(parents=True)
            python.touch()
        return subprocess.CompletedProcess(command, 0)

    values = {"ROOT": tmp_path, "VENV": venv, "PYTHON": python, "LOCK": tmp_path / "requirements.txt"}
    for name, value in values.items():
        monkeypatch.setattr(_environment, name, value)
    monkeypatch.setattr(_environment, "_STAMP", venv / "made-from.txt")
    monkeypatch.setattr(subprocess, "run", run)
    _python_with(monkeypatch, "venv", "ensurepip")
    return made


def _python_with(monkeypatch: pytest.MonkeyPatch, *modules: str, uv: str | None = None) -> None:
    monkeypatch.setattr(_environment, "_finds", lambda module: module in modules)
    monkeypatch.setattr(shutil, "which", lambda _: uv)


def test_a_first_start_makes_it_and_a_second_runs_nothing(calls: Calls) -> None:
    assert not _environment.is_ready()
    _environment.make()
    assert calls[0][1:3] == ["-m", "venv"]
    assert [call[0] for call in calls[1:]] == [str(_environment.PYTHON)] * 2
    assert {"--require-hashes", "--no-deps", "-r"} <= set(calls[1])
    assert {"--no-build-isolation", "--no-index", "-e"} <= set(calls[2])
    assert _environment.is_ready()


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml", "wizard/__init__.py"])
def test_a_change_of_what_it_was_made_from_installs_again(calls: Calls, name: str) -> None:
    _environment.make()
    calls.clear()
    (_environment.ROOT / name).write_text("new", encoding="utf-8")
    assert not _environment.is_ready()
    _environment.make()
    assert len(calls) == 2
    assert _environment.is_ready()


def test_another_python_makes_it_anew(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    _environment.make()
    old = _environment.VENV / "old"
    old.touch()
    monkeypatch.setattr(sys, "base_prefix", "/opt/other")
    _environment.make()
    assert not old.exists()
    assert calls[3][1:3] == ["-m", "venv"]


def test_a_start_that_was_cut_short_is_not_ready(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    _environment.make()
    (_environment.LOCK).write_text("new", encoding="utf-8")

    def fails(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(Stop, match="could not be installed"):
        _environment.make()
    (_environment.LOCK).write_text("requirements.txt", encoding="utf-8")
    assert not _environment.is_ready()


def test_without_ensurepip_the_python_s_own_pip_installs(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    _python_with(monkeypatch, "venv", "pip")
    assert _environment.packages_for_pip() == []
    _environment.make()
    assert calls[0][1:4] == ["-m", "venv", "--without-pip"]
    assert calls[1][:5] == [sys.executable, "-m", "pip", "--python", str(_environment.PYTHON)]


def test_without_ensurepip_and_pip_uv_installs(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    _python_with(monkeypatch, "venv", uv="/opt/uv")
    _environment.make()
    assert calls[1][:3] == ["/opt/uv", "pip", "install"]


def test_the_system_s_python_without_any_of_them_asks_for_its_venv_package(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    _python_with(monkeypatch, "venv")
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(_environment, "missing", list)
    assert _environment.packages_for_pip() == [f"python3.{sys.version_info.minor}-venv"]
    assert calls == []


@pytest.mark.usefixtures("calls")
def test_a_python_without_any_of_them_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _python_with(monkeypatch)
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")
    assert _environment.packages_for_pip() == []
    with pytest.raises(Stop, match="can make no environment"):
        _environment.make()


def test_programs_start_without_what_leads_python_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "x")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert not {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"} & _environment.environ().keys()
