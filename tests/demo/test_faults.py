"""Every fault as a client sees it, and what the platform keeps afterwards."""

import gzip
import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.demo.conftest import code
from wizard.demo import Fault, PracticePlatform
from wizard.demo.faults import KINDS

PATH = "/api/v2/integrations"


@pytest.fixture
def create(platform: PracticePlatform, client: httpx.Client) -> Callable[[], httpx.Response]:
    """Create the integration "Neu"."""
    body = {
        "externalPlatform": "Neu",
        "groupId": platform.world.root().id,
        "authorId": platform.world.user_with_mail("pavel.dvorak@acme.example").id,
    }
    return lambda: client.post(PATH, json=body)


def made(platform: PracticePlatform) -> int:
    """Return how many integrations "Neu" exist."""
    return len(platform.world.integrations_named("Neu"))


@pytest.mark.parametrize(
    ("fault", "error", "count"),
    [
        (Fault("drop_before"), httpx.RemoteProtocolError, 0),
        (Fault("drop_after"), httpx.RemoteProtocolError, 1),
        (Fault("reset"), httpx.ReadError, 0),
        (Fault("reset", commit=True), httpx.ReadError, 1),
        (Fault("garbage"), httpx.RemoteProtocolError, 0),
        (Fault("garbage", commit=True), httpx.RemoteProtocolError, 1),
        (Fault("truncated"), httpx.RemoteProtocolError, 1),
        (Fault("truncated", commit=False), httpx.RemoteProtocolError, 0),
    ],
)
def test_lost_connections(
    platform: PracticePlatform,
    create: Callable[[], httpx.Response],
    fault: Fault,
    error: type[httpx.HTTPError],
    count: int,
) -> None:
    fault = platform.faults.add(Fault(**{**vars(fault), "_seen": 0, "method": "POST", "path": PATH}))
    with pytest.raises(error):
        create()
    assert made(platform) == count
    assert (fault.hits, platform.requests[-1].fault, platform.requests[-1].status) == (1, fault.kind, None)
    assert create().status_code == (400 if count else 201)
    assert made(platform) == 1


@pytest.mark.parametrize("kind", ["silent", "slow"])
@pytest.mark.parametrize("commit", [True, False])
def test_time_outs(platform: PracticePlatform, client: httpx.Client, kind: str, commit: bool) -> None:
    delay_s = 30.0 if kind == "slow" else 0.0
    before_s, after_s = (0.0, delay_s) if commit else (delay_s, 0.0)
    platform.faults.add(Fault(kind, commit=commit, delay_s=before_s, delay_after_s=after_s))
    (udemy,) = platform.world.integrations_named("Udemy")
    with pytest.raises(httpx.ReadTimeout):
        client.delete(f"{PATH}/{udemy.id}", timeout=0.2)
    assert len(platform.world.integrations_named("Udemy")) == (0 if commit else 1)
    started = time.monotonic()
    platform.stop()
    assert time.monotonic() - started < 2


def test_late_answers_arrive(platform: PracticePlatform, create: Callable[[], httpx.Response]) -> None:
    platform.faults.add(Fault("slow", delay_s=0.1, delay_after_s=0.1))
    started = time.monotonic()
    assert create().status_code == 201
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("commit", [True, False])
def test_any_status(platform: PracticePlatform, create: Callable[[], httpx.Response], commit: bool) -> None:
    body = {"error": {"code": "teapot", "message": "<b>no</b>"}}
    platform.faults.add(Fault("status", status=418, body=body, headers={"X-Kind": "pot"}, commit=commit))
    answer = create()
    assert code(answer) == (418, "teapot")
    assert (answer.headers["x-kind"], answer.headers["content-type"]) == ("pot", "application/json; charset=utf-8")
    assert made(platform) == commit


def test_web_pages(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("html"))
    platform.faults.add(Fault("html", status=200, body="<p>Sign in</p>"))
    first, second = client.get(PATH), client.get(PATH)
    assert (first.status_code, first.headers["content-type"]) == (502, "text/html")
    assert (second.status_code, second.text) == (200, "<p>Sign in</p>")


@pytest.mark.parametrize(("kind", "body"), [("empty", b""), ("wrong_shape", b'{"data": []}')])
def test_other_bodies(platform: PracticePlatform, create: Callable[[], httpx.Response], kind: str, body: bytes) -> None:
    platform.faults.add(Fault(kind, body={"data": []}))
    answer = create()
    assert (answer.status_code, answer.content) == (201, body)
    assert made(platform) == 1


def test_broken_json(platform: PracticePlatform, create: Callable[[], httpx.Response]) -> None:
    platform.faults.add(Fault("broken_json"))
    answer = create()
    assert (answer.status_code, made(platform)) == (201, 1)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()


def test_wrong_types(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("wrong_types"))
    udemy = client.get(f"{PATH}?externalPlatform[eq]=Udemy").json()[0]
    assert (udemy["_id"], udemy["defaultCompletion"]) == (24, "no")


def test_wrong_echo(platform: PracticePlatform, create: Callable[[], httpx.Response], client: httpx.Client) -> None:
    platform.faults.add(Fault("wrong_echo", changes={"defaultProgress": 7}, stored={"defaultProgress": 9}))
    assert create().json()["defaultProgress"] == 7
    assert client.get(f"{PATH}?externalPlatform[eq]=Neu").json()[0]["defaultProgress"] == 9


def test_unknown_values_in_lists(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("wrong_echo", changes={"status": "frozen"}))
    assert {one["status"] for one in client.get("/api/v2/users").json()} == {"frozen"}


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "2"}])
def test_storms_of_429(platform: PracticePlatform, client: httpx.Client, headers: dict[str, str]) -> None:
    storm = platform.faults.add(Fault("rate_limit", times=None, headers=headers))
    for _ in range(3):
        answer = client.get(PATH)
        assert code(answer) == (429, "tooManyRequests")
        assert answer.headers.get("retry-after") == headers.get("Retry-After")
    platform.faults.remove(storm)
    assert (client.get(PATH).status_code, storm.hits) == (200, 3)


def test_a_token_may_end_between_two_pages(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.page_sizes["groups"] = 10
    platform.faults.add(Fault("expire_token", path="/api/v2/groups", after=1))
    link = client.get("/api/v2/groups").headers["link"]
    assert code(client.get(link[1:].partition(">")[0])) == (401, "invalid_token")


def test_redirects(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("redirect"))
    answer = client.get("/api/v2/groups")
    assert (answer.status_code, answer.headers["location"]) == (307, "https://elsewhere.example/api/v2/groups")


def test_links(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("foreign_link"))
    assert client.get(PATH).headers["link"].startswith("<https://elsewhere.example/")
    platform.faults.add(Fault("loop_link", times=None))
    first = client.get(PATH).headers["link"]
    answer = client.get(first[1:].partition(">")[0])
    assert (answer.status_code, answer.headers["link"]) == (200, first)


def test_a_dripping_body(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("drip", delay_after_s=0.001))
    assert len(client.get(PATH).json()) == 3
    platform.faults.add(Fault("drip"))
    started = time.monotonic()
    # No single read is late, so only a limit on the whole would end this.
    with client.stream("GET", PATH, timeout=0.2) as answer:
        for _ in answer.iter_raw():
            if time.monotonic() - started > 0.3:
                break


def test_the_world_may_change_at_any_moment(
    platform: PracticePlatform, create: Callable[[], httpx.Response], client: httpx.Client
) -> None:
    own_id = create().json()["_id"]
    platform.on_received = lambda received: platform.world.integrations.clear()
    assert code(client.patch(f"{PATH}/{own_id}", json={})) == (404, "integrationNotFound")


def read(client: httpx.Client, enough: int) -> int:
    """Read a streamed body until enough is there or it ends; return what was read."""
    total = 0
    # The platform hangs up after such an answer; without this the next request may go out just before it does.
    with client.stream("GET", PATH, headers={"connection": "close"}) as answer:
        for part in answer.iter_raw():
            total += len(part)
            if total >= enough:
                break
    return total


def test_a_body_without_end(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("endless"))
    assert read(client, 10_000_000) >= 10_000_000


def test_a_big_body(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("big", size=3_000_001))
    assert read(client, 10_000_000) == 3_000_001
    platform.faults.add(Fault("big"))
    with client.stream("GET", PATH) as answer:
        assert answer.headers["content-length"] == "1000000000"


def test_a_gzip_bomb(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("gzip_bomb", size=50_000_000))
    with client.stream("GET", PATH) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(packed) < 100_000
    assert len(gzip.decompress(packed)) > 40_000_000


@pytest.mark.parametrize(
    ("pattern", "method", "path", "is_met"),
    [
        (None, "GET", "/x", True),
        (PATH, "GET", PATH, True),
        (PATH, "GET", f"{PATH}/1", False),
        ("/api/v2/groups/{groupId}/roles", "GET", "/api/v2/groups/abc/roles", True),
        ("/api/v2/groups/{groupId}/roles", "GET", "/api/v2/groups/a/b/roles", False),
        ("/api/v2/groups*", "GET", "/api/v2/groups/abc", True),
        (re.compile(".*/(users|groups)"), "GET", "/api/v2/users", True),
        (re.compile(".*/(users|groups)"), "GET", "/api/v2/users/1", False),
    ],
)
def test_which_requests_are_met(pattern: str | re.Pattern[str] | None, method: str, path: str, is_met: bool) -> None:
    assert Fault("empty", path=pattern).matches(method, path) is is_met
    assert not Fault("empty", method="post", path=pattern).matches(method, path)


def test_faults_take_turns(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.faults.add(Fault("status", status=500, after=1))
    platform.faults.add(Fault("status", status=503, times=2, after=1))
    assert [client.get(PATH).status_code for _ in range(5)] == [200, 500, 503, 503, 200]
    platform.faults.add(Fault("status"))
    platform.faults.clear()
    assert client.get(PATH).status_code == 200


def test_there_are_no_other_kinds() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        Fault("gremlin")


@pytest.mark.parametrize("kind", KINDS)
def test_stopping_ends_every_fault(platform: PracticePlatform, client: httpx.Client, kind: str) -> None:
    platform.faults.add(Fault(kind, delay_s=60.0, times=None))
    outcome: list[Any] = []

    def ask() -> None:
        try:
            outcome.append(client.get(PATH, timeout=30))
        except httpx.HTTPError as error:
            outcome.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not any(one.fault for one in platform.requests):
        time.sleep(0.002)
    platform.stop()
    asking.join(5)
    assert isinstance(outcome[0], httpx.RemoteProtocolError | httpx.ReadError)


def test_connections_are_kept_alive(platform: PracticePlatform, client: httpx.Client) -> None:
    with socket.create_connection(("127.0.0.1", int(platform.url.rpartition(":")[2])), timeout=5) as line:
        for _ in range(3):
            line.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"}}"):
                answer += line.recv(4096)
            assert answer.startswith(b"HTTP/1.1 404 ")
            assert b"connection: close" not in answer.lower()
    started = time.monotonic()
    for _ in range(50):
        client.get(PATH)
    # Nothing waits for a delayed acknowledgement: that would be 40 ms each.
    assert time.monotonic() - started < 1.5


def test_a_client_that_leaves_does_no_harm(platform: PracticePlatform, client: httpx.Client) -> None:
    port = int(platform.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"POST /api/v2/integrations HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")
    assert client.get(PATH).status_code == 200


def test_latency(platform: PracticePlatform, client: httpx.Client) -> None:
    platform.settings.latency_s = 0.05
    started = time.monotonic()
    client.get(PATH)
    assert time.monotonic() - started >= 0.05


def test_a_platform_starts_again_where_it_was(platform: PracticePlatform, client: httpx.Client) -> None:
    before = platform.url
    platform.stop()
    with pytest.raises(httpx.ConnectError):
        client.get(PATH)
    platform.start()
    assert platform.url == before
    assert client.get(PATH).status_code == 200


def test_what_was_received_is_kept(platform: PracticePlatform, client: httpx.Client) -> None:
    client.get(f"{PATH}?externalPlatform[eq]=A%20B")
    client.patch(f"{PATH}/{'0' * 24}", json={"defaultProgress": 1})
    first, second = platform.requests[-2:]
    assert (first.method, first.path, first.query) == ("GET", PATH, "externalPlatform[eq]=A%20B")
    assert first.headers["360-api-version"] == "v2.0"
    assert (second.body, second.status) == ({"defaultProgress": 1}, 404)
    assert second.template == "/api/v2/integrations/{integrationId}"
    assert platform.received("PATCH", "/api/v2/integrations/{integrationId}") == [second]
