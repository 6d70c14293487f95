"""The pieces of an answer's body, unpacked in small steps."""

import zlib
from collections.abc import Iterator

import httpx

from wizard.core.problems import Code, Expected

_STEP = 256 * 1024
"""Bytes of one step: a packed answer may be a thousand times larger than what travels, and the window is waiting."""

_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


def pieces(response: httpx.Response) -> Iterator[bytes]:
    """The body, piece by piece. We ask for none that is packed, but something on the way may pack it all the same."""
    if response.headers.get("content-encoding", "").strip().lower() not in _PACKED:
        # As they came, and not as HTTPX would unpack "gzip, gzip": that knows no steps, and a thousand times a thousand
        # is more than any computer holds. Whatever else is packed is no JSON, and is said to be unreadable.
        yield from response.iter_raw()
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # either of the two, as its first bytes tell
    try:
        for packed in response.iter_raw():
            rest = packed
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise Expected(Code.UNREADABLE_ANSWER, status=response.status_code, detail=type(error).__name__) from None
