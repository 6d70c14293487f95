"""A small client of the accessibility bus: what a screen reader sees, and what it can do."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

_SPI = "org.a11y.atspi"
_REGISTRY = (f"{_SPI}.Registry", f"/{_SPI.replace('.', '/')}/accessible/root")
_PROPERTIES = "org.freedesktop.DBus.Properties"

STATES = {
    4: "checked", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded", 11: "focusable", 12: "focused",
    22: "selectable", 23: "selected", 24: "sensitive", 25: "showing", 30: "visible", 41: "checkable", 43: "read-only",
}  # fmt: skip
"""The states that matter here, by their bit."""

Ref = tuple[str, str]
"""The bus name of a program and the path of an object in it."""


class BusError(Exception):
    """The other side refused a call, or is gone."""


@dataclass(frozen=True, slots=True)
class Node:
    """One object as it was when it was asked; `id` is the last part of its accessible id: the object name."""

    ref: Ref
    id: str
    role: str
    name: str
    description: str
    states: frozenset[str]
    depth: int = 0

    @property
    def is_showing(self) -> bool:
        """Whether a person could see it, or scroll to it."""
        return "showing" in self.states


class Bus:
    """A connection to the accessibility bus that belongs to a session bus. Close it."""

    def __init__(self, session_address: str) -> None:
        with open_dbus_connection(session_address) as session:
            reply = session.send_and_get_reply(
                new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress"), timeout=20
            )
        self._connection: DBusConnection = open_dbus_connection(str(_body(reply)[0]))

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def program(self, pid: int) -> Ref | None:
        """The root object of the program with this process id, once it is on the bus."""
        for name, path in self.children([_REGISTRY])[0]:
            message = new_method_call(_of("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"),
                                      "GetConnectionUnixProcessID", "s", (name,))  # fmt: skip
            answer = self.ask([message])[0]
            if answer and answer[0] == pid:
                return (name, path)
        return None

    # ------------------------------------------------------------------ looking

    def children(self, refs: Sequence[Ref]) -> list[list[Ref]]:
        """The children of each object; none of one that is gone."""
        answers = self.ask([self._call(ref, "Accessible", "GetChildren") for ref in refs])
        return [[(name, path) for name, path in answer[0]] if answer else [] for answer in answers]

    def walk(self, root: Ref, *, hidden: bool = False) -> list[Node]:
        """Every object below `root`, level by level; those that do not show, and all below them, only if asked for."""
        found: list[Node] = []
        level, depth = self.children([root])[0], 0
        while level:
            nodes = [node for node in self.look(level, depth) if hidden or node.is_showing]
            found += nodes
            level = [ref for refs in self.children([node.ref for node in nodes]) for ref in refs]
            depth += 1
        return found

    def find(self, root: Ref, ids: Sequence[str]) -> Node | None:
        """The first showing object below `root` with one of these ids; asks for no more than it takes."""
        level = self.children([root])[0]
        while level:
            calls: list[Message] = []
            for ref in level:
                calls.append(self._call(ref, "Accessible", "GetState"))
                calls.append(self._get(ref, "Accessible", "AccessibleId"))
                calls.append(self._call(ref, "Accessible", "GetChildren"))
            answers = self.ask(calls)
            below: list[Ref] = []
            for number, ref in enumerate(level):
                state, path, children = answers[3 * number : 3 * number + 3]
                if state is None or "showing" not in _states(state):
                    continue
                if path and str(path[0][1]).rpartition(".")[2] in ids:
                    found = self.look([ref])
                    if found:
                        return found[0]
                below += children[0] if children else []
            level = below
        return None

    def look(self, refs: Sequence[Ref], depth: int = 0) -> list[Node]:
        """What the objects are; those that are gone by now are left out."""
        calls: list[Message] = []
        for ref in refs:
            calls += [self._call(ref, "Accessible", "GetState"), self._call(ref, "Accessible", "GetRoleName")]
            calls += [self._get(ref, "Accessible", name) for name in ("AccessibleId", "Name", "Description")]
        answers = self.ask(calls)
        nodes = []
        for number, ref in enumerate(refs):
            state, role, *texts = answers[5 * number : 5 * number + 5]
            if state is None or role is None:
                continue
            states = _states(state)
            path, name, description = (str(text[0][1]) if text else "" for text in texts)
            nodes.append(Node(ref, path.rpartition(".")[2], str(role[0]), name, description, states, depth))
        return nodes

    def interfaces(self, ref: Ref) -> list[str]:
        """What an object can do, by the last part of each interface's name."""
        return [str(name).rpartition(".")[2] for name in self.one(self._call(ref, "Accessible", "GetInterfaces"))[0]]

    def text(self, ref: Ref) -> str:
        """The text of a field."""
        return str(self.one(self._call(ref, "Text", "GetText", "ii", (0, -1)))[0])

    def actions(self, ref: Ref) -> list[str]:
        """The names of what can be done with an object."""
        return [str(row[0]) for row in self.one(self._call(ref, "Action", "GetActions"))[0]]

    # ------------------------------------------------------------------ doing

    def act(self, ref: Ref, action: str) -> None:
        """Do one of the actions of an object."""
        names = [name.lower() for name in self.actions(ref)]
        if action.lower() not in names:
            raise BusError(f"no action {action!r}, only {names}")
        self.one(self._call(ref, "Action", "DoAction", "i", (names.index(action.lower()),)))

    def set_text(self, ref: Ref, text: str) -> None:
        """Put a text into a field, as dictation and password managers do."""
        if not self.one(self._call(ref, "EditableText", "SetTextContents", "s", (text,)))[0]:
            raise BusError("the field took no text")

    def set_value(self, ref: Ref, value: float) -> None:
        """Set the value of a number field."""
        self.one(self._set(ref, "Value", "CurrentValue", ("d", value)))

    def select(self, ref: Ref, number: int) -> None:
        """Select the child with this number, which takes the place of what was selected."""
        self.one(self._call(ref, "Selection", "ClearSelection"))
        if not self.one(self._call(ref, "Selection", "SelectChild", "i", (number,)))[0]:
            raise BusError("nothing was selected")

    def focus(self, ref: Ref) -> None:
        """Give the keyboard to an object."""
        self.one(self._call(ref, "Component", "GrabFocus"))

    def hold_key(self, code: int, *, down: bool) -> None:
        """Press a key of the keyboard, by the X server's number, or let it go; the server repeats one that is held."""
        keyboard = (_REGISTRY[0], f"/{_SPI.replace('.', '/')}/registry/deviceeventcontroller")
        body = (code, "", 0 if down else 1)
        self.one(self._call(keyboard, "DeviceEventController", "GenerateKeyboardEvent", "isu", body))

    # ------------------------------------------------------------------ the wire

    def one(self, message: Message) -> tuple[Any, ...]:
        """The answer to one call. Raises `BusError` if it is refused."""
        return _body(self._exchange([message])[0])

    def ask(self, messages: Sequence[Message]) -> list[tuple[Any, ...] | None]:
        """The answers to many calls, sent in one go; None for those that were refused."""
        answers = self._exchange(messages)
        return [None if a.header.message_type is MessageType.error else a.body for a in answers]

    def _exchange(self, messages: Sequence[Message], timeout_s: float = 20) -> list[Message]:
        waiting: dict[int, int] = {}
        answers: dict[int, Message] = {}
        deadline_s = time.monotonic() + timeout_s
        for place, message in enumerate(messages):
            serial = next(self._connection.outgoing_serial)
            waiting[serial] = place
            self._connection.send(message, serial=serial)
            # Both sides have a limit on what lies unread.
            if len(waiting) >= 64:
                self._receive(waiting, answers, deadline_s)
        while waiting:
            self._receive(waiting, answers, deadline_s)
        return [answers[place] for place in range(len(messages))]

    def _receive(self, waiting: dict[int, int], answers: dict[int, Message], deadline_s: float) -> None:
        message = self._connection.receive(timeout=max(0, deadline_s - time.monotonic()))
        serial = message.header.fields.get(HeaderFields.reply_serial, -1)
        if serial in waiting:
            answers[waiting.pop(serial)] = message

    @staticmethod
    def _call(ref: Ref, interface: str, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Message:
        return new_method_call(_of(*ref, f"{_SPI}.{interface}"), method, signature or None, body)

    @staticmethod
    def _get(ref: Ref, interface: str, name: str) -> Message:
        return new_method_call(_of(*ref, _PROPERTIES), "Get", "ss", (f"{_SPI}.{interface}", name))

    @staticmethod
    def _set(ref: Ref, interface: str, name: str, value: tuple[str, object]) -> Message:
        return new_method_call(_of(*ref, _PROPERTIES), "Set", "ssv", (f"{_SPI}.{interface}", name, value))


def _states(answer: tuple[Any, ...]) -> frozenset[str]:
    bits = sum(word << (32 * place) for place, word in enumerate(answer[0]))
    return frozenset(name for bit, name in STATES.items() if bits >> bit & 1)


def _of(name: str, path: str, interface: str) -> DBusAddress:
    return DBusAddress(path, name, interface)


def _body(message: Message) -> tuple[Any, ...]:
    if message.header.message_type is MessageType.error:
        name = message.header.fields.get(HeaderFields.error_name, "")
        raise BusError(f"{name}: {message.body}")
    body: tuple[Any, ...] = message.body
    return body
