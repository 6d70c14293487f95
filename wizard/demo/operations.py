"""Bulk operations: their status over time, and applying their lines."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from wizard.demo.answers import Call, is_id
from wizard.demo.world import Course, Operation, World, new_id

CATALOG = {"course", "path-session"}
LIBRARY = {"course", "path"}

_Apply = Callable[[World, Operation, dict[str, Any]], str]
"""Applies one line, and returns the id of the changed resource. Raises `LookupError` with the reason of a failure."""
_STATES = ("pending", "queued", "running")


def has_ended(call: Call, operation: Operation) -> bool:
    """Whether an operation has ended."""
    return call.now - operation.made_at >= 3 * call.settings.bulk_step_s


def run_due_operations(call: Call) -> None:
    """Apply the lines of all operations that have ended meanwhile, in the order they were submitted."""
    for operation in call.world.operations.values():
        if operation.results is None and has_ended(call, operation):
            operation.error_message = call.settings.bulk_error_message
            operation.results = [_result(call.world, operation, one) for one in operation.input]


def _result(world: World, operation: Operation, line: Any) -> dict[str, Any]:
    shown = line if isinstance(line, dict) else {"value": line}
    try:
        if not isinstance(line, dict):
            raise LookupError("The line is not an object.")
        resource_id = _APPLY[operation.type](world, operation, line)
    except LookupError as reason:
        return {"input": shown, "status": "error", "errorMessage": str(reason.args[0])}
    return {"input": shown, "status": "success", "resourceId": resource_id}


def to_json(call: Call, operation: Operation) -> dict[str, Any]:
    """The operation with its current status, as the platform would send it."""
    step_s = call.settings.bulk_step_s
    passed_s = call.now - operation.made_at
    reached = 3 if has_ended(call, operation) else int(passed_s / step_s)
    at = [_wall(operation.made_on_wall_s + number * step_s) for number in range(4)]
    shown: dict[str, Any] = {"_id": operation.id, "type": operation.type, "createdAt": at[0]}
    if reached >= 1:
        shown["queuedAt"] = at[1]
    if reached >= 2:
        shown["startedAt"] = at[2]
        share = 1.0 if reached >= 3 else passed_s / step_s - 2
        index = max(0, int(len(operation.input) * share) - 1)
        shown["progress"] = {"index": index, "updatedAt": at[reached]}
    if reached < 3:
        return shown | {"status": _STATES[reached]}
    shown["endedAt"] = at[3]
    if operation.error_message is not None:
        return shown | {"status": "error", "errorMessage": operation.error_message}
    return shown | {"status": "completed"}


def _wall(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _text(line: dict[str, Any], name: str) -> str:
    value = line.get(name)
    if not isinstance(value, str) or not value:
        raise LookupError(f"The value of {name} is missing or not valid.")
    return value


def _shared_content(line: dict[str, Any], world: World, types: set[str]) -> tuple[str, str, str]:
    group_id, kind, content_id = (_text(line, name) for name in ("groupId", "contentType", "contentId"))
    if kind not in types:
        raise LookupError(f"Unknown content type {kind}.")
    if not is_id(group_id) or group_id.lower() not in world.groups:
        raise LookupError(f"No group has the id {group_id}.")
    known = {
        "course": world.courses.keys(),
        "path": world.path_ids,
        "path-session": world.path_session_ids,
    }
    if content_id.lower() not in known[kind]:
        raise LookupError(f"No {kind} has the id {content_id}.")
    return group_id.lower(), kind, content_id.lower()


def _add_to(name: str, types: set[str]) -> _Apply:
    def apply(world: World, operation: Operation, line: dict[str, Any]) -> str:
        shared = _shared_content(line, world, types)
        getattr(world, name)[shared] = None
        return shared[2]

    return apply


def _remove_from(name: str, types: set[str]) -> _Apply:
    def apply(world: World, operation: Operation, line: dict[str, Any]) -> str:
        shared = _shared_content(line, world, types)
        if shared not in getattr(world, name):
            raise LookupError(f"The content {shared[2]} is not in the {name} of this group.")
        del getattr(world, name)[shared]
        return shared[2]

    return apply


def _course_of(world: World, operation: Operation, external_id: str) -> Course | None:
    for course in world.courses.values():
        if (course.integration_id, course.external_id) == (operation.integration_id, external_id):
            return course
    return None


def _import_course(world: World, operation: Operation, line: dict[str, Any]) -> str:
    external_id, name = _text(line, "externalId"), _text(line, "name")
    launch_url, lang = _text(line, "launchUrl"), _text(line, "defaultLang")
    integration = world.integrations.get(operation.integration_id or "")
    if integration is None:
        raise LookupError("The integration was deleted meanwhile.")
    course = _course_of(world, operation, external_id)
    if course is None:
        author_id = line.get("authorId", integration.values["authorId"])
        course = Course(new_id(), name, integration.group_id, author_id)
        course.integration_id, course.external_id = integration.id, external_id
        course.created_at = course.modified_at = _wall(operation.made_on_wall_s)
        world.add(course)
        world.catalog[integration.group_id, "course", course.id] = None
        world.library[integration.group_id, "course", course.id] = None
    course.name, course.launch_url, course.lang = name, launch_url, lang
    course.external_platform, course.status = integration.name, "published"
    return course.id


def _archive_course(world: World, operation: Operation, line: dict[str, Any]) -> str:
    external_id = _text(line, "externalId")
    course = _course_of(world, operation, external_id)
    if course is None:
        raise LookupError(f"No course has the external id {external_id}.")
    course.status = "archived"
    return course.id


def _import_stats(world: World, operation: Operation, line: dict[str, Any]) -> str:
    course_key, user_key = line.get("courseIdentifier"), line.get("userIdentifier")
    if not isinstance(course_key, dict) or not isinstance(user_key, dict):
        raise LookupError("The course or the user is missing.")
    value = _text(course_key, "value")
    is_external = course_key.get("type") == "externalId"
    course = _course_of(world, operation, value) if is_external else world.courses.get(value.lower())
    if course is None:
        raise LookupError(f"No course has the id {value}.")
    wanted = _text(user_key, "value")
    if not any(wanted in (user.mail, user.id) for user in world.users.values()):
        raise LookupError(f"No user is known as {wanted}.")
    return course.id


_APPLY: dict[str, _Apply] = {
    "addContentsToGroupsCatalog": _add_to("catalog", CATALOG),
    "addContentsToGroupsLibrary": _add_to("library", LIBRARY),
    "removeContentsFromGroupsCatalog": _remove_from("catalog", CATALOG),
    "removeContentsFromGroupsLibrary": _remove_from("library", LIBRARY),
    "importExternalCourses": _import_course,
    "archiveExternalCourses": _archive_course,
    "importExternalStatistics": _import_stats,
}
