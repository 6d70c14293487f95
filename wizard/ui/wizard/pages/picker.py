"""A pick list that swaps for a field to paste into: what group and author have in common."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.field import FieldBox
from wizard.ui.widgets.focus import FocusForwarder
from wizard.ui.widgets.lines import LineIcon, ResultLine
from wizard.ui.widgets.pick_views import PickList, PickTree, SearchField
from wizard.ui.widgets.text import Text


class Picker(QWidget):
    """Search field and list, or one field for a link; below both, what was chosen.

    `pasted` tells a new text of the field, `searched` one of the search field.
    """

    pasted = Signal(str)
    searched = Signal(str)
    mode_changed = Signal(bool)
    again_clicked = Signal()

    def __init__(self, theme: Theme, texts: "PickerTexts", view: PickTree | PickList) -> None:
        super().__init__()
        self.theme, self.view, self._texts = theme, view, texts
        self.search = SearchField(theme, texts.search, texts.search)
        self.search.set_target(view)
        self.search.textChanged.connect(self.searched)
        self.paste = QLineEdit()
        self.paste.setAccessibleName(texts.paste)
        self.paste.setPlaceholderText(texts.paste)
        self.paste.textChanged.connect(self.pasted)
        self.note = Text(theme, "", "help")
        self.swap = LinkButton(theme, texts.to_paste, name=texts.to_paste_name)
        self.swap.clicked.connect(lambda: self.set_pasting(not self.is_pasting))
        control = self._control = FocusForwarder(view)
        # With its parent from the start, as a stack shows its first widget at once.
        self._stack = QStackedLayout(control)
        self._pages = (_column(self.search, view), _column(self.paste, self.note))
        for page in self._pages:
            self._stack.addWidget(page)
        self.box = FieldBox(theme, texts.label, control, trailing=self.swap)
        view.setAccessibleName(texts.label)
        self.summary = ResultLine(theme)
        self.summary.link_clicked.connect(self.again_clicked)
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
        self.clear_summary()
        self._take_room()

    @property
    def is_pasting(self) -> bool:
        """Whether the field to paste into is shown."""
        return self._stack.currentIndex() == 1

    def set_pasting(self, is_pasting: bool, *, focus: bool = True) -> None:
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
        if focus:
            (self.paste if is_pasting else self.search).setFocus(Qt.FocusReason.OtherFocusReason)
        self.mode_changed.emit(is_pasting)

    def _take_room(self) -> None:
        """All of it for the list; a field to paste into keeps what is said of it close."""
        shown, height = self._stack.currentIndex(), QSizePolicy.Policy.Preferred
        for number, page in enumerate(self._pages):
            # A stack asks for the room of its largest page, shown or not.
            page.setSizePolicy(height, height if number == shown else QSizePolicy.Policy.Ignored)
        self._column.setStretch(0, 0 if self.is_pasting else 1)
        self._column.setStretch(2, 1 if self.is_pasting else 0)

    def show_summary(self, text: str, help_text: str, state: LineIcon, *, bold: str = "", state_name: str = "") -> None:
        """Say below the list what is chosen."""
        self.summary.set_result(text, state, help_text=help_text, bold=bold, state_name=state_name)
        self.summary.set_link("")
        self.summary.show()

    def clear_summary(self, text: str = "") -> None:
        """Nothing is chosen; `text` says what to do."""
        self.summary.set_result(text, "waiting", help_text=" ")
        self.summary.set_link("")

    def offer_again(self, text: str, link: str, name: str) -> None:
        """The list could not be read: say so, with the one link to read it again."""
        self.clear_summary(text)
        self.summary.set_link(link, name)

    def only_paste(self, reason: str) -> None:
        """There is no list to choose from, for this reason."""
        self.note.set_text(reason)
        self.set_pasting(True, focus=False)
        self.swap.hide()


class PickerTexts:
    """The words of one picker."""

    __slots__ = ("label", "paste", "search", "to_list", "to_list_name", "to_paste", "to_paste_name")

    def __init__(
        self,
        *,
        label: str,
        search: str,
        paste: str,
        to_paste: str,
        to_paste_name: str,
        to_list: str,
        to_list_name: str,
    ) -> None:
        self.label, self.search, self.paste = label, search, paste
        self.to_paste, self.to_paste_name = to_paste, to_paste_name
        self.to_list, self.to_list_name = to_list, to_list_name


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
