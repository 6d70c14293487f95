"""A running practice platform and clients for it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from wizard.api.http.exchange import Wire
from wizard.api.http.transport import open_http
from wizard.api.v2.client import Platform
from wizard.core.address import Origin
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration
from wizard.core.secret import Secret
from wizard.demo import Credential, PracticePlatform, Settings, practice_credential

INTEGRATIONS = "/api/v2/integrations"
TOKEN = "/api/v2/oauth2/token"

Open = Callable[..., Platform]


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running platform with the sample customer; a mistake inside it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def stop() -> threading.Event:
    """What ends every wait."""
    return threading.Event()


def open_client(
    origin: str,
    credential: Credential | None = None,
    *,
    read_timeout_s: float = 5.0,
    attempts: int = 3,
    pause_s: float = 0.002,
    **more: Any,
) -> Platform:
    """A client whose pauses are short."""
    one, at = credential or practice_credential(), Origin(origin)
    http = open_http(at, read_timeout_s=read_timeout_s)
    secret = Secret(one.client_secret)
    return Platform(Wire(at, one.client_id, secret, http=http, attempts=attempts, pause_s=pause_s, **more))


@pytest.fixture
def open_at(platform: PracticePlatform) -> Iterator[Open]:
    """Make clients of the running platform."""
    made: list[Platform] = []

    def make(**how: Any) -> Platform:
        made.append(open_client(platform.url, **how))
        return made[-1]

    yield make
    for client in made:
        client.wire.close()


@pytest.fixture
def client(open_at: Open) -> Platform:
    """A client with every scope."""
    return open_at()


def wanted(platform: PracticePlatform, name: str = "Atelier Ω") -> Integration:
    """A request that the platform accepts."""
    group = ObjectId(platform.world.group_named("DACH").id)
    author = ObjectId(platform.world.user_with_mail("alex.martin@acme.example").id)
    return Integration(name, group, author, True, 0, False)
