"""Which route is taken, and what is shown when a proxy fails."""

import logging
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from tests.helpers.clients import no_report
from tests.helpers.networks import (
    PLATFORM,
    closed_port,
    connect_proxy,
    context_of,
    empty_platform,
    silent_port,
    trust,
    web_server,
)
from tests.helpers.sentences import said
from wizard.api.faults import Unsent
from wizard.api.http.exchange import Exchange
from wizard.api.http.limits import TimeLimits
from wizard.api.http.proxies import (
    DIRECT,
    Proxy,
    Route,
    System,
    has_script_setting,
    is_no_proxy,
    parse_proxy,
    route_to,
    system_route,
)
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.network_settings import Mode, Network, NetworkAccess
from wizard.core.problems import Code, Expected, Problem
from wizard.core.secret import Secret
from wizard.words import open_words
from wizard.words.problems import Action, explain

STOP = threading.Event()
PASSWORD = "proxy-cänary:3141"
HOST = "app.360learning.com"


def system(proxies: Mapping[str, str], *bypassed: str, by_variables: bool = False, script: bool = False) -> System:
    """The settings of some computer."""
    return System(
        proxies=lambda: proxies,
        variables=lambda: proxies if by_variables else {},
        bypasses=lambda host: host in bypassed,
        has_script=lambda: script,
    )


def manual(port: int, user: str = "", password: str = "", host: str = "127.0.0.1") -> NetworkAccess:
    return NetworkAccess(Network(Mode.MANUAL, host, port, user), Secret(password) if password else None)


def client(way: NetworkAccess | None = None, *, using: System | None = None, read_timeout_s: float = 5.0) -> Client:
    times = TimeLimits(read_s=read_timeout_s, connect_s=1.0)
    transport = open_transport(Origin(PLATFORM), times=times, way=way, system=using)
    auth = OAuth2ClientCredentials("id", Secret("secret-canary-2718"))
    return Client(Exchange(Origin(PLATFORM), auth, transport=transport, retry=RetryPolicy(attempts=1)))


def problem_of(client: Client) -> Problem:
    with pytest.raises(Expected) as refused:
        client.sign_in(no_report, STOP)
    client.close()
    return refused.value


# ------------------------------------------------------------------ which way


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.10"])
@pytest.mark.parametrize("mode", list(Mode))
def test_this_computer_is_always_reached_directly(host: str, mode: Mode) -> None:
    way = NetworkAccess(Network(mode, "proxy.example", 3128))
    assert route_to("https", host, 443, way, system({"https": "http://proxy.example:3128"})) == DIRECT


def test_the_three_modes() -> None:
    settings = system({"https": "http://system.example:3128"})
    assert route_to("https", HOST, 443, NetworkAccess(), settings) == Route(Proxy("system.example", 3128))
    assert route_to("https", HOST, 443, NetworkAccess(Network(Mode.NONE)), settings) == DIRECT
    chosen = route_to("https", HOST, 443, manual(8080, "jo", PASSWORD, "own.example"), settings)
    assert chosen == Route(Proxy("own.example", 8080, user="jo", password=Secret(PASSWORD)))


def test_exceptions_of_the_system_apply() -> None:
    proxies = {"https": "http://system.example:3128"}
    assert route_to("https", HOST, 443, NetworkAccess(), system(proxies, HOST)) == DIRECT
    assert route_to("https", HOST, 443, NetworkAccess(), system(proxies, "other.example")).proxy is not None
    variables = {**proxies, "no": ".360learning.com"}
    assert route_to("https", HOST, 443, NetworkAccess(), system(variables, by_variables=True)) == DIRECT
    # Their own exceptions count for variables, not those of the registry.
    assert route_to("https", HOST, 443, NetworkAccess(), system(proxies, HOST, by_variables=True)).proxy is not None


def test_a_script_is_reported_only_without_any_other_setting() -> None:
    assert route_to("https", HOST, 443, NetworkAccess(), system({}, script=True)) == Route(has_script=True)
    both = route_to("https", HOST, 443, NetworkAccess(), system({"https": "system.example:3128"}, script=True))
    assert both == Route(Proxy("system.example", 3128))
    assert route_to("https", HOST, 443, NetworkAccess(Network(Mode.NONE)), system({}, script=True)) == DIRECT
    assert system_route(system({}, script=True)) == Route(has_script=True)
    assert system_route(system({"all": "all.example:1"})) == Route(Proxy("all.example", 1))


@pytest.mark.parametrize(
    ("exceptions", "host", "is_bypassed"),
    [
        ("*", HOST, True),
        ("", HOST, False),
        (HOST, HOST, True),
        ("360learning.com", HOST, True),
        (".360learning.com", HOST, True),
        ("*.360learning.com", HOST, True),
        ("*360learning.com", HOST, True),
        (" a.example , APP.360Learning.com ", HOST, True),
        ("earning.com", HOST, False),
        ("app.360learning.com:443", HOST, True),
        ("app.360learning.com:8443", HOST, False),
        ("10.0.0.0/8", "10.20.30.40", True),
        ("10.0.0.0/8", "11.20.30.40", False),
        ("10.0.0.0/8", HOST, False),
        ("2001:db8::/32", "2001:db8::7", True),
        ("[2001:db8::7]", "2001:db8::7", True),
        ("192.168.1.7", "192.168.1.7", True),
        (".", HOST, False),
        (",,:,*:", "a.example", False),
    ],
)
def test_no_proxy_lists(exceptions: str, host: str, *, is_bypassed: bool) -> None:
    assert is_no_proxy(exceptions, host, 443) is is_bypassed


@pytest.mark.parametrize(
    ("address", "proxy_there"),
    [
        ("http://proxy.example:3128", Proxy("proxy.example", 3128)),
        ("proxy.example:3128", Proxy("proxy.example", 3128)),
        ("http://proxy.example", Proxy("proxy.example", 80)),
        ("https://proxy.example/", Proxy("proxy.example", 443, is_encrypted=True)),
        ("http://[2001:db8::1]:8080", Proxy("2001:db8::1", 8080)),
        ("http://jo:p%40ss@proxy.example:1", Proxy("proxy.example", 1, user="jo", password=Secret("p@ss"))),
    ],
)
def test_proxy_addresses(address: str, proxy_there: Proxy) -> None:
    assert parse_proxy(address) == proxy_there


@pytest.mark.parametrize(
    "address",
    [
        "socks5://jo:canary@proxy.example",
        "socks4://proxy.example",
        "http://[::1",
        "http://a:99999",
        "http://",
        "http://:80",
    ],
)
def test_unusable_proxies(address: str) -> None:
    with pytest.raises(Expected) as refused:
        open_transport(Origin(PLATFORM), system=system({"https": address}))
    assert refused.value.code is Code.PROXY_FAILED
    assert refused.value.facts["host"] == "platform.example"
    shown = explain(open_words("en"), refused.value)
    assert "canary" not in f"{shown} {refused.value.facts}"
    if address.startswith("socks"):
        assert "(socks" in shown.title
        assert shown.action is Action.NETWORK


def test_script_settings_of_macos() -> None:
    head = "<dictionary> {\n  HTTPEnable : 0\n"
    assert has_script_setting(f"{head}  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://x/p.pac\n}}")
    assert has_script_setting(f"{head}  ProxyAutoDiscoveryEnable : 1\n}}")
    assert not has_script_setting(f"{head}  ProxyAutoConfigEnable : 0\n}}")
    assert not has_script_setting("")


def test_no_text_holds_user_or_password() -> None:
    one = Proxy("proxy.example", 3128, user="user-canary", password=Secret(PASSWORD))
    way = manual(3128, "user-canary", PASSWORD, "proxy.example")
    transport = open_transport(Origin(PLATFORM), way=way)
    with transport.client:
        texts = [
            repr(one),
            str(one),
            one.name,
            repr(Route(one)),
            repr(way),
            str(way.network),
            repr(transport),
            repr(transport.client),
        ]
    assert not [text for text in texts if "canary" in text or "3141" in text]


# ------------------------------------------------------------------ through it


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """The authority of the platform."""
    return trustme.CA()


@pytest.mark.parametrize("sign_in", [None, ("jö", PASSWORD)])
@pytest.mark.parametrize("kind", ["manual", "variable"])
def test_a_platform_behind_a_proxy(
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    sign_in: tuple[str, str] | None,
    kind: str,
) -> None:
    trust(authority, tmp_path, monkeypatch)
    caplog.set_level(logging.DEBUG)
    user, password = sign_in or ("", "")
    with (
        web_server(empty_platform, context_of(authority, "platform.example")) as server,
        connect_proxy(hosts={"platform.example": server.port}, sign_in=sign_in) as between,
    ):
        way = NetworkAccess()
        if kind == "manual":
            way = manual(between.port, user, password)
        else:
            login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if sign_in else ""
            monkeypatch.setenv("HTTPS_PROXY", f"http://{login}{between.name}")
        behind = client(way)
        assert list(behind.integrations(no_report, STOP)) == []
        behind.close()
    assert server.asked == ["POST /api/v2/oauth2/token", "GET /api/v2/integrations"]
    assert set(between.asked) == {"CONNECT platform.example:443"}
    # The proxy removes its own header.
    assert not [headers for headers in server.headers if "proxy-authorization" in headers]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("wizard")]
    assert ours
    assert not [line for line in ours if "3141" in line or between.name in line]


@pytest.mark.parametrize("given", [("", ""), ("jo", "wrong-canary")])
def test_a_proxy_that_requires_authentication(given: tuple[str, str]) -> None:
    with connect_proxy(sign_in=("jo", PASSWORD)) as between:
        problem = problem_of(client(manual(between.port, *given)))
    assert isinstance(problem, Unsent)
    assert problem.code is Code.PROXY_SIGN_IN
    assert said(problem) == (
        f"The proxy {between.name} asks for a sign-in. "
        "Enter its name and password in the network settings. Your answers are safe."
    )
    assert explain(open_words("en"), problem).action is Action.NETWORK
    assert "canary" not in f"{problem.facts} {problem.detail} {problem!r}"


def test_a_closed_proxy_is_named() -> None:
    port = closed_port()
    problem = problem_of(client(manual(port, "user-canary", "password-canary")))
    assert isinstance(problem, Unsent)
    assert problem.code is Code.PROXY_FAILED
    assert said(problem).startswith(
        f"The proxy 127.0.0.1:{port} does not answer. Check the proxy in the network settings"
    )
    assert "canary" not in f"{said(problem)} {problem.facts} {problem.detail}"


def test_a_proxy_of_a_variable_is_named_without_user_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    port = closed_port()
    monkeypatch.setenv("HTTPS_PROXY", f"http://user-canary:password-canary@127.0.0.1:{port}")
    problem = problem_of(client())
    assert problem.facts["proxy"] == f"127.0.0.1:{port}"
    assert "canary" not in f"{said(problem)} {problem.facts} {problem.detail}"


@pytest.mark.parametrize("status", [403, 502, 503])
def test_a_proxy_that_refuses(status: int) -> None:
    with connect_proxy(refusal=status) as between:
        problem = problem_of(client(manual(between.port)))
    assert (problem.code, problem.facts["status"]) == (Code.PROXY_FAILED, status)
    assert said(problem).startswith(
        f"The proxy {between.name} does not let this program reach platform.example. Ask IT"
    )
    assert str(status) in problem.detail


def test_a_proxy_that_never_answers() -> None:
    with silent_port() as port:
        problem = problem_of(client(manual(port), read_timeout_s=0.2))
    assert problem.code is Code.TIMED_OUT
    assert said(problem).startswith(
        f"platform.example does not answer through the proxy 127.0.0.1:{port}. Check the proxy"
    )


def unknown_name(*_: object, **__: object) -> None:
    raise socket.gaierror(-2, "Name or service not known")


def test_a_proxy_whose_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)
    problem = problem_of(client(manual(3128, host="proxy.example")))
    assert problem.code is Code.PROXY_FAILED
    assert said(problem).startswith("The proxy proxy.example:3128 does not answer.")


def test_a_proxy_that_hangs_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def rude(server: socket.socket) -> None:
        connection, _ = server.accept()
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=rude, args=(server,))
        thread.start()
        problem = problem_of(client(manual(int(server.getsockname()[1]))))
        thread.join()
    assert problem.code is Code.NO_CONNECTION
    assert said(problem).startswith("No connection to platform.example through the proxy 127.0.0.1:")


def test_a_system_whose_proxy_comes_from_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)
    problem = problem_of(client(using=system({}, script=True)))
    assert problem.code is Code.NAME_NOT_RESOLVED
    assert said(problem) == (
        "platform.example cannot be found. This computer finds its proxy by a script that this program cannot read. "
        "Ask IT for the proxy's address and enter it in the network settings."
    )
