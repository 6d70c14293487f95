"""What a person does on each page, in short words."""

from PySide6.QtWidgets import QAbstractItemView

from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, NAME
from tests.journeys.driver import PAGES, Person

GROUP = "DACH"
AUTHOR = "Alex Martin"


def type_credentials(
    person: Person, *, client_id: str = CLIENT_ID, secret: str = CANARY, customer: str = "ACME"
) -> None:
    """Fill in the first page."""
    person.write("customerName", customer)
    person.write("clientId", client_id)
    person.write("clientSecret", secret)


def connect(person: Person, *, client_id: str = CLIENT_ID, secret: str = CANARY, customer: str = "ACME") -> None:
    """Fill in the first page, check, and go on."""
    type_credentials(person, client_id=client_id, secret=secret, customer=customer)
    person.click("checkConnection")
    person.wait_for("connectionResult")
    person.wait_for_text("Connected to")
    person.click("nextButton")
    person.wait_for_page("placePage")


def place(person: Person, *, group: str = GROUP, author: str = AUTHOR) -> None:
    """Pick group and author from the lists, and go on."""
    choose_group(person, group)
    person.wait_for_text(author)
    person.wait(lambda: rows(person, "authorList") > 0)
    person.pick("authorList", author)
    person.wait(lambda: author in "".join(person.texts(person.find("authorSummary"))))
    person.click("nextButton")
    person.wait_for_page("behaviourPage")


def choose_group(person: Person, group: str) -> None:
    """Search a group and pick it."""
    person.wait(lambda: rows(person, "groupTree") > 0)
    person.write("groupSearch", group)
    person.pick("groupTree", group)
    person.wait(lambda: group in "".join(person.texts(person.find("groupSummary"))))
    person.wait(lambda: not person.reads("Reading people"))


def behave(person: Person, *, name: str = NAME) -> None:
    """Answer the questions of the third page, and go on."""
    person.write("platformName", name)
    person.click("subgroupsYes")
    person.click("progressDaily")
    person.wait_for_text("Free in this group")
    person.click("nextButton")
    person.wait_for_page("reviewPage")


def review(person: Person) -> None:
    """Wait for the checks and press the one button."""
    person.wait_for_text("checks passed")
    person.click("createButton")
    person.wait_for_page("createPage")


def to_review(person: Person, *, name: str = NAME) -> None:
    """All pages up to the review, its checks done."""
    connect(person)
    place(person)
    behave(person, name=name)
    person.wait_for_text("checks passed")


def rows(person: Person, name: str) -> int:
    """How many top rows a list shows."""
    return person.find(name, QAbstractItemView).model().rowCount()


def create(person: Person, *, name: str = NAME) -> None:
    """The whole job up to the pressed button."""
    to_review(person, name=name)
    person.click("createButton")
    person.wait_for_page("createPage")


def on_to_review(person: Person) -> None:
    """Press Next until the review is there."""
    pages = iter(PAGES[PAGES.index(person.page) + 1 : 4])
    for page in pages:
        person.click("nextButton")
        person.wait_for_page(page)
