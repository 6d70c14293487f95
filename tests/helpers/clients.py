"""API clients whose pauses are short."""

import time
from collections.abc import Callable

from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import TimeLimits
from wizard.api.http.pacing import CompanyPace, Pace
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.progress import Progress
from wizard.core.secret import Secret


def no_report(_progress: Progress) -> None:
    """A report that is dropped."""


def short_retries(attempts: int = 3, pause_s: float = 0.002) -> RetryPolicy:
    """The policy of the program in another unit of time: `pause_s` is its second."""
    return RetryPolicy(attempts, pause_s, longest_pause_s=8 * pause_s, longest_asked_s=60 * pause_s)


def no_pace() -> CompanyPace:
    """A pace that never waits."""
    return CompanyPace(Pace(10_000, 10_000), Pace(10_000, 10_000))


def open_client(
    origin: str,
    client_id: str,
    secret: str | Secret,
    *,
    times: TimeLimits | None = None,
    retry: RetryPolicy | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Client:
    """A client of API v2; `clock` is the one by which its token ages."""
    auth = OAuth2ClientCredentials(client_id, secret if isinstance(secret, Secret) else Secret(secret), clock)
    transport = open_transport(Origin(origin), times=times or TimeLimits(read_s=5.0))
    return Client(Exchange(Origin(origin), auth, transport=transport, retry=retry or short_retries()))
