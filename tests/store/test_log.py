"""The log: what is in it, what never is, and that it disturbs nobody."""

import errno
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard import __version__
from wizard.core.safe_traceback import describe_error
from wizard.core.secret import Secret
from wizard.store import log as store_log
from wizard.store.log import Log, redacted, start, tail

CANARY = "kanarie-geheim-0123456789"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJjb21wYW55IjoiNWYwIn0.c2lnbmF0dXJl"
OURS = logging.getLogger("wizard.api.http.exchange")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wizard.log"


@pytest.fixture
def open_log(path: Path) -> Iterator[Log]:
    made = start(path, {"Qt": "6.0"})
    yield made
    made.close()


def test_it_says_what_runs_and_what_was_asked(open_log: Log, path: Path) -> None:
    OURS.info("#%d %s %s: %d in %.0f ms", 1, "GET", "/api/v2/groups/{id}", 200, 12.3)
    open_log.close()
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert f"integration-wizard {__version__}" in first
    assert "Qt 6.0" in first
    assert f"Python {sys.version.split()[0]}" in first
    assert second.endswith("INFO api.http.exchange #1 GET /api/v2/groups/{id}: 200 in 12 ms")
    assert f" {os.getpid()} " in second


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes: the folder is the user's own")
def test_it_is_private(open_log: Log, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_log, "LIMIT", 200)
    for _ in range(20):
        OURS.info("x" * 50)
    open_log.close()
    files = list(path.parent.iterdir())
    assert len(files) == 3
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}


def test_only_our_loggers_are_heard(open_log: Log, path: Path) -> None:
    for name in ("httpx", "httpcore.connection", "keyring", "asyncio", "wizardry", "root"):
        logger = logging.getLogger(name)
        logger.info("GET https://acme.example/api?%s", CANARY)
    assert logging.getLogger("httpx").level == logging.WARNING
    open_log.close()
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    assert logging.getLogger("httpx").level == logging.NOTSET
    assert logging.getLogger("wizard").handlers == []


def test_an_error_is_told_by_its_kind_and_place(open_log: Log, path: Path, expects_log: object) -> None:
    assert callable(expects_log)
    expects_log("broken")

    def fail(header: str) -> None:
        raise ValueError(f"with {header}")

    try:
        fail(CANARY)
    except ValueError:
        OURS.exception("broken")
    open_log.close()
    text = path.read_text(encoding="utf-8")
    assert "broken (ValueError at test_log.py:" in text
    assert " fail < test_log.py:" in text
    assert CANARY not in text
    assert len(text.splitlines()) == 2


def test_a_record_is_one_line_and_not_long(open_log: Log, path: Path) -> None:
    OURS.info("%s", f"a\nb\r\x1b[31m\u2028c {'y' * 9000}")
    open_log.close()
    lines = path.read_text(encoding="utf-8").split("\n")
    assert len(lines) == 3
    assert len(lines[1]) < store_log.LINE_LIMIT + 200
    assert "a b" in lines[1]
    assert "\x1b" not in lines[1]


def test_a_record_that_makes_no_line_is_left_out(open_log: Log, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Only our handler: pytest's own would raise for such a record.
    handler = logging.getLogger("wizard").handlers[0]
    handler.handle(logging.LogRecord("wizard.x", logging.INFO, "", 1, "%d", (CANARY,), None))
    OURS.info("next")
    open_log.close()
    assert capsys.readouterr() == ("", "")
    text = path.read_text(encoding="utf-8")
    assert "next" in text
    assert CANARY not in text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"authorization: Bearer {CANARY}", "authorization: Bearer ***"),
        (f"token is {TOKEN} now", "token is *** now"),
        (f'{{"client_secret": "{CANARY}", "a": 1}}', '{"client_secret": ***, "a": 1}'),
        (f"client_secret={CANARY}&x", "client_secret=***&x"),
        (f"access_token={CANARY}", "access_token=***"),
        (f"GET https://acme.example/api?q={CANARY}", "GET <address>"),
        ("http://user:word@proxy.corp:8080/", "<address>"),
        (f"/api/v2/users?mail={CANARY} next", "/api/v2/users?… next"),
        ("alex.martin@acme.example left", "<mail> left"),
        ("user 5f0000000000000000000001 not found", "user <id> not found"),
        ("creation 0b9c3a52-7d6e-4a51-8f39-0a1b2c3d4e5f", "creation <id>"),
        ("creation 0b9c3a527d6e4a518f390a1b2c3d4e5f", "creation <id>"),
        ("in /home/alex/.local/share/x", "in ~/.local/share/x"),
        (r"in C:\Users\Alex Martin\AppData", r"in ~\AppData"),
        # What the log is for stays as it is.
        ("#1 POST /api/v2/oauth2/token: 200 in 3 ms", "#1 POST /api/v2/oauth2/token: 200 in 3 ms"),
        ("#2 GET /api/v2/users/{userId}/roles: 403 in 3 ms", "#2 GET /api/v2/users/{userId}/roles: 403 in 3 ms"),
        ("connect.run: secret-too-long in 3 ms", "connect.run: secret-too-long in 3 ms"),
        ("ValueError at wire.py:12 _exchange", "ValueError at wire.py:12 _exchange"),
    ],
)
def test_the_last_resort(said: str, kept: str) -> None:
    assert redacted(said) == kept


def test_secrets_and_tokens_are_not_in_the_file(open_log: Log, path: Path) -> None:
    OURS.info("%s %r", Secret(CANARY), {"authorization": f"Bearer {CANARY}"})
    OURS.info("tried %s", TOKEN)
    open_log.close()
    text = path.read_text(encoding="utf-8")
    assert CANARY not in text
    assert TOKEN.split(".")[2] not in text


def test_three_files_and_no_more(open_log: Log, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_log, "LIMIT", 1000)
    for number in range(200):
        OURS.info("line %d", number)
    open_log.close()
    names = sorted(file.name for file in path.parent.iterdir())
    assert names == ["wizard.log", "wizard.log.1", "wizard.log.2"]
    assert all(file.stat().st_size < 1200 for file in path.parent.iterdir())
    whole = tail(path, 100_000).splitlines()
    assert whole[-1].endswith("line 199")
    assert [int(line.split()[-1]) for line in whole] == list(range(200 - len(whole), 200))
    assert tail(path, 150).count("\n") == 2
    assert tail(path.with_name("none"), 150) == ""


def test_a_file_that_nobody_may_rename_stops_growing(
    open_log: Log, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(store_log, "LIMIT", 500)
    monkeypatch.setattr("os.replace", refuse)
    for number in range(200):
        OURS.info("line %d", number)
    open_log.close()
    assert [file.name for file in path.parent.iterdir()] == ["wizard.log"]
    assert 1500 <= path.stat().st_size < 1700


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_disturbs_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(code, "no")

    opened = start(path, {})
    with monkeypatch.context() as patch:
        patch.setattr("wizard.store.log.os.write", refuse)
        OURS.info("lost")
        opened.close()
    opened = start(path, {})
    OURS.info("found")
    opened.close()
    assert "found" in path.read_text(encoding="utf-8")
    assert "lost" not in path.read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")


def test_a_folder_that_is_not_there_disturbs_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = start(tmp_path / "gone" / "wizard.log", {})
    OURS.info("lost")
    opened.close()
    opened.close()
    assert capsys.readouterr() == ("", "")


def test_who_speaks_never_waits(open_log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    writers: set[int] = set()
    gate = threading.Event()
    write = os.write

    def slow(handle: int, data: bytes) -> int:
        writers.add(threading.get_ident())
        gate.wait(5)
        return write(handle, data)

    monkeypatch.setattr("wizard.store.log.os.write", slow)
    for number in range(50):
        OURS.info("line %d", number)
    gate.set()
    open_log.close()
    assert threading.get_ident() not in writers
    assert writers


def test_a_disk_that_hangs_does_not_fill_the_memory(open_log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr("wizard.store.log.os.open", lambda *_given: gate.wait(10) and -1)
    monkeypatch.setattr(store_log, "_QUEUE_LIMIT", 100)
    for number in range(1000):
        OURS.info("line %d", number)
    assert open_log.waiting <= 101
    monkeypatch.undo()
    gate.set()


def test_two_programs_share_the_file(path: Path) -> None:
    code = (
        "import logging, sys\n"
        "from pathlib import Path\n"
        "from wizard.store import log\n"
        "log.LIMIT = 2000\n"
        "opened = log.start(Path(sys.argv[1]), {})\n"
        "for n in range(100): logging.getLogger('wizard.x').info('line %d of %s', n, sys.argv[2])\n"
        "opened.close()\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("one", "two")]
    assert [run.wait(30) for run in runs] == [0, 0]
    lines = tail(path, 100_000).splitlines()
    assert all(line.endswith((" of one", " of two")) or " start: " in line for line in lines)
    assert all(file.stat().st_size < 3000 for file in path.parent.iterdir())


def test_a_process_that_breaks_leaves_its_lines(path: Path) -> None:
    code = (
        "import logging, os, sys\n"
        "from pathlib import Path\n"
        "from wizard.store import log\n"
        "def broken(secret): os.abort()\n"
        "opened = log.start(Path(sys.argv[1]), {})\n"
        "if sys.argv[2] == 'break': broken(sys.argv[3])\n"
        "opened.close()\n"
    )
    broken = subprocess.run([sys.executable, "-c", code, str(path), "break", CANARY], capture_output=True, check=False)
    assert broken.returncode != 0
    crashes = path.with_name(store_log.CRASHES)
    assert "in broken" in crashes.read_text(encoding="utf-8")
    assert CANARY not in crashes.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert oct(crashes.stat().st_mode & 0o777) == "0o600"
    subprocess.run([sys.executable, "-c", code, str(path), "end", ""], check=True)
    assert "in broken" in crashes.with_name("crash.log.1").read_text(encoding="utf-8")
    assert crashes.read_text(encoding="utf-8") == ""
    assert "a run before this one broke" in path.read_text(encoding="utf-8")


def test_where_tells_causes_but_no_text() -> None:
    def inner() -> None:
        raise KeyError(CANARY)

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise RuntimeError(CANARY) from error

    with pytest.raises(RuntimeError) as raised:
        outer()
    told = describe_error(raised.value)
    assert told.startswith("RuntimeError at test_log.py:")
    assert "; from KeyError at test_log.py:" in told
    assert CANARY not in told
    assert "/" not in told
    assert describe_error(ValueError(CANARY)) == "ValueError at no line"


def test_causes_that_go_in_a_circle_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert describe_error(one) == "ValueError at no line; from KeyError at no line"
