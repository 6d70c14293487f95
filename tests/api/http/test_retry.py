"""Repeated reads: the pauses between attempts, who asks for them, and that they are reported."""

import threading

import pytest

from tests.api.conftest import INTEGRATIONS, Open
from wizard.api.http.retry import RetryPolicy
from wizard.core.progress import Progress, Waiting
from wizard.demo import Fault, PracticePlatform


def test_the_default_pauses() -> None:
    assert RetryPolicy().pauses_s == (1.0, 2.0, 4.0, 8.0)
    assert RetryPolicy(attempts=7).pauses_s == (1.0, 2.0, 4.0, 8.0, 8.0, 8.0)
    assert RetryPolicy(attempts=1).pauses_s == ()


def test_pauses_grow(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    waits: list[Progress] = []
    client = open_at(attempts=5, pause_s=0.01)
    platform.faults.add(Fault("rate_limit", "GET", INTEGRATIONS, times=4))
    assert len(list(client.integrations(waits.append, stop))) == 3
    for wait, least_s in zip(waits, (0.01, 0.02, 0.04, 0.08), strict=True):
        assert isinstance(wait, Waiting)
        assert least_s <= wait.seconds <= least_s + 0.0025
        assert wait.is_asked


@pytest.mark.parametrize(
    ("told", "pause_s"),
    [("2", 0.12), ("0", 0.0), ("soon", 0.0), ("-1", 0.0), ("1e9", 0.0), ("99999", 0.12), ("9999999", 0.0), ("²", 0.0)],
)
def test_retry_after(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, told: str, pause_s: float
) -> None:
    waits: list[Progress] = []
    client = open_at(pause_s=0.002)  # whose minute is 0.12 seconds
    headers = {"Retry-After": told.encode().decode("latin-1")}
    platform.faults.add(Fault("rate_limit", "GET", INTEGRATIONS, headers=headers))
    list(client.integrations(waits.append, stop))
    (wait,) = waits
    assert isinstance(wait, Waiting)
    assert max(pause_s, 0.002) <= wait.seconds <= max(pause_s, 0.0025)


def test_retry_after_of_another_failure(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    waits: list[Progress] = []
    client = open_at()
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=503, headers={"Retry-After": "1"}))
    list(client.integrations(waits.append, stop))
    # Our own pause: the platform did not say that it wants one.
    assert [isinstance(wait, Waiting) and wait.is_asked for wait in waits] == [False]
