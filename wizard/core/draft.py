"""The answers of one wizard run: the one place where they are true."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from wizard.core.address import EU, US, Origin, Region, parse_origin
from wizard.core.ids import ObjectId
from wizard.core.integration import PROGRESS_RANGE, Integration, logo_problem
from wizard.core.problems import Code, Expected, Field, Problem


class Step(StrEnum):
    """The five pages, in order. A saved draft holds these names, so they stay as they are when a page is added."""

    CONNECT = "connect"
    PLACE = "place"
    BEHAVIOUR = "behaviour"
    REVIEW = "review"
    CREATE = "create"


class Frequency(StrEnum):
    """How often progress comes back; it decides `defaultCompletion`."""

    OFTEN = "often"
    DAILY = "daily"
    UNSURE = "unsure"

    @property
    def completes_at_launch(self) -> bool:
        """Whether a course counts as completed when opened: seldom progress would block paths (vendor's guide)."""
        return self is not Frequency.OFTEN


@dataclass(frozen=True, slots=True)
class Place:
    """The chosen group, with what was known of it when it was chosen (empty where nothing could be read)."""

    id: ObjectId
    path: tuple[str, ...] = ()
    subgroups: int | None = None
    is_public: bool | None = None
    ancestors: tuple[ObjectId, ...] = ()

    @property
    def name(self) -> str:
        """The group's name, or its id where no name could be read."""
        return self.path[-1] if self.path else self.id


@dataclass(frozen=True, slots=True)
class Author:
    """The chosen author, with what was known of them when they were chosen (empty where nothing could be read)."""

    id: ObjectId
    name: str = ""
    mail: str = ""
    role: str = ""
    status: str = ""
    suitability: str = ""

    @property
    def label(self) -> str:
        """The author's name, or the id where no name could be read."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Connection:
    """The platform that a check reached, and what was typed for it."""

    customer_id: str
    origin: Origin
    client_id: str
    platform_name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All answers so far. `id` is fixed for the life of a draft; empty and None mean "not answered yet".

    The secret is not an answer: it lives in the keychain alone.
    """

    id: str
    customer: str = ""
    region: Region = Region.EU
    address: str = ""
    client_id: str = ""
    connection: Connection | None = None
    group: Place | None = None
    author: Author | None = None
    name: str = ""
    shows_in_subgroups: bool | None = None
    frequency: Frequency | None = None
    start_progress: int = 0
    logo_url: str = ""
    unicolor_logo_url: str = ""
    step: Step = Step.CONNECT

    @property
    def origin(self) -> Origin | None:
        """The platform's origin, or None while the typed address is none."""
        if self.region is not Region.OTHER:
            return EU if self.region is Region.EU else US
        try:
            return parse_origin(self.address)
        except Expected:
            return None

    @property
    def customer_id(self) -> str:
        """The saved customer whose platform was reached, or an empty text."""
        return self.connection.customer_id if self.connection else ""

    @property
    def is_connected(self) -> bool:
        """Whether what is typed on the first page is what was checked."""
        at = self.connection
        return at is not None and (at.origin, at.client_id) == (self.origin, self.client_id)

    @property
    def has_answers(self) -> bool:
        """Whether anything was answered."""
        return replace(self, step=Step.CONNECT) != Draft(self.id)

    def with_answers(self, **answers: Unpack["Answers"]) -> "Draft":
        """This draft with new answers; a changed answer clears those that depend on it (`DEPENDS`)."""
        after = replace(self, **answers)
        cleared: dict[str, Any] = {
            name: None
            for name, causes in DEPENDS.items()
            if name not in answers and any(getattr(self, g) != getattr(after, g) for g in causes)
        }
        after = replace(after, **cleared)
        if after.author and after.author == self.author and after.group != self.group:
            # Keep the person, but not the role and suitability: they were of the other group.
            after = replace(after, author=replace(after.author, role="", suitability=""))
        return after

    def integration(self) -> Integration:
        """The integration that these answers describe. Raises the first of `problems()` if they are not complete."""
        found = self.problems()
        if found or not self.group or not self.author or not self.frequency or self.shows_in_subgroups is None:
            raise found[0]
        return Integration(
            external_platform=self.name,
            group_id=self.group.id,
            author_id=self.author.id,
            default_completion=self.frequency.completes_at_launch,
            default_progress=self.start_progress,
            no_group_propagation=not self.shows_in_subgroups,
            logo_url=self.logo_url,
            unicolor_logo_url=self.unicolor_logo_url,
        )

    def problems(self, step: Step | None = None) -> tuple[Problem, ...]:
        """The answers that are missing or wrong, in the order of the pages; of one page if `step` is given."""
        found = [(s, p) for s, p in self._all_problems() if step in (None, s)]
        return tuple(p for _, p in found)

    def _all_problems(self) -> list[tuple[Step, Problem]]:
        missing = (
            (Step.CONNECT, not self.is_connected, Code.NOT_CONNECTED, Field.CLIENT_ID),
            (Step.PLACE, self.group is None, Code.GROUP_MISSING, Field.GROUP),
            (Step.PLACE, self.author is None, Code.AUTHOR_MISSING, Field.AUTHOR),
            (Step.BEHAVIOUR, not self.name, Code.NAME_MISSING, Field.NAME),
            (Step.BEHAVIOUR, self.shows_in_subgroups is None, Code.SUBGROUPS_MISSING, Field.SUBGROUPS),
            (Step.BEHAVIOUR, self.frequency is None, Code.PROGRESS_MISSING, Field.PROGRESS),
        )
        found: list[tuple[Step, Problem]] = [
            (step, Expected(code, field=field)) for step, is_so, code, field in missing if is_so
        ]
        for url, field in ((self.logo_url, Field.LOGO), (self.unicolor_logo_url, Field.UNICOLOR_LOGO)):
            problem = logo_problem(url, field) if url else None
            if problem:
                found.append((Step.BEHAVIOUR, problem))
        low, high = PROGRESS_RANGE
        if not low <= self.start_progress <= high:
            outside = Expected(Code.START_PROGRESS_RANGE, field=Field.START_PROGRESS, low=low, high=high)
            found.append((Step.BEHAVIOUR, outside))
        return found


class Answers(TypedDict, total=False):
    """Answers to change: the fields of `Draft` that a person fills in, by name."""

    customer: str
    region: Region
    address: str
    client_id: str
    connection: Connection | None
    group: Place | None
    author: Author | None
    name: str
    shows_in_subgroups: bool | None
    frequency: Frequency | None
    start_progress: int
    logo_url: str
    unicolor_logo_url: str


DEPENDS: dict[str, frozenset[str]] = {
    "group": frozenset({"customer_id"}),
    "author": frozenset({"customer_id"}),
}
"""For each answer, those it depends on: it is cleared when one of them changes."""
