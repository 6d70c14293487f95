"""How the services call platforms, where it is not as usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.api.http.pacing import PaceRegistry
    from wizard.api.http.retry import RetryPolicy
    from wizard.api.v2.client import Client
    from wizard.core.address import Origin
    from wizard.core.secret import Secret


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """How a client is opened, when calls are repeated, and the paces; None is the program's own way."""

    open_client: Callable[[Origin, str, Secret], Client] | None = None
    retry: RetryPolicy | None = None
    paces: PaceRegistry | None = None
