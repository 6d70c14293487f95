"""The way through the wizard, as a person goes it."""

from tests.outside.drive import Server, Window
from wizard.demo import fixed_id

GROUP, GROUP_NAME = fixed_id("group ACME Academy/Sales/Iberia"), "Iberia"
AUTHOR, AUTHOR_NAME = fixed_id("user inigo"), "Íñigo Ibáñez"
CUSTOMER = "ACME"


def type_credentials(window: Window, server: Server, credential: str = "practice") -> None:
    """Page 1, everything that a person types."""
    window.wait("connectPage")
    given = server.credentials[credential]
    window.choose("regionOther")
    window.fill("platformAddress", server.url)
    window.fill("customerName", CUSTOMER)
    window.fill("clientId", given["client_id"])
    window.fill("clientSecret", given["client_secret"])


def connect(window: Window, server: Server, credential: str = "practice") -> None:
    """Page 1, everything typed; ends on page 2."""
    type_credentials(window, server, credential)
    window.press("nextButton")
    window.wait("placePage")


def pick(window: Window) -> None:
    """Page 2 by choosing from tree and list; ends on page 3."""
    window.wait("groupTree")
    window.fill("groupSearch", GROUP_NAME)
    window.pick("groupTree", GROUP_NAME)
    window.pick("authorList", AUTHOR_NAME)
    summaries(window, GROUP_NAME, AUTHOR_NAME)
    window.press("nextButton")
    window.wait("behaviourPage")


def paste(window: Window, server: Server, group: str = GROUP_NAME, author: str = AUTHOR_NAME) -> None:
    """Page 2 with two links from the browser; ends on page 3."""
    for field, link in (("group", f"home/group/{GROUP}"), ("author", f"user/profile/{AUTHOR}")):
        if window.wait(f"{field}Paste", f"{field}Search").id == f"{field}Search":
            window.press(f"{field}Swap")
        window.fill(f"{field}Paste", f"{server.url}/{link}")
    summaries(window, group, author)
    window.press("nextButton")
    window.wait("behaviourPage")


def summaries(window: Window, group: str, author: str) -> None:
    """Wait until page 2 says that both are chosen."""
    for name, part in (("groupSummary", group), ("authorSummary", author)):
        window.until(lambda name=name, part=part: part in window.name(name), f"{part} in {name}")  # type: ignore[misc]


def behave(window: Window, name: str) -> None:
    """Page 3; ends on page 4 with its checks made."""
    window.fill("platformName", name)
    window.choose("subgroupsYes")
    window.choose("progressDaily")
    window.press("nextButton")
    window.wait("reviewPage")
    window.until(lambda: "checks passed" in window.name("checkList"), "the checks")


def to_review(window: Window, server: Server, name: str) -> None:
    """From the start to page 4."""
    connect(window, server)
    paste(window, server)
    behave(window, name)


def finished(window: Window) -> str:
    """Wait for the end; the id that is shown."""
    window.wait("integrationId")
    return window.text("integrationId")
