"""The issuer of an untrusted certificate: found, named, and read safely from any bytes."""

import datetime
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
import truststore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.name import _ASN1Type
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.clients import no_report
from tests.helpers.networks import PLATFORM, connect_proxy, context_of, empty_platform, trust, web_server
from tests.helpers.offenders import assert_clean
from tests.helpers.sentences import said
from wizard.api.faults import Unsent
from wizard.api.http.certificate_issuer import issuer_name, presented_issuer
from wizard.api.http.exchange import Exchange
from wizard.api.http.proxies import DIRECT, Route
from wizard.api.http.proxies import Proxy as Way
from wizard.api.http.retry import RetryPolicy
from wizard.api.http.transport import open_transport, trust_for
from wizard.api.v2.auth import OAuth2ClientCredentials
from wizard.api.v2.client import Client
from wizard.core.address import Origin
from wizard.core.ids import ObjectId
from wizard.core.network_settings import Mode, Network
from wizard.core.network_settings import NetworkAccess as Choice
from wizard.core.problems import Code, Expected
from wizard.core.secret import Secret

STOP = threading.Event()
ID = ObjectId("5f" * 12)
PASSWORD = "proxy-canary-3141"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """The authority of a proxy that decrypts traffic."""
    return trustme.CA(organization_name="Example Security Inc.", organization_unit_name="Inspection")


@pytest.fixture(scope="module")
def real() -> trustme.CA:
    """The authority of the platform."""
    return trustme.CA(organization_name="A Public Authority")


def client(origin: str, port: int = 0, user: str = "", password: str = "") -> Client:
    network = Network(Mode.MANUAL, "127.0.0.1", port, user) if port else Network()
    way = Choice(network, Secret(password) if password else None)
    auth = OAuth2ClientCredentials("id", Secret("secret-canary-2718"))
    transport = open_transport(Origin(origin), way=way)
    return Client(Exchange(Origin(origin), auth, transport=transport, retry=RetryPolicy(attempts=1)))


# ------------------------------------------------------------------ a device that looks inside


@pytest.mark.parametrize("user", ["", "jo"])
def test_the_issuer_of_an_inspecting_proxy_is_named(authority: trustme.CA, real: trustme.CA, user: str) -> None:
    sign_in = (user, PASSWORD) if user else None
    with (
        web_server(empty_platform, context_of(real, "platform.example")) as server,
        connect_proxy(hosts={"platform.example": server.port}, authority=authority, sign_in=sign_in) as between,
    ):
        here = client(PLATFORM, between.port, user, PASSWORD if user else "")
        calls: tuple[Callable[[], None], ...] = (
            lambda: here.sign_in(no_report, STOP),
            lambda: here.delete_integration(ID, no_report, STOP),
        )
        for call in calls:
            with pytest.raises(Unsent) as refused:
                call()
            assert (refused.value.code, refused.value.facts["issuer"]) == (Code.TLS_UNTRUSTED, "Example Security Inc.")
            assert said(refused.value) == (
                "Your network checks encrypted traffic (Example Security Inc.). "
                "Ask IT to make this computer trust it. Nothing was sent."
            )
            assert between.name in refused.value.detail
        here.close()
    # Not a byte was sent after the first handshake, nor after the one that reads the name.
    assert (between.read, server.asked) == ([], [])
    assert set(between.asked) == {"CONNECT platform.example:443"}


def test_an_inspecting_proxy_that_is_trusted(
    authority: trustme.CA, real: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with (
        web_server(empty_platform, context_of(real, "platform.example")) as server,
        connect_proxy(hosts={"platform.example": server.port}, authority=authority) as between,
    ):
        here = client(PLATFORM, between.port)
        assert list(here.integrations(no_report, STOP)) == []
        here.close()
    assert server.asked == ["POST /api/v2/oauth2/token", "GET /api/v2/integrations"]


def test_without_a_proxy_the_issuer_is_named_too(authority: trustme.CA) -> None:
    with web_server(empty_platform, context_of(authority, "127.0.0.1")) as server:
        here = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            here.sign_in(no_report, STOP)
        here.close()
    assert refused.value.facts["issuer"] == "Example Security Inc."
    assert server.asked == []
    assert server.connections == 2


def test_another_server_in_place_of_the_platform(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with web_server(empty_platform, context_of(authority, "portal.example")) as server:
        here = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            here.sign_in(no_report, STOP)
        here.close()
    assert refused.value.code is Code.TLS_UNTRUSTED
    assert said(refused.value).startswith(f"Another server answers in place of 127.0.0.1:{server.port}.")
    assert (server.asked, server.connections) == ([], 1)


def test_an_expired_certificate(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(authority, tmp_path, monkeypatch)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    shown = context_of(authority, "127.0.0.1", not_before=past, not_after=past + datetime.timedelta(days=9))
    with web_server(empty_platform, shown) as server:
        here = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            here.sign_in(no_report, STOP)
        here.close()
    assert said(refused.value).startswith(
        f"The certificate of 127.0.0.1:{server.port} is not valid today. Check the date"
    )


def test_an_issuer_that_cannot_be_read(authority: trustme.CA) -> None:
    problem = Expected(Code.TLS_UNTRUSTED, host="platform.example", issuer="")
    assert said(problem).startswith("This computer does not trust the connection to platform.example. Your network may")
    with connect_proxy() as between:
        assert presented_issuer("platform.example", 443, Route(Way("127.0.0.1", between.port))) == ""
    assert presented_issuer("127.0.0.1", between.port, DIRECT) == ""
    assert presented_issuer("platform.example", 443, Route(Way("127.0.0.1", 1, is_encrypted=True))) == ""


def test_trust_is_the_operating_systems() -> None:
    assert isinstance(trust_for(PLATFORM), truststore.SSLContext)


# ------------------------------------------------------------------ reading the issuer


def certificate(*attributes: "x509.NameAttribute[str]") -> bytes:
    """A certificate with this issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(
        x509.Name(list(attributes)), x509.Name([]), key.public_key(), 7, start, start + datetime.timedelta(days=1)
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


ORGANISATION, COMMON = x509.NameOID.ORGANIZATION_NAME, x509.NameOID.COMMON_NAME
SAMPLE = certificate(x509.NameAttribute(COMMON, "Gate 1"), x509.NameAttribute(ORGANISATION, "Société Exemple"))


def test_the_organisation_goes_before_the_common_name() -> None:
    assert issuer_name(SAMPLE) == "Société Exemple"
    assert issuer_name(certificate(x509.NameAttribute(COMMON, "Gate 1"))) == "Gate 1"
    assert issuer_name(certificate(x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "FR"))) == ""
    assert issuer_name(certificate()) == ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (_ASN1Type.UTF8String, "Prüf Ω 検査"),
        (_ASN1Type.PrintableString, "Plain Inc."),
        (_ASN1Type.T61String, "Old Inc."),
        (_ASN1Type.IA5String, "Mail Inc."),
        (_ASN1Type.BMPString, "Breit Ω"),
        (_ASN1Type.UniversalString, "Weit Ω"),
    ],
)
def test_every_string_type(kind: _ASN1Type, text: str) -> None:
    assert issuer_name(certificate(x509.NameAttribute(ORGANISATION, text, kind))) == text


def test_a_hostile_name_is_shown_on_one_short_line() -> None:
    nasty = "Evil\n\u202einc\x00\u200b <b>" + "x" * 50
    assert issuer_name(certificate(x509.NameAttribute(ORGANISATION, nasty))) == f"Evil inc <b>{'x' * 50}"
    flood = b"\x0c\x82\x01\x00" + b"a" * 256
    made = SAMPLE.replace(b"\x0c\x06Gate 1", flood)
    # The lengths around it no longer fit: nothing is read, nothing is raised.
    assert issuer_name(made) == ""
    assert len(issuer_name(certificate(x509.NameAttribute(ORGANISATION, "y" * 64, _validate=False)))) <= 80


def test_a_truncated_certificate_gives_no_name_or_the_right_one() -> None:
    def complaints(length: int) -> Iterator[str]:
        name = issuer_name(SAMPLE[:length])
        if name not in ("", "Société Exemple"):
            yield f"bytes give the name {name!r}"

    assert_clean(range(len(SAMPLE)), complaints)


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing(junk: bytes) -> None:
    assert issuer_name(junk) == "" or len(issuer_name(junk)) <= 80


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_corrupted_certificate_raises_nothing(changes: list[tuple[int, int]]) -> None:
    spoilt = bytearray(SAMPLE)
    for place, value in changes:
        spoilt[place] = value
    name = issuer_name(bytes(spoilt))
    assert name.isprintable()
    assert len(name) <= 80
