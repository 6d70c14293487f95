"""A question that may stay without an answer: nobody waits for it longer than he wants to, nor does the program."""

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
from wizard.store.blocking_call import Question

GO_ON = threading.Event()


def silent(_news: KeychainAsked) -> None:
    """Report to nobody."""


def test_an_answer_and_an_error() -> None:
    assert Question(lambda: 7).answer(GO_ON, silent) == 7
    assert Question(lambda: None).answer(GO_ON, silent) is None
    with pytest.raises(ZeroDivisionError):
        Question(lambda: 1 / 0).answer(GO_ON, silent)


def test_a_stop_ends_the_waiting_and_not_the_question() -> None:
    answer, stop = threading.Event(), threading.Event()
    asked = Question(lambda: answer.wait(20))
    stop.set()
    started_s = time.monotonic()
    with pytest.raises(Expected) as given_up:
        asked.answer(stop, silent)
    assert (given_up.value.code, given_up.value.field) == (Code.KEYCHAIN_SILENT, Field.CLIENT_SECRET)
    assert time.monotonic() - started_s < 5
    assert not asked.is_over
    answer.set()
    assert asked.answer(GO_ON, silent)
    assert asked.is_over


def test_many_wait_for_one_answer() -> None:
    answer, asked = threading.Event(), []

    def ask() -> str:
        asked.append(1)
        answer.wait(20)
        return "it"

    one = Question(ask)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(one.answer, GO_ON, silent) for _ in range(4)]
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
    Question(ask).answer(GO_ON, report)
    assert news == told


def test_the_program_ends_without_an_answer() -> None:
    code = "from wizard.store.blocking_call import Question; import time; Question(lambda: time.sleep(60))"
    started_s = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=50)
    assert time.monotonic() - started_s < 30
