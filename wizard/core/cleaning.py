"""Values as they arrive from a clipboard, cleaned at the edge."""

import unicodedata
from dataclasses import dataclass

from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

NAME_LIMIT = 80
CLIENT_ID_LIMIT = 200
SECRET_LIMIT = 1000
"""Characters. A Windows credential holds 2,560 bytes; the vendor's secrets have 32 characters."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value without what a clipboard adds; `was_changed` is worth a note beside the field."""

    value: str
    was_changed: bool


def clean(text: str) -> Cleaned:
    """`text` without surrounding blanks, line breaks, and what nobody can see or, like half a character, write."""
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Cs") or c in "\t\n\r")
    value = visible.strip()
    return Cleaned(value, value != text)


def _one_word(text: str, limit: int, missing: Code, unreadable: Code, field: Field) -> str:
    value = clean(text).value
    if not value:
        raise Expected(missing, field=field)
    if len(value) > limit or not value.isascii() or any(c.isspace() for c in value):
        raise Expected(unreadable, field=field)
    return value


def client_id(text: str) -> str:
    """The client id in `text`. Raises `Expected` at its field."""
    return _one_word(text, CLIENT_ID_LIMIT, Code.CLIENT_ID_MISSING, Code.CLIENT_ID_NOT_READABLE, Field.CLIENT_ID)


def client_secret(text: str) -> Secret:
    """The client secret in `text`. Raises `Expected` at its field; the problem never holds the text."""
    return Secret(_one_word(text, SECRET_LIMIT, Code.SECRET_MISSING, Code.SECRET_NOT_READABLE, Field.CLIENT_SECRET))


def customer_name(text: str) -> str:
    """The customer's name in `text`, on one line. Raises `Expected` at its field."""
    value = " ".join(clean(text).value.split())
    if not value:
        raise Expected(Code.CUSTOMER_MISSING, field=Field.CUSTOMER)
    if len(value) > NAME_LIMIT:
        raise Expected(Code.CUSTOMER_TOO_LONG, field=Field.CUSTOMER, limit=NAME_LIMIT)
    return value


def platform_name(text: str) -> str:
    """The name that learners will see, on one line, without surrounding blanks; empty if there is none.

    The vendor compares names exactly, so a blank at the end would make a second integration with the same face.
    """
    return " ".join(clean(text).value.split())
