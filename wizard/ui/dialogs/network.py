"""Network settings: by the system, without a proxy, or through one that the person enters."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core import network as parsing
from wizard.core.network import HOST_LIMIT, NAME_LIMIT, PORT_RANGE, USUAL_PORT, Mode, Network
from wizard.core.problems import Expected, Field, Problem
from wizard.core.secret import Secret
from wizard.core.text_safety import one_line
from wizard.jobs.connection import network
from wizard.jobs.connection.network import Saved, Shown, Wanted
from wizard.ui.context import Context
from wizard.ui.dialogs.support_file import Sheet
from wizard.ui.runtime.runner import Handle
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.field import Field as FieldBox
from wizard.ui.widgets.field import FieldPair
from wizard.ui.widgets.lines import StateLine
from wizard.ui.widgets.number import NumberEdit
from wizard.ui.widgets.secret import SecretEdit
from wizard.ui.widgets.text import Text
from wizard.words.problems import explain

_UNITS = 46
_LAYOUT_MS = 30
_PASSWORD_LIMIT = 1000


class NetworkDialog(Sheet):
    """How this computer reaches the internet. There is no way to switch the check of certificates off.

    `saved` tells that the next connection goes the new way. `asks_sign_in` opens it where a proxy wants a name and a
    password: only one that is entered here can have them.
    """

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget, *, asks_sign_in: bool = False) -> None:
        say = context.words.say
        heading = say("Network settings")
        lead = say("How does this computer reach the internet?")
        super().__init__(context, "networkDialog", heading, lead, parent)
        self._handles: list[Handle[Any]] = []
        self._kept = Network()
        self._system_proxy, self._asks_sign_in = "", asks_sign_in
        self.choices = Choices(
            self.theme,
            [
                (Mode.SYSTEM, say("The way the system does")),
                (Mode.NONE, say("Without a proxy")),
                (Mode.MANUAL, say("Through this proxy")),
            ],
        )
        for mode, name in ((Mode.SYSTEM, "proxySystem"), (Mode.NONE, "proxyNone"), (Mode.MANUAL, "proxyManual")):
            self.choices.button(mode).setObjectName(name)
        self.choices.setAccessibleName(lead)
        self.choices.chosen.connect(self._on_mode_chosen)
        self.system_line = Text(self.theme, "", "help")
        self.system_line.setObjectName("systemProxy")
        answer = QWidget()
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choices)
        column.addWidget(self.system_line)
        self.body.add(answer)
        proxy, sign_in = self._pairs()
        self.body.add(proxy)
        self.body.add(sign_in, 12)
        promise = say("This computer itself is always reached directly, and certificates are always checked.")
        self.body.add(Text(self.theme, promise, "help"), 12)
        self.outcome = StateLine(self.theme)
        self.outcome.setObjectName("networkResult")
        self.body.add(self.outcome, 8)
        self.cancel_button = self.add_button(say("Cancel"), "cancelNetwork", left=True)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button(say("Save"), "saveNetwork", accent=True)
        self.save_button.clicked.connect(self._on_save_clicked)
        self._show_mode()
        self.fit(_UNITS)
        self._handles.append(context.runner.start(network.load, None, self._on_loaded, self._on_failed))

    def _pairs(self) -> tuple[FieldPair, FieldPair]:
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
        self.fields = {
            Field.PROXY_HOST: FieldBox(theme, say("Address of the proxy"), self.host),
            Field.PROXY_USER: FieldBox(
                theme, say("Name for the proxy"), self.user, help_text=say("Only if it asks for a sign-in.")
            ),
            Field.PROXY_PASSWORD: FieldBox(
                theme, say("Password"), self.password, help_text=say("Kept in the keychain of this computer.")
            ),
        }
        self.host.textChanged.connect(lambda: self._mend(Field.PROXY_HOST))
        self.user.textChanged.connect(self._on_user_changed)
        self.password.textChanged.connect(lambda: self._mend(Field.PROXY_USER))
        port = self._port_box = FieldBox(theme, say("Port"), self.port, units=7)
        return (
            FieldPair(theme, self.fields[Field.PROXY_HOST], port),
            FieldPair(theme, self.fields[Field.PROXY_USER], self.fields[Field.PROXY_PASSWORD]),
        )

    def done(self, result: int) -> None:
        """However it is closed: the password is typed again next time, and nothing comes back to it."""
        self.password.clear()
        for handle in self._handles:
            handle.drop()
        self._handles.clear()
        super().done(result)

    # ------------------------------------------------------------------ what is set

    def _on_loaded(self, shown: Shown) -> None:
        self._handles.clear()
        self._kept = kept = shown.network
        self._system_proxy = shown.system_proxy
        self.system_line.set_text(self._system_sentence(shown))
        if self.choices.value():
            # The person was faster; what was chosen and typed stands.
            self._offer_system_proxy()
            return
        asks_by_hand = self._asks_sign_in and kept.mode is Mode.SYSTEM and not kept.host
        self.choices.set_value(Mode.MANUAL if asks_by_hand else kept.mode)
        self.host.setText(kept.host)
        self.port.setValue(kept.port)
        self.user.setText(kept.user)
        self._on_user_changed()
        self._show_mode()
        self._offer_system_proxy()
        if self._asks_sign_in and self.user.isEnabled():
            self.user.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit_soon()

    def _offer_system_proxy(self) -> None:
        """Fill in the system's own proxy where one is to be entered and nothing was typed yet."""
        if self.choices.value() != Mode.MANUAL or self.host.text() or not self._system_proxy:
            return
        try:
            known = parsing.manual(self._system_proxy, USUAL_PORT, "")
        except Expected:
            # Of a kind that cannot be entered: the sentence above names it.
            return
        self.host.setText(known.host)
        self.port.setValue(known.port)

    def _fit_soon(self) -> None:
        """Once the layouts have made room for the sentences that came, which takes them several turns."""
        QTimer.singleShot(_LAYOUT_MS, self, lambda: self.fit(_UNITS))

    def _system_sentence(self, shown: Shown) -> str:
        if shown.has_script:
            return self.say(
                "The system finds its proxy by a script that this program cannot read. "
                "Ask IT for the proxy's address and enter it below."
            )
        if shown.system_proxy:
            return self.say("The system says: {proxy}, with its own exceptions.", proxy=one_line(shown.system_proxy))
        return self.say("The system says: no proxy.")

    def _on_mode_chosen(self, _mode: str) -> None:
        self._show_mode()
        if self.choices.value() == Mode.MANUAL:
            self._offer_system_proxy()
            self.host.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_mode(self) -> None:
        """The fields stay in their places; they can be used for the one answer that needs them."""
        is_manual = self.choices.value() == Mode.MANUAL
        for widget in (self.host, self.port, self.user, self.password):
            widget.setEnabled(is_manual)
        for box in (*self.fields.values(), self._port_box):
            box.label.set_muted(not is_manual)
        if not is_manual:
            for box in self.fields.values():
                box.set_problem(None)
        self.outcome.set_line("")

    def _on_user_changed(self) -> None:
        self._mend(Field.PROXY_USER)
        is_kept = bool(self._kept.user) and self.user.text() == self._kept.user
        kept, new = self.say("Saved. Leave empty to keep it."), self.say("Kept in the keychain of this computer.")
        self.fields[Field.PROXY_PASSWORD].set_help(kept if is_kept else new)

    def _mend(self, field: Field) -> None:
        self.fields[field].set_problem(None)
        self.outcome.set_line("")

    # ------------------------------------------------------------------ saving

    def _on_save_clicked(self) -> None:
        if self._handles:
            return
        try:
            wanted = self._wanted()
        except Expected as problem:
            self._show_problem(problem)
            return
        self._handles.append(self.context.runner.start(network.save, wanted, self._on_saved, self._on_failed))

    def _wanted(self) -> Wanted:
        """What stands there. Raises `Expected` at its field."""
        mode = Mode(self.choices.value() or Mode.SYSTEM)
        if mode is not Mode.MANUAL:
            # A proxy that was saved before is there again when it is chosen again.
            return Wanted(replace(self._kept, mode=mode))
        chosen = parsing.manual(self.host.text(), self.port.value(), self.user.text())
        password: Secret | None = parsing.password(self.password.text(), chosen)
        return Wanted(chosen, password)

    def _on_saved(self, saved: Saved) -> None:
        self._handles.clear()
        self.saved.emit()
        if saved.not_kept is None:
            self.accept()
            return
        self.password.clear()
        title = explain(self.context.words, saved.not_kept).title
        text = self.say("{reason}. The password is kept for this session only.", reason=title)
        self.outcome.set_line(text, "warning")
        self.cancel_button.setText(self.say("Close"))

    def _on_failed(self, problem: Problem) -> None:
        self._handles.clear()
        self._show_problem(problem)

    def _show_problem(self, problem: Problem) -> None:
        shown = explain(self.context.words, problem)
        text = f"{shown.title}. {shown.text}".strip()
        box = self.fields.get(problem.field) if problem.field else None
        if box is None:
            self.outcome.set_line(text, "problem")
            return
        box.set_problem(text)
        self._fit_soon()
        box.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.ensureWidgetVisible(box)
