"""What the table of bad answers happens on: one computer, one platform, a stranger who must hear nothing."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.helpers.clocks import LeapingClock
from tests.jobs.bench import CREATION_RETRIES, INTEGRATIONS, NAME, TOKEN, Bench, open_services
from wizard.api.http.retry import RetryPolicy
from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.draft import Draft, Place
from wizard.core.groups import Forest
from wizard.core.ids import ObjectId
from wizard.core.problems import Problem
from wizard.core.secret import Secret
from wizard.demo import Fault, PracticePlatform, fixed_id
from wizard.jobs.connection import connect
from wizard.jobs.integrations import create, names
from wizard.jobs.places import authors, groups
from wizard.services import Services

ATTEMPTS = 2
GROUPS = "/api/v2/groups"
USERS = "/api/v2/users"
PATH = ("ACME Academy", "Sales", "DACH")


class Stage(Bench):
    """A computer that tries everything twice, without long waits, on a clock that can leap."""

    clock = LeapingClock()

    def restarted(self, retry: RetryPolicy = CREATION_RETRIES) -> Services:
        """Start the program again on the same data."""
        made = open_services(
            self.data_dir,
            keychain=self.keychain,
            read_timeout_s=self.read_timeout_s,
            attempts=ATTEMPTS,
            retry=retry,
            clock=self.clock,
        )
        self._open.append(made)
        self.services = made
        return made

    def place(self) -> Place:
        """The group of the draft, with all that is known of it."""
        above = tuple(ObjectId(fixed_id(f"group {path}")) for path in ("ACME Academy", "ACME Academy/Sales"))
        return Place(self.group(), PATH, 2, True, above)

    def sign_in(self) -> None:
        """As after the first page: there is a token, a connection, and nobody is in a hurry."""
        self.services.connections.session("c1").platform.sign_in(self.report, self.stop)


# ---------------------------------------------------------------------- what a person does


def _connect(stage: Stage) -> object:
    typed = connect.Credentials(
        "New", stage.customer.origin, stage.credential.client_id, Secret(stage.credential.client_secret)
    )
    return connect.run(stage.services, typed, stage.report, stage.stop)


def _create(stage: Stage) -> object:
    return stage.create()


def _groups(stage: Stage) -> object:
    return groups.run(stage.services, "c1", stage.report, stage.stop)


def _group(stage: Stage) -> object:
    return groups.resolve(stage.services, groups.GroupWanted("c1", stage.group()), stage.report, stage.stop)


def _authors(stage: Stage) -> object:
    return authors.run(stage.services, authors.AuthorsWanted("c1", stage.place()), stage.report, stage.stop)


def _person(stage: Stage) -> object:
    wanted = authors.AuthorWanted("c1", stage.place(), stage.user())
    return authors.resolve(stage.services, wanted, stage.report, stage.stop)


def _mail(stage: Stage) -> object:
    wanted = authors.AuthorWanted("c1", stage.place(), mail="alex.martin@acme.example")
    return authors.resolve(stage.services, wanted, stage.report, stage.stop)


def _name(stage: Stage) -> object:
    return names.run(stage.services, names.NameWanted("c1", stage.place(), NAME), stage.report, stage.stop)


@dataclass(frozen=True)
class Act:
    """Something a person does, and the request in it that a fault meets: the one after `after` others like it.

    `lands` is where its page shows a problem that belongs to no field.
    """

    do: Callable[[Stage], object]
    method: str
    path: str
    lands: str
    after: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    one_by_one: int = 30

    @property
    def is_connecting(self) -> bool:
        """Whether nothing is known yet of the platform."""
        return self.do is _connect

    @property
    def is_creating(self) -> bool:
        """Whether it creates."""
        return self.do is _create

    def asked(self, platform: PracticePlatform) -> int:
        """How often the request that the fault meets has arrived."""
        meant = Fault("reset", self.method, self.path)
        return sum(1 for r in platform.received(self.method) if meant.matches(r.method, r.path)) - self.after


ACTS: dict[str, Act] = {
    "connect: POST oauth2/token": Act(_connect, "POST", TOKEN, "connectionResult"),
    "connect: GET integrations": Act(_connect, "GET", INTEGRATIONS, "connectionResult"),
    "connect: GET groups": Act(_connect, "GET", GROUPS, "connectionResult"),
    "connect: GET users": Act(_connect, "GET", USERS, "connectionResult"),
    "connect: GET courses": Act(_connect, "GET", "/api/v2/courses", "connectionResult"),
    "connect: GET bulk/operations": Act(_connect, "GET", "/api/v2/bulk/operations", "connectionResult"),
    "place: GET groups": Act(_groups, "GET", GROUPS, "groupTree"),
    "place: GET groups, 2nd page": Act(_groups, "GET", GROUPS, "groupTree", 1, {"groups": 9}),
    "place: GET groups/{id}": Act(_group, "GET", GROUPS + "/{id}", "groupTree"),
    "place: GET groups/{id}/roles": Act(_authors, "GET", GROUPS + "/{id}/roles", "authorList"),
    "place: GET users, 2nd page": Act(_authors, "GET", USERS, "authorList", 1, {"users": 4}, one_by_one=0),
    "place: GET users?mail": Act(_mail, "GET", USERS, "authorList"),
    "place: GET users/{id}": Act(_person, "GET", USERS + "/{id}", "authorList"),
    "name: GET integrations": Act(_name, "GET", INTEGRATIONS, "platformName"),
    "name: GET integrations, 2nd page": Act(_name, "GET", INTEGRATIONS, "platformName", 1, {"integrations": 2}),
    "create: POST oauth2/token": Act(_create, "POST", TOKEN, "createState"),
    "create: look": Act(_create, "GET", INTEGRATIONS, "createState"),
    "create: POST integrations": Act(_create, "POST", INTEGRATIONS, "createState"),
    "create: verify": Act(_create, "GET", INTEGRATIONS, "createState", 1),
}


@dataclass
class Seen:
    """What came of it."""

    result: object = None
    problem: Problem | None = None
    asked: int = 0


def play(act: Act, stage: Stage) -> Seen:
    """Do it once and see what comes."""
    seen = Seen()
    try:
        seen.result = act.do(stage)
    except Problem as problem:
        seen.problem = problem
    seen.asked = act.asked(stage.platform)
    return seen


def core_of(result: object) -> object:
    """What has to be the same whenever nothing stood in the way: results without their times and ids."""
    if isinstance(result, connect.Connected):
        customer: Customer = result.customer
        return customer.rights, customer.root_id, customer.platform_name, result.not_kept
    if isinstance(result, groups.Groups):
        forest: Forest | None = result.forest
        return set(forest.groups) if forest else None, result.integrations
    return result


def kept(stage: Stage) -> tuple[tuple[Draft, ...], list[Creation], tuple[str, ...]]:
    """What is in the ledger: drafts, journal, names of customers."""
    return (
        stage.services.local.ledger.drafts.all(),
        stage.journal(),
        tuple(c.label for c in stage.services.local.ledger.customers.all()),
    )


def tokens_of(stage: Stage) -> set[str]:
    """Every access token that the program was ever given."""
    said = (r.headers.get("authorization", "") for r in stage.platform.received())
    return {text.removeprefix("Bearer ") for text in said if text}


def spilled(stage: Stage, seen: Seen) -> list[str]:
    """Every place where a token or the secret stands and must not."""
    tokens, secret = tokens_of(stage), stage.credential.client_secret
    found = []
    for request in stage.platform.received():
        others = {name: value for name, value in request.headers.items() if name != "authorization"}
        text = f"{request.path}?{request.query} {others} {request.raw_body!r}"
        where = f"{request.method} {request.path}"
        found += [f"token in {where}" for token in tokens if token in text]
        found += [f"secret in {where}"] if secret in text and request.path != TOKEN else []
    told = f"{seen.problem!r} {seen.problem.detail} {seen.problem.facts}" if seen.problem else ""
    files = [path for path in stage.data_dir.rglob("*") if path.is_file()]
    for private in (*tokens, secret):
        found += ["told"] if private in told else []
        found += [str(path) for path in files if private.encode() in path.read_bytes()]
    return found


def bare(text: str, stage: Stage) -> str:
    """A sentence without this run's port."""
    return re.sub(re.escape(stage.platform.url.removeprefix("http://")), "{host}", text)


class Stranger:
    """A server of somebody else: it answers everything nicely and must never be asked."""

    def __init__(self) -> None:
        self.platform = PracticePlatform()
        self.called = threading.Event()
        self.platform.on_received = lambda _request: self.called.set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return self.platform.url


def faulty(act: Act, recipe: dict[str, Any], stage: Stage, stranger: Stranger) -> Fault:
    """The fault of a recipe, at the request that the act means."""
    more = dict(recipe)
    kind = more.pop("kind")
    if target := more.get("target"):
        host = stage.platform.url.removeprefix("http://")
        more["target"] = target.format(
            stranger=stranger.url, other=stranger.url.removeprefix("http://"), host=host, path=act.path
        )
    more.setdefault("times", None)
    return stage.platform.faults.add(Fault(kind, act.method, act.path, after=act.after, **more))


__all__ = [
    "ACTS",
    "Act",
    "Seen",
    "Stage",
    "Stranger",
    "bare",
    "core_of",
    "create",
    "faulty",
    "kept",
    "play",
    "spilled",
]
