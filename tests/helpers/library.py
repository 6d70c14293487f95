"""Saved integrations for tests of the library."""

from tests.helpers.made import customer
from wizard.core.address import Origin
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration, Labels
from wizard.core.saved_integrations import IntegrationStatus, SavedIntegration
from wizard.jobs.integrations.saved import Saved

ACME = customer("c1", "ACME", Origin("https://app.360learning.com"), "client-1", "ACME Academy")
BOREALIS = customer("c2", "Borealis Group", Origin("https://borealis.360learning.com"), "client-2", "Borealis Group")
NAMES = ("Udemy Business", "LinkedIn Learning", "Safety films", "GoodHabitz", "Coursera")
PLACES = (("Sales",), ("Sales", "DACH"), ("Engineering", "Cloud", "Platform"), ("Warehouse",), ())
PEOPLE = ("Anna Berger", "Jean Dupont", "María López", "Tom Okafor")


def listed(count: int, *, first: int = 0) -> tuple[Saved, ...]:
    """So many saved integrations of two customers, the oldest first."""
    return tuple(_one(number) for number in range(first, first + count))


def remote_id(number: int) -> ObjectId:
    """The id of one of them on its platform."""
    return ObjectId(f"673a1c55e2b90f0013{number:06x}")


def _one(number: int) -> Saved:
    owner = (ACME, BOREALIS)[number % 2]
    wanted = Integration(
        external_platform=NAMES[number % len(NAMES)],
        group_id=ObjectId(f"5f{number:022x}"),
        author_id=ObjectId(f"6f{number:022x}"),
        default_completion=True,
        default_progress=0,
        no_group_propagation=False,
    )
    path = (owner.title, *PLACES[number % len(PLACES)])
    labels = Labels(owner.title, path, PEOPLE[number % len(PEOPLE)])
    integration = SavedIntegration(
        id=f"integration-{number}",
        customer_id=owner.id,
        remote_id=remote_id(number),
        desired=wanted,
        labels=labels,
        status=IntegrationStatus.VERIFIED,
        created_at=f"2026-03-{1 + number % 28:02}T13:02:11.000+00:00",
    )
    return integration, owner
