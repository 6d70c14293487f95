"""Calls that may never return: nobody waits for one longer than wanted, nor does the end of the program."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import KeychainAsked
from wizard.store import blocking_call
from wizard.store.blocking_call import BlockingCall

GO_ON = threading.Event()


def silent(_news: KeychainAsked) -> None:
    """Report to nobody."""


def test_an_answer_and_an_error() -> None:
    assert BlockingCall(lambda: 7).result(GO_ON, silent) == 7
    assert BlockingCall(lambda: None).result(GO_ON, silent) is None
    with pytest.raises(ZeroDivisionError):
        BlockingCall(lambda: 1 / 0).result(GO_ON, silent)


def test_a_stop_ends_the_waiting_and_not_the_question() -> None:
    answer, stop = threading.Event(), threading.Event()
    asked = BlockingCall(lambda: answer.wait(20))
    stop.set()
    started_s = time.monotonic()
    with pytest.raises(Expected) as given_up:
        asked.result(stop, silent)
    assert (given_up.value.code, given_up.value.field) == (Code.KEYCHAIN_SILENT, Field.CLIENT_SECRET)
    assert time.monotonic() - started_s < 5
    assert not asked.is_over
    answer.set()
    assert asked.result(GO_ON, silent)
    assert asked.is_over


def test_many_wait_for_one_answer() -> None:
    answer, asked = threading.Event(), []

    def ask() -> str:
        asked.append(1)
        answer.wait(20)
        return "it"

    one = BlockingCall(ask)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(one.result, GO_ON, silent) for _ in range(4)]
        answer.set()
        assert [each.result(20) for each in waiting] == ["it"] * 4
    assert len(asked) == 1


@pytest.mark.parametrize(("slow_s", "told"), [(0.0, [KeychainAsked(), KeychainAsked(is_answered=True)]), (20.0, [])])
def test_a_slow_answer_is_told(monkeypatch: pytest.MonkeyPatch, slow_s: float, told: list[KeychainAsked]) -> None:
    monkeypatch.setattr(blocking_call, "SLOW_S", slow_s)
    news: list[KeychainAsked] = []
    answer = threading.Event()

    def report(one: KeychainAsked) -> None:
        news.append(one)
        answer.set()

    ask: Callable[[], object] = (lambda: answer.wait(20)) if told else (lambda: answer.wait(0.2))
    BlockingCall(ask).result(GO_ON, report)
    assert news == told


def test_the_program_ends_without_an_answer() -> None:
    code = "from wizard.store.blocking_call import BlockingCall; import time; BlockingCall(lambda: time.sleep(60))"
    started_s = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=50)
    assert time.monotonic() - started_s < 30
