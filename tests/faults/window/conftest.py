"""The scene of the journeys: a platform, a computer, a person, a heartbeat, and the search for what leaked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.stage import Stranger
from tests.journeys.conftest import logged, platform, scene

__all__ = ["logged", "platform", "scene", "stranger"]


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    """A server of somebody else, which must never be asked."""
    made = Stranger()
    with made.platform:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says that its stand-in for one has no size hints; that is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
