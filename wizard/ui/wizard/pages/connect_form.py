"""The fields of the first page: customer, address, credentials; one line instead for a saved customer."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core.address import Region
from wizard.core.problems import Field
from wizard.core.secret import Secret
from wizard.flow.wizard.connect import ConnectPresenter
from wizard.flow.wizard.connect_view import FormView
from wizard.ui.context import Context
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.combo import Combo
from wizard.ui.widgets.field import FieldBox, FieldPair
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.widgets.secret_edit import SecretEdit
from wizard.ui.wizard.pages.object_names import OBJECT_NAMES


class ConnectForm(QWidget):
    """What a person types or picks."""

    gap_after = 2
    """Below the last field is room for its problem already."""

    def __init__(self, context: Context, presenter: ConnectPresenter) -> None:
        super().__init__()
        self._context, self._presenter = context, presenter
        self._shown = FormView()
        say, theme = context.words.say, context.theme
        self.saved = Combo(theme)
        self.saved.setObjectName("savedCustomer")
        self._saved_box = FieldBox(theme, say("Saved customers"), self.saved, units=20)
        self._saved_box.hide()
        self._line = ResultLine(theme, "", "info")
        self._line.set_link(say("Edit"), say("Edit this customer"))
        self._line.setObjectName("savedSummary")
        self._line.hide()
        self._make_controls()
        self.fields = self._make_boxes()
        self._details = QWidget()
        pair = FieldPair(theme, self.fields[Field.CLIENT_ID], self.fields[Field.CLIENT_SECRET])
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(pair.gap_after)  # the line under each field is gap enough
        for box in (self.fields[Field.CUSTOMER], self._region_box, self.fields[Field.ADDRESS], pair):
            inner.addWidget(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(pair.gap_after)
        for widget in (self._saved_box, self._line, self._details):
            column.addWidget(widget)
        self._connect()

    def _make_controls(self) -> None:
        say, theme = self._context.words.say, self._context.theme
        self.customer, self.address, self.client_id = QLineEdit(), QLineEdit(), QLineEdit()
        self.regions = Choices(
            theme,
            [
                (Region.EU, say("app.360learning.com, Europe")),
                (Region.US, say("app.us.360learning.com, United States")),
                (Region.OTHER, say("Another address")),
            ],
        )
        self.secret = SecretEdit(theme, say("Show the secret while pressed"))
        for region, name in zip(Region, ("regionEu", "regionUs", "regionOther"), strict=True):
            self.regions.button(region).setObjectName(name)
        for edit, field in (
            (self.customer, Field.CUSTOMER),
            (self.address, Field.ADDRESS),
            (self.client_id, Field.CLIENT_ID),
            (self.secret, Field.CLIENT_SECRET),
        ):
            edit.setObjectName(OBJECT_NAMES[field])

    def _make_boxes(self) -> dict[Field, FieldBox]:
        say, theme = self._context.words.say, self._context.theme
        example, where = say("Only for your list. Example: ACME"), say("What your browser shows when you are signed in")
        origin = say("From the platform's API v2 page")
        self._region_box = FieldBox(theme, say("Address"), self.regions, help_text=where)
        return {
            Field.CUSTOMER: FieldBox(theme, say("Customer name"), self.customer, help_text=example, units=20),
            Field.ADDRESS: FieldBox(theme, say("Address of the platform"), self.address, units=24),
            Field.CLIENT_ID: FieldBox(theme, say("Client ID"), self.client_id, help_text=origin),
            # Its help says where the secret is kept, and is there from the first view state on.
            Field.CLIENT_SECRET: FieldBox(theme, say("Client secret"), self.secret, help_text=" "),
        }

    def _connect(self) -> None:
        presenter = self._presenter
        self.saved.activated.connect(lambda row: presenter.choose_saved(self._shown.saved[row].id))
        self._line.link_clicked.connect(presenter.unfold)
        self.customer.textChanged.connect(presenter.type_customer)
        self.regions.chosen.connect(lambda key: presenter.choose_region(Region(key)))
        self.address.textChanged.connect(presenter.type_address)
        self.client_id.textChanged.connect(presenter.type_client_id)
        self.secret.textChanged.connect(lambda text: presenter.type_secret(Secret(text)))

    def show_form(self, view: FormView) -> None:
        """Show these texts and choices."""
        self._show_saved(view)
        for edit, text in (
            (self.customer, view.customer),
            (self.address, view.address),
            (self.client_id, view.client_id),
        ):
            _show_text(edit, text)
        if view.is_secret_empty:
            _show_text(self.secret, "")
        if self.regions.value() != view.region:
            self.regions.set_value(view.region)
        self.fields[Field.ADDRESS].setVisible(view.region is Region.OTHER)
        if self.secret.placeholderText() != view.secret_placeholder:
            self.secret.setPlaceholderText(view.secret_placeholder)
        self.fields[Field.CLIENT_SECRET].set_help(view.secret_help)
        if view.notes != self._shown.notes:
            for field, note in view.notes.items():
                self.fields[field].set_live(note.text, "warning" if note.is_warning else "info")
        self._shown = view

    def _show_saved(self, view: FormView) -> None:
        if view.saved != self._shown.saved:
            self.saved.clear()
            for customer in view.saved:
                self.saved.addItem(customer.text, customer.id)
        row = next((row for row, customer in enumerate(view.saved) if customer.id == view.saved_id), 0)
        if self.saved.currentIndex() != row:
            self.saved.setCurrentIndex(row)
        self._saved_box.setVisible(view.is_saved_shown)
        if view.folded is not None and view.folded != self._shown.folded:
            host, facts = view.folded
            self._line.set_result(host, "info", help_text=facts)
        self._line.setVisible(view.folded is not None)
        self._details.setVisible(view.folded is None)


def _show_text(edit: QLineEdit, text: str) -> None:
    """Write a text that is not there yet, telling nobody; a cursor in the same text stays where it is."""
    if edit.text() != text:
        with QSignalBlocker(edit):
            edit.setText(text)
