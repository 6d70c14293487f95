"""Rows of `draft`."""

import msgspec

from wizard.core.address import Origin, Region
from wizard.core.draft import Author, Connection, Draft, Frequency, Place, Step
from wizard.store.records.ids import object_id


class PlaceRecord(msgspec.Struct):
    """The chosen group."""

    id: str
    path: list[str] = []
    subgroups: int | None = None
    is_public: bool | None = None
    ancestors: list[str] = []

    def to_core(self) -> Place:
        """The group."""
        ancestors = tuple(object_id(one) for one in self.ancestors)
        return Place(object_id(self.id), tuple(self.path), self.subgroups, self.is_public, ancestors)

    @staticmethod
    def of(place: Place) -> "PlaceRecord":
        """The record of a group."""
        return PlaceRecord(place.id, list(place.path), place.subgroups, place.is_public, list(place.ancestors))


class AuthorRecord(msgspec.Struct):
    """The chosen author."""

    id: str
    name: str = ""
    mail: str = ""
    role: str = ""
    status: str = ""
    suitability: str = ""

    def to_core(self) -> Author:
        """The author."""
        return Author(object_id(self.id), self.name, self.mail, self.role, self.status, self.suitability)

    @staticmethod
    def of(author: Author) -> "AuthorRecord":
        """The record of an author."""
        return AuthorRecord(author.id, author.name, author.mail, author.role, author.status, author.suitability)


class ConnectionRecord(msgspec.Struct):
    """The platform that was reached."""

    customer_id: str
    origin: str
    client_id: str
    platform_name: str = ""

    def to_core(self) -> Connection:
        """The connection."""
        return Connection(self.customer_id, Origin(self.origin), self.client_id, self.platform_name)

    @staticmethod
    def of(made: Connection) -> "ConnectionRecord":
        """The record of a connection."""
        return ConnectionRecord(made.customer_id, made.origin, made.client_id, made.platform_name)


class AnswersRecord(msgspec.Struct):
    """All answers of a draft."""

    customer: str = ""
    region: str = "eu"
    address: str = ""
    client_id: str = ""
    connection: ConnectionRecord | None = None
    group: PlaceRecord | None = None
    author: AuthorRecord | None = None
    name: str = ""
    shows_in_subgroups: bool | None = None
    frequency: str | None = None
    start_progress: int = 0
    logo_url: str = ""
    unicolor_logo_url: str = ""
    step: str = "connect"


class DraftRecord(msgspec.Struct):
    """A row of `draft`."""

    id: str
    answers: AnswersRecord
    kept_at: str = ""

    def to_core(self) -> Draft:
        """The draft."""
        answers = self.answers
        return Draft(
            id=self.id,
            customer=answers.customer,
            region=Region(answers.region),
            address=answers.address,
            client_id=answers.client_id,
            connection=answers.connection.to_core() if answers.connection else None,
            group=answers.group.to_core() if answers.group else None,
            author=answers.author.to_core() if answers.author else None,
            name=answers.name,
            shows_in_subgroups=answers.shows_in_subgroups,
            frequency=None if answers.frequency is None else Frequency(answers.frequency),
            start_progress=answers.start_progress,
            logo_url=answers.logo_url,
            unicolor_logo_url=answers.unicolor_logo_url,
            # A page of a newer program: the answers count, the place to go on does not.
            step=Step(answers.step) if answers.step in set(Step) else Step.CONNECT,
        )

    @staticmethod
    def of(draft: Draft, kept_at: str) -> "DraftRecord":
        """The row of a draft."""
        answers = AnswersRecord(
            customer=draft.customer,
            region=draft.region.value,
            address=draft.address,
            client_id=draft.client_id,
            connection=ConnectionRecord.of(draft.connection) if draft.connection else None,
            group=PlaceRecord.of(draft.group) if draft.group else None,
            author=AuthorRecord.of(draft.author) if draft.author else None,
            name=draft.name,
            shows_in_subgroups=draft.shows_in_subgroups,
            frequency=draft.frequency and draft.frequency.value,
            start_progress=draft.start_progress,
            logo_url=draft.logo_url,
            unicolor_logo_url=draft.unicolor_logo_url,
            step=draft.step.value,
        )
        return DraftRecord(draft.id, answers, kept_at)
