"""A pick list that swaps for a field to paste into: what group and author have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from wizard.flow.wizard.picker import ChoiceStatus, PickerView
from wizard.flow.wizard.stoppable_job import WaitLink
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.focus import FocusForwarder
from wizard.ui.widgets.lines import LineIcon, ResultLine
from wizard.ui.widgets.pick_views import PickList, PickTree, SearchField
from wizard.ui.widgets.text import Text

_STATES: Mapping[ChoiceStatus, LineIcon] = {
    ChoiceStatus.NONE: "waiting",
    ChoiceStatus.CHOSEN: "ok",
    ChoiceStatus.DOUBTFUL: "warning",
    ChoiceStatus.NOT_TESTED: "untested",
}


class Picker(QWidget):
    """Search field and list, or one field for a link; below both, what was chosen.

    `pasted` tells a new text of the field, `searched` one of the search field. `swapped` asks for the other of the two,
    `stop_clicked` and `again_clicked` come from the link beside what was chosen.
    """

    pasted = Signal(str)
    searched = Signal(str)
    swapped = Signal()
    stop_clicked = Signal()
    again_clicked = Signal()

    def __init__(self, theme: Theme, texts: "PickerTexts", view: PickTree | PickList) -> None:
        super().__init__()
        self.theme, self.view, self._texts = theme, view, texts
        self.stop_name = ""
        """The object name of the link beside the summary while it stops a wait."""
        self._last: PickerView | None = None
        self.search = SearchField(theme, texts.search, texts.search)
        self.search.set_target(view)
        self.search.textChanged.connect(self.searched)
        self.paste = QLineEdit()
        self.paste.setAccessibleName(texts.paste)
        self.paste.setPlaceholderText(texts.paste)
        self.paste.textChanged.connect(self.pasted)
        self.note = Text(theme, "", "help")
        self.swap = LinkButton(theme, texts.to_paste, name=texts.to_paste_name)
        self.swap.clicked.connect(self._on_swap_clicked)
        control = self._control = FocusForwarder(view)
        # With its parent from the start, as a stack shows its first widget at once.
        self._stack = QStackedLayout(control)
        self._pages = (_column(self.search, view), _column(self.paste, self.note))
        for page in self._pages:
            self._stack.addWidget(page)
        self.box = FieldBox(theme, texts.label, control, trailing=self.swap)
        view.setAccessibleName(texts.label)
        self.summary = ResultLine(theme, state="waiting", help_text=" ")
        self.summary.link_clicked.connect(self._on_link_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.box, 1)
        self._column.addWidget(self.summary)
        self._column.addStretch(0)
        # The label keeps its place beside its neighbour's, with a link behind it or without.
        policy = self.swap.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.swap.setSizePolicy(policy)
        self._take_room()

    @property
    def is_pasting(self) -> bool:
        """Whether the field to paste into is shown."""
        return self._stack.currentIndex() == 1

    def show_view(self, view: PickerView) -> None:
        """Show everything but the list."""
        last, self._last = self._last, view
        if view == last:
            return
        for edit, text in ((self.search, view.searched), (self.paste, view.pasted)):
            if edit.text() != text:
                blocker = QSignalBlocker(edit)
                edit.setText(text)
                blocker.unblock()
        self.search.setPlaceholderText(view.search_hint)
        self.note.set_text(view.no_list_reason)
        self._show_mode(view.is_pasting)
        self.swap.setVisible(view.can_list)
        if last is None or view.paste_warning != last.paste_warning:
            self.box.set_live(view.paste_warning, "warning")
        summary = view.summary
        if last is None or summary != last.summary:
            self.summary.set_result(
                summary.text,
                _STATES[summary.status],
                help_text=summary.help_text,
                bold=summary.bold,
                state_name=summary.status_name,
            )
        if last is None or (view.link, view.link_text, view.link_name) != (last.link, last.link_text, last.link_name):
            self.summary.set_link(view.link_text, view.link_name)
            if self.summary.link is not None:
                self.summary.link.setObjectName(self.stop_name if view.link is WaitLink.STOP else "lineLink")

    def _show_mode(self, is_pasting: bool) -> None:
        """Show the field to paste into, or the list."""
        if is_pasting == self.is_pasting:
            return
        self._stack.setCurrentIndex(1 if is_pasting else 0)
        self._take_room()
        texts = self._texts
        self.swap.setText(texts.to_list if is_pasting else texts.to_paste)
        self.swap.setAccessibleName(texts.to_list_name if is_pasting else texts.to_paste_name)
        self.swap.updateGeometry()
        self._control.target = self.paste if is_pasting else self.view

    def _take_room(self) -> None:
        """All of it for the list; a field to paste into keeps what is said of it close."""
        shown, height = self._stack.currentIndex(), QSizePolicy.Policy.Preferred
        for number, page in enumerate(self._pages):
            # A stack asks for the room of its largest page, shown or not.
            page.setSizePolicy(height, height if number == shown else QSizePolicy.Policy.Ignored)
        self._column.setStretch(0, 0 if self.is_pasting else 1)
        self._column.setStretch(2, 1 if self.is_pasting else 0)

    def _on_swap_clicked(self) -> None:
        self.swapped.emit()
        (self.paste if self.is_pasting else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_link_clicked(self) -> None:
        is_stop = self._last is not None and self._last.link is WaitLink.STOP
        (self.stop_clicked if is_stop else self.again_clicked).emit()


@dataclass(frozen=True, slots=True)
class PickerTexts:
    """The words of one picker."""

    label: str
    search: str
    paste: str
    to_paste: str
    to_paste_name: str
    to_list: str
    to_list_name: str


def texts_of_group(say: Callable[..., str]) -> PickerTexts:
    """The words around the tree of groups."""
    return PickerTexts(
        label=say("Group"),
        search=say("Search groups"),
        paste=say("Link or ID of the group"),
        to_paste=say("Paste a link"),
        to_paste_name=say("Paste a link of the group"),
        to_list=say("Choose from the list"),
        to_list_name=say("Choose the group from the list"),
    )


def texts_of_author(say: Callable[..., str]) -> PickerTexts:
    """The words around the list of people."""
    return PickerTexts(
        label=say("Author"),
        search=say("Search people"),
        paste=say("Link, ID or e-mail address of the author"),
        to_paste=say("Paste a link"),
        to_paste_name=say("Paste a link or an e-mail address of the author"),
        to_list=say("Choose from the list"),
        to_list_name=say("Choose the author from the list"),
    )


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return box
