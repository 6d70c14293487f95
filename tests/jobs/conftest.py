"""A practice platform without rate limits, and a computer beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.bench import Bench
from wizard.demo import PracticePlatform, Settings


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running platform with the sample customer; a mistake inside it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def bench(platform: PracticePlatform, tmp_path: Path) -> Iterator[Bench]:
    """A computer with one saved customer; the pauses between two tries are short."""
    made = Bench(platform, tmp_path / "data")
    yield made
    made.close()
