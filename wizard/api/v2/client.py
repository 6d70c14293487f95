"""The endpoints of the platform that this program uses, one typed method each."""

import threading
from collections.abc import Iterator
from urllib.parse import quote

from wizard.api.http.exchange import Wire
from wizard.api.http.transport import PROBE_LIMIT
from wizard.api.v2 import models
from wizard.core.customers import Scope
from wizard.core.groups import Group
from wizard.core.ids import ObjectId
from wizard.core.integration import Found, Integration
from wizard.core.people import Membership, Person, parse_role, parse_status
from wizard.core.problems import Code, Expected, Problem, Unanswered

_API = "/api/v2"
_PROBES = {
    Scope.INTEGRATIONS_READ: "/integrations",
    Scope.GROUPS_READ: "/groups",
    Scope.USERS_READ: "/users",
    Scope.COURSES_READ: "/courses",
    Scope.BULK_OPERATIONS_READ: "/bulk/operations",
}
"""The reads that show whether a scope is there; each gives one page at the most."""


class Platform:
    """One platform, spoken to with one pair of credentials. Blocking and safe for many threads; raises `Problem`."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def integrations(self, stop: threading.Event, name: str | None = None) -> Iterator[Found]:
        """All integrations, or those of exactly this name, page by page as they are asked for."""
        path = f"{_API}/integrations"
        if name is not None:
            # Brackets stay as they are: the vendor's samples never encode them, and a public client says one must not.
            path += f"?externalPlatform[eq]={quote(name, safe='')}"
        for page in self.wire.pages(path, f"{_API}/integrations", Scope.INTEGRATIONS_READ, stop, models.INTEGRATIONS):
            yield from map(_found, page)

    def create_integration(self, wanted: Integration, stop: threading.Event) -> Found:
        """Create it, once. Raises `Unanswered` whenever it may exist although nobody can say so."""
        answer = self.wire.write(f"{_API}/integrations", wanted.body(), Scope.INTEGRATIONS_WRITE, stop)
        try:
            return _found(answer.read(models.INTEGRATION))
        except Problem as problem:
            raise Unanswered(problem) from problem

    def groups(self, stop: threading.Event) -> Iterator[list[Group]]:
        """All groups, a page of up to 500 at a time."""
        for page in self.wire.pages(f"{_API}/groups", f"{_API}/groups", Scope.GROUPS_READ, stop, models.GROUPS):
            yield [_group(item) for item in page]

    def group(self, group_id: ObjectId, stop: threading.Event) -> Group:
        """One group."""
        template = f"{_API}/groups/{{groupId}}"
        answer = self.wire.read(f"{_API}/groups/{group_id}", template, Scope.GROUPS_READ, stop)
        return _group(answer.read(models.GROUP))

    def group_roles(self, group_id: ObjectId, stop: threading.Event) -> Iterator[Membership]:
        """Everybody's roles in one group."""
        path, template = f"{_API}/groups/{group_id}/roles", f"{_API}/groups/{{groupId}}/roles"
        for page in self.wire.pages(path, template, Scope.GROUPS_READ, stop, models.MEMBERS):
            for item in page:
                yield Membership(models.the_id(item.user_id), group_id, parse_role(models.text(item.role)))

    def user_roles(self, user_id: ObjectId, stop: threading.Event) -> Iterator[Membership]:
        """One person's roles in all groups."""
        path, template = f"{_API}/users/{user_id}/roles", f"{_API}/users/{{userId}}/roles"
        for page in self.wire.pages(path, template, Scope.USERS_READ, stop, models.PLACES):
            for item in page:
                yield Membership(user_id, models.the_id(item.group_id), parse_role(models.text(item.role)))

    def user(self, user_id: ObjectId, stop: threading.Event) -> Person:
        """One person."""
        template = f"{_API}/users/{{userId}}"
        answer = self.wire.read(f"{_API}/users/{user_id}", template, Scope.USERS_READ, stop)
        return _person(answer.read(models.PERSON))

    def users(self, stop: threading.Event, mail: str | None = None) -> Iterator[list[Person]]:
        """All people, or those with exactly this address, a page of up to 500 at a time."""
        path = f"{_API}/users"
        if mail is not None:
            path += f"?mail[eq]={quote(mail, safe='@')}"
        for page in self.wire.pages(path, f"{_API}/users", Scope.USERS_READ, stop, models.PEOPLE):
            yield [_person(item) for item in page]

    def may(self, scope: Scope, stop: threading.Event) -> bool | None:
        """Whether a scope is there, by a harmless read; None for those that only a write could show."""
        path = _PROBES.get(scope)
        if path is None:
            return None
        try:
            self.wire.read(f"{_API}{path}", f"{_API}{path}", scope, stop, PROBE_LIMIT)
        except Expected as problem:
            if problem.code is Code.INVALID_SCOPE:
                return False
            raise
        return True


def _found(item: models.IntegrationShape) -> Found:
    return Found(
        id=models.the_id(item.id),
        external_platform=models.text(item.external_platform),
        group_id=models.id_or_none(item.group_id),
        author_id=models.id_or_none(item.author_id),
        default_completion=models.yes_or_no(item.default_completion),
        default_progress=models.number(item.default_progress),
        no_group_propagation=models.yes_or_no(item.no_group_propagation),
        logo_url=models.text_or_none(item.external_platform_logo_url),
        unicolor_logo_url=models.text_or_none(item.external_platform_unicolor_logo_url),
    )


def _group(item: models.GroupShape) -> Group:
    return Group(
        id=models.the_id(item.id),
        name=models.text(item.name),
        parent_id=models.id_or_none(item.parent_id),
        is_public=models.yes_or_no(item.public) is True,
    )


def _person(item: models.PersonShape) -> Person:
    # An old sample of the vendor shows `deleted: true` where today's specification has a status.
    is_deleted = models.yes_or_no(item.deleted) is True
    return Person(
        id=models.the_id(item.id),
        first_name=models.text(item.first_name),
        last_name=models.text(item.last_name),
        mail=models.text(item.mail),
        username=models.text(item.username),
        status=parse_status("deleted" if is_deleted else models.text(item.status)),
    )
