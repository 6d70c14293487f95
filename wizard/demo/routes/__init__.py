"""The endpoints of the practice platform."""

from wizard.demo.answers import Route
from wizard.demo.routes import bulk, courses, integrations, people

ROUTES: tuple[Route, ...] = (
    *integrations.ROUTES,
    *people.ROUTES,
    *courses.ROUTES,
    *bulk.ROUTES,
)
