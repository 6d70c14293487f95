"""The wizard's frame: side list, strip, page and bar around QWizard, without any product logic."""

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from PySide6.QtCore import QMargins, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QPushButton, QVBoxLayout, QWidget, QWizard, QWizardPage

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.customer_banner import CustomerBanner
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.widgets.step_list import StepList

BarButton = Literal["cancel", "back", "next", "create", "close", "stop"]

_BUTTONS: dict[BarButton, tuple[QWizard.WizardButton, str]] = {
    "cancel": (QWizard.WizardButton.CancelButton, "cancelButton"),
    "back": (QWizard.WizardButton.BackButton, "backButton"),
    "next": (QWizard.WizardButton.NextButton, "nextButton"),
    "create": (QWizard.WizardButton.CommitButton, "createButton"),
    "close": (QWizard.WizardButton.FinishButton, "closeButton"),
    "stop": (QWizard.WizardButton.CustomButton1, "stopWaitingButton"),
}
_NARROW_UNITS = 44


class FramePage(QWizardPage):
    """A page that is built when it is first needed, at once or part by part, and keeps its answers on Back.

    Subclasses write ``build`` and may extend ``initializePage`` (calling this one).
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.body: PageBody | None = None
        self.strip: CustomerBanner | None = None
        self._building: Iterator[PageBody] | None = None
        self._unfinished: PageBody | None = None
        self._narrow = (False, "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def build(self) -> Iterator[PageBody]:
        """Make what the page shows: yields its body after each part that takes a moment, and once it is whole."""
        yield PageBody(self.theme, "")

    @property
    def is_begun(self) -> bool:
        """Whether some of the page is built."""
        return self._building is not None

    def build_part(self) -> None:
        """Build some 10 ms more of the page; `body` is there after the last part."""
        if self.body is not None:
            return
        self._building = self._building or self.build()
        part = next(self._building, None)
        if part is None and self._unfinished is not None:
            self.body = self._unfinished
            self.body.set_narrow(*self._narrow)
            self._column.addWidget(self.body, 1)
            self._column.addWidget(Hairline(self.theme))
        else:
            self._unfinished = part

    def ensure_built(self) -> PageBody:
        """The page's body, built now if it was not."""
        while self.body is None:
            self.build_part()
        return self.body

    def initializePage(self) -> None:
        self.ensure_built()

    def cleanupPage(self) -> None:
        """Nothing: QWizard would clear the fields on Back, and answers are never lost."""

    def show_customer(self, name: str, detail: str, color: str, pill: str = "") -> None:
        """Put the strip above this page, or renew it; no name takes it away."""
        if self.strip is None:
            if not name:
                return
            self.strip = CustomerBanner(self.theme)
            self._column.insertWidget(0, self.strip)
        self.strip.show_customer(name, detail, color, pill)
        self.strip.setVisible(bool(name))
        self.set_narrow(*self._narrow)

    def set_narrow(self, narrow: bool, step: str) -> None:
        """Take the narrow form; the frame calls this."""
        self._narrow = (narrow, step)
        if self.strip is not None:
            self.strip.set_margin(16 if narrow else 32)
        if self.body is not None:
            self.body.set_narrow(narrow, step)


class Frame(QWizard):
    """The shell: a QWizard in ModernStyle with our side list, margins, bar and keys.

    Esc, Cancel and the window's X emit ``cancel_requested`` and close nothing: whoever answers calls
    ``close_now()``. Texts of buttons are set from outside; ``show_bar`` and ``set_primary`` say
    which are there and which one Enter presses.
    """

    cancel_requested = Signal()

    def __init__(self, theme: Theme, steps: StepList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.steps = steps
        self._may_close = False
        self._primary: QPushButton | None = None
        self._side_shown = True
        self._step_texts: dict[int, str] = {}
        self.setObjectName("wizard")
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        option = QWizard.WizardOption
        self.setOptions(option.ExtendedWatermarkPixmap | option.NoDefaultButton | option.NoBackButtonOnStartPage)
        self.setSideWidget(steps)
        for name, (_, object_name) in _BUTTONS.items():
            button = self.bar_button(name)
            button.setObjectName(object_name)
            button.setAutoDefault(False)
        self.show_bar(("cancel",), ("back", "next"))
        self.setMinimumSize(640, 400)
        self.currentIdChanged.connect(self._on_page_changed)
        theme.changed.connect(self.settle)

    # -- from outside ---------------------------------------------------------------------------

    def bar_button(self, name: BarButton) -> QPushButton:
        """One of the bar's buttons."""
        return cast(QPushButton, self.button(_BUTTONS[name][0]))

    def set_bar_text(self, name: BarButton, text: str) -> None:
        """Write the result of a button on it; QWizard keeps the text for all pages."""
        which = _BUTTONS[name][0]
        if self.buttonText(which) != text:
            self.setButtonText(which, text)

    def show_bar(self, left: tuple[BarButton, ...], right: tuple[BarButton, ...]) -> None:
        """Show these buttons at the left and right of the bar, and no other."""
        self.setOption(QWizard.WizardOption.HaveCustomButton1, "stop" in (*left, *right))
        self.setButtonLayout(
            [
                *(_BUTTONS[name][0] for name in left),
                QWizard.WizardButton.Stretch,
                *(_BUTTONS[name][0] for name in right),
            ]
        )
        self.settle()

    def set_primary(self, button: QPushButton | None) -> None:
        """Make one button the filled one that Enter presses, in the bar or on the page; or none."""
        if self._primary is not None and self._primary is not button:
            self.theme.set_accent(self._primary, False)
            self._primary.setDefault(False)
        self._primary = button
        if button is not None:
            button.destroyed.connect(self._on_primary_destroyed)
            self.theme.set_accent(button, True)
        self._settle_default()

    def primary(self) -> QPushButton | None:
        """The button that Enter presses."""
        return self._primary

    def show_customer(self, name: str, detail: str, color: str, pill: str = "") -> None:
        """Name the customer above every page."""
        for number in self.pageIds():
            page = self.page(number)
            if isinstance(page, FramePage):
                page.show_customer(name, detail, color, pill)

    def set_step_text(self, page_id: int, text: str) -> None:
        """What stands above the heading when the side list has no room: "Step 2 of 5 · Place"."""
        self._step_texts[page_id] = text
        self._settle_narrow()

    def close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        super().reject()

    # -- what Qt asks ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def reject(self) -> None:
        """Cancel, Esc or X: ask, close nothing."""
        self.cancel_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close or not self.isVisible():
            super().closeEvent(event)
            return
        event.ignore()
        self.cancel_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            # A button that has the focus is what Enter presses, everywhere else it is the primary.
            button = focus if isinstance(focus, QPushButton) else self._primary
            if button is not None and button.isVisible() and button.isEnabled():
                button.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    # -- the frame's traps ----------------------------------------------------------------------

    def settle(self) -> None:
        """Put right what ModernStyle lays out otherwise, with public calls only.

        Called on show, resize, page and button change. If Qt changes inside, margins are off and
        nothing breaks. Each step stands in a variable, as Shiboken frees chained wrappers.
        """
        if not self.isVisible():
            return
        page = self.currentPage()
        if page is not None:
            holder = page.parentWidget()
            _flatten(holder)
        side_holder = self.steps.parentWidget()
        if side_holder is not None and side_holder is not self:
            _flatten(side_holder)
        # The layout is not the wizard's own but that of a widget inside it, which holds the bar. Both are asked for as
        # objects: asking for a plain widget has every widget class of Qt set up for Python, 10 ms of the start.
        inside = self.bar_button("cancel").parent()
        grid = inside.layout() if isinstance(inside, QWidget) else None
        if inside is not None and isinstance(grid, QGridLayout):
            self._settle_grid(grid, inside.children())
        self._settle_narrow()
        self._settle_default()

    def _settle_grid(self, grid: QGridLayout, around: Sequence[QObject]) -> None:
        margin = 16 if self._is_narrow() else 32
        for bar in grid.children():
            if isinstance(bar, QLayout) and bar.contentsMargins() != QMargins(margin, 12, margin, 12):
                bar.setContentsMargins(margin, 12, margin, 12)
                bar.setSpacing(8)
        for child in around:
            # The sunken ruler above the bar; the page ends with our hairline instead.
            if type(child) is QWidget and grid.indexOf(child) >= 0:
                child.setFixedHeight(0)

    def _settle_narrow(self) -> None:
        narrow = self._is_narrow()
        side_holder = self.steps.parentWidget()
        if side_holder is not None and side_holder is not self:
            # Hiding the side widget alone leaves a strip of margins.
            side_holder.setMaximumWidth(0 if narrow else 16_777_215)
        if side_holder is not None:
            # Before it has its place it would be a window of its own for a moment.
            self.steps.setVisible(not narrow)
        page = self.currentPage()
        if isinstance(page, FramePage):
            page.set_narrow(narrow, self._step_texts.get(self.currentId(), ""))

    def _settle_default(self) -> None:
        """Keep QWizard's own idea of the default button away; ours alone has the mark."""
        for name in _BUTTONS:
            button = self.bar_button(name)
            if button is not self._primary and button.isDefault():
                button.setDefault(False)
        if self._primary is not None and not self._primary.isDefault():
            self._primary.setDefault(True)

    def _is_narrow(self) -> bool:
        return self.width() < self.theme.units(_NARROW_UNITS)

    def _on_page_changed(self, _page_id: int) -> None:
        self.settle()
        # After QWizard has given the focus to the first field, the heading takes it.
        QTimer.singleShot(0, self, self._on_page_entered)

    def _on_page_entered(self) -> None:
        page = self.currentPage()
        if isinstance(page, FramePage) and page.body is not None:
            page.body.verticalScrollBar().setValue(0)
            page.body.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_primary_destroyed(self) -> None:
        self._primary = None


def _flatten(holder: QWidget | None) -> None:
    """Give QWizard's holder of a page the window's colours and no frame and margins."""
    if holder is None:
        return
    holder.setBackgroundRole(QPalette.ColorRole.Window)
    holder.setForegroundRole(QPalette.ColorRole.WindowText)
    if isinstance(holder, QFrame):
        holder.setFrameShape(QFrame.Shape.NoFrame)
    layout = holder.layout()
    if layout is not None and not layout.contentsMargins().isNull():
        layout.setContentsMargins(0, 0, 0, 0)
