"""A stand-in for the window in which GNOME asks for the password of a keychain: it opens, and stays until told.

The keychain is the real one, and this is what it talks to instead of gcr-prompter or GNOME's shell: the interface
`org.gnome.keyring.internal.Prompter` on the session bus. Nothing appears on the screen, so nothing takes the keyboard.
"""

import os
from base64 import b64decode, b64encode
from configparser import ConfigParser

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

_NAME = "org.gnome.keyring.SystemPrompter"
_CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"
_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA237327FFFFFFFFFFFFFFFF",
    16,
)
_LENGTH = 192
"""The prime of RFC 3526 with 1,536 bits, and its bytes."""


class Prompter:
    """Takes the place of the system's prompter on one session bus; looks at the bus whenever `is_open` is asked."""

    def __init__(self, session_address: str) -> None:
        self._connection = open_dbus_connection(session_address)
        self._connection.send_and_get_reply(message_bus.RequestName(_NAME))
        self._open: dict[str, DBusAddress] = {}
        self._keys: dict[str, _Exchange] = {}
        self.count = 0
        """How many prompts were ever open."""

    def __enter__(self) -> "Prompter":
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    @property
    def is_open(self) -> bool:
        """Whether a prompt is open now."""
        self._serve()
        return bool(self._open)

    def dismiss(self) -> None:
        """Press Cancel in the prompt that is open."""
        path, callback = self._taken()
        self._tell(callback, "no", self._keys[path].begun())

    def answer(self, password: str) -> None:
        """Type the password, or choose one for a new keychain, and press the button."""
        path, callback = self._taken()
        self._tell(callback, "yes", self._keys[path].hidden(password))

    def _taken(self) -> tuple[str, DBusAddress]:
        assert self.is_open, "no prompt is open"
        return self._open.popitem()

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                self._connection.send(new_method_return(message))
                self._heed(message)

    def _heed(self, message: Message) -> None:
        path = str(message.body[0])
        callback = DBusAddress(path, message.header.fields[HeaderFields.sender], _CALLBACK)
        match message.header.fields[HeaderFields.member]:
            case "BeginPrompting":
                self._keys[path] = _Exchange()
                self._tell(callback, "", self._keys[path].begun())
            case "PerformPrompt":
                _, kind, _, theirs = message.body
                self._keys[path].hear(theirs)
                if kind == "confirm":
                    # Whether a new password may be as weak as we let it seem.
                    self._tell(callback, "yes", self._keys[path].begun())
                else:
                    self._open[path] = callback
                    self.count += 1
            case "StopPrompting":
                self._open.pop(path, None)
                self._connection.send(new_method_call(callback, "PromptDone"))

    def _tell(self, callback: DBusAddress, reply: str, exchange: str) -> None:
        self._connection.send(new_method_call(callback, "PromptReady", "sa{sv}s", (reply, {}, exchange)))


class _Exchange:
    """One exchange of keys (`sx-aes-1` of gcr), so that a password is not to be read on the bus."""

    def __init__(self) -> None:
        self._mine = int.from_bytes(os.urandom(64), "big")
        self._public = pow(2, self._mine, _PRIME).to_bytes(_LENGTH, "big")
        self._key = b""

    def begun(self) -> str:
        """The message without a password: the first one from this side, and the one of Cancel."""
        return _message(public=self._public)

    def hear(self, message: str) -> None:
        """Take the other side's key."""
        theirs = ConfigParser()
        theirs.read_string(message)
        shared = pow(int.from_bytes(b64decode(theirs["sx-aes-1"]["public"]), "big"), self._mine, _PRIME)
        self._key = HKDF(SHA256(), 16, None, b"").derive(shared.to_bytes(_LENGTH, "big"))

    def hidden(self, password: str) -> str:
        """The message with a password in it."""
        start, padder = os.urandom(16), padding.PKCS7(128).padder()
        encryptor = Cipher(AES(self._key), CBC(start)).encryptor()
        padded = padder.update(password.encode()) + padder.finalize()
        return _message(public=self._public, secret=encryptor.update(padded) + encryptor.finalize(), iv=start)


def _message(**values: bytes) -> str:
    return "[sx-aes-1]\n" + "".join(f"{name}={b64encode(value).decode()}\n" for name, value in values.items())
