"""A small soak in every run of the tests."""

import sys

import pytest

from tests.faults.kills import KillReport
from tests.soak.workers import Soak

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills with SIGKILL")

if sys.platform != "win32":
    from tests.soak.workers import soak


def test_sixty_kills_lose_and_double_nothing() -> None:
    done = soak(60, seed=3)
    assert done.is_good, done.text()
    assert done.counts.kills == 60
    assert done.counts.wanted >= 40
    # The moments are spread over the whole way: some before the plan, some after the proof, many between.
    assert done.counts.killed >= 10
    assert done.counts.cards >= 5


def test_what_is_lost_or_doubled_is_told() -> None:
    for wrong in (KillReport(2, 2, 1, 0), KillReport(2, 2, 0, 1), KillReport(2, 1, 0, 0)):
        assert not Soak(2, 1, 1, wrong).is_good
    good = Soak(2, 1, 1, KillReport(2, 2, 0, 0, 1, 1, 2))
    assert good.is_good
    assert "doubled                        0" in good.text()
