"""A running practice platform and clients that hold a token."""

import ssl
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.helpers.clocks import ManualClock
from wizard.demo import Credential, PracticePlatform, Settings, practice_credential

TOKEN = "/api/v2/oauth2/token"
VERSION = {"360-api-version": "v2.0"}


def token_body(credential: Credential) -> dict[str, str]:
    """Return what the token call sends."""
    return {
        "grant_type": "client_credentials",
        "client_id": credential.client_id,
        "client_secret": credential.client_secret,
    }


@pytest.fixture
def clock() -> ManualClock:
    """The platform's clock."""
    return ManualClock()


@pytest.fixture
def platform(clock: ManualClock) -> Iterator[PracticePlatform]:
    """A running platform with the sample customer; a mistake inside it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False), clock=clock) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def connect(platform: PracticePlatform) -> Iterator[Callable[[Credential], httpx.Client]]:
    """Make clients that hold a token of the given credential."""
    clients: list[httpx.Client] = []

    def make(credential: Credential) -> httpx.Client:
        # An empty trust store: there is no TLS here, and reading the real one takes its time.
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client = httpx.Client(base_url=platform.url, headers=VERSION, trust_env=False, timeout=5, verify=trust)
        clients.append(client)
        answer = client.post(TOKEN, json=token_body(credential))
        client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Callable[[Credential], httpx.Client]) -> httpx.Client:
    """A client with every scope."""
    return connect(practice_credential())


def code(answer: httpx.Response) -> tuple[int, str]:
    """Return status and error code, whichever of the two shapes."""
    error = answer.json()["error"]
    return answer.status_code, error if isinstance(error, str) else error["code"]
