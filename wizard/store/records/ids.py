"""Ids in records."""

from wizard.core.ids import ObjectId, parse_object_id


def object_id(text: str) -> ObjectId:
    """The id. Raises `ValueError` if it is none."""
    found = parse_object_id(text)
    if found is None:
        raise ValueError("no ObjectId")
    return found
