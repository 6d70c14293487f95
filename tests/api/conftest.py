"""A running practice platform and clients for it."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.helpers import clients
from wizard.api.http.limits import TimeLimits
from wizard.api.v2.client import Client
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration
from wizard.demo import Credential, PracticePlatform, Settings, practice_credential

INTEGRATIONS = "/api/v2/integrations"
TOKEN = "/api/v2/oauth2/token"

Open = Callable[..., Client]


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running platform with the sample customer; a bug in it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def stop() -> threading.Event:
    """Ends every wait when it is set."""
    return threading.Event()


def open_client(
    url: str,
    credential: Credential | None = None,
    *,
    attempts: int = 3,
    pause_s: float = 0.002,
    times: TimeLimits | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Client:
    """A client whose pauses are short."""
    one = credential or practice_credential()
    retry = clients.short_retries(attempts, pause_s)
    return clients.open_client(url, one.client_id, one.client_secret, times=times, retry=retry, clock=clock)


@pytest.fixture
def open_at(platform: PracticePlatform) -> Iterator[Open]:
    """Opens clients of the running platform."""
    opened: list[Client] = []

    def open_one(**options: Any) -> Client:
        opened.append(open_client(platform.url, **options))
        return opened[-1]

    yield open_one
    for client in opened:
        client.close()


@pytest.fixture
def client(open_at: Open) -> Client:
    """A client with every scope."""
    return open_at()


def wanted(platform: PracticePlatform, name: str = "Atelier Ω") -> Integration:
    """A request that the platform accepts."""
    group = ObjectId(platform.world.group_named("DACH").id)
    author = ObjectId(platform.world.user_with_mail("alex.martin@acme.example").id)
    return Integration(name, group, author, True, 0, False)
