"""Each gate of this project bites: a test, a type, a line or an import that breaks a rule is refused."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.gates import isolate

ROOT = Path(__file__).resolve().parent.parent
# RFC 5737: an address that exists nowhere.
NOWHERE = "192.0.2.1"


def tool(name: str, *arguments: str, cwd: Path = ROOT, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run one of the tools of the environment that runs these tests."""
    program = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert program is not None, f"{name} is not in this environment"
    return subprocess.run(
        [program, *arguments], cwd=cwd, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_environment_is_the_same_on_every_computer(tmp_path: Path) -> None:
    environment = {"https_proxy": "x", "HTTPS_PROXY": "x", "SSL_CERT_FILE": "x", "LC_TIME": "de_DE", "HOME": "real"}
    isolate(environment, tmp_path, onscreen=False)
    assert environment["HOME"] == environment["XDG_DATA_HOME"] == str(tmp_path)
    assert environment["LC_ALL"] == environment["LANG"] == "C.UTF-8"
    assert environment["QT_QPA_PLATFORM"] == "offscreen"
    assert not {"https_proxy", "HTTPS_PROXY", "SSL_CERT_FILE", "LC_TIME"} & environment.keys()
    again = dict(environment)
    isolate(again, tmp_path, onscreen=False)
    assert again == environment


def test_this_run_is_isolated() -> None:
    assert "wizard-tests-home-" in os.environ["HOME"]
    assert not [name for name in os.environ if name.lower().endswith("_proxy")]
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


OFFENDERS = f'''
import contextlib, logging, socket, subprocess, sys, warnings
import pytest
from PySide6.QtCore import qWarning

def test_swallowed_connection():
    with contextlib.suppress(Exception), socket.socket() as outward:
        outward.connect(("{NOWHERE}", 9))

def test_swallowed_connection_of_a_child():
    code = "import contextlib, socket\\nwith contextlib.suppress(Exception): socket.create_connection(('{NOWHERE}', 9))"
    subprocess.run([sys.executable, "-c", code], check=True)

def test_stray_log():
    logging.getLogger("room").warning("something odd")

def test_absent_log(expects_log):
    expects_log("room WARNING: nothing of the kind")

def test_expected_log(expects_log):
    expects_log("^room WARNING: something odd$")
    logging.getLogger("room").warning("something odd")

def test_python_warning():
    warnings.warn("old", DeprecationWarning)

def test_qt_warning(qtbot):
    qWarning("layout is odd")

@pytest.mark.xfail
def test_passes_although_expected_to_fail():
    pass
'''


@pytest.mark.parametrize("workers", [0, 2])
def test_offending_tests_fail(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    pytester.makeconftest("from tests.conftest import *")
    file = pytester.makepyfile(test_offenders=OFFENDERS)
    here = str(pytester.path)
    ours = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", here, "--confcutdir", here, "-p", "no:randomly"]
    result = pytester.runpytest_subprocess(*ours, "-v", f"--numprocesses={workers}", str(file))
    result.assert_outcomes(passed=5, failed=3, errors=4)
    for wrong in (
        "ERROR *test_swallowed_connection *",
        "ERROR *test_swallowed_connection_of_a_child *",
        "ERROR *test_stray_log*",
        "ERROR *test_absent_log*",
        "FAILED *test_python_warning*",
        "FAILED *test_qt_warning*",
        "FAILED *test_passes_although_expected_to_fail*",
    ):
        result.stdout.fnmatch_lines([wrong])


def test_each_worker_closes_gates_of_its_own(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    pytester.makeconftest("from tests.conftest import *")
    pytester.makepyfile(
        f"""
        import gc, os, socket
        import pytest
        from tests.guard.sitecustomize import REFUSALS

        def test_it(refusals, worker_id):
            assert not gc.isenabled()
            with pytest.raises(Exception, match="tests stay on this computer"), socket.socket() as outward:
                outward.connect(("{NOWHERE}", 9))
            assert len(refusals.new()) == 1
            with open("seen.txt", "a") as file:
                file.write(os.environ["HOME"] + " " + os.environ[REFUSALS] + "\\n")
        """
    )
    here = str(pytester.path)
    ours = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", here, "--confcutdir", here]
    result = pytester.runpytest_subprocess(*ours, "--numprocesses=2", "--dist=each", here)
    result.assert_outcomes(passed=2)
    homes, files = zip(*(line.split() for line in (pytester.path / "seen.txt").read_text().splitlines()), strict=True)
    assert len(set(homes)) == len(set(files)) == 2


def test_an_unknown_mark_is_refused(pytester: pytest.Pytester) -> None:
    file = pytester.makepyfile("import pytest\n@pytest.mark.slwo\ndef test_it(): pass")
    result = pytester.runpytest_subprocess("-c", str(ROOT / "pyproject.toml"), "--rootdir", ".", str(file))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*'slwo' not found in `markers`*"])


@pytest.mark.parametrize(
    ("place", "code", "rule"),
    [
        ("wizard/ui/x.py", "import threading\n\nthreading.Thread()\n", "TID251"),
        ("wizard/ui/x.py", "from PySide6.QtWidgets import QMessageBox\n\nQMessageBox.exec()\n", "TID251"),
        ("wizard/ui/x.py", "from PySide6.QtNetwork import QTcpSocket\n\nQTcpSocket()\n", "TID251"),
        ("wizard/cli.py", 'print("x")\n', "T201"),
        ("wizard/core/x.py", "from . import ids\n\nids\n", "TID252"),
        ("wizard/core/x.py", "import os\n", "F401"),
        ("wizard/core/x.py", "a = 1  # noqa\n", "PGH004"),
        ("tests/test_x.py", "a: int = '1'  # type: ignore\n", "PGH003"),
        ("wizard/store/x.py", "assert 1\n", "S101"),
    ],
)
def test_lint_refuses(place: str, code: str, rule: str) -> None:
    answer = tool(
        "ruff", "check", "--no-cache", "--output-format", "concise", "--stdin-filename", place, "-", text=code
    )
    assert answer.returncode == 1
    assert f" {rule} " in answer.stdout


def test_types_refuse(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f(a):\n    return a\n\n\nb: int = 'x'  # type: ignore\n", encoding="utf-8")
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache")]
    answer = tool("mypy", *config, str(wrong), cwd=tmp_path)
    assert answer.returncode == 1
    assert "[no-untyped-def]" in answer.stdout
    assert "[ignore-without-code]" in answer.stdout


def test_floors_refuse(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "wizard", tmp_path / "wizard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    offences = {
        "core/offence": "import PySide6\nimport httpx\nimport keyring\nimport werkzeug\nimport wizard.core.other\n",
        "core/other": "import wizard.core.offence\n",
        "api/offence": "import wizard.jobs\n",
        "api/http/offence": "import wizard.api.v2.client\n",
        "ui/offence": "import wizard.store\n",
    }
    for place, code in offences.items():
        (tmp_path / "wizard" / f"{place}.py").write_text(code, encoding="utf-8")
    answer = tool("lint-imports", "--no-cache", "--no-logo", cwd=tmp_path)
    assert answer.returncode == 1
    assert "Contracts: 0 kept, 8 broken." in answer.stdout


def test_an_unplaced_module_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "wizard", tmp_path / "wizard", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "wizard" / "loose.py").touch()
    answer = tool("lint-imports", "--no-cache", "--no-logo", "--contract", "floors", cwd=tmp_path)
    assert answer.returncode == 1
    assert "wizard.loose" in answer.stdout


@pytest.mark.parametrize(
    "room", ["core", "api", "store", "words", "jobs", "demo", "services", "cli", "flow", "documents"]
)
def test_rooms_below_the_windows_need_no_qt(room: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        "sys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
        f"room = importlib.import_module('wizard.{room}')\n"
        "for found in pkgutil.walk_packages(getattr(room, '__path__', ()), room.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
