"""Missing system packages are seen without apt, and installed or asked for in one command."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence

import pytest

import _system

Answer = subprocess.CompletedProcess[str]
Calls = list[list[str]]


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Calls]:
    """A Debian with these packages and this standing: gives the list of the commands that were run."""

    def make(*installed: str, root: bool = False, sudo: bool = False, apt_fails: bool = False) -> Calls:
        calls: Calls = []

        def run(command: Sequence[str], **_: object) -> Answer:
            calls.append(list(command))
            if "dpkg-query" in command[0]:
                rows = [f"{name} installed" for name in command if name in installed]
                return Answer(command, 1, "\n".join([*rows, "libgl1 config-files"]))
            fails = ("sudo" in command[0] and not sudo) or ("install" in command and apt_fails)
            return Answer(command, 1 if fails else 0, "E: no network")

        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)
        return calls

    return make


def test_a_package_under_its_new_name_is_there(debian: Callable[..., Calls]) -> None:
    debian("libglib2.0-0t64", "libegl1")
    assert _system.missing(["libglib2.0-0", "libegl1", "xvfb"]) == ["xvfb"]


def test_a_removed_package_is_missing(debian: Callable[..., Calls]) -> None:
    debian()
    assert _system.missing(["libgl1"]) == ["libgl1"]


def test_other_systems_miss_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert _system.missing(["libgl1"]) == []


def test_root_installs(debian: Callable[..., Calls]) -> None:
    calls = debian(root=True)
    _system.install(["libgl1", "xvfb"])
    assert [call[0] for call in calls] == ["env", "env"]
    assert calls[-1][-4:] == ["-y", "--no-install-recommends", "libgl1", "xvfb"]


def test_sudo_installs_where_it_asks_nothing(debian: Callable[..., Calls]) -> None:
    calls = debian(sudo=True)
    _system.install(["xvfb"])
    assert calls[-1][:3] == ["/usr/bin/sudo", "-n", "env"]


def test_others_get_the_one_command_to_run(debian: Callable[..., Calls]) -> None:
    calls = debian()
    with pytest.raises(_system.Stop, match=r"\n  sudo apt-get install -y --no-install-recommends libgl1 xvfb\n"):
        _system.install(["libgl1", "xvfb"])
    assert not [call for call in calls if "apt-get" in call]


def test_a_failing_apt_shows_its_last_words(debian: Callable[..., Calls], capsys: pytest.CaptureFixture[str]) -> None:
    debian(root=True, apt_fails=True)
    with pytest.raises(_system.Stop, match="apt could not install"):
        _system.install(["xvfb"])
    assert "E: no network" in capsys.readouterr().err
