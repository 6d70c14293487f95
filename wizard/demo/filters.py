"""Filters of lists in the vendor's notation: field[operator]=value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

from wizard.demo.answers import Call

_KEY = re.compile(r"^(\w+)\[(\w+)\](?:\[\d*\])?$")
_MANY = frozenset({"in", "nin"})

Allowed = Mapping[str, tuple[tuple[str, ...], tuple[str, ...] | str]]
"""By field: the operators, and the allowed values or their kind ("text", "id", "date", "flag")."""


@dataclass(frozen=True)
class Filter:
    """A condition on one field; only `in` and `nin` have several values."""

    field: str
    operator: str
    values: tuple[str, ...]


def parse_filters(call: Call, allowed: Allowed) -> list[Filter]:
    """The filters of a request. Unknown ones are refused or ignored, as set in `Settings`."""
    found: dict[tuple[str, str], list[str]] = {}
    for raw_key, value in _pairs(call.received.query):
        if re.search("%5[bd]", raw_key, re.IGNORECASE) and call.settings.refuse_encoded_brackets:
            raise call.invalid("Brackets in filters must not be percent-encoded.")
        key = unquote_plus(raw_key)
        match = _KEY.match(key)
        if match is None or match[1] not in allowed or match[2] not in allowed[match[1]][0]:
            if call.settings.ignore_unknown_filters:
                continue
            raise call.invalid(f"Unknown filter {key}.")
        _check(call, key, value, allowed[match[1]][1])
        found.setdefault((match[1], match[2]), []).append(value)
    for (name, operator), values in found.items():
        if operator not in _MANY and len(values) > 1:
            raise call.invalid(f"{name}[{operator}] was given more than once.")
    return [Filter(name, operator, tuple(values)) for (name, operator), values in found.items()]


def _pairs(query: str) -> Iterable[tuple[str, str]]:
    for part in query.split("&"):
        if part:
            key, _, value = part.partition("=")
            yield key, unquote_plus(value)


def _check(call: Call, key: str, value: str, kind: tuple[str, ...] | str) -> None:
    if isinstance(kind, tuple):
        is_valid = value in kind
    elif kind == "id":
        is_valid = re.fullmatch("[a-fA-F0-9]{24}", value) is not None
    elif kind == "date":
        is_valid = _moment(value) is not None
    elif kind == "flag":
        is_valid = value in ("true", "false")
    else:
        is_valid = True
    if not is_valid:
        raise call.invalid(f"The value of {key} is not valid.")


def holds(record: Mapping[str, Any], filters: Iterable[Filter], call: Call) -> bool:
    """Whether a record satisfies every filter; a missing value equals no value."""
    key = call.settings.filter_key
    for one in filters:
        value = record.get(one.field)
        if one.operator in ("lt", "gte"):
            at, limit = _moment(str(value)), _moment(one.values[0])
            if at is None or limit is None or (at < limit) != (one.operator == "lt"):
                return False
            continue
        own = {key(_as_text(item)) for item in (value if isinstance(value, list) else [value])}
        is_among = value is not None and not own.isdisjoint(key(item) for item in one.values)
        if is_among != (one.operator in ("eq", "in")):
            return False
    return True


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    # The vendor always sets the milliseconds to zero.
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).replace(microsecond=0)
