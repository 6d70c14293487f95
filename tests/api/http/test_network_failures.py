"""Networks that answer in place of the platform, or do not answer at all."""

import socket
import sys
import threading
import time
from collections.abc import Mapping

import pytest

from tests.helpers.clients import no_report
from tests.helpers.networks import Answer, closed_port, dropping_port, empty_platform, silent_port, web_server
from tests.helpers.sentences import said
from wizard.api.faults import Unsent
from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import TimeLimits
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.problems import Code, Expected, Problem
from wizard.core.secret import Secret

STOP = threading.Event()


def client(origin: str, *, connect_timeout_s: float = 2.0, read_timeout_s: float = 2.0) -> Client:
    transport = open_transport(Origin(origin), times=TimeLimits(connect_timeout_s, read_timeout_s))
    auth = OAuth2ClientCredentials("id", Secret("secret-canary-2718"))
    return Client(Exchange(Origin(origin), auth, transport=transport, retry=RetryPolicy(attempts=1)))


def problem_of(client: Client) -> Problem:
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, STOP))
    client.close()
    return refused.value


PORTAL = b"<!DOCTYPE html><html><title>Welcome to our guest network</title><form action=/login></form></html>"


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "text/plain", ""])
@pytest.mark.parametrize("from_the_first", [True, False])
def test_a_captive_portal_answers_with_a_page(kind: str, *, from_the_first: bool) -> None:
    def say(method: str, path: str, headers: Mapping[str, str]) -> Answer:
        if method == "POST" and not from_the_first:
            return empty_platform(method, path, headers)
        return 200, {"Content-Type": kind} if kind else {}, PORTAL

    with web_server(say) as server:
        problem = problem_of(client(f"http://127.0.0.1:{server.port}"))
    assert problem.code is Code.NOT_THE_PLATFORM
    assert said(problem) == (
        "A web page answered instead of the platform. "
        "Your network may want you to sign in first. Open a browser, then try again."
    )
    assert len(server.asked) == (1 if from_the_first else 2)


def test_a_captive_portal_redirects() -> None:
    def say(_method: str, _path: str, _headers: Mapping[str, str]) -> Answer:
        return 302, {"Location": "https://portal.example/login"}, b""

    with web_server(say) as server:
        problem = problem_of(client(f"http://127.0.0.1:{server.port}"))
    assert problem.code is Code.REDIRECTED
    assert "portal.example" not in said(problem)


def test_no_dns(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown_name(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)
    problem = problem_of(client("https://platform.example"))
    assert (problem.code, isinstance(problem, Unsent)) == (Code.NAME_NOT_RESOLVED, True)
    assert said(problem) == (
        "platform.example cannot be found. Check the spelling of the address and that this computer is online."
    )


def test_ipv6_only() -> None:
    with web_server(empty_platform, host="::1") as server:
        origin = f"http://[::1]:{server.port}"
        here = client(origin)
        assert list(here.integrations(no_report, STOP)) == []
        here.close()
    assert server.headers[0]["host"] == f"[::1]:{server.port}"
    problem = problem_of(client(origin))
    assert said(problem).startswith(f"No connection to [::1]:{server.port}. Your answers are safe.")


def test_a_closed_port() -> None:
    port = closed_port()
    problem = problem_of(client(f"http://127.0.0.1:{port}"))
    assert (problem.code, isinstance(problem, Unsent)) == (Code.NO_CONNECTION, True)


@pytest.mark.skipif(sys.platform != "linux", reason="a full queue answers with a refusal on other systems")
def test_packets_dropped_before_there_is_a_connection() -> None:
    with dropping_port() as port:
        started = time.monotonic()
        problem = problem_of(client(f"http://127.0.0.1:{port}", connect_timeout_s=0.3))
    # Never sent, so that even a write may be tried again.
    assert (problem.code, isinstance(problem, Unsent)) == (Code.TIMED_OUT, True)
    assert time.monotonic() - started < 2
    assert said(problem).startswith(f"127.0.0.1:{port} does not answer just now.")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_packets_dropped_after_the_connection(scheme: str) -> None:
    with silent_port() as port:
        here = client(f"{scheme}://127.0.0.1:{port}", connect_timeout_s=0.3, read_timeout_s=0.3)
        problem = problem_of(here)
    # Without encryption the request was sent; with it there was only the first handshake.
    assert (problem.code, isinstance(problem, Unsent)) == (Code.TIMED_OUT, scheme == "https")
