"""The dialog of the network settings."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core.network_settings import HOST_LIMIT, NAME_LIMIT, PORT_RANGE, USUAL_PORT, Mode
from wizard.core.problems import Field
from wizard.flow.network import NetworkPresenter, NetworkView
from wizard.ui.context import Context
from wizard.ui.dialogs.base import Dialog
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.field import FieldBox, FieldPair
from wizard.ui.widgets.lines import StateLine
from wizard.ui.widgets.number_edit import NumberEdit
from wizard.ui.widgets.secret_edit import SecretEdit
from wizard.ui.widgets.text import Text

_UNITS = 46
_LAYOUT_MS = 30
_PASSWORD_LIMIT = 1000


class NetworkDialog(Dialog):
    """Draws what `NetworkPresenter` publishes. `saved` tells that the next connection uses new settings."""

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget, *, asks_sign_in: bool = False) -> None:
        say = context.words.say
        heading = say("Network settings")
        lead = say("How does this computer reach the internet?")
        super().__init__(context, "networkDialog", heading, lead, parent)
        self._view = NetworkView()
        self.presenter = NetworkPresenter(context.runner, context.words, self, asks_sign_in=asks_sign_in)
        self.body.add(self._make_mode(lead))
        proxy, sign_in = self._make_fields()
        self.body.add(proxy)
        self.body.add(sign_in, 12)
        promise = say("This computer itself is always reached directly, and certificates are always checked.")
        self.body.add(Text(self.theme, promise, "help"), 12)
        self.outcome = StateLine(self.theme)
        self.outcome.setObjectName("networkResult")
        self.body.add(self.outcome, 8)
        self.cancel_button = self.add_button(say("Cancel"), "cancelNetwork", is_left=True)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button(say("Save"), "saveNetwork", is_default=True)
        self.save_button.clicked.connect(lambda: self.presenter.save(self.password.text()))
        self._connect()
        self.render(self._view)
        self.fit(_UNITS)
        self.presenter.load()

    def _make_mode(self, name: str) -> QWidget:
        options = (
            (Mode.SYSTEM, self.say("The way the system does"), "proxySystem"),
            (Mode.NONE, self.say("Without a proxy"), "proxyNone"),
            (Mode.MANUAL, self.say("Through this proxy"), "proxyManual"),
        )
        self.choices = Choices(self.theme, [(mode, text) for mode, text, _name in options])
        for mode, _text, object_name in options:
            self.choices.button(mode).setObjectName(object_name)
        self.choices.setAccessibleName(name)
        self.system_line = Text(self.theme, "", "help")
        self.system_line.setObjectName("systemProxy")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choices)
        column.addWidget(self.system_line)
        return box

    def _make_fields(self) -> tuple[FieldPair, FieldPair]:
        say, theme = self.say, self.theme
        self.host, self.user = QLineEdit(maxLength=HOST_LIMIT + 40), QLineEdit(maxLength=NAME_LIMIT)
        self.port = NumberEdit(theme, *PORT_RANGE)
        self.port.setValue(USUAL_PORT)
        self.password = SecretEdit(theme, say("Show the password while pressed"))
        self.password.setMaxLength(_PASSWORD_LIMIT)
        for widget, name in (
            (self.host, "proxyHost"),
            (self.port, "proxyPort"),
            (self.user, "proxyUser"),
            (self.password, "proxyPassword"),
        ):
            widget.setObjectName(name)
        user_help = say("Only if it asks for a sign-in.")
        password_help = say("Kept in the keychain of this computer.")
        self.fields = {
            Field.PROXY_HOST: FieldBox(theme, say("Address of the proxy"), self.host),
            Field.PROXY_USER: FieldBox(theme, say("Name for the proxy"), self.user, help_text=user_help),
            Field.PROXY_PASSWORD: FieldBox(theme, say("Password"), self.password, help_text=password_help),
        }
        self.port_box = FieldBox(theme, say("Port"), self.port, units=7)
        return (
            FieldPair(theme, self.fields[Field.PROXY_HOST], self.port_box),
            FieldPair(theme, self.fields[Field.PROXY_USER], self.fields[Field.PROXY_PASSWORD]),
        )

    def _connect(self) -> None:
        self.choices.chosen.connect(lambda key: self.presenter.choose_mode(Mode(key)))
        self.host.textChanged.connect(self.presenter.type_host)
        self.port.valueChanged.connect(self.presenter.type_port)
        self.user.textChanged.connect(self.presenter.type_user)
        self.password.textChanged.connect(self.presenter.type_password)

    def render(self, view: NetworkView) -> None:  # type: ignore[override]  # QWidget.render is not virtual
        """Show a view state; no presenter method is called meanwhile."""
        before, self._view = self._view, view
        if self.choices.value() != (view.mode or ""):
            self.choices.set_value(view.mode or "")
        _set_quietly(self.host, self.host.text() != view.host, lambda: self.host.setText(view.host))
        _set_quietly(self.port, self.port.value() != view.port, lambda: self.port.setValue(view.port))
        _set_quietly(self.user, self.user.text() != view.user, lambda: self.user.setText(view.user))
        self._render_fields(view)
        self.system_line.set_text(view.system_sentence)
        self.outcome.set_line(view.outcome, view.outcome_state)
        if view.is_saved:
            self.cancel_button.setText(self.say("Close"))
        has_new_problem = bool(set(view.problems) - set(before.problems))
        if has_new_problem or view.system_sentence != before.system_sentence:
            # The layouts take several turns of the event loop to make room for new sentences.
            QTimer.singleShot(_LAYOUT_MS, self, lambda: self.fit(_UNITS))

    def _render_fields(self, view: NetworkView) -> None:
        for widget in (self.host, self.port, self.user, self.password):
            widget.setEnabled(view.is_manual)
        for box in (*self.fields.values(), self.port_box):
            box.label.set_muted(not view.is_manual)
        problems = dict(view.problems)
        for field, box in self.fields.items():
            if box.problem() != problems.get(field, ""):
                box.set_problem(problems.get(field))
        self.fields[Field.PROXY_PASSWORD].set_help(view.password_help)

    def focus(self, field: Field) -> None:
        """Bring a field into view and give it the keyboard focus."""
        box = self.fields[field]
        box.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.ensureWidgetVisible(box)

    def clear_password(self) -> None:
        """Empty the password field."""
        _set_quietly(self.password, True, self.password.clear)

    def show_saved(self, *, should_close: bool) -> None:
        """Emit `saved`, and close the dialog if it has nothing more to say."""
        self.saved.emit()
        if should_close:
            self.accept()

    def done(self, result: int) -> None:
        """Close the dialog, and forget the password."""
        self.presenter.close()
        self.clear_password()
        super().done(result)


def _set_quietly(widget: QWidget, is_changed: bool, change: Callable[[], object]) -> None:
    """Change a widget without emitting its signals, unless it is as wanted already."""
    if is_changed:
        with QSignalBlocker(widget):
            change()
