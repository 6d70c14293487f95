"""The endpoints, one file a family."""

from wizard.demo.answers import Call, Route
from wizard.demo.routes import integrations, people

ROUTES: tuple[Route, ...] = (*integrations.ROUTES, *people.ROUTES)


def settle(call: Call) -> None:
    """Brings bulk operations up to the present."""
