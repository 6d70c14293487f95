"""Every kind of bad answer: its problem, the number of attempts, and whether a write is unanswered."""

import socket
import threading
from typing import Any

import httpx
import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, Open, open_client, wanted
from tests.helpers.clients import no_report
from wizard.api.answer import Answer
from wizard.api.faults import from_answer, from_transport
from wizard.api.http.limits import TimeLimits
from wizard.api.v2.client import Client
from wizard.core.address import EU
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field, Unanswered
from wizard.demo import Fault, PracticePlatform

ID = ObjectId("5f" * 12)
ONCE, TWICE, THRICE = 1, 2, 3
DEEP = b"[" * 200_000

READS: list[tuple[str, dict[str, Any], Code, int]] = [
    ("drop_before", {}, Code.NO_CONNECTION, THRICE),
    ("drop_after", {}, Code.NO_CONNECTION, THRICE),
    ("reset", {}, Code.NO_CONNECTION, THRICE),
    ("garbage", {}, Code.NO_CONNECTION, THRICE),
    ("truncated", {}, Code.NO_CONNECTION, THRICE),
    ("silent", {}, Code.TIMED_OUT, THRICE),
    ("slow", {"delay_s": 1.0}, Code.TIMED_OUT, THRICE),
    ("status", {"status": 500}, Code.SERVER_FAILED, THRICE),
    ("status", {"status": 503, "body": {"error": {"code": "bulkAPIDisabled"}}}, Code.SERVER_FAILED, THRICE),
    ("html", {}, Code.SERVER_FAILED, THRICE),
    ("rate_limit", {}, Code.TOO_MANY_REQUESTS, THRICE),
    ("rate_limit", {"body": {"error": {"code": "tooManyRequests"}}}, Code.TOO_MANY_REQUESTS, THRICE),
    ("rate_limit", {"body": "slow down"}, Code.TOO_MANY_REQUESTS, THRICE),
    ("html", {"status": 200}, Code.NOT_THE_PLATFORM, ONCE),
    ("html", {"status": 403}, Code.NOT_THE_PLATFORM, ONCE),
    ("html", {"status": 404}, Code.NOT_THE_PLATFORM, ONCE),
    ("status", {"status": 200, "body": b"\xef\xbb\xbf <!DOCTYPE html>"}, Code.UNREADABLE_ANSWER, ONCE),
    ("redirect", {}, Code.REDIRECTED, ONCE),
    ("redirect", {"status": 301}, Code.REDIRECTED, ONCE),
    ("redirect", {"status": 302, "target": "/elsewhere"}, Code.REDIRECTED, ONCE),
    ("status", {"status": 304}, Code.REDIRECTED, ONCE),
    ("empty", {}, Code.UNREADABLE_ANSWER, ONCE),
    ("broken_json", {}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_shape", {"body": {}}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_shape", {"body": None}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_shape", {"body": [1]}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_shape", {"body": [{}]}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_shape", {"body": [{"_id": "short"}]}, Code.UNREADABLE_ANSWER, ONCE),
    ("wrong_types", {}, Code.UNREADABLE_ANSWER, ONCE),
    ("status", {"status": 200, "body": DEEP}, Code.UNREADABLE_ANSWER, ONCE),
    ("status", {"status": 200, "body": b'["\xff"]'}, Code.UNREADABLE_ANSWER, ONCE),
    ("status", {"status": 200, "body": b'["\\ud800"]'}, Code.UNREADABLE_ANSWER, ONCE),
    ("status", {"status": 403, "body": DEEP}, Code.INVALID_SCOPE, ONCE),
    ("endless", {}, Code.ANSWER_TOO_LARGE, ONCE),
    ("big", {}, Code.ANSWER_TOO_LARGE, ONCE),
    ("gzip_bomb", {"size": 100_000_000}, Code.ANSWER_TOO_LARGE, ONCE),
    ("foreign_link", {}, Code.REDIRECTED, ONCE),
    ("loop_link", {}, Code.LIST_NOT_FINISHED, ONCE),
    ("status", {"status": 401, "body": {"error": "invalid_token"}}, Code.INVALID_TOKEN, TWICE),
    ("status", {"status": 401, "body": ""}, Code.INVALID_TOKEN, TWICE),
    ("status", {"status": 403, "body": {"error": "invalid_scope"}}, Code.INVALID_SCOPE, ONCE),
    ("status", {"status": 403, "body": {"error": {"code": "invalid_scope"}}}, Code.INVALID_SCOPE, ONCE),
    ("status", {"status": 403, "body": {"error": {"code": "userNotAuthorized"}}}, Code.INVALID_SCOPE, ONCE),
    ("status", {"status": 404, "body": {"error": {"code": "notFound"}}}, Code.NOT_FOUND, ONCE),
    ("status", {"status": 404, "body": {"code": "groupNotFound"}}, Code.GROUP_NOT_FOUND, ONCE),
    ("status", {"status": 407}, Code.PROXY_SIGN_IN, ONCE),
    ("status", {"status": 407, "body": "<html>"}, Code.PROXY_SIGN_IN, ONCE),
    ("status", {"status": 418, "body": {"error": {"code": 7, "message": []}}}, Code.REFUSED, ONCE),
    ("status", {"status": 400, "body": {"error": None}}, Code.REFUSED, ONCE),
    ("status", {"status": 204}, Code.REFUSED, ONCE),
]


def read_timeout_s(kind: str) -> float:
    """Short if no answer comes; else longer than a busy computer takes."""
    return 0.2 if kind in ("silent", "slow") else 5.0


@pytest.mark.parametrize(("kind", "more", "code", "count"), READS)
def test_a_read_with_a_bad_answer(
    platform: PracticePlatform,
    open_at: Open,
    kind: str,
    more: dict[str, Any],
    code: Code,
    count: int,
) -> None:
    stop = threading.Event()
    client = open_at(times=TimeLimits(read_s=read_timeout_s(kind)))
    client.sign_in(no_report, stop)
    platform.faults.add(Fault(kind, "GET", INTEGRATIONS, times=None, **more))
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, stop))
    assert refused.value.code is code
    assert not isinstance(refused.value, Unanswered)
    assert len(platform.received("GET", INTEGRATIONS)) == count
    platform.faults.clear()
    assert len(list(client.integrations(no_report, stop))) == 3


@pytest.mark.parametrize(
    ("kind", "more"), [(kind, more) for kind, more, _, count in READS if count == THRICE or kind == "redirect"]
)
def test_a_write_is_sent_once(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, kind: str, more: dict[str, Any]
) -> None:
    client = open_at(times=TimeLimits(read_s=read_timeout_s(kind)))
    platform.faults.add(Fault(kind, "POST", INTEGRATIONS, times=None, **more))
    with pytest.raises(Expected) as refused:
        client.create_integration(wanted(platform), no_report, stop)
    assert len(platform.received("POST", INTEGRATIONS)) == 1
    # Only the platform's own refusal means that nothing happened.
    is_refusal = kind == "rate_limit" and isinstance(more.get("body", {}), dict)
    assert isinstance(refused.value, Unanswered) is not is_refusal


def test_a_closed_port_is_not_unanswered(stop: threading.Event) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = open_client(f"http://127.0.0.1:{port}")
    with pytest.raises(Expected) as refused:
        client.delete_integration(ID, no_report, stop)
    assert refused.value.code is Code.NO_CONNECTION
    assert not isinstance(refused.value, Unanswered)
    assert refused.value.at(Field.ADDRESS).field is Field.ADDRESS


def test_a_server_that_stops_after_the_token_call(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    client.sign_in(no_report, stop)
    url = platform.url
    platform.stop()
    with pytest.raises(Expected) as refused:
        client.create_integration(wanted(platform), no_report, stop)
    assert (refused.value.code, isinstance(refused.value, Unanswered)) == (Code.NO_CONNECTION, False)
    platform.start()
    assert platform.url == url


def test_a_reused_connection_that_breaks_is_unanswered(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    list(client.integrations(no_report, stop))
    platform.faults.add(Fault("drop_after", "POST", INTEGRATIONS))
    with pytest.raises(Unanswered):
        client.create_integration(wanted(platform), no_report, stop)
    assert len(platform.world.integrations_named("Atelier Ω")) == 1


def test_the_answer_to_a_creation(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    made = client.create_integration(wanted(platform), no_report, stop)
    (kept,) = platform.world.integrations_named("Atelier Ω")
    assert (made.id, made.external_platform, made.default_completion) == (kept.id, "Atelier Ω", True)
    assert (made.default_progress, made.logo_url) == (0, None)


def test_values_of_other_types_are_ignored(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    odd = {"defaultCompletion": 1, "defaultProgress": True, "noGroupPropagation": "no", "externalPlatformLogoUrl": 7}
    platform.faults.add(Fault("wrong_echo", "GET", INTEGRATIONS, changes={**odd, "groupId": None, "authorId": "me"}))
    found = next(client.integrations(no_report, stop))
    assert (found.default_completion, found.default_progress, found.no_group_propagation) == (None, None, None)
    assert (found.logo_url, found.group_id, found.author_id) == (None, None, None)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (httpx.ConnectTimeout("x"), Code.TIMED_OUT),
        (httpx.PoolTimeout("x"), Code.TIMED_OUT),
        (httpx.ProxyError("407 Proxy Authentication Required"), Code.PROXY_SIGN_IN),
        (httpx.ProxyError("503"), Code.PROXY_FAILED),
        (httpx.RemoteProtocolError("x"), Code.NO_CONNECTION),
        (ConnectionResetError(), Code.NO_CONNECTION),
        (httpx.DecodingError("x"), Code.NO_CONNECTION),
    ],
)
def test_transport_errors(error: Exception, code: Code) -> None:
    problem = from_transport(error, EU)
    assert (problem.code, problem.facts["host"]) == (code, "app.360learning.com")
    assert problem.detail == type(error).__name__


def test_an_unknown_host() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = socket.gaierror(-2, "Name or service not known")
    problem = from_transport(error, EU)
    assert (problem.code, problem.field) == (Code.NAME_NOT_RESOLVED, Field.ADDRESS)


def test_a_long_message_is_truncated_to_one_line() -> None:
    body = b'{"error": {"code": "new", "message": "' + b"a\\n" * 1000 + b'"}}'
    problem = from_answer(Answer(400, body), EU, None)
    assert (problem.code, problem.facts["vendor"], len(problem.detail)) == (Code.REFUSED, "new", 300)
    assert "\n" not in problem.detail
    assert TOKEN not in problem.detail
