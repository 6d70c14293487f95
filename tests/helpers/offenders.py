"""One test over many things that names everything wrong, not only the first."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import pytest

T = TypeVar("T")


def assert_clean(things: Iterable[T], complaints: Callable[[T], Iterable[str]]) -> None:
    """Fail with every complaint about every thing, one per line and uncut; fail too if there are no things.

    A thing is named by its `str`. An exception that `complaints` raises is one more complaint about that thing.
    """
    checked = list(things)
    lines = [f"{thing}: {complaint}" for thing in checked for complaint in _collected(thing, complaints)]
    if not checked:
        lines = ["nothing was checked"]
    if lines:
        pytest.fail("\n".join([f"{len(lines)} in {len(checked)} checked", *lines]), pytrace=False)


def _collected(thing: T, complaints: Callable[[T], Iterable[str]]) -> Iterator[str]:
    # Go on after an exception: otherwise the first thing that raises hides all others.
    try:
        yield from complaints(thing)
    except Exception as error:
        yield f"raised {error!r}"
