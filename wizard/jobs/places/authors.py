"""Find authors: the people with a role in a group, or the one that a link, an id or an address names."""

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.core.draft import Author, Place
from wizard.core.ids import ObjectId
from wizard.core.people import AUTHOR_ROLES, INHERITED_ROLES, Person, Role, Status, best_role, suitability
from wizard.core.problems import Code, Expected, Field
from wizard.core.progress import Counted, Report
from wizard.services import Services

if TYPE_CHECKING:
    from wizard.api.v2.client import Client

_ONE_BY_ONE = 30
"""Up to this number, people are read one by one; above it, the whole list is fewer requests."""

_UNKNOWN_PERSON = frozenset({Code.NOT_FOUND, Code.USER_NOT_FOUND})


@dataclass(frozen=True, slots=True)
class AuthorsWanted:
    """The group whose authors are wanted."""

    customer_id: str
    group: Place


@dataclass(frozen=True, slots=True)
class AuthorWanted:
    """One person, by id or by address, as author in a group."""

    customer_id: str
    group: Place
    user_id: ObjectId | None = None
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Authors:
    """Who can be author, the strongest role first; None where the credentials may not read roles or people."""

    people: tuple[Author, ...] | None


Roles = dict[ObjectId, tuple[Role | None, Role | None]]
"""For each person the strongest role in the group and in the groups above it."""


def run(services: Services, wanted: AuthorsWanted, report: Report, stop: threading.Event) -> Authors:
    """Everybody who can be author in the group, by a role in it or by an inherited one."""
    platform = services.connections.session(wanted.customer_id, stop, report).platform
    try:
        roles = _roles(platform, wanted.group, report, stop)
        able = {i: r for i, r in roles.items() if r[0] in AUTHOR_ROLES or r[1] in INHERITED_ROLES}
        people = _people(platform, set(able), report, stop)
    except Expected as problem:
        if problem.code is Code.INVALID_SCOPE:
            return Authors(None)
        raise
    order = list(Role)
    authors = [_author(p, able[p.id], is_known=True) for p in people if p.status is not Status.DELETED]
    authors.sort(key=lambda a: (order.index(Role(a.role)), a.name.casefold(), a.id))
    return Authors(tuple(authors))


def resolve(services: Services, wanted: AuthorWanted, report: Report, stop: threading.Event) -> Author:
    """One person, as far as the credentials can read. Raises `Expected` at the author for none, or a deleted one."""
    platform = services.connections.session(wanted.customer_id, stop, report).platform
    person = _person(platform, wanted, report, stop)
    if person.status is Status.DELETED:
        raise Expected(Code.AUTHOR_DELETED, field=Field.AUTHOR, name=person.name)
    try:
        roles = _roles(platform, wanted.group, report, stop)
    except Expected as problem:
        if problem.code in (Code.STOPPED, Code.INVALID_TOKEN):
            raise
        return _author(person, (None, None), is_known=False)
    return _author(person, roles.get(person.id, (None, None)), is_known=True)


def _person(platform: "Client", wanted: AuthorWanted, report: Report, stop: threading.Event) -> Person:
    if wanted.mail:
        return _by_mail(platform, wanted.mail, report, stop)
    return _by_id(platform, wanted.user_id, report, stop)


def _by_id(platform: "Client", user_id: ObjectId | None, report: Report, stop: threading.Event) -> Person:
    if user_id is None:
        raise Expected(Code.AUTHOR_NOT_READABLE, field=Field.AUTHOR)
    try:
        return platform.user(user_id, report, stop)
    except Expected as problem:
        if problem.code is Code.INVALID_SCOPE:
            return Person(user_id)
        if problem.code in _UNKNOWN_PERSON:
            raise Expected(Code.USER_NOT_FOUND, field=Field.AUTHOR, detail=problem.detail) from None
        raise


def _by_mail(platform: "Client", mail: str, report: Report, stop: threading.Event) -> Person:
    pages = platform.users(report, stop, mail=mail)
    found = [p for page in pages for p in page if p.mail.casefold() == mail.casefold()]
    alive = [p for p in found if p.status is not Status.DELETED]
    if not alive:
        raise Expected(Code.AUTHOR_UNKNOWN_MAIL, field=Field.AUTHOR, mail=mail)
    return alive[0]


def _roles(platform: "Client", group: Place, report: Report, stop: threading.Event) -> Roles:
    here: defaultdict[ObjectId, set[Role]] = defaultdict(set)
    above: defaultdict[ObjectId, set[Role]] = defaultdict(set)
    for membership in platform.group_roles(group.id, report, stop):
        here[membership.user_id].add(membership.role)
    for ancestor in group.ancestors:
        for membership in platform.group_roles(ancestor, report, stop):
            above[membership.user_id].add(membership.role)
    return {i: (best_role(here[i]), best_role(above[i])) for i in (*here, *above)}


def _people(platform: "Client", ids: set[ObjectId], report: Report, stop: threading.Event) -> list[Person]:
    found: list[Person] = []
    if len(ids) <= _ONE_BY_ONE:
        for user_id in sorted(ids):
            try:
                found.append(platform.user(user_id, report, stop))
            except Expected as problem:
                # A list of roles can still contain deleted users.
                if problem.code not in _UNKNOWN_PERSON:
                    raise
            report(Counted(len(found)))
        return found
    for page in platform.users(report, stop):
        found += (p for p in page if p.id in ids)
        report(Counted(len(found)))
        if len(found) >= len(ids):
            break
    return found


def _author(person: Person, roles: tuple[Role | None, Role | None], *, is_known: bool) -> Author:
    here, above = roles
    suits = suitability(person.status, here, above, is_known=is_known)
    role = here if here in AUTHOR_ROLES or above not in INHERITED_ROLES else above
    is_named = bool(person.first_name or person.last_name or person.mail or person.username)
    return Author(
        id=person.id,
        name=person.name if is_named else "",
        mail=person.mail,
        role=role.value if role else "",
        status=person.status.value,
        suitability=suits.value,
    )
