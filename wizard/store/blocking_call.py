"""A question to the keychain, which may be asking the person for its password, and that takes as long as it takes."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import KeychainAsked

_T = TypeVar("_T")

SLOW_S = 1.0
"""After this it is worth telling that the keychain is being waited for."""
_LOOK_EVERY_S = 0.05


class Question(Generic[_T]):
    """Asks at once, on a thread of its own; any number of jobs may wait for the answer, each as long as it wants to.

    No keychain can be told to give up. So its thread holds up nothing, not even the end of the program. The facts are
    those of the problem that comes of a stop.
    """

    def __init__(self, ask: Callable[[], _T], **facts: str) -> None:
        self._ask, self._facts = ask, facts
        self._answers: list[_T] = []
        self._error: BaseException | None = None
        # Not the runner's: its threads are waited for at the end.
        self._thread = threading.Thread(target=self._put, name="keychain", daemon=True)  # noqa: TID251
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the answer is there."""
        return not self._thread.is_alive()

    def answer(self, stop: threading.Event, report: Callable[[KeychainAsked], object]) -> _T:
        """What was answered, or raised. Raises `Expected` soon after `stop` is set, if nothing was until then."""
        is_slow, started_s = False, time.monotonic()
        while True:
            self._thread.join(_LOOK_EVERY_S)
            if self.is_over:
                break
            if stop.is_set():
                raise Expected(Code.KEYCHAIN_SILENT, field=Field.CLIENT_SECRET, **self._facts)
            if not is_slow and time.monotonic() - started_s > SLOW_S:
                is_slow = True
                report(KeychainAsked())
        if is_slow:
            report(KeychainAsked(is_answered=True))
        if self._error is not None:
            raise self._error
        return self._answers[0]

    def _put(self) -> None:
        try:
            self._answers.append(self._ask())
        except BaseException as error:
            self._error = error


class Questions(Generic[_T]):
    """Questions that read: who asks what is being asked already waits with the others, so one prompt is enough."""

    def __init__(self) -> None:
        self._asked: dict[str, Question[_T]] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        what: str,
        ask: Callable[[], _T],
        stop: threading.Event | None = None,
        report: Callable[[KeychainAsked], object] | None = None,
    ) -> _T:
        """What is answered, or raised, as `Question.answer` does; without a `stop` after as long as it takes."""
        with self._lock:
            question = self._asked.get(what)
            if question is None or question.is_over:
                question = self._asked[what] = Question(ask, reading="yes")
        return question.answer(stop or threading.Event(), report or (lambda _news: None))
