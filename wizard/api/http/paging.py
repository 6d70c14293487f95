"""From one page of a list to the next."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from wizard.core.address import Origin
from wizard.core.problems import Code, Expected

PAGES_LIMIT = 1_000
"""Pages of one list; the longest known one, 30,000 groups, has 60."""
ITEMS_LIMIT = 300_000
LIST_LIMIT = 128 * 1024 * 1024
"""Bytes of one list: 300,000 people of 400 bytes, which is what the documented values need."""

_NEXT = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s;,\"]*))?)*)")
_IS_NEXT = re.compile(r";\s*rel\s*=\s*(?:\"[^\"]*\bnext\b[^\"]*\"|next\b)", re.IGNORECASE)


def next_page(link: str, at: str, origin: Origin) -> str | None:
    """The path and query of the next page that a `Link` header names, or None on the last page.

    `at` is the path of the page just read. Raises `Expected` if the link leads to another origin: the token goes
    with every request.
    """
    for target, parameters in _NEXT.findall(link):
        if _IS_NEXT.search(parameters):
            return _inside(target.strip(), at, origin)
    return None


def _inside(target: str, at: str, origin: Origin) -> str:
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
    """The port that is meant, also where it goes without saying."""
    return url.port or {"https": 443, "http": 80}.get(url.scheme)
