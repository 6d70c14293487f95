"""What the store tells a person at the start."""

from dataclasses import dataclass
from enum import StrEnum

NEWS = "news"
"""The name of the setting that holds news that were not shown yet."""


class NewsKind(StrEnum):
    """What happened to the list on this computer."""

    RESTORED = "restored"
    STARTED_EMPTY = "started-empty"
    SYNCED_FOLDER = "synced-folder"
    ROWS_SET_ASIDE = "rows-set-aside"


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news. `at` is the time of the restored copy (UTC, ISO 8601), `where` a path or a service's name.

    Without `where`, a restored ledger was not damaged but gone. `count` is the number of rows set aside.
    """

    kind: NewsKind
    at: str = ""
    where: str = ""
    count: int = 0
