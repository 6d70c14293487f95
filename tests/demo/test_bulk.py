"""Bulk operations: submit, states over time, results line by line."""

from typing import Any

import httpx
import pytest

from tests.demo.conftest import code
from tests.helpers.clocks import ManualClock
from wizard.demo import Course, PracticePlatform

BULK = "/api/v2/bulk"


@pytest.fixture
def line(platform: PracticePlatform) -> dict[str, str]:
    """Share the first course to France."""
    course = next(iter(platform.world.courses))
    return {"groupId": platform.world.group_named("France").id, "contentType": "course", "contentId": course}


def finish(client: httpx.Client, clock: ManualClock, answer: httpx.Response) -> list[dict[str, Any]]:
    """Let the operation end and return its results."""
    assert (answer.status_code, answer.content) == (202, b"")
    clock.now_s += 10
    operation = answer.headers["location"].rpartition("/")[2]
    return list(client.get(f"{BULK}/operations/{operation}/results").json())


def test_states_advance(
    platform: PracticePlatform, client: httpx.Client, clock: ManualClock, line: dict[str, str]
) -> None:
    path = client.post(f"{BULK}/groups/catalog", json={"input": [line] * 10}).headers["location"]
    seen = []
    for _ in range(4):
        seen.append(client.get(path).json())
        assert code(client.get(f"{path}/results")) == (400, "bulkOperationNotRun") if len(seen) < 4 else True
        clock.now_s += platform.settings.bulk_step_s
    assert [one["status"] for one in seen] == ["pending", "queued", "running", "completed"]
    basic = {"_id", "type", "createdAt", "status"}
    assert seen[0].keys() == basic
    assert seen[1].keys() == basic | {"queuedAt"}
    assert seen[2].keys() == basic | {"queuedAt", "startedAt", "progress"}
    assert seen[3].keys() == basic | {"queuedAt", "startedAt", "progress", "endedAt"}
    assert seen[3]["progress"]["index"] == 9
    assert seen[0]["createdAt"].endswith(".000Z")


@pytest.mark.parametrize("place", ["catalog", "library"])
def test_sharing_line_by_line(
    platform: PracticePlatform, client: httpx.Client, clock: ManualClock, line: dict[str, str], place: str
) -> None:
    lines = [line, line | {"groupId": "0" * 24}, line | {"contentType": "webinar"}, line | {"contentId": "9"}, 7]
    results = finish(client, clock, client.post(f"{BULK}/groups/{place}", json={"input": lines}))
    assert [one["status"] for one in results] == ["success"] + ["error"] * 4
    assert results[0]["resourceId"] == line["contentId"]
    assert results[1]["input"] == lines[1]
    shared = client.get(f"/api/v2/groups/{line['groupId']}/{place}/course-ids").json()
    assert shared == [line["contentId"]]
    removed = client.request("DELETE", f"{BULK}/groups/{place}", json={"input": [line, line]})
    assert [one["status"] for one in finish(client, clock, removed)] == ["success", "error"]
    assert client.get(f"/api/v2/groups/{line['groupId']}/{place}/course-ids").json() == []


def test_refusals(platform: PracticePlatform, client: httpx.Client, line: dict[str, str]) -> None:
    path = f"{BULK}/groups/catalog"
    assert code(client.post(path, json={"input": {}})) == (400, "invalidInput")
    platform.settings.bulk_limit_catalog = 1
    assert code(client.post(path, json={"input": [line, line]})) == (400, "inputTooLong")
    assert code(client.get(f"{BULK}/operations/{'0' * 24}")) == (404, "bulkOperationNotFound")
    assert code(client.get(f"{BULK}/operations/{'0' * 24}/results")) == (404, "bulkOperationNotFound")
    assert code(client.put(f"{BULK}/integrations/{'0' * 24}/courses", json={})) == (404, "integrationNotFound")
    platform.settings.bulk_disabled = True
    assert code(client.post(path, json={"input": []})) == (503, "bulkAPIDisabled")


def test_three_at_once(platform: PracticePlatform, client: httpx.Client, clock: ManualClock) -> None:
    path = f"{BULK}/groups/catalog"
    statuses = [client.post(path, json={"input": []}).status_code for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    refused = client.post(path, json={"input": []})
    assert code(refused) == (429, "bulkOperationsConcurrencyLimitReached")
    clock.now_s += 10
    assert client.post(path, json={"input": []}).status_code == 202


def test_a_failed_operation_still_has_results(
    platform: PracticePlatform, client: httpx.Client, clock: ManualClock, line: dict[str, str]
) -> None:
    platform.settings.bulk_error_message = "It went wrong."
    answer = client.post(f"{BULK}/groups/catalog", json={"input": [line]})
    assert len(finish(client, clock, answer)) == 1
    shown = client.get(answer.headers["location"]).json()
    assert (shown["status"], shown["errorMessage"]) == ("error", "It went wrong.")


def test_operations_are_listed(platform: PracticePlatform, client: httpx.Client, clock: ManualClock) -> None:
    for _ in range(21):
        client.post(f"{BULK}/groups/catalog", json={"input": []})
        clock.now_s += 1
    client.post(f"{BULK}/groups/library", json={"input": []})
    page = client.get(f"{BULK}/operations")
    assert len(page.json()) == 20
    assert "link" in page.headers
    assert [one["status"] for one in client.get(f"{BULK}/operations?status[eq]=pending").json()] == ["pending"]
    found = client.get(f"{BULK}/operations?type[eq]=addContentsToGroupsLibrary").json()
    assert len(found) == 1
    assert client.get(f"{BULK}/operations?createdAt[lt]=2020-01-01").json() == []


def test_location_may_name_another_host(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.location_origin = "https://app.360learning.com"
    answer = client.post(f"{BULK}/groups/catalog", json={"input": []})
    assert answer.headers["location"].startswith("https://app.360learning.com/api/v2/bulk/operations/")


def test_courses_come_and_go(platform: PracticePlatform, client: httpx.Client, clock: ManualClock) -> None:
    (udemy,) = platform.world.integrations_named("Udemy")
    path = f"{BULK}/integrations/{udemy.id}"
    good = {
        "externalId": "new-1",
        "name": "New",
        "launchUrl": "https://player.example.com/new-1",
        "defaultLang": "en",
        "sources": [],
        "subjects": [],
    }
    results = finish(client, clock, client.put(f"{path}/courses", json={"input": [good, {"name": "?"}]}))
    assert [one["status"] for one in results] == ["success", "error"]
    looked_up = client.get(f"/api/v2/integrations/{udemy.id}/courses/new-1").json()
    assert looked_up["courseId"] == results[0]["resourceId"]
    stats = {
        "courseIdentifier": {"type": "externalId", "value": "new-1"},
        "userIdentifier": {"type": "mail", "value": "pavel.dvorak@acme.example"},
    }
    lost = stats | {"userIdentifier": {"type": "mail", "value": "nobody@acme.example"}}
    results = finish(client, clock, client.post(f"{path}/stats", json={"input": [stats, lost, {}]}))
    assert [one["status"] for one in results] == ["success", "error", "error"]
    ends = [{"externalId": "new-1"}, {"externalId": "never"}]
    results = finish(client, clock, client.request("DELETE", f"{path}/courses", json={"input": ends}))
    assert [one["status"] for one in results] == ["success", "error"]
    course: Course = platform.world.courses[looked_up["courseId"]]
    assert course.status == "archived"
