"""Reading a list page by page (RFC 8288: the `Link` header names the next page)."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

from wizard.api.answer import Answer
from wizard.core.address import Origin
from wizard.core.problems import Code, Expected

_T = TypeVar("_T")

PAGES_MAX = 1_000
"""Pages of one list; the longest known one, 30,000 groups, has 60."""
ITEMS_MAX = 300_000
LIST_MAX_BYTES = 128 * 1024 * 1024
"""All pages of one list: 300,000 people of 400 bytes, which is what the documented values need."""

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)")
_REL_NEXT = re.compile(r";\s*rel\s*=\s*(?:\"[^\"]*\bnext\b[^\"]*\"|next\b)", re.IGNORECASE)


def read_pages(
    read: Callable[[str], Answer], path: str, origin: Origin, decoder: "msgspec.json.Decoder[list[_T]]"
) -> Iterator[list[_T]]:
    """The items of each page; `read` fetches the page at a path. Raises `Expected` on a list that never ends."""
    at: str | None = path
    seen: set[str] = set()
    count = size = 0
    while at is not None:
        if at in seen or len(seen) >= PAGES_MAX:
            raise Expected(Code.LIST_NOT_FINISHED, pages=len(seen))
        seen.add(at)
        answer = read(at)
        items = answer.read(decoder)
        count, size = count + len(items), size + len(answer.body)
        if count > ITEMS_MAX or size > LIST_MAX_BYTES:
            raise Expected(Code.LIST_NOT_FINISHED, pages=len(seen))
        yield items
        at = next_page(answer.link, at, origin) if answer.link else None


def next_page(link: str, at: str, origin: Origin) -> str | None:
    """The path and query of the next page that a `Link` header names, or None on the last page.

    `at` is the path of the page just read. Raises `Expected` if the link leads to another origin: the token goes
    with every request.
    """
    for target, parameters in _LINK.findall(link):
        if _REL_NEXT.search(parameters):
            return _path_on(origin, target.strip(), at)
    return None


def _path_on(origin: Origin, target: str, at: str) -> str:
    """The path and query of a link that must stay on the origin."""
    here = urlsplit(origin)
    try:
        there = urlsplit(urljoin(origin + at, target))
        is_same = (there.scheme, there.hostname, _port(there)) == (here.scheme, here.hostname, _port(here))
    except ValueError:
        raise Expected(Code.REDIRECTED, host=here.netloc) from None
    if not is_same or "@" in there.netloc:
        raise Expected(Code.REDIRECTED, host=here.netloc)
    return f"{there.path}?{there.query}" if there.query else there.path


def _port(url: SplitResult) -> int | None:
    """The port, also where the scheme implies it. Raises `ValueError` on one that is no number."""
    return url.port or {"https": 443, "http": 80}.get(url.scheme)
