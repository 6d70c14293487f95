"""Cleaning and parsing of text that a person typed or pasted."""

import re
import unicodedata
from dataclasses import dataclass

from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

NAME_LIMIT = 80
CLIENT_ID_LIMIT = 200
SECRET_LIMIT = 1000
"""Characters. A Windows credential holds 2,560 bytes; the vendor's secrets have 32 characters."""

BLANK_LETTERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Invisible characters that Unicode classifies as letters, symbols or marks."""

_JOINERS = re.compile("[\u200c\u200d]+")
_JOINED = (
    *((0x0600, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x18AF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    *((0x2190, 0x2BFF), (0xFE0F, 0xFE0F), (0x1F000, 0x1FAFF)),
)
"""Code point ranges in which zero-width joiners are meaningful.

They are Arabic, the scripts of India, Myanmar, Cambodia and Mongolia, and emoji. Elsewhere a joiner is invisible, and
would make two names look alike.
"""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned value, and whether cleaning has changed it."""

    value: str
    was_changed: bool


def clean(text: str) -> Cleaned:
    """`text` without surrounding white space, control and format characters, and lone surrogates."""
    value = "".join(c for c in text if _is_visible(c)).strip()
    return Cleaned(value, value != text)


def _is_visible(character: str) -> bool:
    if character in BLANK_LETTERS:
        return False
    return unicodedata.category(character) not in ("Cf", "Cc", "Cs") or character in "\t\n\r"


def _one_line(text: str) -> str:
    """`text` on one line, with joiners only where they are meaningful."""
    visible = "".join(c for c in text if _is_visible(c) or c in "\u200c\u200d")
    return " ".join(_JOINERS.sub(_joiner, visible).split())


def _joiner(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    is_inside = start > 0 and end < len(text) and _is_joined(text[start - 1]) and _is_joined(text[end])
    return found[0][0] if is_inside else ""


def _is_joined(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _JOINED)


def _one_word(text: str, limit: int, missing: Code, unreadable: Code, field: Field) -> str:
    value = clean(text).value
    if not value:
        raise Expected(missing, field=field)
    if len(value) > limit or not value.isascii() or any(c.isspace() for c in value):
        raise Expected(unreadable, field=field)
    return value


def parse_client_id(text: str) -> str:
    """The client id in `text`. Raises `Expected` at its field."""
    return _one_word(text, CLIENT_ID_LIMIT, Code.CLIENT_ID_MISSING, Code.CLIENT_ID_NOT_READABLE, Field.CLIENT_ID)


def parse_client_secret(text: str) -> Secret:
    """The client secret in `text`. Raises `Expected` at its field, which does not contain the text."""
    return Secret(_one_word(text, SECRET_LIMIT, Code.SECRET_MISSING, Code.SECRET_NOT_READABLE, Field.CLIENT_SECRET))


def parse_customer_name(text: str) -> str:
    """The customer's name in `text`, on one line. Raises `Expected` at its field."""
    value = _one_line(text)
    if not value:
        raise Expected(Code.CUSTOMER_MISSING, field=Field.CUSTOMER)
    if len(value) > NAME_LIMIT:
        raise Expected(Code.CUSTOMER_TOO_LONG, field=Field.CUSTOMER, limit=NAME_LIMIT)
    return value


def clean_platform_name(text: str) -> str:
    """The name that learners will see, on one line, without surrounding white space; it may be empty.

    The vendor compares names exactly: a trailing space would allow a second integration that looks the same.
    """
    return _one_line(text)
