"""The endpoints of API v2 that this program uses, one typed method each."""

import threading
from collections.abc import Iterator
from urllib.parse import quote

from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import OBJECT_MAX_BYTES, PAGE_MAX_BYTES, PROBE_MAX_BYTES
from wizard.api.http.pacing import CompanyPace
from wizard.api.http.request import Method, Request
from wizard.api.v2 import models
from wizard.core.curl import INTEGRATIONS_PATH
from wizard.core.customers import Scope
from wizard.core.groups import Group
from wizard.core.ids import ObjectId
from wizard.core.integration import Changes, Found, Integration, patch
from wizard.core.people import Membership, Person, parse_role, parse_status
from wizard.core.problems import Code, Expected, Problem, Unanswered
from wizard.core.progress import Report

_API = "/api/v2"
_INTEGRATION = f"{INTEGRATIONS_PATH}/{{integrationId}}"
_PROBES = {
    Scope.INTEGRATIONS_READ: "/integrations",
    Scope.GROUPS_READ: "/groups",
    Scope.USERS_READ: "/users",
    Scope.COURSES_READ: "/courses",
    Scope.BULK_OPERATIONS_READ: "/bulk/operations",
}
"""The reads that show whether a scope is granted; each reads one page at the most."""


class Client:
    """One platform with one pair of credentials. Blocking, so worker only; safe for many threads.

    Every method raises `Problem`, and `Stopped` soon after `stop` is set; a write that was sent already is awaited, for
    one read time-out at the most. Pauses that a person would notice are reported as `Waiting`.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def close(self) -> None:
        """Close all connections; a request under way fails."""
        self._exchange.close()

    def share_pace(self, pace: CompanyPace) -> None:
        """Keep this pace from the next request on, because the company is known now."""
        self._exchange.share_pace(pace)

    def sign_in(self, report: Report, stop: threading.Event) -> None:
        """Make sure that there is a valid token."""
        self._exchange.authorize(report, stop)

    def has_scope(self, scope: Scope, report: Report, stop: threading.Event) -> bool | None:
        """Whether a scope is granted, by a harmless read; None for those that only a write could show."""
        path = _PROBES.get(scope)
        if path is None:
            return None
        try:
            self._exchange.send(_get(f"{_API}{path}", scope, max_bytes=PROBE_MAX_BYTES), report, stop)
        except Expected as problem:
            if problem.code is Code.INVALID_SCOPE:
                return False
            raise
        return True

    # ------------------------------------------------------------------ integrations

    def integrations(self, report: Report, stop: threading.Event, *, name: str | None = None) -> Iterator[Found]:
        """All integrations, or those of exactly this name; each page is read when it is needed."""
        # Brackets stay unencoded, as in all samples of the vendor; a public client reports that encoded ones fail.
        query = "" if name is None else f"?externalPlatform[eq]={quote(name, safe='')}"
        request = _list(INTEGRATIONS_PATH, Scope.INTEGRATIONS_READ, query)
        for page in self._exchange.pages(request, models.INTEGRATIONS, report, stop):
            for item in page:
                yield _found(models.required_id(item.id), item)

    def create_integration(self, wanted: Integration, report: Report, stop: threading.Event) -> Found:
        """Create it, once. Raises `Unanswered` whenever it may have happened."""
        request = Request(
            Method.POST,
            INTEGRATIONS_PATH,
            INTEGRATIONS_PATH,
            Scope.INTEGRATIONS_WRITE,
            body=wanted.body(),
            expects=(200, 201),
        )
        answer = self._exchange.send(request, report, stop)
        try:
            item = answer.read(models.INTEGRATION)
            return _found(models.required_id(item.id), item)
        except Problem as problem:
            raise Unanswered(problem) from problem

    def edit_integration(
        self, integration_id: ObjectId, changes: Changes, report: Report, stop: threading.Event
    ) -> Found:
        """Change these values and leave the others. Raises `Unanswered` whenever it may have happened."""
        path = f"{INTEGRATIONS_PATH}/{integration_id}"
        request = Request(Method.PATCH, path, _INTEGRATION, Scope.INTEGRATIONS_WRITE, body=patch(changes))
        answer = self._exchange.send(request, report, stop)
        try:
            return _found(integration_id, answer.read(models.BASE_INTEGRATION))
        except Problem as problem:
            raise Unanswered(problem) from problem

    def delete_integration(self, integration_id: ObjectId, report: Report, stop: threading.Event) -> None:
        """Delete it, and archive its content. Raises `Unanswered` whenever it may have happened."""
        path = f"{INTEGRATIONS_PATH}/{integration_id}"
        request = Request(Method.DELETE, path, _INTEGRATION, Scope.INTEGRATIONS_WRITE, expects=(204,))
        self._exchange.send(request, report, stop)

    # ------------------------------------------------------------------ groups and people

    def groups(self, report: Report, stop: threading.Event) -> Iterator[list[Group]]:
        """All groups, a page of up to 500 at a time."""
        for page in self._exchange.pages(_list(f"{_API}/groups", Scope.GROUPS_READ), models.GROUPS, report, stop):
            yield [_group(item) for item in page]

    def group(self, group_id: ObjectId, report: Report, stop: threading.Event) -> Group:
        """One group."""
        request = _get(f"{_API}/groups/{group_id}", Scope.GROUPS_READ, template=f"{_API}/groups/{{groupId}}")
        return _group(self._exchange.send(request, report, stop).read(models.GROUP))

    def group_roles(self, group_id: ObjectId, report: Report, stop: threading.Event) -> Iterator[Membership]:
        """The roles of all people in one group."""
        path, template = f"{_API}/groups/{group_id}/roles", f"{_API}/groups/{{groupId}}/roles"
        request = _list(path, Scope.GROUPS_READ, template=template)
        for page in self._exchange.pages(request, models.GROUP_ROLES, report, stop):
            for item in page:
                yield Membership(models.required_id(item.user_id), group_id, parse_role(models.text(item.role)))

    def user(self, user_id: ObjectId, report: Report, stop: threading.Event) -> Person:
        """One person."""
        request = _get(f"{_API}/users/{user_id}", Scope.USERS_READ, template=f"{_API}/users/{{userId}}")
        return _person(self._exchange.send(request, report, stop).read(models.USER))

    def users(self, report: Report, stop: threading.Event, *, mail: str | None = None) -> Iterator[list[Person]]:
        """All people, or those with exactly this address, a page of up to 500 at a time."""
        query = "" if mail is None else f"?mail[eq]={quote(mail, safe='@')}"
        request = _list(f"{_API}/users", Scope.USERS_READ, query)
        for page in self._exchange.pages(request, models.USERS, report, stop):
            yield [_person(item) for item in page]


def _get(path: str, scope: Scope, *, template: str = "", max_bytes: int = OBJECT_MAX_BYTES) -> Request:
    return Request(Method.GET, path, template or path, scope, max_bytes=max_bytes)


def _list(path: str, scope: Scope, query: str = "", *, template: str = "") -> Request:
    return Request(Method.GET, path + query, template or path, scope, max_bytes=PAGE_MAX_BYTES)


def _found(integration_id: ObjectId, item: models.BaseIntegrationDTO) -> Found:
    return Found(
        id=integration_id,
        external_platform=models.text(item.external_platform),
        group_id=models.id_or_none(item.group_id),
        author_id=models.id_or_none(item.author_id),
        default_completion=models.boolean(item.default_completion),
        default_progress=models.integer(item.default_progress),
        no_group_propagation=models.boolean(item.no_group_propagation),
        logo_url=models.text_or_none(item.external_platform_logo_url),
        unicolor_logo_url=models.text_or_none(item.external_platform_unicolor_logo_url),
    )


def _group(item: models.GroupDTO) -> Group:
    return Group(
        id=models.required_id(item.id),
        name=models.text(item.name),
        parent_id=models.id_or_none(item.parent_id),
        is_public=models.boolean(item.public) is True,
    )


def _person(item: models.UserDTO) -> Person:
    # An old sample of the vendor has `deleted: true` where today's specification has a status.
    is_deleted = models.boolean(item.deleted) is True
    return Person(
        id=models.required_id(item.id),
        first_name=models.text(item.first_name),
        last_name=models.text(item.last_name),
        mail=models.text(item.mail),
        username=models.text(item.username),
        status=parse_status("deleted" if is_deleted else models.text(item.status)),
    )
