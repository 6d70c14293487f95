"""Twenty bad answers at the real window: what is read, where, the next step, and answers that stay."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.faults.recipes import RECIPES
from tests.faults.stage import GROUPS, Stranger
from tests.helpers.made import customer, planned
from tests.jobs.bench import open_services
from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, INTEGRATIONS, NAME, TOKEN, Scene
from tests.journeys.driver import Person
from wizard.core.address import Origin, Region
from wizard.core.draft import Author, Connection, Draft, Frequency, Place, Step
from wizard.core.ids import ObjectId
from wizard.core.secret import Secret
from wizard.demo import Fault, fixed_id

PATH = ("ACME Academy", "Sales", "DACH")


@dataclass(frozen=True)
class Row:
    """A fault of one request, and what a person reads, where, and can press."""

    method: str
    path: str
    fault: str
    sentence: str
    where: str
    step: str = ""

    @property
    def name(self) -> str:
        """What the case is called."""
        return f"{self.where}: {self.method} {self.path.removeprefix('/api/v2/')}; {self.fault}"


def _connect(method: str, path: str, fault: str, sentence: str, step: str = "Try again") -> Row:
    return Row(method, path, fault, sentence, "connectionResult", step)


CONNECTING = [
    _connect("POST", TOKEN, "reset", "No connection to {host}"),
    _connect("POST", TOKEN, "no answer (read time-out)", "{host} does not answer just now"),
    _connect("POST", TOKEN, "400 invalid_request", "The platform did not understand the sign-in", "Paste again"),
    _connect("POST", TOKEN, "429 storm", "The platform asks us to wait"),
    _connect("POST", TOKEN, "502 web page", "The platform has a problem of its own"),
    _connect("POST", TOKEN, "redirect to another host", "{host} sends us to another address"),
    _connect("POST", TOKEN, "web page with 200", "A web page answered instead of the platform"),
    _connect("POST", TOKEN, "truncated JSON", "The platform's answer cannot be read"),
    _connect("GET", INTEGRATIONS, "body of 1 GB", "The platform's answer is far too large"),
    _connect("GET", INTEGRATIONS, "403 as text", "The credentials lack the right integrations:read"),
    _connect("GET", INTEGRATIONS, "401 for ever", "The platform no longer accepts these credentials", "Paste again"),
]
LATER = [
    Row("GET", GROUPS, "500", "The platform has a problem of its own", "groupTree"),
    Row("GET", GROUPS, "redirect to another host", "{host} sends us to another address", "groupTree"),
    Row("GET", GROUPS, "Link to another origin", "{host} sends us to another address", "groupTree"),
    Row("GET", GROUPS, "Link that loops", "The platform's list does not end", "groupTree"),
    Row("GET", GROUPS, "401 for ever", "The platform no longer accepts these credentials", "groupTree"),
    Row("GET", GROUPS, "gzip bomb", "The platform's answer is far too large", "groupTree"),
    Row("GET", GROUPS + "/{id}/roles", "500", "The platform has a problem of its own", "authorList"),
    Row("GET", GROUPS + "/{id}/roles", "404 groupNotFound", "The platform does not have this group", "groupTree"),
    Row("GET", INTEGRATIONS, "500", "The platform has a problem of its own", "platformName"),
    Row("GET", INTEGRATIONS, "truncated JSON", "The platform's answer cannot be read", "platformName"),
]


def go_wrong(scene: Scene, row: Row, stranger: Stranger) -> None:
    """Make the fault of this row happen from now on."""
    more = dict(RECIPES[row.fault])
    if target := more.get("target"):
        more["target"] = str(target).format(stranger=stranger.url, path=row.path)
    scene.platform.faults.add(Fault(method=row.method, path=row.path, times=None, **more))


def remembered(scene: Scene, step: Step) -> Draft:
    """A customer of last time, and a draft that has come as far as this page."""
    services = open_services(scene.data_dir, keychain=scene.keychain)
    origin = Origin(scene.platform.url)
    saved = customer("c1", "ACME", origin, CLIENT_ID, "ACME Academy")
    scene.keychain.save(saved.entry, Secret(CANARY))
    services.local.ledger.customers.keep(saved)
    above = tuple(ObjectId(fixed_id(f"group {path}")) for path in ("ACME Academy", "ACME Academy/Sales"))
    draft = Draft(
        id="d1",
        customer="ACME",
        region=Region.OTHER,
        address=scene.platform.url,
        client_id=CLIENT_ID,
        connection=Connection("c1", origin, CLIENT_ID, "ACME Academy"),
        group=Place(ObjectId(scene.group()), PATH, 2, True, above),
        author=Author(
            ObjectId(scene.user()), "Alex Martin", "alex.martin@acme.example", "editor", "active", "suitable"
        ),
        name=NAME,
        shows_in_subgroups=True,
        frequency=Frequency.DAILY,
        step=step,
    )
    services.local.ledger.drafts.keep(draft)
    services.close()
    return draft


def is_kept(person: Person) -> bool:
    """Whether the ledger holds exactly the answers that the window shows."""
    answers = [replace(draft, step=Step.CONNECT) for draft in person.services.local.ledger.drafts.all()]
    return answers == [replace(person.draft, step=Step.CONNECT)]


@pytest.mark.parametrize("row", CONNECTING, ids=lambda row: row.name)
def test_while_connecting(scene: Scene, stranger: Stranger, row: Row) -> None:
    scene.read_timeout_s = 0.3 if row.fault.startswith("no answer") else 5.0
    go_wrong(scene, row, stranger)
    person = scene.sit_down()
    person.paste("customerName", "ACME")
    person.paste("clientId", CLIENT_ID)
    person.write("clientSecret", CANARY)
    person.click("checkConnection")
    sentence = row.sentence.replace("{host}", scene.platform.url.removeprefix("http://"))
    person.wait_for("remedy")
    assert sentence in person.texts(person.find(row.where))
    assert person.find("remedy", QAbstractButton).text() == row.step
    assert person.window.primary() is person.find("remedy")
    person.wait(lambda: is_kept(person))
    assert person.services.local.ledger.customers.all() == ()
    scene.platform.faults.clear()
    person.click("remedy")
    if row.step == "Paste again":
        person.write("clientSecret", CANARY)
        person.click("checkConnection")
    person.wait_for_text("Connected to")
    assert (stranger.platform.received(), scene.posts()) == ([], [])


@pytest.mark.parametrize("row", LATER, ids=lambda row: row.name)
def test_on_a_later_page(scene: Scene, stranger: Stranger, row: Row) -> None:
    page = "behaviourPage" if row.where == "platformName" else "placePage"
    draft = remembered(scene, Step.BEHAVIOUR if page == "behaviourPage" else Step.PLACE)
    go_wrong(scene, row, stranger)
    person = scene.sit_down(url="")
    person.click("resumeDraft")
    person.wait_for_page(page)
    sentence = row.sentence.replace("{host}", scene.platform.url.removeprefix("http://"))
    person.wait(lambda: sentence in person.beside(row.where) or person.reads(sentence))
    person.idle()
    beside = person.beside(row.where)
    assert sentence in beside, beside
    assert replace(person.draft, step=Step.CONNECT) == replace(draft, step=Step.CONNECT)
    person.wait(lambda: is_kept(person))
    scene.platform.faults.clear()
    person.click("backButton")
    person.wait_for_page("connectPage" if page == "placePage" else "placePage")
    person.click("nextButton")
    person.wait_for_page(page)
    person.wait(lambda: not person.reads(sentence))
    if row.where == "groupTree":
        person.wait(lambda: steps.rows(person, "groupTree") > 0)
    assert (stranger.platform.received(), scene.posts()) == ([], [])


def test_the_card_of_a_plan_stays_until_somebody_could_look(scene: Scene) -> None:
    # The program ended before the request; the first look fails, the second is refused by the platform for good.
    draft = remembered(scene, Step.REVIEW)
    services = open_services(scene.data_dir, keychain=scene.keychain)
    services.local.ledger.operations.plan(planned("p1", draft))
    services.close()
    scene.platform.faults.add(Fault("broken_json", "GET", INTEGRATIONS))
    refusal = {"error": {"code": "reservedPlatformName"}}
    scene.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=400, body=refusal))
    person = scene.sit_down(url="")
    person.wait_for("lookNow")
    person.click("lookNow")
    person.wait(lambda: any("The platform's answer cannot be read" in text for text in person.texts()))
    person.wait_for("lookNow")
    person.click("lookNow")
    person.wait_for("problemCard")
    assert person.reads("The platform keeps this name for its own connectors")
    assert not person.reads("Something in this program went wrong")
    assert (len(scene.posts()), scene.made()) == (1, [])
