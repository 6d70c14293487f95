"""The token endpoint and what tokens open."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.demo.conftest import TOKEN, VERSION, code, token_body
from tests.helpers.clocks import ManualClock
from wizard.demo import Credential, PracticePlatform, guide_credential, practice_credential

GOOD = token_body(practice_credential())
ABSENT = object()


def test_a_token_looks_like_the_vendors(platform: PracticePlatform) -> None:
    answer = httpx.post(platform.url + TOKEN, json=GOOD).json()
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] == "3600"
    assert len(answer["access_token"].split(".")) == 3
    assert practice_credential().client_secret not in answer["access_token"]


def test_the_lifetime_may_be_a_number(platform: PracticePlatform) -> None:
    platform.settings.expires_in_as_number = True
    assert httpx.post(platform.url + TOKEN, json=GOOD).json()["expires_in"] == 3600


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"scope": "x"}, (400, "invalid_request")),
        ({"client_id": ABSENT}, (400, "invalid_request")),
        ({"client_secret": 7}, (400, "invalid_request")),
        ({"company_id": "short"}, (400, "invalid_request")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        ({"user_id": "0" * 24}, (400, "non_existing_user")),
        ({"client_secret": "0" * 32}, (401, "invalid_client")),
        ({"client_id": "0" * 32}, (401, "invalid_client")),
    ],
)
def test_refusals(platform: PracticePlatform, change: dict[str, Any], expected: tuple[int, str]) -> None:
    body = {name: value for name, value in (GOOD | change).items() if value is not ABSENT}
    assert code(httpx.post(platform.url + TOKEN, json=body)) == expected


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"client_id":"a","client_id":"b"}', b"[" * 100_000])
def test_malformed_bodies_are_refused(platform: PracticePlatform, raw: bytes) -> None:
    answer = httpx.post(platform.url + TOKEN, content=raw, headers={"content-type": "application/json"})
    assert code(answer) == (400, "invalid_request")


def test_a_form_is_refused(platform: PracticePlatform) -> None:
    assert code(httpx.post(platform.url + TOKEN, data=GOOD)) == (400, "invalid_request")


def test_the_token_of_a_deleted_user_is_refused(platform: PracticePlatform) -> None:
    wanda = platform.world.user_with_mail("wanda.nowak@acme.example")
    assert code(httpx.post(platform.url + TOKEN, json=GOOD | {"user_id": wanda.id})) == (400, "non_existing_user")


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nonsense", "Basic abc"])
def test_without_a_valid_token_nothing_opens(platform: PracticePlatform, header: str | None) -> None:
    headers = VERSION | ({} if header is None else {"authorization": header})
    answer = httpx.get(f"{platform.url}/api/v2/groups", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


def test_tokens_expire(platform: PracticePlatform, client: httpx.Client, clock: ManualClock) -> None:
    clock.now_s += 3599
    assert client.get("/api/v2/groups").status_code == 200
    clock.now_s += 1
    assert code(client.get("/api/v2/groups")) == (401, "invalid_token")


def test_tokens_can_be_revoked(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.world.revoke(guide_credential())
    assert client.get("/api/v2/groups").status_code == 200
    platform.world.revoke(practice_credential())
    assert code(client.get("/api/v2/groups")) == (401, "invalid_token")


def test_deleted_credentials_open_nothing(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.world.remove_credential(practice_credential())
    assert code(client.get("/api/v2/groups")) == (401, "invalid_token")
    assert code(client.post(TOKEN, json=GOOD)) == (401, "invalid_client")


@pytest.mark.parametrize("version", [None, "v1.0"])
def test_the_version_header_is_needed(platform: PracticePlatform, client: httpx.Client, version: str | None) -> None:
    del client.headers["360-api-version"]
    headers = {} if version is None else {"360-api-version": version}
    assert code(client.get("/api/v2/groups", headers=headers)) == (400, "invalidApiVersion")
    platform.settings.version_status, platform.settings.version_body = 404, {"error": "other"}
    assert code(client.get("/api/v2/groups", headers=headers)) == (404, "other")


@pytest.mark.parametrize("path", ["groups", "users", "courses", "bulk/operations"])
def test_the_guides_scopes_open_no_lookups(connect: Callable[[Credential], httpx.Client], path: str) -> None:
    client = connect(guide_credential())
    assert code(client.get(f"/api/v2/{path}")) == (403, "invalid_scope")
    assert client.get("/api/v2/integrations").status_code == 200


def test_a_missing_scope_may_be_told_as_text(
    platform: PracticePlatform, connect: Callable[[Credential], httpx.Client]
) -> None:
    platform.settings.scope_error_as_text = True
    assert connect(guide_credential()).get("/api/v2/groups").json() == {"error": "invalid_scope"}


def test_a_new_scope_needs_a_new_token(
    platform: PracticePlatform, connect: Callable[[Credential], httpx.Client]
) -> None:
    client = connect(guide_credential())
    platform.world.remove_credential(guide_credential())
    wider = Credential(guide_credential().client_id, guide_credential().client_secret)
    platform.world.add(wider)
    assert client.get("/api/v2/groups").status_code == 401
    assert connect(wider).get("/api/v2/groups").status_code == 200


def test_secrets_do_not_show(platform: PracticePlatform, client: httpx.Client) -> None:
    client.get("/api/v2/groups")
    shown = repr(platform.requests) + repr(platform.world)
    assert practice_credential().client_secret not in shown
    assert client.headers["authorization"] not in shown
