"""What the store tells a person at the start."""

from dataclasses import dataclass
from enum import StrEnum

NEWS = "news"
"""Under which name a ledger keeps what nobody was told of it yet."""


class NewsKind(StrEnum):
    """What happened to the list on this computer."""

    RESTORED = "restored"
    STARTED_EMPTY = "started-empty"
    SYNCED_FOLDER = "synced-folder"


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news; `at` is the time of the copy that was restored (UTC, ISO 8601), `where` a path or a name.

    Without `where`, nothing was damaged: the ledger was gone.
    """

    kind: NewsKind
    at: str = ""
    where: str = ""
