"""Our own secrets in somebody else's words: an answer may repeat the request, in whatever writing."""

import html
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import unquote

from wizard.core.secret import Secret

HIDDEN = "***"

_LAYERS = 3
"""Writings inside each other that are looked through, such as JSON in JSON in an address."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


class Mask:
    """Takes secrets out of texts, for texts that were decoded already and not cut yet; no printing shows it."""

    __slots__ = ("_client_id", "_secrets")

    def __init__(self, client_id: str, *secrets: Secret | None) -> None:
        self._client_id = client_id
        self._secrets = tuple(secret for secret in secrets if secret)

    def __repr__(self) -> str:
        return HIDDEN

    def __call__(self, text: str) -> str:
        """The text without the secrets; nothing of it at all where one stands there in another writing."""
        needles = [needle for secret in self._secrets for needle in self._needles(secret.reveal())]
        for needle in needles:
            text = text.replace(needle, HIDDEN)
        plain = _plain(text)
        return HIDDEN if any(_plain(needle) in plain for needle in needles) else text

    def _needles(self, secret: str) -> list[str]:
        """The secret, and what it is in the header of a sign-in (RFC 7617)."""
        pairs = [text.encode("utf-8", "surrogatepass") for text in (secret, f"{self._client_id}:{secret}")]
        packed = [
            encode(pair).decode("ascii").rstrip("=") for pair in pairs for encode in (b64encode, urlsafe_b64encode)
        ]
        return [secret, *packed]


def _plain(text: str) -> str:
    """One writing for all: without the escapes of JSON, of an address and of a page."""
    for _ in range(_LAYERS):
        text = html.unescape(unquote(_ESCAPE.sub(_escaped, text)))
    return text.replace("+", " ")


def _escaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]
