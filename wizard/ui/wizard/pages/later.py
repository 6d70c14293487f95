"""The pages after the first, each with its presenter."""

from collections.abc import Callable, Mapping

from wizard.core.draft import Step
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.ui.context import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage
from wizard.ui.wizard.pages.create import CreatePage
from wizard.ui.wizard.pages.page import Page, attached
from wizard.ui.wizard.pages.place import PlacePage
from wizard.ui.wizard.pages.review import ReviewPage


def make_later_page(step: Step, context: Context, wizard: WizardPresenter) -> Page:
    """Make the view of one of the later steps."""
    return _MAKERS[step](context, wizard)


_MAKERS: Mapping[Step, Callable[[Context, WizardPresenter], Page]] = {
    Step.PLACE: lambda context, wizard: attached(PlacePage(context, wizard.place), wizard.place.attach),
    Step.BEHAVIOUR: lambda context, wizard: attached(BehaviourPage(context, wizard.behaviour), wizard.behaviour.attach),
    Step.REVIEW: lambda context, wizard: attached(ReviewPage(context, wizard.review), wizard.review.attach),
    Step.CREATE: lambda context, wizard: attached(CreatePage(context, wizard.create), wizard.create.attach),
}
"""How the page of each later step is made."""
