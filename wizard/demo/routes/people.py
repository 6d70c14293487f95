"""Endpoints of groups, people and their roles."""

from wizard.demo.answers import Answer, Call, RefusalError, Route
from wizard.demo.filters import Allowed
from wizard.demo.paging import page
from wizard.demo.world import Group, User

_STATES = ("active", "invited", "deleted")
_TEXT = (("eq", "ne", "in", "nin"), "text")


def _groups(call: Call) -> Answer:
    return page(call, "groups", call.world.groups.values(), Group.to_json, {})


def find_group(call: Call) -> Group:
    """The group in the path. Raises `RefusalError` if there is none."""
    wanted = call.path_id("groupId", "groupNotFound")
    found = call.world.groups.get(wanted)
    if found is None:
        raise RefusalError(404, "groupNotFound", f"No group has the id {wanted}.")
    return found


def _find_user(call: Call) -> User:
    wanted = call.path_id("userId", "userNotFound")
    found = call.world.users.get(wanted)
    if found is None:
        raise RefusalError(404, "userNotFound", f"No user has the id {wanted}.")
    return found


def _group(call: Call) -> Answer:
    return Answer(200, find_group(call).to_json())


def _group_roles(call: Call) -> Answer:
    group = find_group(call)
    rows = [{"userId": one.user_id, "role": one.role} for one in call.world.roles if one.group_id == group.id]
    return page(call, "roles", sorted(rows, key=lambda row: row["userId"]), dict, {})


def _users(call: Call) -> Answer:
    allowed: Allowed = {"mail": _TEXT, "username": _TEXT, "status": (("eq", "ne"), _STATES)}
    return page(call, "users", call.world.users.values(), User.to_json, allowed)


def _user(call: Call) -> Answer:
    return Answer(200, _find_user(call).to_json())


def _user_roles(call: Call) -> Answer:
    user = _find_user(call)
    rows = [{"groupId": one.group_id, "role": one.role} for one in call.world.roles if one.user_id == user.id]
    return page(call, "roles", sorted(rows, key=lambda row: row["groupId"]), dict, {})


ROUTES = (
    Route("GET", "/api/v2/groups", "groups:read", _groups, "read"),
    Route("GET", "/api/v2/groups/<groupId>", "groups:read", _group, "read"),
    Route("GET", "/api/v2/groups/<groupId>/roles", "groups:read", _group_roles, "read"),
    Route("GET", "/api/v2/users", "users:read", _users, "read"),
    Route("GET", "/api/v2/users/<userId>", "users:read", _user, "read"),
    Route("GET", "/api/v2/users/<userId>/roles", "users:read", _user_roles, "read"),
)
