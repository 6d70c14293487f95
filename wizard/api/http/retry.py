"""When a read is repeated, and how long the pauses are."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import tenacity
from tenacity.wait import wait_base

from wizard.api.faults import Unsent
from wizard.core.problems import Code, Problem, Stopped
from wizard.core.progress import Report, Waiting

_T = TypeVar("_T")

TRANSIENT = frozenset({Code.TOO_MANY_REQUESTS, Code.SERVER_FAILED, Code.TIMED_OUT, Code.NO_CONNECTION})
"""Problems that pass by themselves."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential backoff: pauses double up to `longest_pause_s`, plus at random up to a quarter of the first one.

    A pause that the platform asks for (`Retry-After`) is kept up to `longest_asked_s`.
    """

    attempts: int = 5
    first_pause_s: float = 1.0
    longest_pause_s: float = 8.0
    longest_asked_s: float = 60.0

    @property
    def pauses_s(self) -> tuple[float, ...]:
        """The pause before each further attempt, without the random part."""
        return tuple(min(self.first_pause_s * 2**n, self.longest_pause_s) for n in range(self.attempts - 1))

    def run(self, attempt: Callable[[], _T], report: Report, stop: threading.Event) -> _T:
        """The result of `attempt`, repeated while its problem is transient; each pause is reported as `Waiting`.

        Raises the last `Problem`, or `Stopped` once `stop` is set.
        """

        def report_pause(state: tenacity.RetryCallState) -> None:
            problem = _problem(state)
            is_asked = problem is not None and problem.code is Code.TOO_MANY_REQUESTS
            report(Waiting(state.upcoming_sleep, is_asked))

        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.attempts) | tenacity.stop_when_event_set(stop),
            wait=_Wait(self),
            sleep=tenacity.sleep_using_event(stop),
            retry=tenacity.retry_if_exception(_is_transient),
            before_sleep=report_pause,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except Problem:
            if stop.is_set():
                raise Stopped from None
            raise


class _Wait(wait_base):
    """The pause of a policy, or the longer one that the platform asks for."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._backoff = tenacity.wait_exponential(multiplier=policy.first_pause_s, max=policy.longest_pause_s)
        self._jitter = tenacity.wait_random(0, policy.first_pause_s / 4)

    def __call__(self, retry_state: tenacity.RetryCallState) -> float:
        problem = _problem(retry_state)
        asked_s = float(problem.facts.get("retry_after_s", 0)) if problem else 0.0
        usual_s = self._backoff(retry_state) + self._jitter(retry_state)
        return max(usual_s, min(asked_s, self._policy.longest_asked_s))


def _problem(state: tenacity.RetryCallState) -> Problem | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Problem) else None


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, Problem) and error.code in TRANSIENT and not isinstance(error, Unsent)
