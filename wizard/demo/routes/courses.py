"""Endpoints of courses, and of the catalog and the library of groups."""

from typing import Any

from wizard.demo.answers import Answer, Call, RefusalError, Route
from wizard.demo.filters import Allowed
from wizard.demo.paging import page
from wizard.demo.routes.people import find_group
from wizard.demo.world import Course

_DATES = (("lt", "gte"), "date")
_ID = (("eq",), "id")
_ALLOWED: Allowed = {
    "status": (("eq",), ("archived", "deleted", "published")),
    "type": (("eq",), ("elearning standard", "external", "native")),
    "authorId": _ID,
    "groupId": _ID,
    "originalAuthorId": _ID,
    "tagIds": (("in",), "id"),
    "coAuthorIds": (("in",), "id"),
    "sourceLang": (("eq", "in"), "text"),
    "collaborativeLearning": (("eq",), "flag"),
    "createdAt": _DATES,
    "modifiedAt": _DATES,
}


def _list(call: Call) -> Answer:
    def hidden(course: Course) -> dict[str, Any]:
        return {
            "originalAuthorId": course.author_id,
            "tagIds": list(course.tag_ids),
            "collaborativeLearning": False,
        }

    found = call.world.courses.values()
    return page(call, "courses", found, Course.to_json, _ALLOWED, hidden)


def _find(call: Call) -> Course:
    wanted = call.path_id("courseId", "courseNotFound")
    found = call.world.courses.get(wanted)
    if found is None:
        raise RefusalError(404, "courseNotFound", f"No course has the id {wanted}.")
    return found


def _one(call: Call) -> Answer:
    return Answer(200, _find(call).to_json())


def _archive(call: Call) -> Answer:
    course = _find(call)
    body = call.body_object()
    if body.keys() != {"archived"} or not isinstance(body["archived"], bool):
        raise call.invalid("The body must hold archived and nothing else.")
    is_orphan = course.type == "external" and course.integration_id not in call.world.integrations
    if is_orphan and not body["archived"]:
        raise RefusalError(400, "integrationInactive", "The integration of this course is gone.")
    course.status = "archived" if body["archived"] else "published"
    return Answer(200, course.to_json())


def _shared(call: Call, shared: dict[tuple[str, str, str], None], types: set[str]) -> Answer:
    group = find_group(call)
    wanted = call.values["contentType"]
    if wanted not in types:
        raise call.invalid(f"Unknown content type {wanted}.")
    ids = [content for place, kind, content in shared if (place, kind) == (group.id, wanted)]
    return page(call, "content-ids", ids, str, {})


def _catalog(call: Call) -> Answer:
    return _shared(call, call.world.catalog, {"course", "path-session"})


def _library(call: Call) -> Answer:
    return _shared(call, call.world.library, {"course", "path"})


_ONE = "/api/v2/courses/<courseId>"
_GROUP = "/api/v2/groups/<groupId>"
ROUTES = (
    Route("GET", "/api/v2/courses", "courses:read", _list, "read"),
    Route("GET", _ONE, "courses:read", _one, "read"),
    Route("PUT", f"{_ONE}/archive", "courses:write", _archive, "write"),
    Route("GET", f"{_GROUP}/catalog/<contentType>-ids", "groups:read", _catalog, "read"),
    Route("GET", f"{_GROUP}/library/<contentType>-ids", "groups:read", _library, "read"),
)
