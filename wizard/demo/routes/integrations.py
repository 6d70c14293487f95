"""Endpoints of integrations."""

from typing import Any
from urllib.parse import urlsplit

from wizard.demo.answers import Answer, Call, RefusalError, Route, is_id
from wizard.demo.paging import page
from wizard.demo.world import Integration, new_id

_REQUIRED = ("externalPlatform", "authorId", "groupId")
_LOGOS = ("externalPlatformLogoUrl", "externalPlatformUnicolorLogoUrl")
_FLAGS = ("defaultCompletion", "noGroupPropagation")
_KNOWN = frozenset((*_REQUIRED, *_LOGOS, *_FLAGS, "defaultProgress"))
_INHERITED_ROLES = frozenset({"admin", "owner"})


def _list(call: Call) -> Answer:
    allowed = {"externalPlatform": (("eq", "ne", "in", "nin"), "text")}
    found = call.world.integrations.values()
    return page(call, "integrations", found, Integration.to_json, allowed)


def _create(call: Call) -> Answer:
    body = call.body_object()
    missing = [name for name in _REQUIRED if name not in body]
    if missing:
        raise call.invalid(f"Missing: {', '.join(missing)}.")
    values = _checked(call, body)
    refuse_reserved(call, values["externalPlatform"])
    _refuse_unknown(call, values)
    if len(call.world.integrations) >= call.world.integrations_limit:
        raise RefusalError(400, "integrationsLimitReached", "No more integrations can be made.")
    _refuse_duplicate(call, values, own_id=None)
    integration = Integration(new_id(), values)
    call.world.add(integration)
    return Answer(201, integration.to_json())


def _edit(call: Call) -> Answer:
    integration = find_integration(call)
    body = call.body_object()
    removed = [name for name in _LOGOS if call.settings.null_removes_logo and body.get(name, "") is None]
    values = _checked(call, {name: value for name, value in body.items() if name not in removed})
    refuse_reserved(call, integration.name)
    if "externalPlatform" in values:
        refuse_reserved(call, values["externalPlatform"])
    _refuse_unknown(call, values)
    _refuse_duplicate(call, integration.values | values, own_id=integration.id)
    integration.values.update(values)
    for name in removed:
        integration.values.pop(name, None)
    return Answer(200, dict(integration.values))


def _delete(call: Call) -> Answer:
    integration = find_integration(call)
    refuse_reserved(call, integration.name)
    del call.world.integrations[integration.id]
    for course in call.world.courses.values():
        if course.integration_id == integration.id and course.status == "published":
            course.status = "archived"
    return Answer(204)


def _external_course(call: Call) -> Answer:
    integration = find_integration(call)
    for course in call.world.courses.values():
        is_own = course.integration_id == integration.id
        if is_own and course.external_id == call.values["externalId"]:
            return Answer(200, course.to_external_json())
    raise RefusalError(400, "courseNotBelongToIntegration", "This integration has no such course.")


def find_integration(call: Call) -> Integration:
    """The integration in the path. Raises `RefusalError` if there is none."""
    wanted = call.path_id("integrationId", "integrationNotFound")
    found = call.world.integrations.get(wanted)
    if found is None:
        raise RefusalError(404, "integrationNotFound", f"No integration has the id {wanted}.")
    return found


def _checked(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """The values to store. Raises `RefusalError` for unknown fields and invalid values."""
    unknown = sorted(body.keys() - _KNOWN)
    if unknown:
        raise call.invalid(f"Unknown: {', '.join(unknown)}.")
    for name, value in body.items():
        if not _is_valid(name, value):
            raise call.invalid(f"The value of {name} is not valid.")
    return {name: value.lower() if name in ("authorId", "groupId") else value for name, value in body.items()}


def _is_valid(name: str, value: Any) -> bool:
    if name == "externalPlatform":
        return isinstance(value, str) and len(value) >= 1
    if name in ("authorId", "groupId"):
        return is_id(value)
    if name in _FLAGS:
        return isinstance(value, bool)
    if name == "defaultProgress":
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return is_whole and 0 <= value <= 100
    return isinstance(value, str) and _is_https(value)


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        return False


def refuse_reserved(call: Call, name: str) -> None:
    """Raise `RefusalError` for a reserved platform name."""
    reserved = {one.strip().casefold() for one in call.world.reserved_names}
    if name.strip().casefold() in reserved:
        raise RefusalError(400, "reservedPlatformName", f"The name {name} is reserved.")


def _refuse_unknown(call: Call, values: dict[str, Any]) -> None:
    group_id, author_id = values.get("groupId"), values.get("authorId")
    if group_id is not None and group_id not in call.world.groups:
        raise RefusalError(404, "groupNotFound", f"No group has the id {group_id}.")
    if author_id is not None and author_id not in call.world.users:
        raise RefusalError(404, "userNotFound", f"No user has the id {author_id}.")
    has_both = author_id is not None and group_id is not None
    is_strict = call.settings.refuse_ineligible_author and has_both
    if is_strict and not _may_author(call, str(author_id), str(group_id)):
        message = "The author may not create content in this group."
        raise RefusalError(403, call.settings.ineligible_author_code, message)


def _may_author(call: Call, author_id: str, group_id: str) -> bool:
    if call.world.users[author_id].status != "active":
        return False
    held = {(one.group_id, one.role) for one in call.world.roles if one.user_id == author_id}
    if (group_id, "editor") in held:
        return True
    above: str | None = group_id
    while above is not None:
        if any((above, role) in held for role in _INHERITED_ROLES):
            return True
        above = call.world.groups[above].parent_id
    return False


def _refuse_duplicate(call: Call, values: dict[str, Any], own_id: str | None) -> None:
    key = call.settings.name_key
    for other in call.world.integrations.values():
        is_same_place = other.group_id == values["groupId"] and other.id != own_id
        if is_same_place and key(other.name) == key(values["externalPlatform"]):
            message = f"The group already has an integration named {other.name}."
            raise RefusalError(400, "duplicateExternalPlatform", message)


_ONE = "/api/v2/integrations/<integrationId>"
ROUTES = (
    Route("GET", "/api/v2/integrations", "integrations:read", _list, "read"),
    Route("POST", "/api/v2/integrations", "integrations:write", _create, "write"),
    Route("PATCH", _ONE, "integrations:write", _edit, "write"),
    Route("DELETE", _ONE, "integrations:write", _delete, "write"),
    Route("GET", f"{_ONE}/courses/<externalId>", "integrations:read", _external_course, "read"),
)
