"""The endpoints of the platform that this program uses, one typed method each."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from wizard.api.wire import Wire
from wizard.core.customers import Scope
from wizard.core.groups import Group
from wizard.core.ids import ObjectId, parse_object_id
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
        for page in self.wire.pages(path, f"{_API}/integrations", Scope.INTEGRATIONS_READ, stop):
            yield from map(_found, page)

    def create_integration(self, wanted: Integration, stop: threading.Event) -> Found:
        """Create it, once. Raises `Unanswered` whenever it may exist although nobody can say so."""
        answer = self.wire.write(f"{_API}/integrations", wanted.body(), Scope.INTEGRATIONS_WRITE, stop)
        try:
            return _found(answer.json)
        except Problem as problem:
            raise Unanswered(problem) from problem

    def groups(self, stop: threading.Event) -> Iterator[list[Group]]:
        """All groups, a page of up to 500 at a time."""
        for page in self.wire.pages(f"{_API}/groups", f"{_API}/groups", Scope.GROUPS_READ, stop):
            yield [_group(item) for item in page]

    def group(self, group_id: ObjectId, stop: threading.Event) -> Group:
        """One group."""
        template = f"{_API}/groups/{{groupId}}"
        return _group(self.wire.read(f"{_API}/groups/{group_id}", template, Scope.GROUPS_READ, stop).json)

    def group_roles(self, group_id: ObjectId, stop: threading.Event) -> Iterator[Membership]:
        """Everybody's roles in one group."""
        template = f"{_API}/groups/{{groupId}}/roles"
        for page in self.wire.pages(f"{_API}/groups/{group_id}/roles", template, Scope.GROUPS_READ, stop):
            for item in page:
                yield Membership(_id(item, "userId"), group_id, parse_role(_text(item, "role")))

    def user_roles(self, user_id: ObjectId, stop: threading.Event) -> Iterator[Membership]:
        """One person's roles in all groups."""
        template = f"{_API}/users/{{userId}}/roles"
        for page in self.wire.pages(f"{_API}/users/{user_id}/roles", template, Scope.USERS_READ, stop):
            for item in page:
                yield Membership(user_id, _id(item, "groupId"), parse_role(_text(item, "role")))

    def user(self, user_id: ObjectId, stop: threading.Event) -> Person:
        """One person."""
        template = f"{_API}/users/{{userId}}"
        return _person(self.wire.read(f"{_API}/users/{user_id}", template, Scope.USERS_READ, stop).json)

    def users(self, stop: threading.Event, mail: str | None = None) -> Iterator[list[Person]]:
        """All people, or those with exactly this address, a page of up to 500 at a time."""
        path = f"{_API}/users"
        if mail is not None:
            path += f"?mail[eq]={quote(mail, safe='@')}"
        for page in self.wire.pages(path, f"{_API}/users", Scope.USERS_READ, stop):
            yield [_person(item) for item in page]

    def may(self, scope: Scope, stop: threading.Event) -> bool | None:
        """Whether a scope is there, by a harmless read; None for those that only a write could show."""
        path = _PROBES.get(scope)
        if path is None:
            return None
        try:
            self.wire.read(f"{_API}{path}", f"{_API}{path}", scope, stop)
        except Expected as problem:
            if problem.code is Code.INVALID_SCOPE:
                return False
            raise
        return True


def _object(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise Expected(Code.UNREADABLE_ANSWER)
    return item


def _text(item: Any, name: str) -> str:
    value = _object(item).get(name)
    return value if isinstance(value, str) else ""


def _optional_id(item: Any, name: str) -> ObjectId | None:
    return parse_object_id(_text(item, name))


def _id(item: Any, name: str) -> ObjectId:
    found = _optional_id(item, name)
    if found is None:
        raise Expected(Code.UNREADABLE_ANSWER)
    return found


def _optional(item: Any, name: str, kind: type) -> Any:
    """The value if it has exactly this type, else None: "the platform does not tell"."""
    value = _object(item).get(name)
    return value if type(value) is kind else None


def _found(item: Any) -> Found:
    return Found(
        id=_id(item, "_id"),
        external_platform=_text(item, "externalPlatform"),
        group_id=_optional_id(item, "groupId"),
        author_id=_optional_id(item, "authorId"),
        default_completion=_optional(item, "defaultCompletion", bool),
        default_progress=_optional(item, "defaultProgress", int),
        no_group_propagation=_optional(item, "noGroupPropagation", bool),
        logo_url=_optional(item, "externalPlatformLogoUrl", str),
        unicolor_logo_url=_optional(item, "externalPlatformUnicolorLogoUrl", str),
    )


def _group(item: Any) -> Group:
    return Group(
        id=_id(item, "_id"),
        name=_text(item, "name"),
        parent_id=_optional_id(item, "parentId"),
        is_public=_object(item).get("public") is True,
    )


def _person(item: Any) -> Person:
    # An old sample of the vendor shows `deleted: true` where today's specification has a status.
    is_deleted = _object(item).get("deleted") is True
    return Person(
        id=_id(item, "_id"),
        first_name=_text(item, "firstName"),
        last_name=_text(item, "lastName"),
        mail=_text(item, "mail"),
        username=_text(item, "username"),
        status=parse_status("deleted" if is_deleted else _text(item, "status")),
    )
