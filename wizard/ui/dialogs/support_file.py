"""Help: what this program is, where its data lives, and the support file, shown whole before it is written."""

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QStandardPaths, Qt, QUrl, Signal, qVersion
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
    QTextOption,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from wizard import __version__
from wizard.core.problems import Problem
from wizard.jobs.computer import support_file
from wizard.ui.context import Context
from wizard.ui.runtime.announce import announce
from wizard.ui.runtime.runner import Handle
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.buttons import Button, LinkButton
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.lines import StateLine
from wizard.ui.widgets.page import PageBody, SectionRow
from wizard.ui.widgets.pick_views import PickTree
from wizard.ui.widgets.text import Text
from wizard.words.problems import explain

_ANY = 16_777_215
_CRASH_UNITS = 36
_NARROW_UNITS = 34


class Sheet(QDialog):
    """A dialog of the house: a page's scaffold, a hairline and a bar. `open()` blocks nothing."""

    def __init__(self, context: Context, name: str, heading: str, lead: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.say, self.theme = context, context.words.say, context.theme
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self.body = PageBody(context.theme, heading, lead, units=60)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(32, 12, 32, 12)
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.body, 1)
        column.addWidget(Hairline(context.theme))
        column.addLayout(self._bar)

    def add_button(self, text: str, name: str, *, left: bool = False, accent: bool = False, icon: str = "") -> Button:
        """A button in the bar; the accented one is what Enter presses."""
        button = Button(self.theme, text, accent=accent, icon=icon)
        button.setObjectName(name)
        button.setDefault(accent)
        self._bar.insertWidget(0 if left else self._bar.count(), button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self.theme.units(_NARROW_UNITS)
        self.body.set_narrow(is_narrow, "")
        side = 16 if is_narrow else 32
        self._bar.setContentsMargins(side, 12, side, 12)

    def open(self) -> None:
        """Show it above its window; the heading takes the focus, so that it is read first."""
        super().open()
        self.body.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, units: float) -> None:
        """Take this width, and the height that it needs; what does not fit on the screen scrolls."""
        # Each step stands in a variable, as Shiboken frees chained wrappers.
        screen = self.screen().availableGeometry()
        width = min(self.theme.units(units), screen.width())
        inner = self.body.widget()
        column = inner.layout() if inner is not None else None
        need = column.totalHeightForWidth(width) if column is not None else 0
        self.resize(width, min(need + self._bar.sizeHint().height() + 2, screen.height() * 9 // 10))

    def copy_link(self) -> LinkButton:
        """The link that copies `details_text()`, and says that it did."""
        link = LinkButton(self.theme, self.say("Copy details"))
        link.setObjectName("copyDetails")

        def copy() -> None:
            QGuiApplication.clipboard().setText(self.details_text())
            link.setText(self.say("Details copied"))
            link.updateGeometry()
            announce(link, link.text())

        link.clicked.connect(copy)
        return link

    def details_text(self) -> str:
        """What the link copies."""
        return ""


class SupportDialog(Sheet):
    """What *Help* opens. The support file holds exactly the texts that can be read here."""

    def __init__(self, context: Context, errors: tuple[str, ...], parent: QWidget) -> None:
        say = context.words.say
        lead = say("360Learning integrations, version {version}", version=__version__)
        super().__init__(context, "supportDialog", say("Help"), lead, parent)
        self._errors = errors
        self._bundle: support_file.Bundle | None = None
        self._wants_save = False
        self._handles: list[Handle[Any]] = [
            context.runner.start(support_file.collect, errors, self._on_collected, self._on_collect_failed)
        ]
        self._files: QFileDialog | None = None
        self.folder = QLineEdit(readOnly=True)
        self.folder.setObjectName("dataFolder")
        self.folder.setAccessibleName(say("Where your data is"))
        open_folder = LinkButton(self.theme, say("Open folder"), name=say("Open the folder of your data"))
        open_folder.setObjectName("openFolder")
        open_folder.clicked.connect(self._on_open_folder_clicked)
        place = _box(
            6,
            SectionRow(self.theme, say("Where your data is"), open_folder),
            Text(self.theme, say("Customers, drafts and ids. Secrets are in your keychain, not here."), "help"),
            self.folder,
        )
        self.body.add(place)
        network = LinkButton(self.theme, say("Network settings"))
        network.setObjectName("networkSettings")
        network.clicked.connect(self._on_network_clicked)
        self.body.add_lead_link(network)
        what = say("Helps to find out what went wrong. It holds no secrets, no names and no ids: this is all of it.")
        self.parts = _Parts(self.theme, say("Files in the support file"), say("Text of the chosen file"))
        self.parts.list.chosen.connect(self._on_part_chosen)
        title = SectionRow(self.theme, say("Support file"), self.copy_link())
        file = _box(6, title, Text(self.theme, what, "help"), self.parts)
        self.body.add(file, 24, stretch=True)
        self.outcome = StateLine(self.theme)
        self.outcome.setObjectName("supportResult")
        self.body.add(self.outcome, 8)
        self.close_button = self.add_button(say("Close"), "closeSupport", left=True)
        self.close_button.clicked.connect(self.reject)
        self.save_button = self.add_button(say("Save support file…"), "saveSupport", accent=True)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.fit(46)

    def done(self, result: int) -> None:
        """However it is closed: nothing that still runs comes back to it."""
        for handle in self._handles:
            handle.drop()
        self._handles.clear()
        super().done(result)

    def _on_network_clicked(self) -> None:
        # It is a sheet as this one is, so it knows this module.
        from wizard.ui.dialogs.network import NetworkDialog

        NetworkDialog(self.context, self).open()

    # ------------------------------------------------------------------ what goes in

    def _on_collected(self, bundle: support_file.Bundle) -> None:
        self._bundle = bundle
        self.folder.setText(str(bundle.folder))
        self.folder.setCursorPosition(0)
        self.parts.show_names([part.name for part in bundle.parts])
        if self._wants_save:
            self._on_save_clicked()

    def _on_collect_failed(self, problem: Problem) -> None:
        shown = explain(self.context.words, problem)
        self.outcome.set_line(f"{shown.title}. {shown.text}", "problem")

    def _on_part_chosen(self, index: QModelIndex) -> None:
        if self._bundle and index.isValid():
            self.parts.text.setPlainText(self._bundle.parts[index.row()].text)

    def details_text(self) -> str:
        """Versions and errors: what is asked for first. All of it stands in the file, too."""
        parts = self._bundle.parts if self._bundle else ()
        return "\n".join(part.text for part in parts if part.name in support_file.DETAILS)

    # ------------------------------------------------------------------ on to the disk

    def _on_save_clicked(self) -> None:
        self._wants_save = self._bundle is None
        if self._bundle is None or (self._files is not None and self._files.isVisible()):
            return
        if self._files is None:
            where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            self._files = QFileDialog(self, self.say("Save support file"), where)
            self._files.setObjectName("supportFile")
            self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self._files.setNameFilter(self.say("ZIP file (*.zip)"))
            self._files.setDefaultSuffix("zip")
            self._files.fileSelected.connect(self._on_file_selected)
        self._files.selectFile(f"integration-wizard-support-{datetime.now().astimezone():%Y-%m-%d}.zip")
        self._files.open()

    def _on_file_selected(self, path: str) -> None:
        if self._bundle:
            given = support_file.Save(self._bundle, Path(path))
            handle = self.context.runner.start(support_file.save, given, self._on_saved, self._on_save_failed)
            self._handles.append(handle)

    def _on_saved(self, path: Path) -> None:
        self.outcome.set_line(self.say("Saved as {file}", file=path.name), "ok")

    def _on_save_failed(self, _problem: Problem) -> None:
        self.outcome.set_line(self.say("The file could not be saved there. Choose another folder."), "problem")

    def _on_open_folder_clicked(self) -> None:
        if self._bundle and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._bundle.folder))):
            self.outcome.set_line(self.say("The folder could not be opened. Its path stands above."), "problem")


class CrashDialog(Sheet):
    """Says once, calmly, that something went wrong and that nothing is lost; more errors join its details.

    `support_wanted` asks for the support file; this dialog is closed by then, so there are never two.
    """

    support_wanted = Signal()

    def __init__(self, context: Context, error: str, parent: QWidget) -> None:
        say = context.words.say
        heading = say("Something in this program went wrong")
        lead = say("Your answers are safe. Go on, or close the program and start it again.")
        super().__init__(context, "crashDialog", heading, lead, parent)
        self._errors: list[str] = []
        self.details = _reading(self.theme, say("What went wrong"), "crashText")
        self.details.setFixedHeight(self.theme.units(6))
        note = say("Kind and place only")
        self.disclosure = Disclosure(self.theme, say("Details"), self.details, note=note)
        self.disclosure.row.setObjectName("crashDetails")
        self.disclosure.toggled.connect(lambda _is_open: self.fit(_CRASH_UNITS))
        self.body.add(self.disclosure)
        self.body.add(self.copy_link(), 4)
        self.save_button = self.add_button(say("Save support file…"), "saveSupport", left=True)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.go_on_button = self.add_button(say("Go on"), "goOn", accent=True)
        self.go_on_button.clicked.connect(self.accept)
        self.add_error(error)
        self.fit(_CRASH_UNITS)

    def open(self) -> None:
        """Show it and have it read out at once."""
        super().open()
        announce(self, f"{self.body.heading.plain()}. {self.body.lead.plain()}", urgent=True)

    def add_error(self, text: str) -> None:
        """Put an error into the details."""
        if text not in self._errors:
            self._errors.append(text)
            self.details.setPlainText("\n".join(self._errors))

    def details_text(self) -> str:
        """Kinds and places, and what runs."""
        return "\n".join((f"integration-wizard {__version__}, Qt {qVersion()}", *self._errors))

    def _on_save_clicked(self) -> None:
        self.accept()
        self.support_wanted.emit()


class _Parts(QWidget):
    """The files at the left, the text of the chosen one at the right; below each other where it is narrow."""

    def __init__(self, theme: Theme, name: str, text_name: str) -> None:
        super().__init__()
        self.theme = theme
        self.list = PickTree(theme, name)
        self.list.setObjectName("supportParts")
        self.list.setRootIsDecorated(False)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.text = _reading(theme, text_name, "supportText")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self.list)
        self._box.addWidget(self.text, 1)
        theme.changed.connect(self._turn)
        self._turn()

    def show_names(self, names: list[str]) -> None:
        """Show these files, the first one chosen."""
        self._model.clear()
        for name in names:
            self._model.appendRow(QStandardItem(name))
        self.list.choose(self._model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        is_narrow = 0 < self.width() < self.theme.units(_NARROW_UNITS)
        kind = QBoxLayout.Direction
        self._box.setDirection(kind.TopToBottom if is_narrow else kind.LeftToRight)
        self.list.setMaximumWidth(_ANY if is_narrow else self.theme.units(10))
        self.list.setMinimumHeight(self.theme.units(10))
        self.text.setMinimumHeight(self.theme.units(10))


def _reading(theme: Theme, name: str, object_name: str) -> QPlainTextEdit:
    """A text to read and to copy from, not to change."""
    text = QPlainTextEdit(readOnly=True)
    text.setObjectName(object_name)
    text.setAccessibleName(name)
    text.setTabChangesFocus(True)
    text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setFont(theme.font("fixed"))
    return text


def _box(spacing: int, *widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, _Parts) else 0)
    return box
