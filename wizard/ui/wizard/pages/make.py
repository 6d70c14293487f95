"""Makes the pages of the wizard, each when it is first needed."""

import importlib

from wizard.core.draft import Step
from wizard.core.progress import Report
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.services import Services
from wizard.ui.context import Context
from wizard.ui.wizard.pages.connect import ConnectPage
from wizard.ui.wizard.pages.page import Page, attached


def make_page(step: Step, context: Context, wizard: WizardPresenter) -> Page:
    """Make the view of a step, and let its presenter draw there."""
    if step is Step.CONNECT:
        return attached(ConnectPage(context, wizard.connect), wizard.connect.attach)
    # The first paint does not wait for the pages that come later.
    from wizard.ui.wizard.pages.later import make_later_page

    return make_later_page(step, context, wizard)


def load_pages(_services: Services, _wanted: None, _report: Report, _stop: object) -> None:
    """A job: imports the later pages, so that the press that needs the first of them does not wait for it."""
    importlib.import_module("wizard.ui.wizard.pages.later")
