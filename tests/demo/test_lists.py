"""Lists: pages, filters, groups, people, roles, courses, and the limits on requests."""

import re

import httpx
import pytest

from tests.demo.conftest import code
from tests.helpers.clocks import ManualClock
from wizard.demo import PracticePlatform, World, large_world, sample_world


def walk(client: httpx.Client, path: str) -> tuple[list[dict[str, str]], int]:
    """Return everything a list holds and the number of its pages."""
    found, pages, following = [], 0, path
    while following:
        answer = client.get(following)
        found += answer.json()
        pages += 1
        match = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        following = match[1] if match else ""
    return found, pages


@pytest.mark.parametrize("is_absolute", [True, False])
def test_pages(platform: PracticePlatform, client: httpx.Client, is_absolute: bool) -> None:
    platform.settings.absolute_links = is_absolute
    platform.settings.page_sizes["groups"] = 10
    link = client.get("/api/v2/groups").headers["link"]
    assert link.startswith(f"<{platform.url}/api" if is_absolute else "</api")
    found, pages = walk(client, "/api/v2/groups")
    assert [one["_id"] for one in found] == list(platform.world.groups)
    assert pages == -(-len(found) // 10)


def test_a_full_last_page_has_no_link(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.page_sizes["integrations"] = 3
    assert "link" not in client.get("/api/v2/integrations").headers


def test_the_cursor_carries_the_filters(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.page_sizes["users"] = 2
    found, pages = walk(client, "/api/v2/users?status[ne]=active&mail[nin][0]=x")
    assert {one["status"] for one in found} == {"invited", "deleted"}
    assert (len(found), pages) == (2, 1)
    found, pages = walk(client, "/api/v2/users?status[eq]=active")
    assert (len(found), pages) == (18, 9)


@pytest.mark.parametrize("cursor", ["abc", "loop", "a.b", ""])
def test_a_made_up_cursor_is_refused(client: httpx.Client, cursor: str) -> None:
    answer = client.get(f"/api/v2/users?next={cursor}")
    assert code(answer) == (400, "invalidBody")


def test_a_cursor_belongs_to_its_list(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.page_sizes["groups"] = 10
    target = client.get("/api/v2/groups").headers["link"].partition("?")[2].partition(">")[0]
    assert code(client.get(f"/api/v2/users?{target}")) == (400, "invalidBody")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("externalPlatform[eq]=Udemy", {"Udemy"}),
        ("externalPlatform[eq]=udemy", set()),
        ("externalPlatform[ne]=Udemy", {"Safety Shorts", "Phrasebook Live"}),
        ("externalPlatform[in][0]=Udemy&externalPlatform[in][1]=Safety%20Shorts", {"Udemy", "Safety Shorts"}),
        ("externalPlatform[in]=Udemy&externalPlatform[in]=Safety+Shorts", {"Udemy", "Safety Shorts"}),
        ("externalPlatform[in][]=Udemy", {"Udemy"}),
        ("externalPlatform[nin][0]=Udemy&externalPlatform[nin][1]=x", {"Safety Shorts", "Phrasebook Live"}),
        ("externalPlatform[ne]=Udemy&externalPlatform[nin]=Safety%20Shorts", {"Phrasebook Live"}),
        ("externalPlatform%5Beq%5D=Udemy", {"Udemy"}),
    ],
)
def test_filters(client: httpx.Client, query: str, expected: set[str]) -> None:
    found = client.get(httpx.URL(f"/api/v2/integrations?{query}")).json()
    assert {one["externalPlatform"] for one in found} == expected


@pytest.mark.parametrize(
    "path",
    [
        "integrations?groupId[eq]=x",
        "integrations?externalPlatform[gt]=x",
        "integrations?externalPlatform=x",
        "integrations?externalPlatform[eq]=x&externalPlatform[eq]=y",
        "groups?name[eq]=Sales",
        "groups?limit=200",
        "users?status[eq]=sleeping",
        "courses?groupId[eq]=Sales",
        "courses?createdAt[lt]=yesterday",
        "courses?collaborativeLearning[eq]=maybe",
    ],
)
def test_unknown_filters_are_refused(client: httpx.Client, path: str) -> None:
    assert code(client.get(f"/api/v2/{path}")) == (400, "invalidBody")


def test_unknown_filters_may_be_ignored(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.ignore_unknown_filters = True
    assert len(client.get("/api/v2/integrations?groupId[eq]=x").json()) == 3


def test_encoded_brackets_may_be_refused(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.refuse_encoded_brackets = True
    assert code(client.get("/api/v2/integrations?externalPlatform%5Beq%5D=Udemy")) == (400, "invalidBody")
    raw = client.get(f"{platform.url}/api/v2/integrations?externalPlatform[eq]=Udemy")
    assert len(raw.json()) == 1


def test_people_are_found_by_exact_mail_or_name(client: httpx.Client) -> None:
    (greta,) = client.get("/api/v2/users?mail[eq]=greta.weiss%2Btraining@acme.example").json()
    assert greta["lastName"] == "Weiß"
    (workshop,) = client.get("/api/v2/users?username[eq]=workshop-4").json()
    assert "mail" not in workshop
    assert client.get(f"/api/v2/users/{greta['_id'].upper()}").json() == greta
    assert code(client.get(f"/api/v2/users/{'0' * 24}")) == (404, "userNotFound")


def test_courses_can_be_counted(platform: PracticePlatform, client: httpx.Client) -> None:
    root = platform.world.root().id
    path = f"/api/v2/courses?type[eq]=external&status[eq]=published&groupId[eq]={root}"
    assert {one["externalPlatform"] for one in client.get(path).json()} == {"Udemy"}
    assert len(client.get(path).json()) == 3
    assert len(client.get("/api/v2/courses?createdAt[gte]=2026-01-01").json()) == 12
    assert client.get("/api/v2/courses?createdAt[lt]=2026-01-01T00:00:00.000Z").json() == []
    assert len(client.get(f"/api/v2/groups/{root}/catalog/course-ids").json()) == 4
    assert client.get(f"/api/v2/groups/{root}/library/path-ids").json() == []


def test_groups(platform: PracticePlatform, client: httpx.Client) -> None:
    groups = client.get("/api/v2/groups").json()
    (root,) = [one for one in groups if "parentId" not in one]
    assert (root["name"], root["public"]) == ("ACME Academy", False)
    assert sorted(one["name"] for one in groups).count("Onboarding") == 3
    assert client.get(f"/api/v2/groups/{root['_id']}").json() == root
    assert code(client.get(f"/api/v2/groups/{'0' * 24}")) == (404, "groupNotFound")
    assert code(client.get(f"/api/v2/groups/{'0' * 24}/roles")) == (404, "groupNotFound")


def test_roles_are_sorted_and_paged(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.page_sizes["roles"] = 2
    dach = platform.world.group_named("DACH")
    rows, pages = walk(client, f"/api/v2/groups/{dach.id}/roles")
    assert rows == sorted(rows, key=lambda row: row["userId"])
    assert pages == 3
    greta = platform.world.user_with_mail("greta.weiss+training@acme.example")
    rows, _ = walk(client, f"/api/v2/users/{greta.id}/roles")
    assert [row["role"] for row in rows] == ["admin", "coach"]


@pytest.mark.parametrize(
    ("method", "limit", "path"), [("GET", 50, "groups"), ("PATCH", 10, f"integrations/{'0' * 24}")]
)
def test_limits(
    platform: PracticePlatform, client: httpx.Client, clock: ManualClock, method: str, limit: int, path: str
) -> None:
    platform.settings.rate_limits = True
    statuses = [client.request(method, f"/api/v2/{path}").status_code for _ in range(limit + 1)]
    assert statuses.index(429) == limit
    answer = client.request(method, f"/api/v2/{path}")
    assert answer.json() == {"error": "tooManyRequests"}
    assert "retry-after" not in answer.headers
    clock.now_s += 1.0
    assert client.request(method, f"/api/v2/{path}").status_code != 429


def assert_is_one_tree(world: World) -> None:
    """Assert that there is exactly one root and that every parent exists."""
    assert len([one for one in world.groups.values() if one.parent_id is None]) == 1
    assert all(one.parent_id in world.groups for one in world.groups.values() if one.parent_id)
    assert all(re.fullmatch("[0-9a-f]{24}", one) for one in world.groups)
    assert all(role.group_id in world.groups and role.user_id in world.users for role in world.roles)


def test_the_sample_is_the_same_in_every_run() -> None:
    assert sample_world() == sample_world()
    assert_is_one_tree(sample_world())
    owners = [one for one in sample_world().roles if one.role == "owner"]
    assert [one.group_id for one in owners] == [sample_world().root().id]


def test_a_very_large_customer_fits_sixty_pages() -> None:
    world = large_world()
    assert len(world.groups) == 30_000
    assert_is_one_tree(world)
