"""A keychain that asks the person for its password: every job ends when it is told to, and nobody is asked twice."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.helpers import made
from tests.jobs.bench import Bench, open_services, silent
from wizard.core.draft import Place
from wizard.core.network_settings import Mode, Network
from wizard.core.problems import Code, Expected, Problem
from wizard.core.secret import Secret
from wizard.jobs.connection import connect, network
from wizard.jobs.connection.connect import Connected, Credentials
from wizard.jobs.integrations import create, logo_preview, names, preflight, verify
from wizard.jobs.places import authors, groups
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain

PROXY = Network(Mode.MANUAL, "127.0.0.1", 1, "somebody")
Job = Callable[[Services, Bench, threading.Event], object]


class Asking(MemoryKeychain):
    """A keychain with a prompt that is open until it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts = 0
        self.asked, self.answered = threading.Event(), threading.Event()

    def save(self, entry: str, secret: Secret) -> None:
        """Ask first."""
        self._ask()
        super().save(entry, secret)

    def load(self, entry: str) -> Secret:
        """Ask first."""
        self._ask()
        return super().load(entry)

    def forget(self, entry: str) -> None:
        """Ask first."""
        self._ask()
        super().forget(entry)

    def _ask(self) -> None:
        self.prompts += 1
        self.asked.set()
        self.answered.wait(20)


@pytest.fixture
def keychain() -> Iterator[Asking]:
    """Such a keychain; whoever still waits for it at the end gets an answer."""
    made = Asking()
    yield made
    made.answered.set()
    for thread in threading.enumerate():
        if thread.name == "keychain":
            thread.join(20)


@pytest.fixture
def services(bench: Bench, keychain: Asking) -> Iterator[Services]:
    """The program, started again on a computer with such a keychain and one saved customer."""
    made = open_services(bench.data_dir, keychain=keychain)
    yield made
    keychain.answered.set()
    made.close()


def typed(bench: Bench, *, has_secret: bool) -> Credentials:
    """What stands on the first page."""
    secret = Secret(bench.credential.client_secret) if has_secret else None
    return Credentials("ACME", bench.customer.origin, bench.credential.client_id, secret)


def group(bench: Bench) -> Place:
    """A group that was chosen."""
    return Place(bench.group())


def planned(bench: Bench) -> str:
    """The id of a creation that a crash left behind."""
    draft = bench.draft()
    bench.services.local.ledger.operations.plan(made.planned("left", draft))
    return "left"


def created(bench: Bench) -> str:
    """The id of a creation that was not checked."""
    left = made.planned("left", bench.draft())
    bench.services.local.ledger.operations.plan(left)
    bench.services.local.ledger.operations.finish_creation("left", made.made(left))
    return "left"


def through_proxy(services: Services, bench: Bench, stop: threading.Event) -> object:
    """Preview a picture, of this computer so that it is refused, through a proxy with a password."""
    bench.services.local.ledger.settings.keep_network(PROXY)
    return logo_preview.run(services, "https://127.0.0.1/logo.png", silent, stop)


READING: dict[str, Job] = {
    "connect": lambda s, b, stop: connect.run(s, typed(b, has_secret=False), silent, stop),
    "groups": lambda s, _b, stop: groups.run(s, "c1", silent, stop),
    "a group": lambda s, b, stop: groups.resolve(s, groups.GroupWanted("c1", b.group()), silent, stop),
    "authors": lambda s, b, stop: authors.run(s, authors.AuthorsWanted("c1", group(b)), silent, stop),
    "an author": lambda s, b, stop: authors.resolve(s, authors.AuthorWanted("c1", group(b), b.user()), silent, stop),
    "a name": lambda s, b, stop: names.run(s, names.NameWanted("c1", group(b), "Any"), silent, stop),
    "create": lambda s, b, stop: create.run(s, create.CreateWanted(b.draft()), silent, stop),
    "look": lambda s, b, stop: create.look(s, create.LookWanted(planned(b)), silent, stop),
    "verify": lambda s, b, stop: verify.run(s, created(b), silent, stop),
}


def stopped_while_asking(job: Job, services: Services, bench: Bench, keychain: Asking) -> object:
    """What becomes of a job that is stopped while the prompt is open."""
    stop = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(job, services, bench, stop)
        assert keychain.asked.wait(10)
        stop.set()
        return running.result(10)


@pytest.mark.parametrize("name", READING)
def test_a_job_that_reads(services: Services, bench: Bench, keychain: Asking, name: str) -> None:
    with pytest.raises(Expected) as ended:
        stopped_while_asking(READING[name], services, bench, keychain)
    assert (ended.value.code, ended.value.facts) == (Code.KEYCHAIN_SILENT, {"reading": "yes"})
    assert (bench.talk(), keychain.prompts) == ([], 1)


def test_the_checks(services: Services, bench: Bench, keychain: Asking) -> None:
    checked = stopped_while_asking(
        lambda s, b, stop: preflight.run(s, b.draft(), silent, stop), services, bench, keychain
    )
    assert isinstance(checked, preflight.Checked)
    assert checked.results[0].kind == Code.KEYCHAIN_SILENT.value
    assert bench.talk() == []


def test_a_preview(services: Services, bench: Bench, keychain: Asking) -> None:
    with pytest.raises(Problem):
        stopped_while_asking(through_proxy, services, bench, keychain)


def test_a_checked_connection_goes_on_without_the_keychain(services: Services, bench: Bench, keychain: Asking) -> None:
    found = stopped_while_asking(
        lambda s, b, stop: connect.run(s, typed(b, has_secret=True), silent, stop), services, bench, keychain
    )
    assert isinstance(found, Connected)
    assert found.not_kept is not None
    assert found.not_kept.code is Code.KEYCHAIN_SILENT
    assert services.local.secrets.load(bench.customer.entry) == Secret(bench.credential.client_secret)
    assert keychain.prompts == 1


def test_what_was_not_kept_is_kept_with_the_next_check(services: Services, bench: Bench, keychain: Asking) -> None:
    test_a_checked_connection_goes_on_without_the_keychain(services, bench, keychain)
    keychain.answered.set()
    found = connect.run(services, typed(bench, has_secret=False), silent, threading.Event())
    assert (found.not_kept, services.local.secrets.of_session(bench.customer.entry)) == (None, None)
    assert keychain.load(bench.customer.entry) == Secret(bench.credential.client_secret)


def test_the_last_secret_wins_whichever_was_given_up(services: Services, bench: Bench, keychain: Asking) -> None:
    stop = threading.Event()
    stop.set()
    for number in range(5):
        not_kept = services.local.secrets.keep("c1", Secret(f"number {number}"), stop, silent)
        assert not_kept is not None
    assert keychain.prompts == 1
    keychain.answered.set()
    assert services.local.secrets.keep("c1", Secret("the last"), threading.Event(), silent) is None
    assert keychain.load("c1") == Secret("the last")
    # The first, which could not be taken back, the last, and this look.
    assert keychain.prompts == 3


def test_a_proxy_goes_on_without_the_keychain(services: Services, bench: Bench, keychain: Asking) -> None:
    saved = stopped_while_asking(
        lambda s, _b, stop: network.save(s, network.Wanted(PROXY, Secret("x")), silent, stop), services, bench, keychain
    )
    assert isinstance(saved, network.Saved)
    assert saved.not_kept is not None
    assert services.local.secrets.load(PROXY.entry) == Secret("x")


def test_a_proxy_without_a_sign_in_waits_for_nobody(services: Services, bench: Bench, keychain: Asking) -> None:
    plain = Network(Mode.MANUAL, "127.0.0.1", 1)
    saved = stopped_while_asking(
        lambda s, _b, stop: network.save(s, network.Wanted(plain), silent, stop), services, bench, keychain
    )
    assert saved == network.Saved(plain)


def test_jobs_that_want_it_together_ask_once(services: Services, bench: Bench, keychain: Asking) -> None:
    keychain.answered.set()
    keychain.save(bench.customer.entry, Secret(bench.credential.client_secret))
    keychain.answered.clear()
    keychain.prompts = 0
    gone, stop = threading.Event(), threading.Event()
    with ThreadPoolExecutor(3) as pool:
        given_up = pool.submit(services.connections.session, "c1", gone)
        others = [pool.submit(services.connections.session, "c1", stop) for _ in range(2)]
        assert keychain.asked.wait(10)
        gone.set()
        assert isinstance(given_up.exception(10), Expected)
        keychain.answered.set()
        first, second = (one.result(10) for one in others)
    assert first is second
    assert keychain.prompts == 1
