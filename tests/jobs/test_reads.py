"""Places, authors and names: what is found, and how the paste way carries on without rights."""

import threading
from pathlib import Path

import pytest

from tests.jobs.bench import INTEGRATIONS, Bench, silent
from wizard.core.draft import Place
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Stopped
from wizard.core.progress import Counted
from wizard.demo import (
    Fault,
    Group,
    Integration,
    PracticePlatform,
    Role,
    Settings,
    User,
    fixed_id,
    guide_credential,
    large_world,
    new_id,
)
from wizard.jobs.integrations import names
from wizard.jobs.integrations.names import NameWanted
from wizard.jobs.places import authors, groups
from wizard.jobs.places.authors import AuthorsWanted, AuthorWanted
from wizard.jobs.places.groups import GroupWanted

STOP = threading.Event()


def place(bench: Bench, *path: str) -> Place:
    found = groups.run(bench.services, "c1", silent, STOP)
    assert found.forest is not None
    return groups.place(found.forest, ObjectId(fixed_id("group " + "/".join(("ACME Academy", *path)))))


@pytest.fixture
def guide(platform: PracticePlatform, tmp_path: Path) -> Bench:
    """A computer whose credentials hold the three scopes of the vendor's guide."""
    return Bench(platform, tmp_path / "guide", guide_credential())


def test_all_groups_and_integrations(bench: Bench, platform: PracticePlatform) -> None:
    platform.settings.page_sizes["groups"] = 10
    found = groups.run(bench.services, "c1", bench.report, STOP)
    assert found.forest is not None
    assert set(found.forest.groups) == set(platform.world.groups)
    assert {i.external_platform for i in found.integrations} == {"Udemy", "Safety Shorts", "Phrasebook Live"}
    assert bench.told == [Counted(10), Counted(20), Counted(len(platform.world.groups))]


def test_a_place_knows_where_it_is(bench: Bench, platform: PracticePlatform) -> None:
    found = place(bench, "Sales", "DACH")
    assert (found.path, found.subgroups, found.is_public) == (("ACME Academy", "Sales", "DACH"), 2, True)
    assert [platform.world.groups[i].name for i in found.ancestors] == ["ACME Academy", "Sales"]
    assert groups.resolve(bench.services, GroupWanted("c1", found.id), silent, STOP) == found
    assert len(platform.received("GET", "/api/v2/groups/{groupId}")) == 0


def test_a_pasted_group_without_the_whole_list(bench: Bench) -> None:
    found = groups.resolve(bench.services, GroupWanted("c1", bench.group()), silent, STOP)
    assert found == Place(bench.group(), ("DACH",), is_public=True)


def test_the_paste_way_without_rights(guide: Bench, platform: PracticePlatform) -> None:
    found = groups.run(guide.services, "c1", silent, STOP)
    assert (found.forest, len(found.integrations)) == (None, 3)
    pasted = groups.resolve(guide.services, GroupWanted("c1", guide.group()), silent, STOP)
    assert pasted == Place(guide.group())
    assert authors.run(guide.services, AuthorsWanted("c1", pasted), silent, STOP).people is None
    author = authors.resolve(guide.services, AuthorWanted("c1", pasted, guide.user()), silent, STOP)
    assert (author.id, author.name, author.suitability, author.label) == (guide.user(), "", "unknown", guide.user())
    draft = guide.draft(group=pasted, author=author)
    assert guide.create(draft).integration_id == guide.made()[0].id
    guide.close()


def test_a_group_that_is_not_there(bench: Bench) -> None:
    for _ in range(2):
        with pytest.raises(Expected) as refused:
            groups.resolve(bench.services, GroupWanted("c1", ObjectId("0" * 24)), silent, STOP)
        assert (refused.value.code, refused.value.field) == (Code.GROUP_NOT_FOUND, Field.GROUP)
        groups.run(bench.services, "c1", silent, STOP)


def test_integrations_are_read_again_after_a_minute(bench: Bench, platform: PracticePlatform) -> None:
    now = [0.0]
    bench.services.clock = lambda: now[0]
    session = bench.services.connections.session("c1")
    for at_s, count in ((0.0, 1), (59.0, 1), (61.0, 2), (61.5, 2)):
        now[0] = at_s
        groups.integrations(bench.services, session, silent, STOP)
        assert len(platform.received("GET", INTEGRATIONS)) == count
    groups.integrations(bench.services, session, silent, STOP, fresh_s=0)
    assert len(platform.received("GET", INTEGRATIONS)) == 3


def test_a_stopped_list_changes_nothing(bench: Bench) -> None:
    before = groups.run(bench.services, "c1", silent, STOP).forest
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        groups.run(bench.services, "c1", silent, stop)
    assert bench.services.connections.session("c1").forest is before


# ---------------------------------------------------------------------- authors


def test_who_can_be_author(bench: Bench) -> None:
    found = authors.run(bench.services, AuthorsWanted("c1", place(bench, "Sales", "DACH")), silent, STOP)
    assert found.people is not None
    assert [(a.name, a.role, a.status, a.suitability) for a in found.people] == [
        ("Odile Marchetti", "owner", "active", "inherited"),
        ("Greta Weiß", "admin", "active", "inherited"),
        ("Pavel Dvořák", "admin", "active", "inherited"),
        ("Alex Martin", "editor", "active", "suitable"),
        ("Tomás Silva", "editor", "invited", "invited"),
    ]


def test_somebody_who_left_for_good_hides_nobody(bench: Bench, platform: PracticePlatform) -> None:
    platform.world.add(Role(new_id(), bench.group(), "editor"))
    found = authors.run(bench.services, AuthorsWanted("c1", Place(bench.group())), silent, STOP)
    assert found.people is not None
    assert [a.name for a in found.people] == ["Alex Martin", "Tomás Silva"]


def test_a_crowd_is_read_as_a_list(bench: Bench, platform: PracticePlatform) -> None:
    for number in range(40):
        user = User(new_id(), "Crowd", f"{number:02}", f"crowd{number}@acme.example")
        platform.world.add(user, Role(user.id, bench.group(), "editor"))
    found = authors.run(bench.services, AuthorsWanted("c1", Place(bench.group())), bench.report, STOP)
    assert found.people is not None
    assert len(found.people) == 42
    assert platform.received("GET", "/api/v2/users/{userId}") == []
    assert bench.told == [Counted(43)]


def author(bench: Bench, group: Place | None = None, **who: str) -> tuple[str, str, str]:
    user_id = ObjectId(who["user"]) if "user" in who else None
    wanted = AuthorWanted("c1", group or place(bench, "Sales", "DACH"), user_id, who.get("mail", ""))
    found = authors.resolve(bench.services, wanted, silent, STOP)
    return found.name, found.role, found.suitability


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("alex.martin@acme.example", ("Alex Martin", "editor", "suitable")),
        ("ALEX.martin2@acme.example", None),
        ("alex.martin2@acme.example", ("Alex Martin", "learner", "weak-role")),
        ("greta.weiss+training@acme.example", ("Greta Weiß", "admin", "inherited")),
        ("sam.okafor@acme.example", ("Sam Okafor", "coach", "weak-role")),
        ("eleni@acme.example", ("Ελένη Παπαδοπούλου", "", "not-member")),
        ("tomas.silva@acme.example", ("Tomás Silva", "editor", "invited")),
        ("camille.lefevre@acme.example", ("Camille Lefèvre", "", "weak-role")),
        ("wanda.nowak@acme.example", None),
        ("nobody@acme.example", None),
    ],
)
def test_by_mail_and_by_id(bench: Bench, mail: str, expected: tuple[str, str, str] | None) -> None:
    if expected is None:
        with pytest.raises(Expected) as refused:
            author(bench, mail=mail)
        assert (refused.value.code, refused.value.field) == (Code.AUTHOR_UNKNOWN_MAIL, Field.AUTHOR)
        return
    if "camille" in mail:
        expected = (expected[0], "", "not-member")
    assert author(bench, mail=mail) == expected
    assert author(bench, user=bench.user(mail)) == expected


def test_ids_of_nobody(bench: Bench) -> None:
    for user, code in (("0" * 24, Code.USER_NOT_FOUND), (bench.user("wanda.nowak@acme.example"), Code.AUTHOR_DELETED)):
        with pytest.raises(Expected) as refused:
            author(bench, user=user)
        assert (refused.value.code, refused.value.field) == (code, Field.AUTHOR)
    with pytest.raises(Expected) as missing:
        author(bench)
    assert missing.value.code is Code.AUTHOR_NOT_READABLE


def test_roles_that_cannot_be_read_are_unknown(bench: Bench, platform: PracticePlatform) -> None:
    dach = place(bench, "Sales", "DACH")
    platform.faults.add(Fault("status", "GET", "/api/v2/groups/{groupId}/roles", status=500, times=None))
    assert author(bench, dach, user=bench.user()) == ("Alex Martin", "", "unknown")
    with pytest.raises(Expected) as refused:
        authors.run(bench.services, AuthorsWanted("c1", dach), silent, STOP)
    assert refused.value.code is Code.SERVER_FAILED


# ---------------------------------------------------------------------- names


def name(bench: Bench, text: str, *path: str) -> names.NameState:
    return names.run(bench.services, NameWanted("c1", place(bench, *path), text), silent, STOP)


@pytest.mark.parametrize(
    ("text", "path", "is_taken", "alike"),
    [
        ("Udemy", (), True, []),
        ("udemy", (), False, [("Udemy", "ACME Academy")]),
        ("Udemy Business", ("Sales", "DACH"), False, [("Udemy", "ACME Academy")]),
        ("Udemy", ("Sales", "DACH"), False, [("Udemy", "ACME Academy")]),
        ("Phrasebook", ("Sales", "DACH"), False, [("Phrasebook Live", "Sales")]),
        ("Phrasebook", ("Support",), False, []),
        ("Atelier", ("Sales",), False, []),
    ],
)
def test_names(bench: Bench, text: str, path: tuple[str, ...], *, is_taken: bool, alike: list[tuple[str, str]]) -> None:
    state = name(bench, text, *path)
    assert (state.taken_by is not None) is is_taken
    assert [(found.external_platform, group) for found, group in state.alike] == alike


def test_a_name_made_just_now_is_taken(bench: Bench) -> None:
    group = place(bench, "Sales", "DACH")
    assert name(bench, "Atelier Ω", "Sales", "DACH").in_group == 0
    creation = bench.create()
    state = names.run(bench.services, NameWanted("c1", group, "Atelier Ω"), silent, STOP)
    assert state.taken_by is not None
    assert (state.taken_by.id, state.in_group) == (creation.integration_id, 1)


def test_a_very_large_customer(tmp_path: Path) -> None:
    with PracticePlatform(large_world(2_000), settings=Settings(rate_limits=False)) as platform:
        platform.world.add(Group(new_id(), "Orphan", new_id()))
        platform.world.add(Integration(new_id(), {"externalPlatform": "No group told"}))
        bench = Bench(platform, tmp_path / "data")
        found = groups.run(bench.services, "c1", silent, STOP)
        assert found.forest is not None
        assert len(found.forest.groups) == 2_001
        assert found.forest.root is not None
        bench.close()
