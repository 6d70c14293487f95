"""Who may be author: a table of every status and role."""

import itertools
from collections.abc import Iterator

import pytest

from tests.helpers.offenders import assert_clean
from wizard.core.ids import ObjectId, parse_object_id
from wizard.core.people import Person, Role, Status, Suitability, best_role, parse_role, parse_status, suitability

STRONG = {Role.OWNER, Role.ADMIN, Role.EDITOR}
REACHING = {Role.OWNER, Role.ADMIN}
ROLES = (None, *Role)


def _expected(status: Status, here: Role | None, above: Role | None) -> Suitability:
    if status is Status.DELETED:
        return Suitability.GONE
    if status is Status.INVITED:
        return Suitability.INVITED
    if here in STRONG:
        return Suitability.SUITABLE
    if above in REACHING:
        return Suitability.INHERITED
    return Suitability.NOT_MEMBER if here is None else Suitability.WEAK_ROLE


def test_suitability() -> None:
    def complaints(case: tuple[Status, Role | None, Role | None]) -> Iterator[str]:
        found, expected = suitability(*case, is_known=True), _expected(*case)
        if found is not expected:
            yield f"{found}, not {expected}"

    assert_clean(itertools.product(Status, ROLES, ROLES), complaints)


def test_suitability_where_the_roles_are_not_known() -> None:
    def complaints(case: tuple[Status, Role | None, Role | None]) -> Iterator[str]:
        found = suitability(*case, is_known=False)
        if found is not (Suitability.GONE if case[0] is Status.DELETED else Suitability.UNKNOWN):
            yield str(found)

    assert_clean(itertools.product(Status, ROLES, ROLES), complaints)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        *[(role.value, role) for role in Role],
        *[("author", Role.EDITOR), ("user-admin", Role.USER_ADMIN)],
        *[(text, Role.OTHER) for text in ("", "superhero", "Admin", "ADMIN", " admin", "editor\n")],
    ],
)
def test_roles(text: str, role: Role) -> None:
    assert parse_role(text) is role


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("active", Status.ACTIVE),
        ("invited", Status.INVITED),
        ("deleted", Status.DELETED),
        ("", Status.UNKNOWN),
        ("archived", Status.UNKNOWN),
        ("Active", Status.UNKNOWN),
    ],
)
def test_statuses(text: str, status: Status) -> None:
    assert parse_status(text) is status


def test_the_best_of_several_roles() -> None:
    assert best_role([]) is None
    assert best_role([Role.LEARNER, Role.COACH, Role.EDITOR]) is Role.EDITOR
    assert best_role([Role.OTHER, Role.LEARNER]) is Role.LEARNER
    assert best_role(reversed(Role)) is Role.OWNER


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person(ObjectId("a" * 24), "Odile", "Marchetti", "o@a.example"), "Odile Marchetti"),
        (Person(ObjectId("a" * 24), "", "Marchetti"), "Marchetti"),
        (Person(ObjectId("a" * 24), mail="o@a.example", username="odile"), "o@a.example"),
        (Person(ObjectId("a" * 24), username="odile"), "odile"),
        (Person(ObjectId("a" * 24)), "a" * 24),
    ],
)
def test_what_to_call_them(person: Person, name: str) -> None:
    assert person.name == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A" * 24, "a" * 24),
        (f" {'0' * 24}\n", "0" * 24),
        ("a" * 23, None),
        ("a" * 25, None),
        ("g" * 24, None),
        ("\u0661" * 24, None),
        ("", None),
        ("a" * 12 + " " + "a" * 12, None),
    ],
)
def test_ids(text: str, found: str | None) -> None:
    assert parse_object_id(text) == found
