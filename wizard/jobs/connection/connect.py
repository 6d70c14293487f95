"""Check a connection, and keep it if it works."""

import threading
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.core.address import Origin
from wizard.core.customers import COLOURS, Credential, Customer, Right, Scope, entry
from wizard.core.groups import Group
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.progress import Report
from wizard.core.secret import Secret
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.api.v2.client import Client


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed; `secret` is None to use the one that is kept for these credentials."""

    label: str
    origin: Origin
    client_id: str
    secret: Secret | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    """A working connection; `not_kept` tells why the secret lives for this session only, if it does."""

    customer: Customer
    elapsed_s: float
    not_kept: Problem | None = None


def run(services: Services, typed: Credentials, report: Report, stop: threading.Event) -> Connected:
    """Sign in, find the platform's name, try every read, keep secret and customer. Raises `Problem`."""
    secret, unkept = _secret(services, typed, report, stop)
    platform = services.connections.open(typed.origin, typed.client_id, secret, stop)
    try:
        started_s = services.clock()
        platform.sign_in(report, stop)
        rights, root = _rights(platform, report, stop)
        customer = _customer(services, typed, rights, root)
        not_kept = services.local.secrets.keep(customer.entry, unkept, stop, report) if unkept else None
        services.local.ledger.customers.keep(customer)
        services.connections.keep(customer, platform)
    except BaseException:
        platform.close()
        raise
    return Connected(customer, services.clock() - started_s, not_kept)


def _secret(
    services: Services, typed: Credentials, report: Report, stop: threading.Event
) -> tuple[Secret, Secret | None]:
    """The secret to use; a second time if it still has to be saved in the keychain."""
    # First: a list that cannot be used raises here, before the secret goes anywhere.
    known = services.local.ledger.customers.find(typed.origin, typed.client_id)
    if typed.secret:
        return typed.secret, typed.secret
    if known is None:
        raise Expected(Code.SECRET_MISSING, field=Field.CLIENT_SECRET)
    # The origin that was typed counts, not the one in the ledger, which others can change.
    kept = entry(known.credential.id, typed.origin)
    # Try the keychain again with a secret of this session: the person may have unlocked it meanwhile.
    of_session = services.local.secrets.of_session(kept)
    return of_session or services.local.secrets.load(kept, stop, report), of_session


def _customer(services: Services, typed: Credentials, rights: dict[Scope, Right], root: Group | None) -> Customer:
    """The customer with these credentials: the saved one, also if another window saved it meanwhile, or a new one."""
    known = services.local.ledger.customers.find(typed.origin, typed.client_id)
    now = services.now()
    customer_id = known.id if known else uuid.uuid4().hex
    return Customer(
        id=customer_id,
        label=typed.label,
        origin=typed.origin,
        credential=Credential(
            id=known.credential.id if known else uuid.uuid4().hex,
            customer_id=customer_id,
            client_id=typed.client_id,
            rights=rights,
            added_at=known.credential.added_at if known else now,
            checked_at=now,
        ),
        platform_name=root.name if root else "",
        root_id=root.id if root else None,
        colour=known.colour if known else _free_colour(services.local.ledger.customers.all()),
    )


def _rights(platform: "Client", report: Report, stop: threading.Event) -> tuple[dict[Scope, Right], Group | None]:
    rights: dict[Scope, Right] = {}
    root: Group | None = None
    for scope in Scope:
        try:
            if scope is Scope.GROUPS_READ:
                root = _root(platform, report, stop)
                rights[scope] = Right.CONFIRMED
            else:
                seen = platform.has_scope(scope, report, stop)
                rights[scope] = {True: Right.CONFIRMED, False: Right.MISSING, None: Right.UNTESTABLE}[seen]
        except Expected as problem:
            if problem.code is Code.INVALID_SCOPE:
                rights[scope] = Right.MISSING
            elif scope is Scope.INTEGRATIONS_READ or problem.code in (Code.STOPPED, Code.INVALID_TOKEN):
                raise
            else:
                rights[scope] = Right.UNKNOWN
    if rights[Scope.INTEGRATIONS_READ] is Right.MISSING:
        # Without it, neither the look before creating nor the check afterwards is possible.
        raise Expected(Code.INVALID_SCOPE, field=Field.CLIENT_ID, scope=Scope.INTEGRATIONS_READ)
    return rights, root


def _root(platform: "Client", report: Report, stop: threading.Event) -> Group | None:
    """The platform's own group, which is the one without a parent (vendor's OpenAPI)."""
    for page in platform.groups(report, stop):
        for group in page:
            if group.parent_id is None:
                return group
    return None


def _free_colour(customers: tuple[Customer, ...]) -> int:
    used = [c.colour for c in customers]
    return min(range(COLOURS), key=lambda colour: (used.count(colour), colour))
