"""What holds for the tree of files as a whole."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import packaging.version
import pytest

import wizard
from wizard.resources import resource

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*(ROOT / "wizard").rglob("*.py"), *(ROOT / "packaging").rglob("*.py")])


def test_no_file_is_above_400_lines() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in SOURCES}
    assert len(lengths) > 5
    assert {str(file): lines for file, lines in lengths.items() if lines > 400} == {}


@pytest.mark.parametrize("call", ["processEvents(", "time.sleep(", ".wait()"])
def test_nothing_freezes_the_window(call: str) -> None:
    windows = (ROOT / "wizard" / "ui").rglob("*.py")
    assert [str(file) for file in windows if call in file.read_text(encoding="utf-8")] == []


def test_the_changelog_has_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(.+?)\]", text, flags=re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1] == wizard.__version__
    assert str(packaging.version.Version(wizard.__version__)) == wizard.__version__


def test_the_lock_is_complete_and_names_no_place() -> None:
    text = (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index|--extra|--find)", text, flags=re.MULTILINE)
    blocks = [block for block in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE) if "==" in block]
    assert all("--hash=sha256:" in block for block in blocks)
    locked = {re.sub(r"[-_.]+", "-", block.split("==")[0]).lower() for block in blocks}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=!~ ;\[]", line)[0]).lower() for line in asked}
    assert names <= locked


def test_the_packaging_folder_hides_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert packaging.__file__ is not None
    assert not Path(packaging.__file__).is_relative_to(ROOT / "packaging")
    assert importlib.metadata.version("packaging")


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "tests").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_resources_are_found_in_a_checkout() -> None:
    assert resource("icons").is_dir()


def test_resources_are_found_in_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wizard" / "_resources").mkdir(parents=True)
    monkeypatch.setattr("wizard.resources.__file__", str(tmp_path / "wizard" / "resources.py"))
    assert resource("a", "b") == tmp_path.resolve() / "wizard" / "_resources" / "a" / "b"


def test_resources_are_found_in_a_frozen_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resource("a") == tmp_path / "wizard" / "_resources" / "a"
