"""The platforms, for the jobs: one open session a customer, over the network that the person chose. Worker only."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.api.http import proxies
from wizard.api.http.exchange import Exchange
from wizard.api.http.pacing import PACES, company_key
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport
from wizard.api.pictures import Pictures
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.customers import Credential, Customer
from wizard.core.groups import Forest
from wizard.core.integration import Found
from wizard.core.network_settings import Mode, NetworkAccess
from wizard.core.problems import Problem
from wizard.core.progress import Report
from wizard.core.secret import Secret
from wizard.services.local_store import LocalStore
from wizard.services.options import ApiOptions
from wizard.store.blocking_call import SharedCalls

if TYPE_CHECKING:
    from wizard.demo import PracticePlatform


@dataclass(slots=True)
class Session:
    """A customer's open connection, and what was read over it in this run of the program."""

    platform: Client
    forest: Forest | None = None
    integrations: tuple[Found, ...] = ()
    integrations_at_s: float | None = None


class Connections:
    """Opens connections and keeps one session a customer."""

    def __init__(self, local: LocalStore, api: ApiOptions) -> None:
        self._local = local
        self.retry = api.retry or RetryPolicy()
        self._open_client, self._paces = api.open_client, api.paces or PACES
        self._lock = threading.RLock()
        # By the entry of the secret: a customer whose address changed does not share its former session.
        self._sessions: dict[str, Session] = {}
        self._retired: list[Session] = []
        self._openings: SharedCalls[Session] = SharedCalls()
        self._practice: PracticePlatform | None = None

    def open(self, origin: Origin, client_id: str, secret: Secret, stop: threading.Event | None = None) -> Client:
        """A connection that belongs to no saved customer yet."""
        if self._open_client:
            return self._open_client(origin, client_id, secret)
        auth, transport = OAuth2ClientCredentials(client_id, secret), open_transport(origin, way=self.way(stop))
        return Client(Exchange(origin, auth, transport=transport, retry=self.retry))

    # ------------------------------------------------------------------ the network

    def way(self, stop: threading.Event | None = None) -> NetworkAccess:
        """How the person chose to reach the internet, with the proxy's password if it can be read."""
        network = self._local.ledger.settings.network()
        if network.mode is not Mode.MANUAL or not network.user:
            return NetworkAccess(network)
        try:
            return NetworkAccess(network, self._local.secrets.load(network.entry, stop))
        except Problem:
            # The proxy asks for it then, and its answer leads to the settings.
            return NetworkAccess(network)

    @staticmethod
    def system_route() -> proxies.Route:
        """How the system itself would connect. Raises `Expected` if that cannot be used."""
        return proxies.system_route()

    def pictures(self, stop: threading.Event) -> Pictures:
        """A reader of pictures on the public internet."""
        return Pictures(self.way(stop))

    # ------------------------------------------------------------------ sessions

    def session(self, customer_id: str, stop: threading.Event | None = None, report: Report | None = None) -> Session:
        """The session of a saved customer; reads the keychain if there is none yet. Raises `Problem`."""
        # Read the customer each time: its address may have changed since the session was opened.
        customer = self._local.ledger.customers.get(customer_id)
        with self._lock:
            if customer.entry in self._sessions:
                return self._sessions[customer.entry]
        # A second job that needs the session waits for the running opening, so there is one prompt.
        return self._openings.result(customer.entry, lambda: self._open_session(customer), stop, report)

    def keep(self, customer: Customer, platform: Client) -> Session:
        """Use a connection that was just checked as the customer's session; the one before is closed."""
        self._share_pace(customer, platform)
        with self._lock:
            before = self._sessions.get(customer.entry)
            session = self._sessions[customer.entry] = Session(platform)
        if before:
            before.platform.close()
        return session

    def reopen(self) -> None:
        """Open a new connection for each customer's next request.

        Requests under way, above all a creation, end over the old connections, which are closed with the program.
        """
        with self._lock:
            self._retired += self._sessions.values()
            self._sessions.clear()

    def _share_pace(self, customer: Customer, platform: Client) -> None:
        """Let all connections to one company share its pace."""
        company = company_key(customer.origin, customer.client_id, customer.root_id)
        platform.share_pace(self._paces.of(company))

    def _open_session(self, customer: Customer) -> Session:
        secret = self._local.secrets.load(customer.entry)
        platform = self.open(customer.origin, customer.client_id, secret)
        self._share_pace(customer, platform)
        with self._lock:
            session = self._sessions.setdefault(customer.entry, Session(platform))
        if session.platform is not platform:
            platform.close()
        return session

    # ------------------------------------------------------------------ practice and the end

    def start_practice(self) -> tuple[Customer, Secret]:
        """Start the practice platform, once; its customer and the secret of it."""
        # Only practice needs a web server.
        from wizard.demo import PracticePlatform, practice_credential

        with self._lock:
            if self._practice is None:
                self._practice = PracticePlatform()
                self._practice.start()
        given = practice_credential()
        credential = Credential("practice", "practice", given.client_id)
        customer = Customer("practice", "ACME", Origin(self._practice.url), credential)
        return customer, Secret(given.client_secret)

    def close(self) -> None:
        """Close all connections; requests under way fail. Stops the practice platform."""
        with self._lock:
            for session in (*self._sessions.values(), *self._retired):
                session.platform.close()
            if self._practice:
                self._practice.stop()
