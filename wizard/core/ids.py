"""Ids of the platform."""

import re
from typing import NewType

ObjectId = NewType("ObjectId", str)
"""24 hexadecimal digits in lower case (vendor's OpenAPI: `^[a-fA-F0-9]{24}$`)."""

_OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")


def parse_object_id(text: str) -> ObjectId | None:
    """The id in `text`, or None if it is not an id."""
    text = text.strip()
    return ObjectId(text.lower()) if _OBJECT_ID.fullmatch(text) else None
