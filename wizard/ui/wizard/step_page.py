"""One page of the wizard's window: the customer's strip, and below it the view of a step."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWizardPage

from wizard.flow.wizard.steps import BarButton, StepInfo
from wizard.flow.wizard.wizard_view import CustomerStrip
from wizard.ui.theme.theme import Theme
from wizard.ui.theme.tones import CUSTOMER_COLOURS
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.customer_banner import CustomerBanner
from wizard.ui.wizard.pages.page import Page


class StepPage(QWizardPage):
    """Holds the view of one step, which is made when it is first needed."""

    def __init__(self, theme: Theme, info: StepInfo) -> None:
        super().__init__()
        self.theme, self.step = theme, info.step
        self.view: Page | None = None
        self._strip: CustomerBanner | None = None
        self._shown_strip: CustomerStrip | None = None
        self._narrow = (False, "")
        # QWizard looks at a page when it is shown first: one that does not expand by then leaves half the window empty.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setObjectName(info.page)
        self.setCommitPage(BarButton.CREATE in info.right)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_view(self, view: Page) -> None:
        """Show this view from now on."""
        self.view = view
        self._column.addWidget(view, 1)
        self._column.addWidget(Hairline(self.theme))
        view.ensure_built().set_narrow(*self._narrow)

    def show_strip(self, shown: CustomerStrip | None) -> None:
        """Name the customer above the view, or nobody."""
        if shown == self._shown_strip:
            return
        self._shown_strip = shown
        if self._strip is None:
            self._strip = CustomerBanner(self.theme)
            self._column.insertWidget(0, self._strip)
            self.set_narrow(*self._narrow)
        if shown is not None:
            colour = "" if shown.colour is None else CUSTOMER_COLOURS[shown.colour % len(CUSTOMER_COLOURS)]
            self._strip.show_customer(shown.title, shown.detail, colour, shown.note)
        self._strip.setVisible(shown is not None)

    def set_narrow(self, narrow: bool, position: str) -> None:
        """Take the narrow form, which says its position above the heading: "Step 2 of 5 · Place"."""
        self._narrow = (narrow, position)
        if self._strip is not None:
            self._strip.set_margin(16 if narrow else 32)
        if self.view is not None:
            self.view.ensure_built().set_narrow(narrow, position)

    def cleanupPage(self) -> None:
        """Nothing: QWizard would clear the fields on Back, and answers are never lost."""
