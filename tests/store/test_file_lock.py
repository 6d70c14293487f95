"""One creation at a time, across threads, processes and crashes."""

import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.core.problems import Code, Expected, Stopped
from wizard.store.file_lock import FileLock

HOLD = """
    import sys, threading
    from pathlib import Path
    from wizard.store.file_lock import FileLock

    with FileLock(Path(sys.argv[1])).hold(threading.Event(), 5):
        print("held", flush=True)
        sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file that is locked."""
    return tmp_path / "creating.lock"


@contextmanager
def other_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its input ends."""
    command = [sys.executable, "-c", textwrap.dedent(HOLD), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.communicate(timeout=10)


def test_held_and_free(path: Path) -> None:
    lock = FileLock(path)
    assert lock.is_free()
    with lock.hold(threading.Event(), 1):
        assert not lock.is_free()
        assert not FileLock(path).is_free()
    assert lock.is_free()


def test_a_failure_inside_frees_it(path: Path) -> None:
    with pytest.raises(ValueError, match="x"), FileLock(path).hold(threading.Event(), 1):
        raise ValueError("x")
    assert FileLock(path).is_free()


def test_patience_and_stop(path: Path) -> None:
    stopped = threading.Event()
    stopped.set()
    with FileLock(path).hold(threading.Event(), 1):
        with pytest.raises(Expected) as refused, FileLock(path).hold(threading.Event(), 0.1):
            pass
        assert refused.value.code is Code.STORE_BUSY
        with pytest.raises(Stopped), FileLock(path).hold(stopped, 60):
            pass


def test_threads_take_turns(path: Path) -> None:
    inside: list[int] = []

    def work(_number: int) -> int:
        with FileLock(path).hold(threading.Event(), 30):
            inside.append(1)
            most = len(inside)
            time.sleep(0.002)
            inside.pop()
        return most

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(12))) == {1}


def test_another_process_is_waited_for(path: Path) -> None:
    with other_process(path) as process:
        assert not FileLock(path).is_free()
        timer = threading.Timer(0.2, process.stdin.close if process.stdin else lambda: None)
        timer.start()
        with FileLock(path).hold(threading.Event(), 10):
            pass
        timer.join()
        process.wait(10)
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_process_frees_it(path: Path) -> None:
    with other_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        with FileLock(path).hold(threading.Event(), 10):
            pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "nowhere" / "lock")
    with pytest.raises(Expected) as refused:
        lock.is_free()
    assert refused.value.code is Code.STORE_READ_ONLY
