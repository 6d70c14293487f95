"""Integrations over HTTP: create, list, edit, delete, and every documented refusal."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.demo.conftest import code
from wizard.demo import PracticePlatform

PATH = "/api/v2/integrations"


@pytest.fixture
def wanted(platform: PracticePlatform) -> dict[str, Any]:
    """A valid request."""
    return {
        "externalPlatform": "Atelier Ω",
        "groupId": platform.world.group_named("DACH").id,
        "authorId": platform.world.user_with_mail("alex.martin@acme.example").id,
        "defaultCompletion": True,
        "defaultProgress": 0,
        "noGroupPropagation": False,
        "externalPlatformLogoUrl": "https://static.example.com/logo.png",
    }


def test_create_answers_the_whole_object(
    platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any]
) -> None:
    answer = client.post(PATH, json=wanted)
    assert answer.status_code == 201
    made = answer.json()
    assert len(made.pop("_id")) == 24
    assert made == wanted
    assert client.get(f"{PATH}?externalPlatform[eq]=Atelier%20%CE%A9").json() == [answer.json()]
    assert len(platform.world.integrations_named("Atelier Ω", wanted["groupId"])) == 1


def test_omitted_values_stay_absent(client: httpx.Client, wanted: dict[str, Any]) -> None:
    least = {name: wanted[name] for name in ("externalPlatform", "groupId", "authorId")}
    assert client.post(PATH, json=least).json().keys() == {"_id", *least}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"externalPlatform": "coursera "}, (400, "reservedPlatformName")),
        ({"groupId": "0" * 24}, (404, "groupNotFound")),
        ({"authorId": "0" * 24}, (404, "userNotFound")),
        ({"groupId": "DACH"}, (400, "invalidBody")),
        ({"externalPlatform": ""}, (400, "invalidBody")),
        ({"externalPlatform": 7}, (400, "invalidBody")),
        ({"externalPlatform": None}, (400, "invalidBody")),
        ({"defaultProgress": 101}, (400, "invalidBody")),
        ({"defaultProgress": True}, (400, "invalidBody")),
        ({"defaultProgress": 1.5}, (400, "invalidBody")),
        ({"defaultCompletion": 1}, (400, "invalidBody")),
        ({"noGroupPropagation": "false"}, (400, "invalidBody")),
        ({"externalPlatformLogoUrl": "http://static.example.com/logo.png"}, (400, "invalidBody")),
        ({"externalPlatformLogoUrl": "https://[broken"}, (400, "invalidBody")),
        ({"externalPlatformUnicolorLogoUrl": ""}, (400, "invalidBody")),
        ({"subgroups": True}, (400, "invalidBody")),
        ({"_id": "0" * 24}, (400, "invalidBody")),
    ],
)
def test_create_refuses(
    platform: PracticePlatform,
    client: httpx.Client,
    wanted: dict[str, Any],
    change: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    before = len(platform.world.integrations)
    assert code(client.post(PATH, json=wanted | change)) == expected
    assert len(platform.world.integrations) == before


def test_the_code_for_a_malformed_body_can_be_chosen(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.validation_code = "somethingElse"
    assert code(client.post(PATH, json={})) == (400, "somethingElse")
    assert code(client.post(PATH, content=b"{}")) == (400, "badMediaType")


def test_a_name_is_unique_in_its_group_only(
    platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any]
) -> None:
    assert client.post(PATH, json=wanted).status_code == 201
    assert code(client.post(PATH, json=wanted)) == (400, "duplicateExternalPlatform")
    elsewhere = wanted | {"groupId": platform.world.root().id}
    assert client.post(PATH, json=elsewhere).status_code == 201
    other_case = wanted | {"externalPlatform": "ATELIER Ω"}
    assert client.post(PATH, json=other_case).status_code == 201
    platform.settings.name_key = lambda name: name.strip().casefold()
    spaced = wanted | {"externalPlatform": " atelier ω "}
    assert code(client.post(PATH, json=spaced)) == (400, "duplicateExternalPlatform")


def test_two_at_once_make_one(platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any]) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post(PATH, json=wanted).status_code, range(16)))
    assert sorted(answers) == [201] + [400] * 15
    assert len(platform.world.integrations_named("Atelier Ω")) == 1


def test_the_number_is_limited(platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any]) -> None:
    platform.world.integrations_limit = 3
    assert code(client.post(PATH, json=wanted)) == (400, "integrationsLimitReached")


@pytest.mark.parametrize(
    ("mail", "is_accepted"),
    [
        ("alex.martin@acme.example", True),  # editor here
        ("greta.weiss+training@acme.example", True),  # admin of the group above
        ("odile.marchetti@acme.example", True),  # owner
        ("alex.martin2@acme.example", False),  # learner here
        ("camille.lefevre@acme.example", False),  # editor elsewhere
        ("tomas.silva@acme.example", False),  # editor, only invited
        ("wanda.nowak@acme.example", False),  # editor, deleted
    ],
)
def test_an_ineligible_author_may_be_refused(
    platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any], mail: str, is_accepted: bool
) -> None:
    wanted["authorId"] = platform.world.user_with_mail(mail).id
    platform.settings.refuse_ineligible_author = True
    answer = client.post(PATH, json=wanted)
    assert answer.status_code == (201 if is_accepted else 403)
    if not is_accepted:
        platform.settings.refuse_ineligible_author = False
        assert client.post(PATH, json=wanted).status_code == 201


def test_edit_answers_without_the_id(platform: PracticePlatform, client: httpx.Client, wanted: dict[str, Any]) -> None:
    own_id = client.post(PATH, json=wanted).json()["_id"]
    answer = client.patch(f"{PATH}/{own_id}", json={"defaultProgress": 30})
    assert answer.status_code == 200
    assert answer.json() == wanted | {"defaultProgress": 30}
    assert platform.world.integrations[own_id].values["defaultProgress"] == 30


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"externalPlatform": "Safety Shorts"}, (400, "duplicateExternalPlatform")),
        ({"externalPlatform": "Coursera"}, (400, "reservedPlatformName")),
        ({"groupId": "0" * 24}, (404, "groupNotFound")),
        ({"authorId": "0" * 24}, (404, "userNotFound")),
        ({"externalPlatformLogoUrl": None}, (400, "invalidBody")),
    ],
)
def test_edit_refuses(
    platform: PracticePlatform,
    client: httpx.Client,
    wanted: dict[str, Any],
    change: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    wanted["groupId"] = platform.world.group_named("Compliance").id
    own_id = client.post(PATH, json=wanted).json()["_id"]
    assert code(client.patch(f"{PATH}/{own_id}", json=change)) == expected
    assert platform.world.integrations[own_id].values == wanted


def test_delete_archives_its_courses(platform: PracticePlatform, client: httpx.Client) -> None:
    (udemy,) = platform.world.integrations_named("Udemy")
    answer = client.delete(f"{PATH}/{udemy.id}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(f"{PATH}?externalPlatform[eq]=Udemy").json() == []
    own = [one for one in platform.world.courses.values() if one.integration_id == udemy.id]
    assert {one.status for one in own} == {"archived"}
    assert code(client.delete(f"{PATH}/{udemy.id}")) == (404, "integrationNotFound")
    assert code(client.patch(f"{PATH}/{udemy.id}", json={})) == (404, "integrationNotFound")


def test_reserved_ones_can_only_be_read(platform: PracticePlatform, client: httpx.Client) -> None:
    (udemy,) = platform.world.integrations_named("Udemy")
    platform.world.reserved_names.add("Udemy")
    assert code(client.delete(f"{PATH}/{udemy.id}")) == (400, "reservedPlatformName")
    assert code(client.patch(f"{PATH}/{udemy.id}", json={})) == (400, "reservedPlatformName")
    assert udemy.to_json() in client.get(PATH).json()


def test_external_courses(platform: PracticePlatform, client: httpx.Client) -> None:
    (udemy,) = platform.world.integrations_named("Udemy")
    assert client.get(f"{PATH}/{udemy.id}/courses/udemy-001").json()["externalId"] == "udemy-001"
    assert code(client.get(f"{PATH}/{udemy.id}/courses/none")) == (400, "courseNotBelongToIntegration")
    assert code(client.get(f"{PATH}/{'0' * 24}/courses/x")) == (404, "integrationNotFound")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", f"{PATH}/{'0' * 24}"), ("PUT", PATH), ("GET", "/api/v1/groups"), ("GET", f"{PATH}/"), ("GET", "/")],
)
def test_there_is_nothing_else(client: httpx.Client, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404


def test_a_malformed_id_may_be_400_or_404(platform: PracticePlatform, client: httpx.Client) -> None:
    assert code(client.delete(f"{PATH}/nonsense")) == (404, "integrationNotFound")
    platform.settings.malformed_id_status = 400
    assert code(client.delete(f"{PATH}/nonsense")) == (400, "invalidBody")
