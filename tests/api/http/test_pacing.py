"""The pace of a company: a token bucket with a clock that moves when told, and the registry of all companies."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.conftest import Open, open_client, wanted
from tests.helpers.clients import no_report
from tests.helpers.clocks import ClockedEvent, ManualClock
from wizard.api.http.pacing import NOTICEABLE_S, CompanyPace, Pace, PaceRegistry, company_key
from wizard.api.v2.client import Client
from wizard.core.address import EU, US
from wizard.core.customers import Scope
from wizard.core.ids import ObjectId
from wizard.core.problems import Stopped
from wizard.core.progress import Progress, Waiting
from wizard.demo import PracticePlatform, Settings


def test_a_burst_passes_and_the_rest_is_spread_evenly() -> None:
    clock = ManualClock()
    stop = ClockedEvent(clock)
    pace = Pace(per_second=10, burst=3, clock=clock)
    for _ in range(6):
        pace.take(no_report, stop)
    assert stop.waits_s == pytest.approx([0.1, 0.1, 0.1])
    clock.now_s += 100
    stop.waits_s.clear()
    for _ in range(4):
        pace.take(no_report, stop)
    assert stop.waits_s == pytest.approx([0.1])


@given(st.lists(st.floats(0, 2), min_size=1, max_size=60))
def test_never_more_than_allowed(pauses: list[float]) -> None:
    clock = ManualClock()
    stop = ClockedEvent(clock)
    pace = Pace(per_second=5, burst=4, clock=clock)
    at: list[float] = []
    for pause_s in pauses:
        clock.now_s += pause_s
        pace.take(no_report, stop)
        at.append(clock.now_s)
    for start in at:
        assert sum(1 for moment in at if start <= moment < start + 1 - 1e-6) <= 4 + 5


def test_a_clock_that_jumps_back_stops_nothing() -> None:
    clock = ManualClock()
    stop = ClockedEvent(clock)
    pace = Pace(per_second=10, burst=1, clock=clock)
    pace.take(no_report, stop)
    clock.now_s -= 500
    pace.take(no_report, stop)
    assert stop.waits_s == pytest.approx([0.1])


def test_a_stop_ends_the_wait() -> None:
    clock = ManualClock()
    stop = ClockedEvent(clock)
    stop.set()
    with pytest.raises(Stopped):
        Pace(per_second=1, burst=1, clock=clock).take(no_report, stop)
    real, slow = threading.Event(), Pace(per_second=0.01, burst=1)
    slow.take(no_report, real)
    threading.Timer(0.05, real.set).start()
    started = time.perf_counter()
    with pytest.raises(Stopped):
        slow.take(no_report, real)
    assert time.perf_counter() - started < 5


def test_a_wait_that_a_person_notices_is_reported() -> None:
    clock = ManualClock()
    stop = ClockedEvent(clock)
    pace, told = Pace(per_second=0.4, burst=1, clock=clock), list[Progress]()
    for _ in range(3):
        pace.take(told.append, stop)
    assert told == [Waiting(2.5), Waiting(2.5)]
    assert stop.waits_s == [2.5, 2.5]
    quick = Pace(per_second=1 / NOTICEABLE_S, burst=1, clock=clock)
    for _ in range(3):
        quick.take(told.append, stop)
    assert len(told) == 2


def test_our_share_leaves_other_programs_theirs() -> None:
    company = CompanyPace()
    for pace, of_vendor in ((company.reads, 50), (company.writes, 10)):
        assert pace._per_second + pace._burst <= of_vendor


# ------------------------------------------------------------------ companies

ROOT, OTHER = ObjectId("5f" * 12), ObjectId("6f" * 12)


def test_a_company_is_known_by_its_root_group() -> None:
    assert company_key(EU, "one", ROOT) == company_key(EU, "two", ROOT)
    keys = {company_key(o, c, r) for o in (EU, US) for c in ("one", "two") for r in (None, ROOT, OTHER)}
    # Without a root group each pair of credentials counts for itself.
    assert len(keys) == 2 * (2 + 2)


def test_a_registry_has_one_pace_a_company() -> None:
    registry = PaceRegistry()
    first = registry.of("a")
    assert registry.of("a") is first
    assert registry.of("b") is not first


def test_two_connections_to_one_company_share_its_pace(platform: PracticePlatform, open_at: Open) -> None:
    pace = PaceRegistry(lambda: CompanyPace(reads=Pace(per_second=10, burst=2))).of("company")
    stop = threading.Event()
    clients = [open_at(), open_at()]
    for client in clients:
        client.share_pace(pace)
        client.sign_in(no_report, stop)
    started_s = time.perf_counter()
    for client in clients * 2:
        client.has_scope(Scope.INTEGRATIONS_READ, no_report, stop)
    # Each connection alone would have had its two at once.
    assert time.perf_counter() - started_s >= 0.19
    assert len(platform.received("GET")) == 4


def test_writes_keep_the_pace(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    client.share_pace(CompanyPace(writes=Pace(per_second=20, burst=1)))
    started = time.perf_counter()
    for name in ("a", "b", "c"):
        client.create_integration(wanted(platform, name), no_report, stop)
    assert time.perf_counter() - started >= 0.1


def test_within_the_vendors_limits() -> None:
    # This platform has a real limit: a faster client would get 429.
    with PracticePlatform(settings=Settings(reads_per_s=45)) as platform:
        client = open_client(platform.url)
        waits: list[Progress] = []
        for _ in range(30):
            client.has_scope(Scope.INTEGRATIONS_READ, waits.append, threading.Event())
        client.close()
    assert waits == []
    assert {r.status for r in platform.received("GET")} == {200}
    assert platform.requests[-1].at - platform.requests[1].at >= 0.8
