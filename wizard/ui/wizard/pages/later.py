"""The pages after the first, each with its presenter."""

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
    if step is Step.PLACE:
        return attached(PlacePage(context, wizard.place), wizard.place.attach)
    if step is Step.BEHAVIOUR:
        return attached(BehaviourPage(context, wizard.behaviour), wizard.behaviour.attach)
    if step is Step.REVIEW:
        return attached(ReviewPage(context, wizard.review), wizard.review.attach)
    return attached(CreatePage(context, wizard.create), wizard.create.attach)
