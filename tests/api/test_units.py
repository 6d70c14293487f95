"""Budget, token and paging alone, with a clock that moves when told."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.api.http import pacing
from wizard.api.http.pacing import Budget
from wizard.api.http.paging import next_page
from wizard.api.v2.auth import LIFETIME_S, TokenKeeper
from wizard.core.address import EU, Origin
from wizard.core.problems import Code, Expected, Stopped
from wizard.core.secret import Secret


class Clock:
    """A clock, and a stop whose waits move it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self.stop = _Stop(self)

    def __call__(self) -> float:
        return self.now


class _Stop(threading.Event):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        """Let that much time pass at once."""
        self._clock.waits.append(timeout or 0)
        self._clock.now += timeout or 0
        return self.is_set()


def test_a_burst_passes_and_the_rest_comes_evenly() -> None:
    clock = Clock()
    places = Budget(per_second=10, burst=3, clock=clock)
    for _ in range(6):
        places.take(clock.stop)
    assert clock.waits == pytest.approx([0.1, 0.1, 0.1])
    clock.now += 100
    clock.waits.clear()
    for _ in range(4):
        places.take(clock.stop)
    assert clock.waits == pytest.approx([0.1])


@given(st.lists(st.floats(0, 2), min_size=1, max_size=60))
def test_never_more_than_allowed(pauses: list[float]) -> None:
    clock = Clock()
    places = Budget(per_second=5, burst=4, clock=clock)
    at: list[float] = []
    for pause_s in pauses:
        clock.now += pause_s
        places.take(clock.stop)
        at.append(clock.now)
    for start in at:
        assert sum(1 for moment in at if start <= moment < start + 1 - 1e-6) <= 4 + 5


def test_a_clock_that_jumps_back_stops_nothing() -> None:
    clock = Clock()
    places = Budget(per_second=10, burst=1, clock=clock)
    places.take(clock.stop)
    clock.now -= 500
    places.take(clock.stop)
    assert clock.waits == pytest.approx([0.1])


def test_a_stop_ends_the_wait() -> None:
    clock = Clock()
    clock.stop.set()
    with pytest.raises(Stopped):
        Budget(per_second=1, burst=1, clock=clock).take(clock.stop)
    real, slow = threading.Event(), Budget(per_second=0.01, burst=1)
    slow.take(real)
    threading.Timer(0.05, real.set).start()
    started = time.perf_counter()
    with pytest.raises(Stopped):
        slow.take(real)
    assert time.perf_counter() - started < 5


def test_our_share_leaves_others_theirs() -> None:
    for places, of_vendor in ((pacing.reads(), 50), (pacing.writes(), 10)):
        assert places._per_second + places._burst <= of_vendor


def keeper(clock: Clock, answers: list[Any]) -> TokenKeeper:
    return TokenKeeper(lambda _stop: answers.pop(0), clock)


def told(token: str, **more: object) -> dict[str, object]:
    return {"token_type": "Bearer", "access_token": token, **more}


UNREADABLE: list[object] = [None, "", "soon", [], {}, 0, "0", -5, "nan", "inf", 1e300, 10**400]


@pytest.mark.parametrize(
    ("expires_in", "lifetime_s"),
    [
        *[(3600, 3600), ("3600", 3600), (120.5, 120.5), ("120", 120)],
        *[(value, LIFETIME_S) for value in UNREADABLE],
    ],
)
def test_a_token_is_renewed_a_minute_early(expires_in: object, lifetime_s: float) -> None:
    clock = Clock()
    tokens = keeper(clock, [told("one", expires_in=expires_in), told("two", expires_in=3600)])
    assert tokens.token(clock.stop) == Secret("one")
    early_s = min(60, lifetime_s / 2)
    clock.now += lifetime_s - early_s - 0.1
    assert tokens.token(clock.stop) == Secret("one")
    clock.now += 0.2
    assert tokens.token(clock.stop) == Secret("two")


def test_a_short_token_is_used_for_half_its_life() -> None:
    clock = Clock()
    tokens = keeper(clock, [told("one", expires_in=2), told("two", expires_in=2)])
    assert tokens.token(clock.stop) == Secret("one")
    clock.now += 0.9
    assert tokens.token(clock.stop) == Secret("one")
    clock.now += 0.2
    assert tokens.token(clock.stop) == Secret("two")


@pytest.mark.parametrize(
    "answer",
    [None, [], "token", {}, told(""), {"access_token": 7}, told("a b"), told("a\nb"), told("tökén"), told("a\x00b")],
)
def test_an_unreadable_token(answer: object) -> None:
    clock = Clock()
    with pytest.raises(Expected) as refused:
        keeper(clock, [answer]).token(clock.stop)
    assert refused.value.code is Code.UNREADABLE_ANSWER


def test_only_the_token_that_is_meant_is_forgotten() -> None:
    clock = Clock()
    tokens = keeper(clock, [told("one"), told("two")])
    first = tokens.token(clock.stop)
    tokens.forget(Secret("another"))
    assert tokens.token(clock.stop) == first
    tokens.forget(first)
    tokens.forget(first)
    assert tokens.token(clock.stop) == Secret("two")
    tokens.forget(first)
    assert tokens.token(clock.stop) == Secret("two")


def test_many_threads_share_one_renewal() -> None:
    asked: list[int] = []

    def fetch(_stop: threading.Event) -> Any:
        asked.append(1)
        time.sleep(0.02)
        return told("one")

    tokens = TokenKeeper(fetch)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: tokens.token(threading.Event()).reveal(), range(32)))
    assert (set(found), len(asked)) == ({"one"}, 1)


def test_a_stop_ends_the_wait_for_another_threads_renewal() -> None:
    gate, stop = threading.Event(), threading.Event()

    def fetch(_stop: threading.Event) -> Any:
        gate.wait(10)
        return told("one")

    tokens = TokenKeeper(fetch)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(tokens.token, threading.Event())
        second = pool.submit(tokens.token, stop)
        stop.set()
        with pytest.raises(Stopped):
            second.result(5)
        gate.set()
        assert first.result(5) == Secret("one")


AT = "/api/v2/groups?x=1"


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ('<https://app.360learning.com/api/v2/groups?next=abc>; rel="next"', "/api/v2/groups?next=abc"),
        ("</api/v2/groups?next=abc>; rel=next", "/api/v2/groups?next=abc"),
        ('<?next=a%20b>; rel="next"', "/api/v2/groups?next=a%20b"),
        ('<groups?next=abc>; REL="Next"', "/api/v2/groups?next=abc"),
        ('<https://APP.360learning.com:443/x?next=1>; rel="next"', "/x?next=1"),
        ('</a>; rel="prev", </b?n=1>; rel="next"', "/b?n=1"),
        ('</a?x=1,2>; rel="next"', "/a?x=1,2"),
        ('</a>; title="x, y; z"; rel="next"', "/a"),
        ('</a>; title="rel=next"; rel="last"', None),
        ('</b>;rel="last next"', "/b"),
        ("</b> ; rel = next ; x", "/b"),
        ('</a>; rel="last"', None),
        ("</a>", None),
        ("", None),
        ("nonsense", None),
        ('<//app.360learning.com/x>; rel="next"', "/x"),
    ],
)
def test_next_page(link: str, page: str | None) -> None:
    assert next_page(link, AT, EU) == page


@pytest.mark.parametrize(
    "target",
    [
        *[
            "https://evil.example/x",
            "//evil.example/x",
            "http://app.360learning.com/x",
            "https://app.360learning.com:444/",
        ],
        *["https://app.360learning.com@evil.example/", "https://user@app.360learning.com/", "javascript:alert(1)"],
        *["https://app.us.360learning.com/x", "https://app.360learning.com.evil.example/", "https://[::1", "file:///x"],
        *["https://app.360learning.com:x/", "https://:@app.360learning.com/"],
    ],
)
def test_no_page_elsewhere(target: str) -> None:
    with pytest.raises(Expected) as refused:
        next_page(f'<{target}>; rel="next"', AT, EU)
    assert refused.value.code is Code.REDIRECTED


@given(st.text(max_size=40), st.sampled_from([EU, Origin("http://127.0.0.1:5000")]))
def test_any_link_stays_here_or_is_refused(target: str, origin: Origin) -> None:
    for link in (target, f'<{target}>; rel="next"'):
        try:
            page = next_page(link, AT, origin)
        except Expected as problem:
            assert problem.code is Code.REDIRECTED  # noqa: PT017
        else:
            assert page is None or not page or page.startswith(("/", "?"))


@pytest.mark.parametrize("piece", ["<", "</a>;", '</a>; rel="', "; x=y", '"', "<>;;;;", "</a>" + "; a=b" * 50])
def test_no_link_takes_long(piece: str) -> None:
    started = time.perf_counter()
    next_page(piece * (60_000 // len(piece)), AT, EU)
    assert time.perf_counter() - started < 1.0
