"""The transport: which certificates are trusted, which route is taken, and that nothing is sent before."""

import ssl
import threading
from pathlib import Path

import pytest
import trustme

from tests.api.conftest import Open, open_client, wanted
from tests.helpers.clients import no_report
from tests.helpers.networks import connect_proxy, context_of, empty_platform, trust, web_server
from wizard.api.faults import Unsent
from wizard.api.http.transport import open_transport, trust_for
from wizard.api.v2.client import Client
from wizard.core.address import EU, Origin
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected
from wizard.demo import PracticePlatform

ID = ObjectId("5f" * 12)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A company's own authority."""
    return trustme.CA()


def test_an_untrusted_server_receives_nothing(authority: trustme.CA, stop: threading.Event) -> None:
    with web_server(empty_platform, context_of(authority, "127.0.0.1")) as server:
        client = open_client(f"https://127.0.0.1:{server.port}")
        for call in (
            lambda: client.sign_in(no_report, stop),
            lambda: list(client.integrations(no_report, stop)),
            lambda: client.delete_integration(ID, no_report, stop),
        ):
            with pytest.raises(Unsent) as refused:
                call()
            assert (refused.value.code, refused.value.facts["host"]) == (Code.TLS_UNTRUSTED, f"127.0.0.1:{server.port}")
            assert "self-signed" in refused.value.detail or "issuer" in refused.value.detail
        client.close()
    assert server.asked == []


def test_an_authority_of_ssl_cert_file_is_trusted(
    authority: trustme.CA, stop: threading.Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with web_server(empty_platform, context_of(authority, "127.0.0.1")) as server:
        client = open_client(f"https://127.0.0.1:{server.port}")
        assert list(client.integrations(no_report, stop)) == []
        client.close()
    assert server.asked == ["POST /api/v2/oauth2/token", "GET /api/v2/integrations"]


def test_a_certificate_of_another_host(
    authority: trustme.CA, stop: threading.Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with web_server(empty_platform, context_of(authority, "other.example")) as server:
        client = open_client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            client.sign_in(no_report, stop)
        client.close()
    assert (refused.value.code, server.asked) == (Code.TLS_UNTRUSTED, [])


def test_a_server_without_tls(platform: PracticePlatform, stop: threading.Event) -> None:
    client = open_client(platform.url.replace("http:", "https:"), attempts=1)
    with pytest.raises(Expected) as refused:
        client.sign_in(no_report, stop)
    client.close()
    assert refused.value.code in (Code.TLS_UNTRUSTED, Code.NO_CONNECTION)
    assert platform.world.tokens == {}


@pytest.mark.parametrize("content", [None, "", "not a certificate"])
def test_an_unreadable_ssl_cert_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(Expected) as refused:
        open_transport(EU)
    assert refused.value.code is Code.TLS_UNTRUSTED


def test_no_session_keys_are_written(
    authority: trustme.CA, stop: threading.Event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    usual, keys = ssl.create_default_context(cafile=str(tmp_path / "authority.pem")), tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    with web_server(empty_platform, context_of(authority, "127.0.0.1")) as server:
        client = open_client(f"https://127.0.0.1:{server.port}")
        assert list(client.integrations(no_report, stop)) == []
        client.close()
    assert not keys.exists()
    ours = trust_for(EU)
    for name in ("verify_mode", "check_hostname", "maximum_version", "verify_flags", "options"):
        assert getattr(ours, name) == getattr(usual, name)
    assert ours.check_hostname
    assert ours.get_ciphers() == usual.get_ciphers()
    assert ours.get_ca_certs() == usual.get_ca_certs()


def test_the_lowest_version_is_ours_and_not_that_of_the_build_of_python(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_the_system = trust_for(EU)
    trust(authority, tmp_path, monkeypatch)
    for context in (by_the_system, trust_for(EU), trust_for("http://127.0.0.1")):
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2


PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def set_proxy(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, address)


def test_this_computer_is_reached_directly(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect_proxy() as between:
        set_proxy(monkeypatch, f"http://127.0.0.1:{between.port}")
        client: Client = open_at()
        assert list(client.integrations(no_report, stop))
        client.create_integration(wanted(platform), no_report, stop)
    assert between.asked == []


@pytest.mark.parametrize(("refusal", "code"), [(407, Code.PROXY_SIGN_IN), (503, Code.PROXY_FAILED)])
def test_a_proxy_that_refuses_every_request(
    stop: threading.Event, monkeypatch: pytest.MonkeyPatch, *, refusal: int, code: Code
) -> None:
    with connect_proxy(refusal=refusal) as between:
        set_proxy(monkeypatch, f"http://127.0.0.1:{between.port}")
        client = open_client("https://platform.example", attempts=2)
        with pytest.raises(Unsent) as refused:
            client.delete_integration(ID, no_report, stop)
        client.close()
    assert refused.value.code is code
    # The proxy learns the host and nothing else.
    assert set(between.asked) == {"CONNECT platform.example:443"}


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:1080", "gopher://127.0.0.1", "http://[::1"])
def test_unusable_proxies(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    set_proxy(monkeypatch, address)
    with pytest.raises(Expected) as refused:
        open_transport(EU)
    assert refused.value.code is Code.PROXY_FAILED


@pytest.mark.parametrize("origin", ["https://app.360learning.com", "http://127.0.0.1:1", "http://[::1]:1"])
def test_defaults_of_every_client(origin: str) -> None:
    with open_transport(Origin(origin)).client as client:
        assert client.follow_redirects is False
        assert client.timeout.connect == 5.0
        assert client.timeout.read == 10.0
        assert client.headers["accept-encoding"] == "identity"


def test_a_modified_origin_gets_nothing_in_the_clear() -> None:
    with pytest.raises(Expected) as caught:
        open_transport(Origin("http://platform.example"))
    assert caught.value.code is Code.ADDRESS_NOT_HTTPS
