"""Who may be author: a table of every status and role."""

import pytest

from wizard.core.ids import ObjectId, parse_object_id
from wizard.core.people import Person, Role, Status, Suitability, best_role, parse_role, parse_status, suitability

STRONG = {Role.OWNER, Role.ADMIN, Role.EDITOR}
REACHING = {Role.OWNER, Role.ADMIN}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("here", [None, *Role])
@pytest.mark.parametrize("above", [None, *Role])
def test_suitability(status: Status, here: Role | None, above: Role | None) -> None:
    if status is Status.DELETED:
        expected = Suitability.GONE
    elif status is Status.INVITED:
        expected = Suitability.INVITED
    elif here in STRONG:
        expected = Suitability.SUITABLE
    elif above in REACHING:
        expected = Suitability.INHERITED
    elif here is None:
        expected = Suitability.NOT_MEMBER
    else:
        expected = Suitability.WEAK_ROLE
    assert suitability(status, here, above, is_known=True) is expected
    unknown = suitability(status, here, above, is_known=False)
    assert unknown is (Suitability.GONE if status is Status.DELETED else Suitability.UNKNOWN)


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
