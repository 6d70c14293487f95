"""The wizard's window: draws what its presenter says around the pages, and shows the page of its step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWizard

from wizard.core.draft import Step
from wizard.core.problems import Field
from wizard.flow.wizard.steps import ORDER, STEPS, BarButton
from wizard.flow.wizard.wizard import WizardPresenter
from wizard.flow.wizard.wizard_view import BarEntry, StepState, WizardView, bar
from wizard.ui.context import Context
from wizard.ui.dialogs.leave import LeaveDialog
from wizard.ui.widgets import step_list
from wizard.ui.widgets.key_repeat_guard import KeyRepeatGuard
from wizard.ui.widgets.step_list import StepList
from wizard.ui.wizard.modern_style import settle_bar, settle_page, show_side
from wizard.ui.wizard.pages.make import load_pages, make_page
from wizard.ui.wizard.pages.page import Page
from wizard.ui.wizard.step_page import StepPage

_BUTTONS = {
    BarButton.CANCEL: QWizard.WizardButton.CancelButton,
    BarButton.BACK: QWizard.WizardButton.BackButton,
    BarButton.NEXT: QWizard.WizardButton.NextButton,
    BarButton.CREATE: QWizard.WizardButton.CommitButton,
    BarButton.CLOSE: QWizard.WizardButton.FinishButton,
    BarButton.STOP: QWizard.WizardButton.CustomButton1,
}
_STATES: dict[StepState, step_list.StepMark] = {StepState.DONE: "done", StepState.NOW: "now", StepState.TODO: "todo"}
_NARROW_UNITS = 44
_BAR_UNITS = 18
"""What the other buttons and the margins of the bar need beside the text of *Create*."""


class WizardWindow(QWizard):
    """A QWizard in ModernStyle with our side list, margins, bar and keys; where the person is, the presenter knows.

    Esc, Cancel and the window's X close nothing by themselves: they tell the presenter. `closed` tells that the window
    has gone; jobs may still be ending.
    """

    closed = Signal()

    def __init__(self, context: Context, presenter: WizardPresenter) -> None:
        super().__init__()
        self.context, self.theme, self.presenter = context, context.theme, presenter
        self._view: WizardView | None = None
        self._primary: QPushButton | None = None
        self._is_moving = self._is_closed = False
        say = context.words.say
        self.steps = StepList(context.theme, say("New integration"), [say(info.name) for info in STEPS])
        self.steps.step_chosen.connect(lambda number: presenter.go_back_to(STEPS[number].step))
        self._guard = KeyRepeatGuard(self, lambda: self._view is not None and self._view.is_guarded)
        self._set_up()
        for info in STEPS:
            self.setPage(ORDER[info.step], StepPage(context.theme, info))
        self.restart()
        self.currentIdChanged.connect(self._on_current_id_changed)
        context.theme.changed.connect(self.settle)
        presenter.attach(self)
        self.resize(self.sizeHint())
        # The first page, too, gives the focus to its heading.
        QTimer.singleShot(0, self, self._on_page_entered)

    def _set_up(self) -> None:
        self.setObjectName("wizard")
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        option = QWizard.WizardOption
        self.setOptions(
            option.ExtendedWatermarkPixmap
            | option.NoDefaultButton
            | option.NoBackButtonOnStartPage
            | option.HaveCustomButton1
        )
        self.setSideWidget(self.steps)
        self.setMinimumSize(640, 400)
        for entry in bar(self.context.words, STEPS[0].step, tuple(BarButton), ""):
            button = self.bar_button(entry.button)
            button.setObjectName(entry.button.value)
            button.setAutoDefault(False)
            # QWizard's own texts have signs in them that assistive technology would read out.
            self.setButtonText(_BUTTONS[entry.button], entry.text)
        self.bar_button(BarButton.STOP).clicked.connect(lambda: self.presenter.press(BarButton.STOP))

    def begin(self) -> None:
        """Begin to work. Called after the first paint, so that nobody waits for it."""
        self.context.runner.ask(load_pages, None)
        self.presenter.begin()

    # ------------------------------------------------------------------ what is shown

    def show_view(self, view: WizardView) -> None:
        """Show this view state, and with it the page of its step."""
        before, self._view = self._view, view
        self._follow(view)
        if before is None or view.entries != before.entries or view.can_press_steps != before.can_press_steps:
            self._show_steps(view)
        if before is None or (view.left, view.right) != (before.left, before.right):
            self._show_bar(view)
        self._set_primary(view)
        self.setWindowTitle(view.title)
        self._current().show_strip(view.strip)

    def _follow(self, view: WizardView) -> None:
        """Go QWizard's own way to the step of the view, so that its history stays the presenter's."""
        wanted = [ORDER[step] for step in view.history]
        self.page_of(view.step)
        with self._moving():
            while self.visitedIds() != wanted[: len(self.visitedIds())]:
                self.back()
            for number in wanted[len(self.visitedIds()) :]:
                self.setCurrentId(number)

    def _show_steps(self, view: WizardView) -> None:
        self.steps.set_states([_STATES[entry.state] for entry in view.entries], [e.spoken for e in view.entries])
        for item in self.steps.items:
            item.setEnabled(item.isEnabled() and view.can_press_steps)
        self._settle_narrow()

    def _show_bar(self, view: WizardView) -> None:
        self._fit_texts()
        left, right = ([_BUTTONS[entry.button] for entry in side] for side in (view.left, view.right))
        self.setButtonLayout([*left, QWizard.WizardButton.Stretch, *right])
        self.settle()

    def _fit_texts(self) -> None:
        """Write the result of each button on it, the short form where the whole one does not fit."""
        for entry in (*self._view.left, *self._view.right) if self._view else ():
            which, text = _BUTTONS[entry.button], self._fitting(entry)
            if self.buttonText(which) != text:
                self.setButtonText(which, text)

    def _fitting(self, entry: BarEntry) -> str:
        # A single & would underline the letter after it.
        text = entry.text.replace("&", "&&")
        room = self.width() - self.steps.width() - self.theme.units(_BAR_UNITS)
        is_wide = self.fontMetrics().horizontalAdvance(text) > room
        return entry.short_text.replace("&", "&&") if entry.short_text and is_wide else text

    def focus(self, field: Field) -> None:
        """Give a field of the page that is shown the focus, after its heading has had it."""
        QTimer.singleShot(0, self, lambda: self._shown_page().focus(field))

    def show_save_problem(self, title: str, detail: str) -> None:
        """Say on the page that is shown that the answers could not be saved."""
        self._shown_page().summary.show_problems(title, [("", detail)])

    @property
    def is_attended(self) -> bool:
        """Whether the person can act here: the window is open, and no dialog stands over it."""
        dialog = QApplication.activeModalWidget()
        owner = dialog.parentWidget() if dialog is not None else None
        return self.isVisible() and (dialog is None or (owner is not None and owner.window() is not self))

    def ask_to_leave(self) -> None:
        """Ask whether to keep the draft."""
        question = LeaveDialog(self.context, self)
        question.kept.connect(self.presenter.leave)
        question.discarded.connect(self.presenter.discard_and_leave)
        question.open()

    # ------------------------------------------------------------------ the pages

    def page_of(self, step: Step) -> Page:
        """The view of a step, made now if it was not."""
        holder = self._holder(step)
        if holder.view is None:
            holder.set_view(make_page(step, self.context, self.presenter))
        return cast(Page, holder.view)

    def _holder(self, step: Step) -> StepPage:
        return cast(StepPage, self.page(ORDER[step]))

    def _current(self) -> StepPage:
        return cast(StepPage, self.currentPage())

    def _shown_page(self) -> Page:
        return self.page_of(self._current().step)

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """Follow the presenter: nothing is asked and told again."""
        self._is_moving = True
        try:
            yield
        finally:
            self._is_moving = False

    def _on_current_id_changed(self, number: int) -> None:
        self._guard.note_change()
        self.settle()
        # After QWizard has given the focus to the first field, the heading takes it.
        QTimer.singleShot(0, self, self._on_page_entered)
        if not self._is_moving:
            # QWizard went back by itself: its button asks nobody.
            self.presenter.go_back_to(STEPS[number].step)

    def _on_page_entered(self) -> None:
        body = self._shown_page().ensure_built()
        body.verticalScrollBar().setValue(0)
        body.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ buttons and keys

    def bar_button(self, name: BarButton) -> QPushButton:
        """One of the bar's buttons."""
        return cast(QPushButton, self.button(_BUTTONS[name]))

    def primary(self) -> QPushButton | None:
        """The filled button, which Enter presses, in the bar or on the page; or none."""
        return self._primary

    def _set_primary(self, view: WizardView) -> None:
        button = self._find_primary(view.primary)
        if button is self._primary:
            return
        self._guard.note_change()
        if self._primary is not None:
            self.theme.set_accent(self._primary, False)
            self._primary.setDefault(False)
        self._primary = button
        if button is not None:
            button.destroyed.connect(self._on_primary_destroyed)
            self.theme.set_accent(button, True)
        self._settle_default()

    def _find_primary(self, name: str) -> QPushButton | None:
        if not name:
            return None
        if name in [button.value for button in BarButton]:
            return self.bar_button(BarButton(name))
        # The last one: a card that was taken away is still there for the rest of this turn.
        found = self._shown_page().findChildren(QPushButton, name)
        return found[-1] if found else None

    def _on_primary_destroyed(self) -> None:
        self._primary = None

    def _settle_default(self) -> None:
        """Keep QWizard's own idea of the default button away; ours alone has the mark."""
        for name in _BUTTONS:
            button = self.bar_button(name)
            if button is not self._primary and button.isDefault():
                button.setDefault(False)
        if self._primary is not None and not self._primary.isDefault():
            self._primary.setDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            # A button that has the focus is what Enter presses, everywhere else it is the primary.
            button = focus if isinstance(focus, QPushButton) else self._primary
            can_press = button is not None and button.isVisible() and button.isEnabled()
            if button is not None and can_press and not event.isAutoRepeat():
                button.click()
            event.accept()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------------ what Qt asks

    def validateCurrentPage(self) -> bool:
        """*Next* and *Create* end here: the presenter decides, and the window follows it."""
        if not self._is_moving:
            is_last = self._current().isCommitPage()
            self.presenter.press(BarButton.CREATE if is_last else BarButton.NEXT)
        return self._is_moving

    def reject(self) -> None:
        """Cancel or Esc."""
        self.presenter.press(BarButton.CANCEL)

    def accept(self) -> None:
        """The bar's *Close*."""
        self.presenter.press(BarButton.CLOSE)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's X, and the end of every other way out: the draft is saved already, there is nothing to ask."""
        event.accept()
        if not self._is_closed:
            self._is_closed = True
            self.presenter.on_closed()
            self.closed.emit()

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._guard.install()
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    # ------------------------------------------------------------------ layout

    def settle(self) -> None:
        """Put right what ModernStyle lays out otherwise: on show, resize, and change of page, buttons or theme."""
        if not self.isVisible():
            return
        settle_page(self.currentPage(), self.steps, self)
        settle_bar(self, 16 if self._is_narrow() else 32)
        self._fit_texts()
        self._settle_narrow()
        self._settle_default()

    def _settle_narrow(self) -> None:
        narrow = self._is_narrow()
        show_side(self.steps, self, is_shown=not narrow)
        if self._view is not None:
            entry = self._view.entries[self.currentId()]
            self._current().set_narrow(narrow, entry.position)

    def _is_narrow(self) -> bool:
        return self.width() < self.theme.units(_NARROW_UNITS)
