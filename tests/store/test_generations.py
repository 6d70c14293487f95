"""Copies by age: the last ten, one an hour for a day, one a day for a month."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wizard.store.generations import DAILY, HOURLY, LAST, kept

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
TIMES = st.lists(st.integers(0, 60 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=200)


@given(TIMES)
def test_what_is_kept(times: list[datetime]) -> None:
    keep = kept(times)
    assert keep <= set(times)
    assert set(sorted(set(times), reverse=True)[:LAST]) <= keep
    newest = max(times, default=NOW)
    for time in times:
        same_hour = [t for t in keep if t.replace(minute=0) == time.replace(minute=0) and t >= time]
        same_day = [t for t in keep if t.date() == time.date() and t >= time]
        assert same_hour or newest - time > HOURLY
        assert same_day or newest - time > DAILY
    # 25 hours and 31 days are touched at most.
    assert len(keep) <= LAST + 25 + 31


@given(TIMES)
def test_what_was_pruned_at_each_copy_is_pruned_as_if_at_once(times: list[datetime]) -> None:
    left: set[datetime] = set()
    for time in sorted(set(times)):
        left = kept({*left, time})
    assert left == kept(times)


def test_twelve_changes_in_a_row_do_not_cost_yesterday() -> None:
    yesterday = NOW - timedelta(days=1, hours=3)
    assert yesterday in kept([yesterday, *(NOW + timedelta(seconds=n) for n in range(12))])


def test_none() -> None:
    assert kept([]) == set()
