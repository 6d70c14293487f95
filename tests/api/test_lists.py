"""Lists: the filter finds every name, pages are followed to the end and nowhere else."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.api.conftest import INTEGRATIONS, Open, open_client, wanted
from wizard.api.v2.client import Platform
from wizard.core.cleaning import clean_platform_name
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Stopped
from wizard.demo import Fault, Integration, PracticePlatform, Settings, User, large_world, new_id

GROUPS = "/api/v2/groups"
ODD = "[]{}%&+#?/\\='\"<>@:;,~`^|*!$() \u00a0é東京😀ـ\u0301"


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[PracticePlatform, Platform]]:
    """One platform for many names."""
    with PracticePlatform(settings=Settings(rate_limits=False, refuse_encoded_brackets=True)) as platform:
        platform.world.integrations_limit = 10_000
        client = open_client(platform.url)
        client.wire._reads._per_second = client.wire._reads._burst = 10_000.0
        client.wire._writes._per_second = client.wire._writes._burst = 10_000.0
        yield platform, client
        client.wire.close()
    assert platform.bugs == []


@settings(max_examples=60)
@given(st.one_of(st.text(min_size=1, max_size=30), st.text(ODD, min_size=1, max_size=30)).map(clean_platform_name))
@example("100% [sure]&x=y+z #1?")
@example("%5B%20%")
@example("a" * 2000)
@example("東" * 500)
def test_what_is_created_is_found_by_its_name(shared: tuple[PracticePlatform, Platform], name: str) -> None:
    platform, client = shared
    stop = threading.Event()
    if not name or platform.world.integrations_named(name):
        return
    made = client.create_integration(wanted(platform, name), stop)
    assert [f.id for f in client.integrations(stop, name)] == [made.id]
    assert made.external_platform == name
    (kept,) = platform.world.integrations_named(name)
    assert kept.values["externalPlatform"] == name


def test_brackets_travel_as_they_are(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    platform.settings.refuse_encoded_brackets = True
    list(client.integrations(stop, "A [b]&c"))
    list(client.users(stop, "a+b@acme.example"))
    queries = [r.query for r in platform.received("GET")]
    assert queries == ["externalPlatform[eq]=A%20%5Bb%5D%26c", "mail[eq]=a%2Bb@acme.example"]


def test_a_mail_with_a_plus_is_found(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    for mail in ("greta.weiss+training@acme.example", "почта@пример.example"):
        (page,) = client.users(stop, mail)
        assert [p.mail for p in page] == [mail]


@pytest.mark.parametrize("is_absolute", [True, False])
def test_pages_to_the_end(
    platform: PracticePlatform, client: Platform, stop: threading.Event, *, is_absolute: bool
) -> None:
    platform.settings.absolute_links = is_absolute
    platform.settings.page_sizes["groups"] = 4
    pages = list(client.groups(stop))
    assert [len(page) for page in pages[:-1]] == [4] * (len(pages) - 1)
    assert [g.id for page in pages for g in page] == list(platform.world.groups)
    assert len(platform.received("GET", GROUPS)) == len(pages)


def test_a_filter_is_not_added_to_the_next_page(
    platform: PracticePlatform, client: Platform, stop: threading.Event
) -> None:
    platform.settings.page_sizes["integrations"] = 1
    for number in range(3):
        group = list(platform.world.groups)[number]
        platform.world.add(Integration(new_id(), {"externalPlatform": "Same", "groupId": group, "authorId": new_id()}))
    assert len(list(client.integrations(stop, "Same"))) == 3
    first, *others = [r.query for r in platform.received("GET", INTEGRATIONS)]
    assert first == "externalPlatform[eq]=Same"
    assert len(others) == 2
    assert all(query.startswith("next=") and "external" not in query for query in others)


def test_thirty_thousand_groups(stop: threading.Event) -> None:
    with PracticePlatform(large_world(30_000), settings=Settings(rate_limits=False)) as platform:
        client = open_client(platform.url)
        client.wire._reads._per_second = 10_000.0
        pages = list(client.groups(stop))
        client.wire.close()
    assert (len(pages), sum(map(len, pages))) == (60, 30_000)


def test_a_page_is_asked_for_when_it_is_wanted(
    platform: PracticePlatform, client: Platform, stop: threading.Event
) -> None:
    platform.settings.page_sizes["groups"] = 1
    pages = client.groups(stop)
    next(pages)
    assert len(platform.received("GET", GROUPS)) == 1
    stop.set()
    with pytest.raises(Stopped):
        next(pages)
    assert len(platform.received("GET", GROUPS)) == 1


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/api/v2/groups?next=x", "//elsewhere.example/x", "http://127.0.0.2:9/x", "ftp://x/y"],
)
def test_another_origin_gets_nothing(
    platform: PracticePlatform, client: Platform, stop: threading.Event, target: str
) -> None:
    # The guard of all tests fails this one if anybody is as much as looked up.
    platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=target))
    pages = client.groups(stop)
    next(pages)
    with pytest.raises(Expected) as refused:
        next(pages)
    assert refused.value.code is Code.REDIRECTED


def test_a_neighbouring_port_is_another_origin(client: Platform, platform: PracticePlatform) -> None:
    with PracticePlatform(settings=Settings(rate_limits=False)) as neighbour:
        platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=f"{neighbour.url}{GROUPS}?next=x"))
        with pytest.raises(Expected):
            list(client.groups(threading.Event()))
        assert neighbour.received() == []


def test_a_path_that_looks_like_a_host_stays_here(
    platform: PracticePlatform, client: Platform, stop: threading.Event
) -> None:
    platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=f"{platform.url}//elsewhere.example/x"))
    with pytest.raises(Expected):
        list(client.groups(stop))
    assert platform.requests[-1].path.endswith("/x")


def test_a_list_without_end_ends(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.api.http.exchange.PAGES_LIMIT", 5)
    platform.settings.page_sizes["groups"] = 1
    with pytest.raises(Expected) as refused:
        list(open_at().groups(stop))
    assert (refused.value.code, refused.value.facts["pages"]) == (Code.LIST_NOT_FINISHED, 5)
    assert len(platform.received("GET", GROUPS)) == 5


def test_people_and_groups_as_listed(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    people = {p.id: p for page in client.users(stop) for p in page}
    assert {p.status.value for p in people.values()} == {"active", "invited", "deleted"}
    for user in platform.world.users.values():
        found = people[ObjectId(user.id)]
        assert (found.mail, found.username) == (user.mail or "", user.username or "")
    root = next(g for page in client.groups(stop) for g in page if g.parent_id is None)
    assert (root.name, root.is_public) == ("ACME Academy", False)


def test_an_old_answer_about_a_deleted_person(
    platform: PracticePlatform, client: Platform, stop: threading.Event
) -> None:
    user = User(new_id(), "Old", "Sample", status="whatever comes next")
    platform.world.add(user)
    assert client.user(ObjectId(user.id), stop).status.value == "unknown"
    platform.faults.add(Fault("wrong_echo", "GET", "/api/v2/users/{id}", changes={"deleted": True}))
    assert client.user(ObjectId(user.id), stop).status.value == "deleted"


def test_roles_nobody_knows_give_no_right(platform: PracticePlatform, client: Platform, stop: threading.Event) -> None:
    group = wanted(platform).group_id
    platform.faults.add(Fault("wrong_echo", "GET", f"/api/v2/groups/{group}/roles", changes={"role": "emperor"}))
    assert {m.role.value for m in client.group_roles(group, stop)} == {"other"}
    assert {m.group_id for m in client.group_roles(group, stop)} == {group}
