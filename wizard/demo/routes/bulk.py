"""Endpoints to submit bulk operations, and to read them."""

import time
from collections.abc import Callable

from wizard.demo.answers import Answer, Call, RefusalError, Route
from wizard.demo.filters import Allowed
from wizard.demo.operations import has_ended, to_json
from wizard.demo.paging import page
from wizard.demo.routes.integrations import find_integration, refuse_reserved
from wizard.demo.world import Operation, new_id

_TYPES = (
    *("addContentsToGroupsCatalog", "addContentsToGroupsLibrary", "addSkillReviews"),
    *("addUsersToGroups", "archiveExternalCourses", "deleteSkills", "createGroups"),
    *("createSubscriptionEvents", "deleteGroups", "deleteJobs", "deleteLibraries"),
    *("importExternalCourses", "importExternalStatistics", "removeContentsFromGroupsCatalog"),
    *("removeContentsFromGroupsLibrary", "removeUsersFromGroups", "replaceJobsSkills"),
    *("replaceUsersJobs", "upsertJobs", "upsertLibraries", "upsertSkills"),
)
_ALLOWED: Allowed = {
    "createdAt": (("lt", "gte"), "date"),
    "status": (("eq",), ("pending", "queued", "running", "completed", "error")),
    "type": (("eq",), _TYPES),
}


def _submit(kind: str, limit_name: str) -> Callable[[Call], Answer]:
    def answer(call: Call) -> Answer:
        if call.settings.bulk_disabled:
            raise RefusalError(503, "bulkAPIDisabled", "Bulk operations are switched off for now.")
        integration_id = None
        if "integrationId" in call.values:
            integration = find_integration(call)
            refuse_reserved(call, integration.name)
            integration_id = integration.id
        lines = call.body_object().get("input")
        if not isinstance(lines, list):
            raise RefusalError(400, "invalidInput", "The input must be an array.")
        limit: int = getattr(call.settings, limit_name)
        if len(lines) > limit:
            raise RefusalError(400, "inputTooLong", f"The input may hold {limit} objects.")
        running = [one for one in call.world.operations.values() if not has_ended(call, one)]
        if len(running) >= call.settings.bulk_concurrency:
            message = "Too many bulk operations are running."
            raise RefusalError(429, "bulkOperationsConcurrencyLimitReached", message)
        made = Operation(new_id(), kind, lines, call.now, time.time(), integration_id)
        call.world.operations[made.id] = made
        origin = call.settings.location_origin or call.origin
        return Answer(202, None, {"Location": f"{origin}/api/v2/bulk/operations/{made.id}"})

    return answer


def _list(call: Call) -> Answer:
    # The newest first.
    found = reversed(call.world.operations.values())
    return page(call, "operations", found, lambda one: to_json(call, one), _ALLOWED)


def _find(call: Call) -> Operation:
    wanted = call.path_id("bulkOperationId", "bulkOperationNotFound")
    found = call.world.operations.get(wanted)
    if found is None:
        raise RefusalError(404, "bulkOperationNotFound", f"No operation has the id {wanted}.")
    return found


def _one(call: Call) -> Answer:
    return Answer(200, to_json(call, _find(call)))


def _results(call: Call) -> Answer:
    operation = _find(call)
    if operation.results is None:
        raise RefusalError(400, "bulkOperationNotRun", "The operation has not ended yet.")
    return Answer(200, operation.results)


def _groups(method: str, place: str, kind: str) -> Route:
    submit = _submit(kind, "bulk_limit_catalog")
    return Route(method, f"/api/v2/bulk/groups/{place}", "groups:bulk", submit)


_INTEGRATION = "/api/v2/bulk/integrations/<integrationId>"
_SCOPE = "integrations:bulk"
_COURSES = f"{_INTEGRATION}/courses"
_IMPORT = _submit("importExternalCourses", "bulk_limit_import")
_ARCHIVE = _submit("archiveExternalCourses", "bulk_limit_archive")
_STATS = _submit("importExternalStatistics", "bulk_limit_import")
_OPERATIONS = "/api/v2/bulk/operations"
_READ = "bulkOperations:read"
ROUTES = (
    _groups("POST", "catalog", "addContentsToGroupsCatalog"),
    _groups("DELETE", "catalog", "removeContentsFromGroupsCatalog"),
    _groups("POST", "library", "addContentsToGroupsLibrary"),
    _groups("DELETE", "library", "removeContentsFromGroupsLibrary"),
    Route("PUT", _COURSES, _SCOPE, _IMPORT),
    Route("DELETE", _COURSES, _SCOPE, _ARCHIVE),
    Route("POST", f"{_INTEGRATION}/stats", _SCOPE, _STATS),
    Route("GET", _OPERATIONS, _READ, _list, "read"),
    Route("GET", f"{_OPERATIONS}/<bulkOperationId>", _READ, _one, "read"),
    Route("GET", f"{_OPERATIONS}/<bulkOperationId>/results", _READ, _results, "read"),
)
