"""Whom this computer trusts, and who is named where it does not."""

import datetime
import threading
from collections.abc import Iterator
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

from tests.api.company import PLATFORM, context_of, platform, proxy, site, trust
from tests.api.conftest import INTEGRATIONS
from tests.helpers.offenders import assert_clean
from wizard.api.http.certificate_issuer import issuer_name, presented_issuer
from wizard.api.http.exchange import Unsent, Wire
from wizard.api.http.proxies import DIRECT, Route
from wizard.api.http.proxies import Proxy as Way
from wizard.api.http.transport import open_http, trust_for
from wizard.api.v2.client import Platform
from wizard.core.address import Origin
from wizard.core.customers import Scope
from wizard.core.network_settings import Mode, Network
from wizard.core.network_settings import NetworkAccess as Choice
from wizard.core.problems import Code, Expected, Problem
from wizard.core.secret import Secret
from wizard.words import open_words
from wizard.words.problems import explain

STOP = threading.Event()
PASSWORD = "proxy-canary-3141"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """The authority of a device that looks into traffic."""
    return trustme.CA(organization_name="Example Security Inc.", organization_unit_name="Inspection")


@pytest.fixture(scope="module")
def real() -> trustme.CA:
    """The authority of the platform."""
    return trustme.CA(organization_name="A Public Authority")


def said(problem: Problem) -> str:
    shown = explain(open_words("en"), problem)
    return f"{shown.title}. {shown.text}"


def client(origin: str, port: int = 0, user: str = "", password: str = "") -> Wire:
    network = Network(Mode.MANUAL, "127.0.0.1", port, user) if port else Network()
    way = Choice(network, Secret(password) if password else None)
    return Wire(Origin(origin), "id", Secret("secret-canary-2718"), http=open_http(Origin(origin), way=way), attempts=1)


# ------------------------------------------------------------------ a device that looks inside


@pytest.mark.parametrize("user", ["", "jo"])
def test_a_device_that_nobody_here_trusts_is_named(authority: trustme.CA, real: trustme.CA, user: str) -> None:
    sign_in = (user, PASSWORD) if user else None
    with (
        site(platform, context_of(real, "platform.example")) as server,
        proxy(hosts={"platform.example": server.port}, authority=authority, sign_in=sign_in) as between,
    ):
        wire = client(PLATFORM, between.port, user, PASSWORD if user else "")
        for call in (
            lambda: wire.sign_in(STOP),
            lambda: wire.write(INTEGRATIONS, {"name": "x"}, Scope.INTEGRATIONS_WRITE, STOP),
        ):
            with pytest.raises(Unsent) as refused:
                call()
            assert (refused.value.code, refused.value.facts["issuer"]) == (Code.TLS_UNTRUSTED, "Example Security Inc.")
            assert said(refused.value) == (
                "Your network checks encrypted traffic (Example Security Inc.). "
                "Ask IT to make this computer trust it. Nothing was sent."
            )
            assert between.name in refused.value.detail
        wire.close()
    # Neither the first handshake nor the one that asks for the name was followed by a single byte.
    assert (between.read, server.asked) == ([], [])
    assert set(between.asked) == {"CONNECT platform.example:443"}


def test_a_device_that_this_computer_trusts(
    authority: trustme.CA, real: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with (
        site(platform, context_of(real, "platform.example")) as server,
        proxy(hosts={"platform.example": server.port}, authority=authority) as between,
    ):
        wire = client(PLATFORM, between.port)
        assert list(Platform(wire).integrations(STOP)) == []
        wire.close()
    assert server.asked == ["POST /api/v2/oauth2/token", "GET /api/v2/integrations"]


def test_without_a_proxy_the_issuer_is_named_too(authority: trustme.CA) -> None:
    with site(platform, context_of(authority, "127.0.0.1")) as server:
        wire = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            wire.sign_in(STOP)
        wire.close()
    assert refused.value.facts["issuer"] == "Example Security Inc."
    assert server.asked == []
    assert server.connections == 2


def test_another_server_in_place_of_the_platform(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with site(platform, context_of(authority, "portal.example")) as server:
        wire = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            wire.sign_in(STOP)
        wire.close()
    assert refused.value.code is Code.TLS_UNTRUSTED
    assert said(refused.value).startswith(f"Another server answers in place of 127.0.0.1:{server.port}.")
    assert (server.asked, server.connections) == ([], 1)


def test_a_clock_that_is_wrong(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(authority, tmp_path, monkeypatch)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    shown = context_of(authority, "127.0.0.1", not_before=past, not_after=past + datetime.timedelta(days=9))
    with site(platform, shown) as server:
        wire = client(f"https://127.0.0.1:{server.port}")
        with pytest.raises(Expected) as refused:
            wire.sign_in(STOP)
        wire.close()
    assert said(refused.value).startswith(
        f"The certificate of 127.0.0.1:{server.port} is not valid today. Check the date"
    )


def test_a_name_that_cannot_be_found_out_leaves_the_other_sentence(authority: trustme.CA) -> None:
    problem = Expected(Code.TLS_UNTRUSTED, host="platform.example", issuer="")
    assert said(problem).startswith("This computer does not trust the connection to platform.example. Your network may")
    with proxy() as between:
        assert presented_issuer("platform.example", 443, Route(Way("127.0.0.1", between.port))) == ""
    assert presented_issuer("127.0.0.1", between.port, DIRECT) == ""
    assert presented_issuer("platform.example", 443, Route(Way("127.0.0.1", 1, is_encrypted=True))) == ""


def test_the_trust_is_that_of_the_operating_system() -> None:
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
def test_every_kind_of_text(kind: _ASN1Type, text: str) -> None:
    assert issuer_name(certificate(x509.NameAttribute(ORGANISATION, text, kind))) == text


def test_a_hostile_name_is_one_short_plain_line() -> None:
    nasty = "Evil\n\u202einc\x00\u200b <b>" + "x" * 50
    assert issuer_name(certificate(x509.NameAttribute(ORGANISATION, nasty))) == f"Evil inc <b>{'x' * 50}"
    flood = b"\x0c\x82\x01\x00" + b"a" * 256
    made = SAMPLE.replace(b"\x0c\x06Gate 1", flood)
    # The lengths around it no longer fit: nothing is read, nothing is raised.
    assert issuer_name(made) == ""
    assert len(issuer_name(certificate(x509.NameAttribute(ORGANISATION, "y" * 64, _validate=False)))) <= 80


def test_a_cut_certificate_gives_no_name_or_the_right_one() -> None:
    def complaints(length: int) -> Iterator[str]:
        name = issuer_name(SAMPLE[:length])
        if name not in ("", "Société Exemple"):
            yield f"bytes give the name {name!r}"

    assert_clean(range(len(SAMPLE)), complaints)


@given(st.binary(max_size=400))
def test_junk_is_never_a_crash(junk: bytes) -> None:
    assert issuer_name(junk) == "" or len(issuer_name(junk)) <= 80


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_spoilt_certificate_is_never_a_crash(changes: list[tuple[int, int]]) -> None:
    spoilt = bytearray(SAMPLE)
    for place, value in changes:
        spoilt[place] = value
    name = issuer_name(bytes(spoilt))
    assert name.isprintable()
    assert len(name) <= 80
