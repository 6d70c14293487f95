"""The exchange: methods, statuses, authorization strategies, and the limit of time."""

import json
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from tests.api.conftest import INTEGRATIONS, Open
from tests.helpers.clients import no_report, short_retries
from tests.helpers.networks import Answer, Respond, WebServer, web_server
from wizard.api.http.authorization import Auth, Authorization, Send
from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import TimeLimits
from wizard.api.http.redaction import Redaction
from wizard.api.http.request import Method, Request
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.problems import Code, Expected, Unanswered
from wizard.core.secret import Secret
from wizard.demo import Fault, PracticePlatform

KEY = "api-key/canary+2718"
STOP = threading.Event()
THING = Request(Method.GET, "/things/1?a[eq]=2", "/things/{id}")


@dataclass
class KeyAuth:
    """An API key instead of a token, as API v1 has it: in a header or in the query; a refused one cannot be renewed."""

    header: str = ""
    parameter: str = ""
    key: str = field(default=KEY, repr=False)
    refused: int = 0

    def authorize(self, _send: Send, _stop: threading.Event) -> Authorization:
        secret = Secret(self.key)
        headers = {self.header: self.key} if self.header else {}
        query = {"company": "c 1", self.parameter: self.key} if self.parameter else {}
        return Authorization(secret, Redaction("c 1", secret), headers, query)

    def renew(self, _refused: Authorization) -> bool:
        self.refused += 1
        return False


class RenewedKeyAuth(KeyAuth):
    """A key of which there is one more."""

    def renew(self, refused: Authorization) -> bool:
        assert refused.secret == Secret(self.key)
        self.key = "second-key"
        return True


IN_HEADER, IN_QUERY = KeyAuth(header="x-api-key"), KeyAuth(parameter="apiKey")


@contextmanager
def exchange(respond: Respond, auth: Auth = IN_HEADER) -> Iterator[tuple[Exchange, WebServer]]:
    """An exchange with a server that answers what `respond` gives."""
    with web_server(respond) as server:
        made = Exchange(Origin(f"http://127.0.0.1:{server.port}"), auth, retry=short_retries())
        yield made, server
        made.close()


def always(status: int, body: bytes = b"", **headers: str) -> Respond:
    given: Answer = (status, {name.title(): value for name, value in headers.items()}, body)
    return lambda _method, _path, _headers: given


# ------------------------------------------------------------------ methods and statuses


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize(("status", "body"), [(200, b"{}"), (201, b"{}"), (202, b""), (204, b"")])
def test_every_method_with_the_statuses_that_are_expected(method: Method, status: int, body: bytes) -> None:
    with exchange(always(status, body, location="https://elsewhere.example/operations/1")) as (here, server):
        answer = here.send(replace(THING, method=method, expects=(status,)), no_report, STOP)
        assert (answer.status, answer.body) == (status, body)
        # Unchanged: the caller must check its origin.
        assert answer.location == "https://elsewhere.example/operations/1"
        with pytest.raises(Expected) as refused:
            here.send(replace(THING, method=method, expects=(203,)), no_report, STOP)
    assert isinstance(refused.value, Unanswered) is (method is not Method.GET)
    assert server.asked == [f"{method} /things/1?a[eq]=2"] * 2


@pytest.mark.parametrize("method", [Method.POST, Method.PUT, Method.PATCH, Method.DELETE])
def test_a_body_is_json_and_a_secret_in_it_is_revealed(method: Method) -> None:
    with exchange(always(200)) as (here, server):
        here.send(replace(THING, method=method, body={"a": None, "b": Secret("s")}), no_report, STOP)
        here.send(replace(THING, method=method), no_report, STOP)
    assert json.loads(server.bodies[0]) == {"a": None, "b": "s"}
    assert server.headers[0]["content-type"] == "application/json"
    assert (server.bodies[1], "content-type" in server.headers[1]) == (b"", False)


@pytest.mark.parametrize("method", list(Method))
def test_only_a_read_is_repeated(method: Method) -> None:
    with exchange(always(503)) as (here, server), pytest.raises(Expected) as refused:
        here.send(replace(THING, method=method), no_report, STOP)
    is_read = method is Method.GET
    assert (len(server.asked), refused.value.code) == (
        (3, Code.SERVER_FAILED) if is_read else (1, Code.OUTCOME_UNKNOWN)
    )


# ------------------------------------------------------------------ authorization


def test_a_key_in_a_header() -> None:
    with exchange(always(200)) as (here, server):
        here.send(THING, no_report, STOP)
    assert server.headers[0]["x-api-key"] == KEY
    assert server.asked == ["GET /things/1?a[eq]=2"]


def test_a_key_in_the_query_keeps_the_rest_of_the_query() -> None:
    with exchange(always(200), IN_QUERY) as (here, server):
        here.send(THING, no_report, STOP)
        here.send(replace(THING, path="/things"), no_report, STOP)
    added = "company=c+1&apiKey=api-key%2Fcanary%2B2718"
    assert server.asked == [f"GET /things/1?a[eq]=2&{added}", f"GET /things?{added}"]


def test_a_refused_key_is_not_tried_again() -> None:
    auth = KeyAuth(header="x-api-key")
    answer = always(401, b'{"error":"invalid_api_key"}')
    with exchange(answer, auth) as (here, server), pytest.raises(Expected) as refused:
        here.send(THING, no_report, STOP)
    assert (refused.value.code, len(server.asked), auth.refused) == (Code.INVALID_CLIENT, 1, 1)


def test_a_renewed_key_is_tried_once() -> None:
    def respond(_method: str, _path: str, headers: Mapping[str, str]) -> Answer:
        return (200 if headers["x-api-key"] == "second-key" else 401), {}, b"{}"

    with exchange(respond, RenewedKeyAuth(header="x-api-key")) as (here, server):
        assert here.send(THING, no_report, STOP).status == 200
    assert [headers["x-api-key"] for headers in server.headers] == [KEY, "second-key"]


@pytest.mark.parametrize("auth", [IN_HEADER, IN_QUERY])
@pytest.mark.parametrize("status", [200, 400, 503])
def test_no_strategy_leaks_its_secret(auth: KeyAuth, status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="wizard")
    answer = always(status, json.dumps({"error": f"bad {KEY}"}).encode())
    with exchange(answer, auth) as (here, _server), pytest.raises(Expected) as refused:
        here.send(replace(THING, expects=(204,)), no_report, STOP)
    del answer
    frames = traceback.TracebackException.from_exception(refused.value, capture_locals=True)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("wizard")]
    texts = [*frames.format(chain=True), *lines, refused.value.detail, repr(refused.value.facts)]
    assert lines
    assert not [text for text in texts if "canary" in text]
    assert "***" in refused.value.detail


# ------------------------------------------------------------------ time and threads


def test_an_answer_that_drips_ends_at_the_time_limit(
    platform: PracticePlatform, open_at: Open, stop: threading.Event
) -> None:
    client = open_at(attempts=1, times=TimeLimits(exchange_s=0.2))
    platform.faults.add(Fault("endless", "GET", INTEGRATIONS, delay_after_s=0.02))
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, stop))
    assert refused.value.code is Code.TIMED_OUT


def test_threads_share_one_connection_pool(platform: PracticePlatform, client: Client) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: len(list(client.integrations(no_report, threading.Event()))), range(12)))
    assert found == [3] * 12


def test_each_log_line_has_its_own_number(
    platform: PracticePlatform, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="wizard.api.http.exchange")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: list(client.integrations(no_report, threading.Event())), range(12)))
    numbers = [record.getMessage().split()[0] for record in caplog.records if record.name.startswith("wizard.api")]
    assert len(numbers) == len(set(numbers)) == 13
    assert len(platform.received()) == 13
