"""Is a name free in a group, and could learners mistake it for another?"""

import threading
from dataclasses import dataclass

from wizard.core.draft import Place
from wizard.core.integration import Found, lookalikes, namesakes
from wizard.core.progress import Report
from wizard.jobs.places import groups
from wizard.services import Services


@dataclass(frozen=True, slots=True)
class NameWanted:
    """A name for a group."""

    customer_id: str
    group: Place
    name: str


@dataclass(frozen=True, slots=True)
class NameState:
    """Who has the name already, and who has one like it in the group or above, with the name of that group."""

    taken_by: Found | None
    alike: tuple[tuple[Found, str], ...]
    in_group: int


def run(services: Services, wanted: NameWanted, report: Report, stop: threading.Event) -> NameState:
    """Look the name up; what was read in the last minute is not read again."""
    session = services.connections.session(wanted.customer_id, stop, report)
    known = groups.integrations(services, session, report, stop)
    taken = namesakes(wanted.name, wanted.group.id, known)
    near = lookalikes(wanted.name, (wanted.group.id, *wanted.group.ancestors), known)
    names = dict(zip((*wanted.group.ancestors, wanted.group.id), wanted.group.path, strict=False))
    return NameState(
        taken_by=taken[0] if taken else None,
        alike=tuple((f, names.get(f.group_id or wanted.group.id, "")) for f in near if f not in taken),
        in_group=sum(1 for f in known if f.group_id == wanted.group.id),
    )
