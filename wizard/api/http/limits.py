"""Limits of size and time of one exchange."""

from dataclasses import dataclass

# Decoding holds Python's interpreter lock, so the largest answer bounds how long the window can freeze.
PAGE_MAX_BYTES = 2 * 1024 * 1024
"""One page of a list: 500 users are the largest, and 4 kB for each are several times what is documented."""
OBJECT_MAX_BYTES = 256 * 1024
"""One object or a token; the longest documented one, a person, has less than 2 kB."""
PROBE_MAX_BYTES = 8 * 1024 * 1024
"""A page that is not decoded; 500 courses come with their descriptions in every language."""
REFUSAL_MAX_BYTES = 64 * 1024
"""The part of an error answer that is read; the status alone tells most of it."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds for a connection, for the next bytes, and for one whole exchange however slowly the bytes come."""

    connect_s: float = 5.0
    read_s: float = 10.0
    exchange_s: float = 60.0
