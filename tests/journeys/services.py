"""Services whose waits are short."""

from pathlib import Path

from tests.helpers import clients
from wizard.api.http.limits import TimeLimits
from wizard.api.http.pacing import PaceRegistry
from wizard.api.http.retry import RetryPolicy
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.secret import Secret
from wizard.services import Services
from wizard.services.options import ApiOptions
from wizard.store.keychain import Keychain


def open_services(
    data_dir: Path, keychain: Keychain, *, read_timeout_s: float = 5.0, attempts: int = 3, is_practice: bool = False
) -> Services:
    """Real services but for the length of time-outs and pauses."""

    times, reads = TimeLimits(read_s=read_timeout_s), clients.short_retries(attempts, pause_s=0.01)
    creations = RetryPolicy(attempts=5, first_pause_s=0.01, longest_pause_s=0.01)

    def open_client(origin: Origin, client_id: str, secret: Secret) -> Client:
        return clients.open_client(origin, client_id, secret, times=times, retry=reads)

    return Services(
        data_dir,
        keychain=keychain,
        api=ApiOptions(open_client, creations, PaceRegistry()),
        is_practice=is_practice,
    )
