"""The token cache alone, with a clock that moves when told."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.helpers.clocks import ManualClock
from wizard.api.answer import Answer
from wizard.api.v2 import models
from wizard.api.v2.auth import DEFAULT_LIFETIME_S, TokenCache
from wizard.core.problems import Code, Expected, Stopped
from wizard.core.secret import Secret


class Tokens:
    """A token cache, and the bodies of the answers that it fetches one after the other."""

    def __init__(self, clock: ManualClock, *bodies: object) -> None:
        self._cache, self._bodies = TokenCache(clock), list(bodies)
        self.forget = self._cache.forget

    def token(self) -> Secret:
        """The token now."""
        return self._cache.token(lambda: read(self._bodies.pop(0)), threading.Event())


def read(body: object) -> models.Token:
    return Answer(200, json.dumps(body).encode()).read(models.TOKEN)


def told(token: str, **more: object) -> dict[str, object]:
    return {"token_type": "Bearer", "access_token": token, **more}


UNREADABLE: list[object] = [None, "", "soon", [], {}, 0, "0", -5, "nan", "inf", 1e300, 10**400]


@pytest.mark.parametrize(
    ("expires_in", "lifetime_s"),
    [
        *[(3600, 3600), ("3600", 3600), (120.5, 120.5), ("120", 120)],
        *[(value, DEFAULT_LIFETIME_S) for value in UNREADABLE],
    ],
)
def test_a_token_is_renewed_a_minute_early(expires_in: object, lifetime_s: float) -> None:
    clock = ManualClock()
    tokens = Tokens(clock, told("one", expires_in=expires_in), told("two", expires_in=3600))
    assert tokens.token() == Secret("one")
    early_s = min(60, lifetime_s / 2)
    clock.now_s += lifetime_s - early_s - 0.1
    assert tokens.token() == Secret("one")
    clock.now_s += 0.2
    assert tokens.token() == Secret("two")


def test_a_short_token_is_used_for_half_its_life() -> None:
    clock = ManualClock()
    tokens = Tokens(clock, told("one", expires_in=2), told("two", expires_in=2))
    assert tokens.token() == Secret("one")
    clock.now_s += 0.9
    assert tokens.token() == Secret("one")
    clock.now_s += 0.2
    assert tokens.token() == Secret("two")


@pytest.mark.parametrize(
    "answer",
    [None, [], "token", {}, told(""), {"access_token": 7}, told("a b"), told("a\nb"), told("tökén"), told("a\x00b")],
)
def test_an_unreadable_token(answer: object) -> None:
    clock = ManualClock()
    with pytest.raises(Expected) as refused:
        Tokens(clock, answer).token()
    assert refused.value.code is Code.UNREADABLE_ANSWER


def test_forget_drops_only_the_given_token() -> None:
    clock = ManualClock()
    tokens = Tokens(clock, told("one"), told("two"))
    first = tokens.token()
    tokens.forget(Secret("another"))
    assert tokens.token() == first
    tokens.forget(first)
    tokens.forget(first)
    assert tokens.token() == Secret("two")
    tokens.forget(first)
    assert tokens.token() == Secret("two")


def test_many_threads_share_one_renewal() -> None:
    fetched: list[int] = []

    def fetch() -> models.Token:
        fetched.append(1)
        time.sleep(0.02)
        return read(told("one"))

    cache = TokenCache()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: cache.token(fetch, threading.Event()).reveal(), range(32)))
    assert (set(found), len(fetched)) == ({"one"}, 1)


def test_a_stop_ends_the_wait_for_another_threads_renewal() -> None:
    gate, stop = threading.Event(), threading.Event()

    def fetch() -> models.Token:
        gate.wait(10)
        return read(told("one"))

    cache = TokenCache()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.token, fetch, threading.Event())
        second = pool.submit(cache.token, fetch, stop)
        stop.set()
        with pytest.raises(Stopped):
            second.result(5)
        gate.set()
        assert first.result(5) == Secret("one")
