"""The list of the saved integrations, for other programs and for a terminal."""

import json
from collections.abc import Iterable

from wizard.core.creation import Creation
from wizard.core.customers import Customer

Row = tuple[Creation, Customer | None]
"""A saved integration and its customer, None for one that is gone."""


def as_json(rows: Iterable[Row]) -> str:
    """A JSON array of objects with the API's own field names; this form never changes."""
    return json.dumps([_entry(*row) for row in rows], indent=2, ensure_ascii=False) + "\n"


def as_table(rows: Iterable[Row]) -> str:
    """One line an integration: id, name, customer."""
    return "".join(_line(*row) for row in rows)


def _line(creation: Creation, customer: Customer | None) -> str:
    whose = f"  ({customer.title})" if customer else ""
    text = f"{creation.integration_id}  {creation.wanted.external_platform}{whose}"
    # Names come from outside: keep control characters from the terminal.
    return "".join(c if c.isprintable() else " " for c in text) + "\n"


def _entry(creation: Creation, customer: Customer | None) -> dict[str, object]:
    return {
        "_id": creation.integration_id,
        "customer": customer and customer.label,
        "platformUrl": customer and customer.origin,
        **creation.wanted.body(),
        "state": creation.state.value,
        "createdAt": creation.created_at or None,
        "verifiedAt": creation.verified_at or None,
    }
