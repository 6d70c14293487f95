"""A second start brings the first to the front, whatever became of the first: real processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wizard.app import single_instance
from wizard.app.single_instance import PATIENCE_S, SingleInstance

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts programs; those that still run are ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def begin(
        folder: Path, *, patience_s: float = PATIENCE_S, kind: str = "", **around: str
    ) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.app.start", str(folder), str(patience_s), kind]
        pipe = subprocess.PIPE
        running.append(
            subprocess.Popen(command, cwd=ROOT, env=os.environ | around, stdout=pipe, stderr=pipe, text=True)
        )
        return running[-1]

    yield begin
    for one in running:
        one.kill()
        _, errors = one.communicate()
        assert errors == ""


def word(of: "subprocess.Popen[str]") -> str:
    """The next word that a start says."""
    assert of.stdout is not None
    return of.stdout.readline().strip()


def test_a_second_start_brings_the_first_to_the_front(start: Start, tmp_path: Path) -> None:
    first = start(tmp_path)
    assert word(first) == "first"
    for _ in range(2):
        second = start(tmp_path)
        assert (word(second), second.wait(10)) == ("second", 0)
        assert word(first) == "asked"


def test_the_program_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wizard", "--data-dir", str(tmp_path)]
    log = tmp_path / "wizard.log"

    def is_asked() -> bool:
        return log.exists() and "this program comes to the front" in log.read_text(encoding="utf-8")

    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as first:
        try:
            _wait(log.exists)
            second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
            assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
            _wait(is_asked)
            assert first.poll() is None
        finally:
            first.kill()
        assert first.stderr is not None
        assert first.stderr.read() == ""


def _wait(until: Callable[[], bool]) -> None:
    last = time.monotonic() + 30
    while not until():
        assert time.monotonic() < last
        time.sleep(0.05)


def test_a_killed_first_is_forgotten(start: Start, tmp_path: Path) -> None:
    first = start(tmp_path)
    assert word(first) == "first"
    first.kill()
    first.wait(10)
    assert list(Path(os.environ["XDG_RUNTIME_DIR"]).glob("integration-wizard-*.socket"))
    again = start(tmp_path)
    assert word(again) == "first"
    assert word(start(tmp_path)) == "second"
    assert word(again) == "asked"


def test_folders_do_not_meet(start: Start, tmp_path: Path) -> None:
    assert word(start(tmp_path / "one")) == "first"
    assert word(start(tmp_path / "two")) == "first"


def test_two_names_of_a_folder_meet(start: Start, tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert word(start(real)) == "first"
    assert word(start(link)) == "second"


def test_screens_do_not_meet(start: Start, tmp_path: Path) -> None:
    # Nobody at this screen would see what comes to the front of the other.
    assert word(start(tmp_path, DISPLAY=":8")) == "first"
    assert word(start(tmp_path, DISPLAY=":9")) == "first"


def test_of_many_starts_at_once_one_is_the_first(start: Start, tmp_path: Path) -> None:
    many = [start(tmp_path, patience_s=30) for _ in range(6)]
    said = [word(one) for one in many]
    assert sorted(said) == ["first", *["second"] * 5]
    first = many[said.index("first")]
    assert [word(first) for _ in range(5)] == ["asked"] * 5


@pytest.mark.parametrize("kind", ["wedged", "deaf"])
def test_a_first_that_does_not_answer_blocks_nobody(start: Start, tmp_path: Path, kind: str) -> None:
    first = start(tmp_path, kind=kind)
    assert word(first) == "first"
    began = time.monotonic()
    assert word(start(tmp_path, patience_s=0.5)) == "alone"
    assert time.monotonic() - began < PATIENCE_S


def test_a_long_path_of_the_data_folder(start: Start, tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a folder whose name is long"] * 6)
    assert word(start(folder)) == "first"
    assert word(start(folder)) == "second"


def test_a_long_path_of_temporary_files(start: Start, tmp_path: Path) -> None:
    long = tmp_path / ("temporary" * 12)
    long.mkdir()
    around = {"XDG_RUNTIME_DIR": str(long), "TMPDIR": str(long)}
    left = Path(f"/tmp/integration-wizard-{os.getuid()}")  # noqa: S108 - only looked at
    before = set(left.iterdir()) if left.exists() else set()
    assert word(start(tmp_path, **around)) == "first"
    assert word(start(tmp_path, **around)) == "second"
    new = set(left.iterdir()) - before
    assert {path.suffix for path in new} == {".lock", ".socket"}
    for path in new:
        path.unlink()


@pytest.fixture
def short_path() -> Iterator[Path]:
    """An empty folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_what_others_can_reach_is_not_used(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, runtime = short_path / "temporary", short_path / "runtime"
    for folder in (temporary, runtime):
        folder.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert single_instance._private_folder() == runtime
    runtime.chmod(0o755)
    assert single_instance._private_folder() == temporary
    temporary.chmod(0o1777)
    own = temporary / f"integration-wizard-{os.getuid()}"
    assert single_instance._private_folder() == own
    assert own.stat().st_mode & 0o777 == 0o700
    # A link that somebody else laid there leads to nothing of ours.
    own.rmdir()
    (short_path / "elsewhere").mkdir(mode=0o700)
    own.symlink_to(short_path / "elsewhere")
    assert single_instance._private_folder() != own


def test_a_folder_of_another_user_is_not_used(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_path))
    assert single_instance._private_folder() == short_path
    monkeypatch.setattr("tempfile.tempdir", str(short_path))
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 2)
    try:
        assert single_instance._private_folder() is None
    finally:
        Path(f"/tmp/integration-wizard-{os.getuid()}").rmdir()  # noqa: S108 - made by this test


def test_without_a_private_folder_every_start_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "_private_folder", lambda: None)
    instance = SingleInstance(tmp_path)
    assert instance.claim()
    instance.listen()
    assert not instance.is_listening
    instance.release()


@pytest.mark.usefixtures("qapp")
def test_who_ends_lets_the_next_be_the_first(tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert one.claim()
    one.listen()
    assert one.is_listening
    one.release()
    assert other.claim(0)
    other.listen()
    assert other.is_listening
    other.release()


def test_only_local_sockets_are_used_of_qts_network() -> None:
    source = (ROOT / "wizard" / "app" / "single_instance.py").read_text(encoding="utf-8")
    imported = {line.strip() for line in source.splitlines() if "QtNetwork" in line}
    assert imported == {
        "from PySide6.QtNetwork import QLocalServer, QLocalSocket  # noqa: TID251 - local sockets only",
        "from PySide6.QtNetwork import QLocalServer  # noqa: TID251 - local sockets only",
        "from PySide6.QtNetwork import QLocalSocket  # noqa: TID251 - local sockets only",
    }
