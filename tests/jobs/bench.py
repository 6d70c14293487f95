"""One computer, one platform, and short words for what a person does with them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.helpers import clients
from tests.helpers.made import customer
from wizard.api.http.limits import TimeLimits
from wizard.api.http.pacing import PaceRegistry
from wizard.api.http.retry import RetryPolicy
from wizard.api.v2.client import Client
from wizard.core.address import Origin, Region
from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.draft import Author, Connection, Draft, Frequency, Place
from wizard.core.ids import ObjectId
from wizard.core.progress import Progress, Report
from wizard.core.secret import Secret
from wizard.demo import Credential, Integration, PracticePlatform, practice_credential
from wizard.jobs.integrations import create
from wizard.services import Services
from wizard.services.options import ApiOptions
from wizard.store.keychain import Keychain, MemoryKeychain

INTEGRATIONS = "/api/v2/integrations"
TOKEN = "/api/v2/oauth2/token"
NAME = "Atelier Ω"
AUTHOR = "alex.martin@acme.example"
CREATION_RETRIES = RetryPolicy(attempts=5, first_pause_s=0.01, longest_pause_s=0.01)
"""As often as in the program, without its pauses."""


def silent(_progress: Progress) -> None:
    """Report to nobody."""


def open_services(
    data_dir: Path,
    *,
    keychain: Keychain | None = None,
    read_timeout_s: float = 5.0,
    attempts: int = 5,
    retry: RetryPolicy = CREATION_RETRIES,
    clock: Callable[[], float] | None = None,
) -> Services:
    """Make services whose waits are short."""

    times, reads = TimeLimits(read_s=read_timeout_s), clients.short_retries(attempts)

    def open_client(origin: Origin, client_id: str, secret: Secret) -> Client:
        return clients.open_client(origin, client_id, secret, times=times, retry=reads, clock=clock or time.monotonic)

    return Services(
        data_dir,
        keychain=keychain or MemoryKeychain(),
        api=ApiOptions(open_client, retry, PaceRegistry(clients.no_pace)),
        clock=clock or time.monotonic,
    )


@dataclass
class Bench:
    """A computer (its data folder and keychain) and a running practice platform."""

    platform: PracticePlatform
    data_dir: Path
    credential: Credential = field(default_factory=practice_credential)
    keychain: Keychain = field(default_factory=MemoryKeychain)
    read_timeout_s: float = 5.0
    stop: threading.Event = field(default_factory=threading.Event)
    told: list[Progress] = field(default_factory=list)
    _open: list[Services] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Save the customer, as a check of the connection does."""
        self.services = self.restarted()
        self.services.local.secrets.keychain.save(self.customer.entry, Secret(self.credential.client_secret))
        self.services.local.ledger.customers.keep(self.customer)

    @property
    def customer(self) -> Customer:
        """The saved customer."""
        return customer("c1", "ACME", Origin(self.platform.url), self.credential.client_id, "ACME Academy")

    def restarted(self, retry: RetryPolicy = CREATION_RETRIES) -> Services:
        """Start the program again on the same data."""
        made = open_services(self.data_dir, keychain=self.keychain, read_timeout_s=self.read_timeout_s, retry=retry)
        self._open.append(made)
        self.services = made
        return made

    def close(self) -> None:
        """End the program, however often it was started."""
        for services in self._open:
            services.close()

    def report(self, progress: Progress) -> None:
        """Keep what the job tells."""
        self.told.append(progress)

    # ------------------------------------------------------------------ what a person fills in

    def group(self, name: str = "DACH") -> ObjectId:
        """The id of a group."""
        return ObjectId(self.platform.world.group_named(name).id)

    def user(self, mail: str = AUTHOR) -> ObjectId:
        """The id of a person."""
        return ObjectId(self.platform.world.user_with_mail(mail).id)

    def draft(self, name: str = NAME, **answers: Any) -> Draft:
        """A complete draft."""
        whole = Draft(
            id=f"draft {name}",
            customer="ACME",
            region=Region.OTHER,
            address=self.platform.url,
            client_id=self.credential.client_id,
            connection=Connection("c1", Origin(self.platform.url), self.credential.client_id, "ACME Academy"),
            group=Place(self.group(), ("ACME Academy", "Sales", "DACH")),
            author=Author(self.user(), "Alex Martin"),
            name=name,
            shows_in_subgroups=True,
            frequency=Frequency.DAILY,
            start_progress=5,
            logo_url="https://static.example.com/logo.png",
        )
        return replace(whole, **answers)

    # ------------------------------------------------------------------ what a person does

    def create(self, draft: Draft | None = None, *, adopts: bool = False) -> Creation:
        """Press the button."""
        wanted = create.CreateWanted(draft or self.draft(), adopts)
        return create.run(self.services, wanted, self.report, self.stop)

    def look(self, creation_id: str | None = None, *, may_create: bool = True, adopts: bool = False) -> Creation:
        """Press *Look now* on a card, in a program started again."""
        self.restarted()
        (only,) = [creation_id] if creation_id else [c.id for c in self.services.local.ledger.creations.open()]
        wanted = create.LookWanted(only, may_create, adopts)
        return create.look(self.services, wanted, self.report, threading.Event())

    # ------------------------------------------------------------------ what is there afterwards

    def made(self, name: str = NAME) -> list[Integration]:
        """The integrations of that name on the platform."""
        return self.platform.world.integrations_named(name)

    def journal(self) -> list[Creation]:
        """Every creation in the ledger, whatever its state."""
        with self.services.local.ledger.database.reading() as db:
            rows = db.execute("SELECT id FROM operation ORDER BY planned_at, rowid").fetchall()
        return [self.services.local.ledger.creations.get(row[0]) for row in rows]

    def events(self) -> list[str]:
        """The states that the only creation went through."""
        (only,) = self.journal()
        return [state for _at, state in self.services.local.ledger.operations.events(only.id)]

    def talk(self) -> list[str]:
        """What the platform was asked, as short words, the token calls left out."""
        words = {("GET", INTEGRATIONS): "look", ("POST", INTEGRATIONS): "post"}
        asked = [r for r in self.platform.received() if r.path != TOKEN]
        lists = [words.get((r.method, r.path), f"{r.method} {r.path}") for r in asked]
        return ["list" if w == "look" and not r.query else w for w, r in zip(lists, asked, strict=True)]

    def posts(self) -> int:
        """How often a create request arrived."""
        return self.talk().count("post")


def never_posts_unseen(bench: Bench) -> bool:
    """Whether every create request came right after a look for its name."""
    talk = bench.talk()
    return all(at > 0 and talk[at - 1] == "look" for at, word in enumerate(talk) if word == "post")


__all__ = [
    "AUTHOR",
    "INTEGRATIONS",
    "NAME",
    "TOKEN",
    "Bench",
    "Report",
    "never_posts_unseen",
    "open_services",
    "silent",
]
