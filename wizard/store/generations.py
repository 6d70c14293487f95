"""Which copies of the ledger are kept: the last ten, one an hour for a day, one a day for a month."""

from collections.abc import Iterable
from datetime import datetime, timedelta

LAST = 10
HOURLY = timedelta(days=1)
DAILY = timedelta(days=30)


def kept(times: Iterable[datetime]) -> set[datetime]:
    """The times (UTC) of the copies to keep. Of each hour and day it is the newest copy.

    Ages count from the newest copy, so a clock that was changed removes nothing by itself.
    """
    newest_first = sorted(set(times), reverse=True)
    keep = set(newest_first[:LAST])
    hours: set[str] = set()
    days: set[str] = set()
    for time in newest_first:
        age = newest_first[0] - time
        hour, day = time.strftime("%Y%m%d%H"), time.strftime("%Y%m%d")
        if (age <= HOURLY and hour not in hours) or (age <= DAILY and day not in days):
            keep.add(time)
        hours.add(hour)
        days.add(day)
    return keep
