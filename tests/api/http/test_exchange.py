"""The exchange: what it sends, which statuses are a success, and its limits of time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.conftest import INTEGRATIONS, Open
from tests.helpers.clients import no_report
from wizard.api.v2.client import Client
from wizard.core.problems import Code, Expected
from wizard.demo import Fault, PracticePlatform


def test_an_answer_that_drips(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    client = open_at(attempts=1, exchange_limit_s=0.2)
    platform.faults.add(Fault("endless", "GET", INTEGRATIONS, delay_after_s=0.02))
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, stop))
    assert refused.value.code is Code.TIMED_OUT


def test_threads_share_one_connection_pool(platform: PracticePlatform, client: Client) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: len(list(client.integrations(no_report, threading.Event()))), range(12)))
    assert found == [3] * 12
