"""The body of an answer, decompressed in small steps."""

import zlib
from collections.abc import Iterator

import httpx

from wizard.core.problems import Code, Expected

_STEP_BYTES = 256 * 1024
"""Output of one step: decompression holds the interpreter lock, and can expand its input a thousand times."""

_ENCODINGS = frozenset({"gzip", "x-gzip", "deflate"})


def decompressed(response: httpx.Response) -> Iterator[bytes]:
    """The body, piece by piece. We ask for no compression, but a proxy may compress all the same.

    Raises `Expected` on a body that cannot be decompressed.
    """
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        # Raw: HTTPX would decompress "gzip, gzip" in one step, to a million times its size. Any other encoding
        # is no JSON, and is reported as unreadable.
        yield from response.iter_raw()
        return
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 32)  # detects gzip and deflate by the first bytes
    try:
        for piece in response.iter_raw():
            rest = piece
            while rest and not decompressor.eof:
                yield decompressor.decompress(rest, _STEP_BYTES)
                rest = decompressor.unconsumed_tail
        yield decompressor.flush()
    except zlib.error as error:
        raise Expected(Code.UNREADABLE_ANSWER, status=response.status_code, detail=type(error).__name__) from None
