"""The help dialog: version, data folder, network settings, and the support file."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from wizard import __version__
from wizard.flow.support_file import SupportFilePresenter, SupportFileView
from wizard.ui.context import Context
from wizard.ui.dialogs.base import NARROW_UNITS, Dialog, read_only_text
from wizard.ui.dialogs.network import NetworkDialog
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.base import QWIDGETSIZE_MAX
from wizard.ui.widgets.buttons import LinkButton
from wizard.ui.widgets.lines import StateLine
from wizard.ui.widgets.page_body import SectionRow
from wizard.ui.widgets.pick_views import PickTree
from wizard.ui.widgets.text import Text


class SupportDialog(Dialog):
    """Draws what `SupportFilePresenter` publishes. `errors` are the uncaught errors of this run."""

    def __init__(self, context: Context, errors: tuple[str, ...], parent: QWidget) -> None:
        say = context.words.say
        lead = say("360Learning integrations, version {version}", version=__version__)
        super().__init__(context, "supportDialog", say("Help"), lead, parent)
        self._view = SupportFileView()
        self.presenter = SupportFilePresenter(context.runner, context.words, self)
        self._file_dialog: QFileDialog | None = None
        self.body.add(self._make_folder())
        network = LinkButton(self.theme, say("Network settings"))
        network.setObjectName("networkSettings")
        network.clicked.connect(lambda: NetworkDialog(self.context, self).open())
        self.body.add_lead_link(network)
        self.parts = _PartViewer(self.theme, say("Files in the support file"), say("Text of the chosen file"))
        self.parts.list.chosen.connect(self._on_part_chosen)
        title = SectionRow(self.theme, say("Support file"), self.make_copy_link())
        what = say("Helps to find out what went wrong. It holds no secrets, no names and no ids: this is all of it.")
        self.body.add(_column(title, Text(self.theme, what, "help"), self.parts), 24, stretch=True)
        self.outcome = StateLine(self.theme)
        self.outcome.setObjectName("supportResult")
        self.body.add(self.outcome, 8)
        self.close_button = self.add_button(say("Close"), "closeSupport", is_left=True)
        self.close_button.clicked.connect(self.reject)
        self.save_button = self.add_button(say("Save support file…"), "saveSupport", is_default=True)
        self.save_button.clicked.connect(self.presenter.save)
        self.fit(46)
        self.presenter.collect(errors)

    def _make_folder(self) -> QWidget:
        say = self.say
        self.folder = QLineEdit(readOnly=True)
        self.folder.setObjectName("dataFolder")
        self.folder.setAccessibleName(say("Where your data is"))
        open_folder = LinkButton(self.theme, say("Open folder"), name=say("Open the folder of your data"))
        open_folder.setObjectName("openFolder")
        open_folder.clicked.connect(self._on_open_folder_clicked)
        return _column(
            SectionRow(self.theme, say("Where your data is"), open_folder),
            Text(self.theme, say("Customers, drafts and ids. Secrets are in your keychain, not here."), "help"),
            self.folder,
        )

    def render(self, view: SupportFileView) -> None:  # type: ignore[override]  # QWidget.render is not virtual
        """Show a view state."""
        before, self._view = self._view, view
        if view.folder != before.folder:
            self.folder.setText(view.folder)
            self.folder.setCursorPosition(0)
        if view.text != before.text:
            self.parts.text.setPlainText(view.text)
        if view.names != before.names:
            self.parts.show_names(view.names)
        self.outcome.set_line(view.outcome, view.outcome_state)

    def ask_path(self) -> None:
        """Open the file dialog of the system, at most once."""
        if self._file_dialog is None:
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            self._file_dialog = QFileDialog(self, self.say("Save support file"), folder)
            self._file_dialog.setObjectName("supportFile")
            self._file_dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self._file_dialog.setNameFilter(self.say("ZIP file (*.zip)"))
            self._file_dialog.setDefaultSuffix("zip")
            self._file_dialog.fileSelected.connect(lambda path: self.presenter.save_as(Path(path)))
        if self._file_dialog.isVisible():
            return
        self._file_dialog.selectFile(f"integration-wizard-support-{datetime.now().astimezone():%Y-%m-%d}.zip")
        self._file_dialog.open()

    def details_text(self) -> str:
        """Versions and errors."""
        return self.presenter.details_text()

    def done(self, result: int) -> None:
        """Close the dialog."""
        self.presenter.close()
        super().done(result)

    def _on_part_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.presenter.choose_part(index.row())

    def _on_open_folder_clicked(self) -> None:
        folder = self._view.folder
        if folder and not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self.presenter.tell_folder_not_opened()


class _PartViewer(QWidget):
    """The list of the parts at the left, and the text of the chosen one at the right, or below it if narrow."""

    def __init__(self, theme: Theme, name: str, text_name: str) -> None:
        super().__init__()
        self.theme = theme
        self.list = PickTree(theme, name)
        self.list.setObjectName("supportParts")
        self.list.setRootIsDecorated(False)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self.text = read_only_text(theme, text_name, "supportText")
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self.list)
        self._box.addWidget(self.text, 1)
        theme.changed.connect(self._update_direction)
        self._update_direction()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show these names, and choose the first without emitting `chosen`."""
        with QSignalBlocker(self.list):
            self._model.clear()
            for name in names:
                self._model.appendRow(QStandardItem(name))
            self.list.choose(self._model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_direction()

    def _update_direction(self) -> None:
        is_narrow = 0 < self.width() < self.theme.units(NARROW_UNITS)
        kind = QBoxLayout.Direction
        self._box.setDirection(kind.TopToBottom if is_narrow else kind.LeftToRight)
        self.list.setMaximumWidth(QWIDGETSIZE_MAX if is_narrow else self.theme.units(10))
        self.list.setMinimumHeight(self.theme.units(10))
        self.text.setMinimumHeight(self.theme.units(10))


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget, 1 if isinstance(widget, _PartViewer) else 0)
    return box
