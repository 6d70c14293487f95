"""Lists: the filter finds every name, pages are followed to the end and nowhere else."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.api.conftest import INTEGRATIONS, Open, open_client, wanted
from tests.helpers.clients import no_pace, no_report
from wizard.api.v2.client import Client
from wizard.core.cleaning import clean_platform_name
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Stopped
from wizard.demo import Fault, Integration, PracticePlatform, Settings, User, large_world, new_id

GROUPS = "/api/v2/groups"
ODD = "[]{}%&+#?/\\='\"<>@:;,~`^|*!$() \u00a0é東京😀ـ\u0301"


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[PracticePlatform, Client]]:
    """One platform for many names."""
    with PracticePlatform(settings=Settings(rate_limits=False, refuse_encoded_brackets=True)) as platform:
        platform.world.integrations_limit = 10_000
        client = open_client(platform.url)
        client.share_pace(no_pace())
        yield platform, client
        client.close()
    assert platform.bugs == []


@settings(max_examples=60)
@given(st.one_of(st.text(min_size=1, max_size=30), st.text(ODD, min_size=1, max_size=30)).map(clean_platform_name))
@example("100% [sure]&x=y+z #1?")
@example("%5B%20%")
@example("a" * 2000)
@example("東" * 500)
def test_the_filter_finds_every_name(shared: tuple[PracticePlatform, Client], name: str) -> None:
    platform, client = shared
    stop = threading.Event()
    if not name or platform.world.integrations_named(name):
        return
    made = client.create_integration(wanted(platform, name), no_report, stop)
    assert [f.id for f in client.integrations(no_report, stop, name=name)] == [made.id]
    assert made.external_platform == name
    (kept,) = platform.world.integrations_named(name)
    assert kept.values["externalPlatform"] == name


def test_brackets_are_not_encoded(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    platform.settings.refuse_encoded_brackets = True
    list(client.integrations(no_report, stop, name="A [b]&c"))
    list(client.users(no_report, stop, mail="a+b@acme.example"))
    queries = [r.query for r in platform.received("GET")]
    assert queries == ["externalPlatform[eq]=A%20%5Bb%5D%26c", "mail[eq]=a%2Bb@acme.example"]


def test_a_mail_with_a_plus_is_found(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    for mail in ("greta.weiss+training@acme.example", "почта@пример.example"):
        (page,) = client.users(no_report, stop, mail=mail)
        assert [p.mail for p in page] == [mail]


@pytest.mark.parametrize("is_absolute", [True, False])
def test_pages_to_the_end(
    platform: PracticePlatform, client: Client, stop: threading.Event, *, is_absolute: bool
) -> None:
    platform.settings.absolute_links = is_absolute
    platform.settings.page_sizes["groups"] = 4
    pages = list(client.groups(no_report, stop))
    assert [len(page) for page in pages[:-1]] == [4] * (len(pages) - 1)
    assert [g.id for page in pages for g in page] == list(platform.world.groups)
    assert len(platform.received("GET", GROUPS)) == len(pages)


def test_a_filter_is_not_added_to_the_next_page(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    platform.settings.page_sizes["integrations"] = 1
    for number in range(3):
        group = list(platform.world.groups)[number]
        platform.world.add(Integration(new_id(), {"externalPlatform": "Same", "groupId": group, "authorId": new_id()}))
    assert len(list(client.integrations(no_report, stop, name="Same"))) == 3
    first, *others = [r.query for r in platform.received("GET", INTEGRATIONS)]
    assert first == "externalPlatform[eq]=Same"
    assert len(others) == 2
    assert all(query.startswith("next=") and "external" not in query for query in others)


def test_thirty_thousand_groups(stop: threading.Event) -> None:
    with PracticePlatform(large_world(30_000), settings=Settings(rate_limits=False)) as platform:
        client = open_client(platform.url)
        client.share_pace(no_pace())
        pages = list(client.groups(no_report, stop))
        client.close()
    assert (len(pages), sum(map(len, pages))) == (60, 30_000)


def test_pages_are_read_lazily(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    platform.settings.page_sizes["groups"] = 1
    pages = client.groups(no_report, stop)
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
def test_a_link_to_another_origin_gets_no_request(
    platform: PracticePlatform, client: Client, stop: threading.Event, target: str
) -> None:
    # The network guard fails the test on a mere lookup of another host.
    platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=target))
    pages = client.groups(no_report, stop)
    next(pages)
    with pytest.raises(Expected) as refused:
        next(pages)
    assert refused.value.code is Code.REDIRECTED


def test_another_port_is_another_origin(client: Client, platform: PracticePlatform) -> None:
    with PracticePlatform(settings=Settings(rate_limits=False)) as neighbour:
        platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=f"{neighbour.url}{GROUPS}?next=x"))
        with pytest.raises(Expected):
            list(client.groups(no_report, threading.Event()))
        assert neighbour.received() == []


def test_a_path_that_looks_like_a_host_stays_on_the_origin(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    platform.faults.add(Fault("foreign_link", "GET", GROUPS, target=f"{platform.url}//elsewhere.example/x"))
    with pytest.raises(Expected):
        list(client.groups(no_report, stop))
    assert platform.requests[-1].path.endswith("/x")


def test_a_list_with_too_many_pages(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.api.http.paging.PAGES_MAX", 5)
    platform.settings.page_sizes["groups"] = 1
    with pytest.raises(Expected) as refused:
        list(open_at().groups(no_report, stop))
    assert (refused.value.code, refused.value.facts["pages"]) == (Code.LIST_NOT_FINISHED, 5)
    assert len(platform.received("GET", GROUPS)) == 5


def test_people_and_groups_as_listed(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    people = {p.id: p for page in client.users(no_report, stop) for p in page}
    assert {p.status.value for p in people.values()} == {"active", "invited", "deleted"}
    for user in platform.world.users.values():
        found = people[ObjectId(user.id)]
        assert (found.mail, found.username) == (user.mail or "", user.username or "")
    root = next(g for page in client.groups(no_report, stop) for g in page if g.parent_id is None)
    assert (root.name, root.is_public) == ("ACME Academy", False)


def test_an_old_answer_about_a_deleted_person(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    user = User(new_id(), "Old", "Sample", status="whatever comes next")
    platform.world.add(user)
    assert client.user(ObjectId(user.id), no_report, stop).status.value == "unknown"
    platform.faults.add(Fault("wrong_echo", "GET", "/api/v2/users/{id}", changes={"deleted": True}))
    assert client.user(ObjectId(user.id), no_report, stop).status.value == "deleted"


def test_unknown_roles_grant_nothing(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    group = wanted(platform).group_id
    platform.faults.add(Fault("wrong_echo", "GET", f"/api/v2/groups/{group}/roles", changes={"role": "emperor"}))
    assert {m.role.value for m in client.group_roles(group, no_report, stop)} == {"other"}
    assert {m.group_id for m in client.group_roles(group, no_report, stop)} == {group}
