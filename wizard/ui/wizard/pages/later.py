"""Pages 2 to 5 in one import, which comes after the first paint."""

from typing import NamedTuple

from wizard.ui.context import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage
from wizard.ui.wizard.pages.create import CreatePage
from wizard.ui.wizard.pages.place import PlacePage
from wizard.ui.wizard.pages.review import ReviewPage


class LaterPages(NamedTuple):
    """The pages after the first, in their order."""

    place: PlacePage
    behaviour: BehaviourPage
    review: ReviewPage
    create: CreatePage


def make_later_pages(context: Context) -> LaterPages:
    """Make them; each builds what it shows when it is first entered."""
    return LaterPages(PlacePage(context), BehaviourPage(context), ReviewPage(context), CreatePage(context))
