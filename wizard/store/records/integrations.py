"""Rows of `integration` and `check_run`."""

import msgspec

from wizard.core.integration import Difference, Integration, Labels
from wizard.core.saved_integrations import CheckRun, IntegrationStatus, SavedIntegration
from wizard.store.records.ids import object_id


class LabelsRecord(msgspec.Struct):
    """The names behind ids."""

    platform: str = ""
    group: list[str] = []
    author: str = ""

    def to_core(self) -> Labels:
        """The labels."""
        return Labels(self.platform, tuple(self.group), self.author)

    @staticmethod
    def of(labels: Labels) -> "LabelsRecord":
        """The record of labels."""
        return LabelsRecord(labels.platform, list(labels.group), labels.author)


class DesiredRecord(msgspec.Struct):
    """The values of an integration that are no columns of its row."""

    default_completion: bool
    default_progress: int
    no_group_propagation: bool
    logo_url: str = ""
    unicolor_logo_url: str = ""

    @staticmethod
    def of(wanted: Integration) -> "DesiredRecord":
        """The record of an integration's values."""
        return DesiredRecord(
            wanted.default_completion,
            wanted.default_progress,
            wanted.no_group_propagation,
            wanted.logo_url,
            wanted.unicolor_logo_url,
        )


class RequestRecord(DesiredRecord, kw_only=True):
    """All values of an integration."""

    external_platform: str
    group_id: str
    author_id: str

    def to_core(self) -> Integration:
        """The values."""
        return _integration(self.external_platform, self.group_id, self.author_id, self)

    @staticmethod
    def of(wanted: Integration) -> "RequestRecord":
        """The record of an integration's values."""
        desired = msgspec.structs.asdict(DesiredRecord.of(wanted))
        return RequestRecord(
            external_platform=wanted.external_platform, group_id=wanted.group_id, author_id=wanted.author_id, **desired
        )


def _integration(name: str, group_id: str, author_id: str, desired: DesiredRecord) -> Integration:
    return Integration(
        external_platform=name,
        group_id=object_id(group_id),
        author_id=object_id(author_id),
        default_completion=desired.default_completion,
        default_progress=desired.default_progress,
        no_group_propagation=desired.no_group_propagation,
        logo_url=desired.logo_url,
        unicolor_logo_url=desired.unicolor_logo_url,
    )


class IntegrationRecord(msgspec.Struct):
    """A row of `integration`."""

    id: str
    customer_id: str
    remote_id: str
    name: str
    group_id: str
    author_id: str
    desired: DesiredRecord
    labels: LabelsRecord
    status: str
    made_here: bool = True
    is_adopted: bool = False
    created_at: str = ""
    checked_at: str = ""
    removed_at: str = ""
    note: str = ""
    ticket: str = ""

    def to_core(self) -> SavedIntegration:
        """The integration, without the differences of its last check, which are another row."""
        return SavedIntegration(
            id=self.id,
            customer_id=self.customer_id,
            remote_id=object_id(self.remote_id),
            desired=_integration(self.name, self.group_id, self.author_id, self.desired),
            labels=self.labels.to_core(),
            status=IntegrationStatus(self.status),
            made_here=self.made_here,
            is_adopted=self.is_adopted,
            created_at=self.created_at,
            checked_at=self.checked_at,
            removed_at=self.removed_at,
            note=self.note,
            ticket=self.ticket,
        )

    @staticmethod
    def of(saved: SavedIntegration) -> "IntegrationRecord":
        """The row of a saved integration."""
        return IntegrationRecord(
            id=saved.id,
            customer_id=saved.customer_id,
            remote_id=saved.remote_id,
            name=saved.desired.external_platform,
            group_id=saved.desired.group_id,
            author_id=saved.desired.author_id,
            desired=DesiredRecord.of(saved.desired),
            labels=LabelsRecord.of(saved.labels),
            status=saved.status.value,
            made_here=saved.made_here,
            is_adopted=saved.is_adopted,
            created_at=saved.created_at,
            checked_at=saved.checked_at,
            removed_at=saved.removed_at,
            note=saved.note,
            ticket=saved.ticket,
        )


class DifferenceRecord(msgspec.Struct):
    """One value that was not as wanted."""

    name: str
    wanted: str | int | bool
    found: str | int | bool | None


class CheckRunRecord(msgspec.Struct):
    """A row of `check_run`."""

    id: int | None
    integration_id: str
    at: str
    result: str
    differences: list[DifferenceRecord]

    def to_core(self) -> CheckRun:
        """The check."""
        differences = tuple(Difference(one.name, one.wanted, one.found) for one in self.differences)
        return CheckRun(self.id or 0, self.integration_id, self.at, IntegrationStatus(self.result), differences)

    @staticmethod
    def of(check: CheckRun) -> "CheckRunRecord":
        """The row of a check; the database numbers it."""
        differences = [DifferenceRecord(one.name, one.wanted, one.found) for one in check.differences]
        return CheckRunRecord(check.id or None, check.integration_id, check.at, check.result.value, differences)
