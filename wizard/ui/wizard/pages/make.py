"""Makes the pages of the wizard, each when it is first needed."""

from collections.abc import Callable
from typing import TypeVar

from wizard.core.draft import Step
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.ui.context import Context
from wizard.ui.wizard.pages.connect import ConnectPage
from wizard.ui.wizard.pages.page import Page

P = TypeVar("P", bound=Page)


def make_page(step: Step, context: Context, wizard: WizardPresenter) -> Page:
    """Make the view of a step, and let its presenter draw there."""
    if step is Step.CONNECT:
        return attached(ConnectPage(context, wizard.connect), wizard.connect.attach)
    # The first paint does not wait for the pages that come later.
    from wizard.ui.wizard.pages.behaviour import BehaviourPage
    from wizard.ui.wizard.pages.create import CreatePage
    from wizard.ui.wizard.pages.place import PlacePage
    from wizard.ui.wizard.pages.review import ReviewPage

    if step is Step.PLACE:
        return attached(PlacePage(context, wizard.place), wizard.place.attach)
    if step is Step.BEHAVIOUR:
        return attached(BehaviourPage(context, wizard.behaviour), wizard.behaviour.attach)
    if step is Step.REVIEW:
        return attached(ReviewPage(context, wizard.review), wizard.review.attach)
    return attached(CreatePage(context, wizard.create), wizard.create.attach)


def attached(page: P, attach: Callable[[P], object]) -> P:
    """Make the widgets of a page, and let a presenter draw there."""
    page.ensure_built()
    attach(page)
    return page
