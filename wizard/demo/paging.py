"""Pages of lists, with an opaque cursor in the Link header that contains the filters."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from wizard.demo.answers import Answer, Call
from wizard.demo.filters import Allowed, Filter, holds, parse_filters


def page(
    call: Call,
    kind: str,
    records: Iterable[Any],
    to_json: Callable[[Any], Any],
    allowed: Allowed,
    hidden: Callable[[Any], dict[str, Any]] | None = None,
) -> Answer:
    """Answer one page of a list, with a Link header if more follow.

    `hidden` returns values that can be filtered by but are not shown.
    """
    start, filters = _position(call, allowed)
    size = call.settings.page_sizes[kind]
    if filters:
        matching = [
            shown
            for record in records
            if holds((shown := to_json(record)) | (hidden(record) if hidden else {}), filters, call)
        ]
        part, total = matching[start : start + size], len(matching)
    else:
        # Serialise the records of this page only: a customer may have 30,000 groups.
        unfiltered = list(records)
        part, total = [to_json(one) for one in unfiltered[start : start + size]], len(unfiltered)
    headers = {}
    if start + size < total:
        path = f"{call.received.path}?next={_cursor(call, start + size, filters)}"
        target = call.origin + path if call.settings.absolute_links else path
        headers["Link"] = f'<{target}>; rel="next"'
    return Answer(200, part, headers)


def _position(call: Call, allowed: Allowed) -> tuple[int, list[Filter]]:
    cursor = parse_qs(call.received.query).get("next")
    if not cursor:
        return 0, parse_filters(call, allowed)
    try:
        signature, _, packed = cursor[0].partition(".")
        if signature != _signature(packed):
            raise ValueError
        padded = packed + "=" * (-len(packed) % 4)
        path, start, raw = json.loads(base64.urlsafe_b64decode(padded))
        if path != call.received.path:
            raise ValueError
    except ValueError:
        raise call.invalid("The value of next is not valid.") from None
    return start, [Filter(name, operator, tuple(values)) for name, operator, values in raw]


def _cursor(call: Call, start: int, filters: list[Filter]) -> str:
    content = [call.received.path, start, [[f.field, f.operator, f.values] for f in filters]]
    packed = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    return f"{_signature(packed)}.{packed}"


def _signature(packed: str) -> str:
    # Detects clients that make or change cursors themselves.
    return hashlib.sha256(f"cursor {packed}".encode()).hexdigest()[:12]
