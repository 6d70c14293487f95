"""Our own secrets in other people's text: an answer may repeat the request, in any encoding."""

import html
import re
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import unquote

from wizard.core.secret import Secret

HIDDEN = "***"

_LAYERS = 3
"""Encodings inside each other that are decoded, such as JSON in JSON in a URL."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


class Redaction:
    """Removes secrets from text that was decoded already and is not truncated yet. Prints as `***`."""

    __slots__ = ("_client_id", "_secrets")

    def __init__(self, client_id: str, *secrets: Secret | None) -> None:
        self._client_id = client_id
        self._secrets = tuple(secret for secret in secrets if secret)

    def __repr__(self) -> str:
        return HIDDEN

    def __call__(self, text: str) -> str:
        """The text without the secrets; nothing of it at all if one is left in another encoding."""
        needles = [needle for secret in self._secrets for needle in self._needles(secret.reveal())]
        for needle in needles:
            text = text.replace(needle, HIDDEN)
        decoded = _decoded(text)
        return HIDDEN if any(_decoded(needle) in decoded for needle in needles) else text

    def _needles(self, secret: str) -> list[str]:
        """The secret, and its form in the header of Basic authentication (RFC 7617)."""
        pairs = [text.encode("utf-8", "surrogatepass") for text in (secret, f"{self._client_id}:{secret}")]
        encoded = [
            encode(pair).decode("ascii").rstrip("=") for pair in pairs for encode in (b64encode, urlsafe_b64encode)
        ]
        return [secret, *encoded]


def _decoded(text: str) -> str:
    """The text without the escapes of JSON, URLs and HTML."""
    for _ in range(_LAYERS):
        text = html.unescape(unquote(_ESCAPE.sub(_unescaped, text)))
    return text.replace("+", " ")


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]
