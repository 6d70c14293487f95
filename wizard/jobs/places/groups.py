"""Find groups: all of them, or the one that a pasted link names."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.core.draft import Place
from wizard.core.groups import Forest, Group, build_tree
from wizard.core.ids import ObjectId
from wizard.core.integration import Found
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import Counted, Report
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.services.connections import Session

_FRESH_S = 60.0
"""Seconds for which a list of integrations is used again while a name is typed."""


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups, or None where the credentials may not read them; and all integrations there are."""

    forest: Forest | None
    integrations: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class GroupWanted:
    """A group by its id, on a customer's platform."""

    customer_id: str
    group_id: ObjectId


def run(services: Services, customer_id: str, report: Report, stop: threading.Event) -> Groups:
    """Read all groups and integrations; reports the number of groups read so far as `Counted`."""
    session = services.connections.session(customer_id, stop, report)
    found: list[Group] = []
    try:
        for page in session.platform.groups(report, stop):
            found += page
            report(Counted(len(found)))
        session.forest = build_tree(found)
    except Expected as problem:
        if problem.code is not Code.INVALID_SCOPE:
            raise
        session.forest = None
    return Groups(session.forest, integrations(services, session, report, stop))


def resolve(services: Services, wanted: GroupWanted, report: Report, stop: threading.Event) -> Place:
    """A pasted group, as far as the credentials can read. Raises `Expected` at the group if there is none."""
    session = services.connections.session(wanted.customer_id, stop, report)
    if session.forest:
        return place(session.forest, wanted.group_id)
    try:
        group = session.platform.group(wanted.group_id, report, stop)
    except Expected as problem:
        if problem.code is Code.INVALID_SCOPE:
            return Place(wanted.group_id)
        if problem.code in (Code.NOT_FOUND, Code.GROUP_NOT_FOUND):
            raise Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP, detail=problem.detail) from None
        raise
    return Place(group.id, (group.name,), is_public=group.is_public)


def place(forest: Forest, group_id: ObjectId) -> Place:
    """A group of the forest with its path. Raises `Expected` at the group if it is not there."""
    path = forest.path(group_id)
    if not path:
        raise Expected(Code.GROUP_NOT_FOUND, field=Field.GROUP)
    return Place(
        id=group_id,
        path=tuple(g.name for g in path),
        subgroups=sum(1 for _ in forest.descendants(group_id)),
        is_public=path[-1].is_public,
        ancestors=tuple(g.id for g in path[:-1]),
    )


def integrations(
    services: Services, session: "Session", report: Report, stop: threading.Event, *, fresh_s: float = _FRESH_S
) -> tuple[Found, ...]:
    """All integrations of the platform, read again if they are older than `fresh_s` seconds."""
    at_s = session.integrations_at_s
    if at_s is None or services.clock() - at_s > fresh_s:
        session.integrations = tuple(session.platform.integrations(report, stop))
        session.integrations_at_s = services.clock()
    return session.integrations
