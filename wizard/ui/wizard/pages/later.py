"""Pages 2 to 5 in one import, which comes after the first paint."""

from typing import Any, NamedTuple

from wizard.ui.wizard.pages.base import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage
from wizard.ui.wizard.pages.place import PlacePage


class LaterPages(NamedTuple):
    """The pages after the first, in their order."""

    place: PlacePage
    behaviour: BehaviourPage
    review: Any
    create: Any


def make_later_pages(context: Context) -> LaterPages:
    """Make them; each builds what it shows when it is first entered."""
    # The views of review and create belong to the new shell, which makes them with their presenters.
    return LaterPages(PlacePage(context), BehaviourPage(context), None, None)
