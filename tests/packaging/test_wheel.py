"""The wheel carries all it needs: installed somewhere else, it does the whole job there."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """What a program that must succeed says."""
    answer = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it is for a release but for the network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs of an environment lie that has the wheel and its dependencies, and not the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    programs = folder / "env" / SCRIPTS
    python = programs / "python"
    install = ["install", "-qq", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run(sys.executable, "-m", "pip", "--python", python, *install, wheel, cwd=folder)
    # The dependencies are those of this run. A folder named in a .pth file is searched, its own .pth files
    # (one of which would bring the checkout) are not.
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    dependencies = f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n"
    (Path(site) / "dependencies.pth").write_text(dependencies, encoding="utf-8")
    return programs


def test_the_wheel_holds_every_resource_and_nothing_else_of_the_checkout(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = [file for file in (ROOT / "resources").rglob("*") if file.is_file() and file.name[0] != "."]
    wanted = {f"wizard/_resources/{file.relative_to(ROOT / 'resources').as_posix()}" for file in files}
    assert wanted
    assert wanted <= held
    assert {name.split("/")[0] for name in held} == {"wizard"}


def test_it_is_the_wheel_that_runs_there(elsewhere: Path) -> None:
    code = "import sys, wizard; from wizard.resources import resource; print(wizard.__file__, resource(), *sys.path)"
    said = run(elsewhere / "python", "-c", code, cwd=elsewhere)
    package, resources, *path = said.split()
    assert Path(package).is_relative_to(elsewhere.parent)
    assert Path(resources) == Path(package).resolve().parent / "_resources"
    assert str(ROOT) not in path


def test_it_does_the_whole_job_there(elsewhere: Path, tmp_path: Path) -> None:
    said = run(elsewhere / "integration-wizard", "--self-test", "--data-dir", tmp_path / "data", cwd=tmp_path)
    assert said.strip()
    version = run(elsewhere / "integration-wizard", "--version", cwd=tmp_path)
    assert (
        version.split()[-1]
        == run(elsewhere / "python", "-c", "import wizard; print(wizard.__version__)", cwd=tmp_path).strip()
    )
