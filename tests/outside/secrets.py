"""A look into a desktop's keychain that does not go through the program."""

import time

import secretstorage
from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


class Secrets:
    """The keychain on one session bus."""

    def __init__(self, session_address: str) -> None:
        self._connection = open_dbus_connection(session_address)

    def __enter__(self) -> "Secrets":
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the keychain is there, and open; whether it is."""
        deadline_s = time.monotonic() + timeout_s
        while time.monotonic() < deadline_s:
            asked = new_method_call(_BUS, "NameHasOwner", "s", ("org.freedesktop.secrets",))
            if self._connection.send_and_get_reply(asked).body[0]:
                try:
                    return not secretstorage.Collection(self._connection).is_locked()
                except secretstorage.exceptions.ItemNotFoundException:
                    pass  # the keychain itself is still being made
            time.sleep(0.02)
        return False

    def lock(self) -> None:
        """Lock it; only its password opens it again."""
        secretstorage.Collection(self._connection).lock()

    def all(self) -> dict[str, str]:
        """Every secret in it, by the name of its account."""
        items = secretstorage.Collection(self._connection).get_all_items()
        return {item.get_attributes().get("username", ""): item.get_secret().decode() for item in items}
