"""OAuth 2: one token for all calls, renewed in time, sent to the platform only."""

import threading
from collections.abc import Callable

import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, Open, wanted
from tests.helpers.clients import no_report
from tests.helpers.clocks import ManualClock
from wizard.api.http.limits import TimeLimits
from wizard.api.v2.client import Client
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Field, Problem, Unanswered
from wizard.core.progress import Progress
from wizard.demo import Credential, Fault, PracticePlatform, guide_credential, practice_credential


def tokens(platform: PracticePlatform) -> int:
    return len(platform.received(template=TOKEN))


def test_one_token_for_everything(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    client.sign_in(no_report, stop)
    list(client.integrations(no_report, stop))
    list(client.groups(no_report, stop))
    client.create_integration(wanted(platform), no_report, stop)
    assert tokens(platform) == 1
    (token,) = {r.headers["authorization"] for r in platform.received() if r.path != TOKEN}
    assert token.startswith("Bearer ")


def test_the_token_call_has_three_fields_and_no_version(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    list(client.groups(no_report, stop))
    (call,) = platform.received(template=TOKEN)
    one = practice_credential()
    assert call.body == {
        "grant_type": "client_credentials",
        "client_id": one.client_id,
        "client_secret": one.client_secret,
    }
    assert (call.method, call.query, call.headers["content-type"]) == ("POST", "", "application/json")
    assert "360-api-version" not in call.headers
    assert "authorization" not in call.headers


def test_every_other_call_has_version_token_and_accept(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    group, user = wanted(platform).group_id, wanted(platform).author_id
    list(client.integrations(no_report, stop))
    list(client.integrations(no_report, stop, name="Udemy"))
    list(client.groups(no_report, stop))
    list(client.users(no_report, stop, mail="odile.marchetti@acme.example"))
    list(client.group_roles(group, no_report, stop))
    client.group(group, no_report, stop)
    client.user(user, no_report, stop)
    for scope in Scope:
        client.has_scope(scope, no_report, stop)
    made = client.create_integration(wanted(platform), no_report, stop)
    client.edit_integration(made.id, {"default_progress": 7}, no_report, stop)
    client.delete_integration(made.id, no_report, stop)
    calls = [r for r in platform.received() if r.path != TOKEN]
    assert len(calls) == 15
    assert {r.status for r in calls} == {200, 201, 204}
    assert {r.headers.get("360-api-version") for r in calls} == {"v2.0"}
    assert {r.headers.get("accept") for r in calls} == {"application/json"}
    assert all(r.headers["authorization"].startswith("Bearer ") for r in calls)
    assert {r.headers.get("content-type") for r in calls} == {None, "application/json"}
    assert {r.headers.get("content-type") for r in calls if r.method in ("POST", "PATCH")} == {"application/json"}


def test_a_token_is_renewed_a_minute_early(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    clock = ManualClock(0.0)
    client = open_at(clock=clock)
    for now, asked in ((0.0, 1), (3539.0, 1), (3541.0, 2), (7000.0, 2)):
        clock.now_s = now
        list(client.integrations(no_report, stop))
        assert tokens(platform) == asked


def test_a_revoked_token_is_renewed_once(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    list(client.integrations(no_report, stop))
    platform.world.revoke()
    assert list(client.integrations(no_report, stop))
    assert tokens(platform) == 2
    assert [r.status for r in platform.received(template=INTEGRATIONS)] == [200, 401, 200]


def test_a_token_that_expires_between_two_pages(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    platform.settings.page_sizes["groups"] = 10
    platform.faults.add(Fault("expire_token", "GET", "/api/v2/groups", after=1))
    pages = list(client.groups(no_report, stop))
    assert sorted(g.id for page in pages for g in page) == sorted(platform.world.groups)
    assert tokens(platform) == 2


def test_every_token_is_refused(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=401, body={"error": "invalid_token"}, times=None))
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, stop))
    assert (refused.value.code, refused.value.field) == (Code.INVALID_TOKEN, Field.CLIENT_SECRET)
    assert (tokens(platform), len(platform.received(template=INTEGRATIONS))) == (2, 2)


Call = Callable[[Client, PracticePlatform, threading.Event], object]
CALLS: list[Call] = [
    lambda client, _, stop: client.sign_in(no_report, stop),
    lambda client, _, stop: list(client.integrations(no_report, stop)),
    lambda client, platform, stop: client.create_integration(wanted(platform), no_report, stop),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ({"error": "invalid_client"}, 401, (Code.INVALID_CLIENT, Field.CLIENT_SECRET)),
        ({"error": "invalid_request"}, 400, (Code.INVALID_REQUEST, Field.CLIENT_ID)),
        ({"error": "unsupported_grant_type"}, 400, (Code.INVALID_REQUEST, Field.CLIENT_ID)),
        ({"error": "invalid_api_key"}, 401, (Code.INVALID_CLIENT, Field.CLIENT_SECRET)),
        ({"error": "missing_company_id"}, 401, (Code.INVALID_CLIENT, Field.CLIENT_ID)),
        ({"access_token": 7}, 200, (Code.UNREADABLE_ANSWER, None)),
        ([], 200, (Code.UNREADABLE_ANSWER, None)),
        ("<html>Sign in to the network</html>", 200, (Code.NOT_THE_PLATFORM, None)),
        ("", 404, (Code.NOT_FOUND, None)),
    ],
)
def test_the_token_call_fails(
    platform: PracticePlatform,
    client: Client,
    call: Call,
    body: object,
    status: int,
    expected: tuple[Code, Field | None],
) -> None:
    platform.faults.add(Fault("status", "POST", TOKEN, status=status, body=body, times=None))
    with pytest.raises(Problem) as refused:
        call(client, platform, threading.Event())
    assert (refused.value.code, refused.value.field) == expected
    assert not isinstance(refused.value, Unanswered)
    assert len(platform.received()) == 1


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("status", {"status": 503}, Code.SERVER_FAILED),
        ("rate_limit", {}, Code.TOO_MANY_REQUESTS),
        ("drop_before", {}, Code.NO_CONNECTION),
        ("silent", {}, Code.TIMED_OUT),
    ],
)
def test_retries_of_the_token_call_are_not_multiplied(
    platform: PracticePlatform,
    open_at: Open,
    call: Call,
    kind: str,
    more: dict[str, int],
    code: Code,
) -> None:
    stop = threading.Event()
    client = open_at(times=TimeLimits(read_s=0.1), attempts=3)
    fault = platform.faults.add(Fault(kind, "POST", TOKEN, times=None, **more))  # type: ignore[arg-type]
    with pytest.raises(Expected) as refused:
        call(client, platform, stop)
    assert (refused.value.code, fault.hits) == (code, 3)
    assert not isinstance(refused.value, Unanswered)
    assert len(platform.received()) == 3
    platform.faults.clear()
    call(client, platform, stop)


def test_a_transient_failure_of_the_token_call(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    waits: list[Progress] = []
    platform.faults.add(Fault("status", "POST", TOKEN, status=500, times=2))
    client.sign_in(waits.append, stop)
    assert (tokens(platform), len(waits)) == (3, 2)
    platform.world.revoke()
    list(client.integrations(no_report, stop))
    assert len(waits) == 2


def test_the_wrong_secret(platform: PracticePlatform, open_at: Open, stop: threading.Event) -> None:
    wrong = Credential(practice_credential().client_id, "wrong")
    with pytest.raises(Expected) as refused:
        open_at(credential=wrong).sign_in(no_report, stop)
    assert refused.value.code is Code.INVALID_CLIENT
    assert tokens(platform) == 1


@pytest.mark.parametrize("as_text", [True, False])
def test_scopes_are_probed_by_reads(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, *, as_text: bool
) -> None:
    platform.settings.scope_error_as_text = as_text
    client = open_at(credential=guide_credential())
    found = {scope: client.has_scope(scope, no_report, stop) for scope in Scope}
    assert found == {
        Scope.INTEGRATIONS_READ: True,
        Scope.INTEGRATIONS_WRITE: None,
        Scope.INTEGRATIONS_BULK: None,
        Scope.GROUPS_READ: False,
        Scope.USERS_READ: False,
        Scope.COURSES_READ: False,
        Scope.BULK_OPERATIONS_READ: False,
        Scope.GROUPS_BULK: None,
    }
    assert {r.method for r in platform.received() if r.path != TOKEN} == {"GET"}
    with pytest.raises(Expected) as refused:
        list(client.groups(no_report, stop))
    assert (refused.value.code, refused.value.facts["scope"]) == (Code.INVALID_SCOPE, "groups:read")


def test_no_cookie_is_kept(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    platform.faults.add(Fault("slow", headers={"Set-Cookie": "session=abc; Path=/"}, times=3))
    for _ in range(3):
        list(client.integrations(no_report, stop))
    assert not [r for r in platform.received() if "cookie" in r.headers]
