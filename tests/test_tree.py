"""What holds for the tree of files as a whole."""

import ast
import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import grimp
import packaging.version
import pytest

import wizard
from tests.helpers.offenders import assert_clean
from wizard.resources import resource

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*(ROOT / "wizard").rglob("*.py"), *(ROOT / "packaging").rglob("*.py")])


LAZY_BORDERS = ("app", "services", "documents")
"""Rooms in which imports inside functions are allowed by architecture; elsewhere they are few, with a reason each."""
FUNCTION_LINES, PARAMETERS, VIEW_LINES, LAZY_IMPORTS = 60, 6, 200, 10


@dataclass(frozen=True)
class Function:
    """A function of the program, printed as where it stands."""

    file: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef = field(repr=False)

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.node.lineno} {self.node.name}"


def _functions() -> Iterator[Function]:
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(file, node)


def test_functions_are_short_and_take_few_parameters() -> None:
    def complaints(function: Function) -> Iterator[str]:
        node, given = function.node, function.node.args
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{lines} lines, {FUNCTION_LINES} are allowed"
        names = [
            one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs) if one.arg not in ("self", "cls")
        ]
        if len(names) > PARAMETERS:
            yield f"{len(names)} parameters, {PARAMETERS} are allowed"

    assert_clean(_functions(), complaints)


def test_views_are_short() -> None:
    def complaints(file: Path) -> Iterator[str]:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > VIEW_LINES:
            yield f"{lines} lines, {VIEW_LINES} are allowed"

    assert_clean((ROOT / "wizard" / "ui" / "wizard" / "pages").glob("*.py"), complaints)


def _lazy_imports() -> Iterator[tuple[str, bool]]:
    """Every import inside a function outside the lazy borders, and whether a comment gives its reason."""
    for file in (ROOT / "wizard").rglob("*.py"):
        if file.relative_to(ROOT / "wizard").parts[0] in LAZY_BORDERS:
            continue
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines()
        functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
        found = {
            node.lineno
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        for number in sorted(found):
            has_reason = "  # " in lines[number - 1] or lines[number - 2].lstrip().startswith("# ")
            yield f"{file.relative_to(ROOT)}:{number} {lines[number - 1].strip()}", has_reason


def test_lazy_imports_are_few_and_give_their_reason() -> None:
    found = dict(_lazy_imports())
    if len(found) > LAZY_IMPORTS:
        pytest.fail("\n".join([f"{len(found)} lazy imports, {LAZY_IMPORTS} are allowed", *found]), pytrace=False)
    assert [place for place, has_reason in found.items() if not has_reason] == []


def test_no_import_cycles_of_files() -> None:
    """Import-linter compares siblings; this also sees cycles through the file of a package, of two files or of more."""
    graph = grimp.build_graph("wizard", cache_dir=None, exclude_type_checking_imports=False)
    imports = {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    assert len(imports) > 100
    assert sorted(_in_cycles(imports)) == []


def test_cycles_are_seen() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": {"e"}, "e": set[str]()}
    assert _in_cycles(imports) == {"b", "c"}


def _in_cycles(imports: dict[str, set[str]]) -> set[str]:
    """The modules left after removing, again and again, all that import nothing or are imported by nothing."""
    left = set(imports)
    while True:
        imported = {module for importer in left for module in imports[importer] & left}
        remaining = {module for module in imported if imports[module] & left}
        if remaining == left:
            return left
        left = remaining


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
