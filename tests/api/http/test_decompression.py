"""Compressed answers: decompressed in small steps; corrupted ones are reported."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator

import httpx
import pytest

from wizard.api.http.decompression import decompressed
from wizard.core.problems import Code, Expected

BODY = json.dumps([{"name": f"Group {number}"} for number in range(200)]).encode()


def answer(body: bytes, encoding: str = "", size: int = 7) -> httpx.Response:
    """An answer that comes in pieces of so many bytes."""

    def parts() -> Iterator[bytes]:
        for at in range(0, len(body), size):
            yield body[at : at + size]

    headers = {"content-encoding": encoding} if encoding else {}
    return httpx.Response(200, headers=headers, content=parts())


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [
        (bytes, ""),
        (bytes, "identity"),
        (gzip.compress, "gzip"),
        (gzip.compress, " GZIP"),
        (gzip.compress, "x-gzip"),
        (zlib.compress, "deflate"),
    ],
)
def test_every_encoding_is_read(pack: Callable[[bytes], bytes], encoding: str) -> None:
    assert b"".join(decompressed(answer(pack(BODY), encoding))) == BODY


def test_no_step_is_large() -> None:
    packed = gzip.compress(bytes(20_000_000))
    steps = [len(piece) for piece in decompressed(answer(packed, "gzip", 64 * 1024))]
    assert sum(steps) == 20_000_000
    assert max(steps) <= 256 * 1024


@pytest.mark.parametrize("encoding", ["gzip, gzip", "identity, gzip"])
def test_other_encodings_stay_as_they_are(encoding: str) -> None:
    once = gzip.compress(bytes(20_000_000))
    packed = gzip.compress(once) if encoding == "gzip, gzip" else once
    assert b"".join(decompressed(answer(packed, encoding, 64 * 1024))) == packed


@pytest.mark.parametrize("broken", [b"not packed at all", gzip.compress(BODY)[:40] + b"x" * 200])
def test_a_corrupted_body_is_unreadable(broken: bytes) -> None:
    with pytest.raises(Expected) as problem:
        list(decompressed(answer(broken, "gzip")))
    assert problem.value.code is Code.UNREADABLE_ANSWER
