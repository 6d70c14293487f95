"""Services whose waits are short."""

from pathlib import Path

from wizard.api.http.exchange import Wire
from wizard.api.http.transport import open_http
from wizard.core.address import Origin
from wizard.core.secret import Secret
from wizard.services import Services
from wizard.store.keychain import Vault


def open_services(
    data_dir: Path, vault: Vault, *, read_timeout_s: float = 5.0, attempts: int = 3, is_practice: bool = False
) -> Services:
    """Real services but for the length of time-outs and pauses."""

    def open_wire(origin: Origin, client_id: str, secret: Secret) -> Wire:
        http = open_http(origin, read_timeout_s=read_timeout_s)
        return Wire(origin, client_id, secret, http=http, attempts=attempts, pause_s=0.01)

    return Services(data_dir, vault=vault, open_wire=open_wire, is_practice=is_practice)
