"""A look into a desktop's keychain that does not go through the program, and at what the program asks of it."""

import time
from collections import Counter

import secretstorage
from jeepney import DBusAddress, HeaderFields, MatchRule, new_method_call  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

_NAME = "org.freedesktop.secrets"
_PEER = "org.freedesktop.DBus.Peer"
_MONITORING = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
_ABOUT_SECRETS = frozenset({"CreateItem", "SetSecret", "SearchItems", "GetSecret", "GetSecrets", "Delete"})


class Secrets:
    """The keychain on one session bus."""

    def __init__(self, session_address: str) -> None:
        self._connection = open_dbus_connection(session_address)

    def __enter__(self) -> "Secrets":
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def wait(self, timeout_s: float, *, is_fresh: bool = False) -> bool:
        """Wait until the keychain is there, and open unless it is fresh: nothing is in it to open. Whether it is."""
        deadline_s = time.monotonic() + timeout_s
        while time.monotonic() < deadline_s:
            if self._connection.send_and_get_reply(message_bus.NameHasOwner(_NAME)).body[0]:
                try:
                    return is_fresh or not self._keyring().is_locked()
                except secretstorage.exceptions.ItemNotFoundException:
                    pass  # the keyring itself is still being made
            time.sleep(0.02)
        return False

    def lock(self) -> None:
        """Lock it; only its password opens it again."""
        self._keyring().lock()

    def all(self) -> dict[str, str]:
        """Every secret in it, by the name of its account; nothing is in a keychain that was never used."""
        try:
            items = list(self._keyring().get_all_items())
        except secretstorage.exceptions.ItemNotFoundException:
            return {}
        return {item.get_attributes().get("username", ""): item.get_secret().decode() for item in items}

    def delete(self, account: str) -> None:
        """Take the secret of one account away, as a person does in the keychain's own program."""
        (item,) = self._keyring().search_items({"username": account})
        item.delete()

    def _keyring(self) -> secretstorage.Collection:
        return secretstorage.Collection(self._connection)


class Calls:
    """Counts what is asked of the keychain on one session bus from now on, whoever asks."""

    def __init__(self, session_address: str) -> None:
        self._asking: DBusConnection = open_dbus_connection(session_address)
        self._listening: DBusConnection = open_dbus_connection(session_address)
        rule = MatchRule(type="method_call", destination=_NAME).serialise()
        listen = new_method_call(_MONITORING, "BecomeMonitor", "asu", ([rule], 0))
        self._listening.send_and_get_reply(listen)

    def __enter__(self) -> "Calls":
        return self

    def __exit__(self, *_error: object) -> None:
        self._asking.close()
        self._listening.close()

    def taken(self) -> Counter[str]:
        """How often each method that touches a secret was called since the last time."""
        # The bus keeps the order: once it shows this call of ours, it has shown all that were before it.
        self._asking.send_and_get_reply(new_method_call(DBusAddress("/", _NAME, _PEER), "Ping"))
        seen: list[str] = []
        while "Ping" not in seen:
            message = self._listening.receive(timeout=10)
            seen.append(str(message.header.fields.get(HeaderFields.member, "")))
        return Counter(name for name in seen if name in _ABOUT_SECRETS)
