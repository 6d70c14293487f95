"""From what a person types or pastes to the origin that everything goes to."""

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wizard.core.address import EU, US, Origin, Region, host_of, is_loopback, parse_origin, region_of
from wizard.core.problems import Code, Expected, Field


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://app.360learning.com", EU),
        ("https://app.360learning.com/", EU),
        ("app.360learning.com", EU),
        ("  https://app.360learning.com/group/5f/content?x#y ", EU),
        ("HTTPS://APP.360Learning.COM", EU),
        ("https://app.360learning.com.", EU),
        ("https://app.360learning.com:443", EU),
        ("<https://app.us.360learning.com/>", US),
        ('"app.us.360learning.com"', US),
        ("\u200bhttps://app.360learning.com\ufeff", EU),
        ("\u00a0app.360learning.com\u00a0\r\n", EU),
        ("https://acme.360learning.com/home", "https://acme.360learning.com"),
        ("https://host.example:8443", "https://host.example:8443"),
        ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("https://MÜNCHEN.example", "https://xn--mnchen-3ya.example"),
        ("https://\uff41pp.example", "https://app.example"),
        ("https://[2001:DB8:0::1]/x", "https://[2001:db8::1]"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:5000/", "http://[::1]:5000"),
        ("http://127.0.0.1:443", "http://127.0.0.1:443"),
    ],
)
def test_origins(text: str, origin: str) -> None:
    assert parse_origin(text) == origin


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (Code.ADDRESS_MISSING, ["", "  ", "\n", '""', "<>", "\u200b"]),
        (
            Code.ADDRESS_NOT_HTTPS,
            [
                *["http://app.360learning.com", "http://192.168.1.4", "http://localhost.evil.example"],
                *["http://[2001:db8::1]", "ftp://app.360learning.com", "file://app.360learning.com/x"],
                *["http://127.0.0.1.evil.example", "http://128.0.0.1", "javascript://app.360learning.com"],
            ],
        ),
        (
            Code.ADDRESS_IS_DOCUMENTATION,
            [
                *["https://api.360learning.com", "api.360learning.com/v1", "https://360learning.readme.io/docs"],
                *["https://support.360learning.com/hc", "API.360learning.com.", "http://api.360learning.com"],
            ],
        ),
        (
            Code.ADDRESS_NOT_READABLE,
            [
                *["https://", "https:///path", "https://?x", "https://user:pass@app.360learning.com"],
                *["https://app.360learning.com@evil.example", "https://@evil.example", "https://a:b@"],
                *["https://app.360learning.com\\@evil.example", "https://app 360learning.com", "app .example"],
                *["https://host.example:99999", "https://host.example:x", "https://host.example:-1"],
                *["https://host.example:0", "https://host..example", "https://.", "https://.example"],
                *["https://[::1", "https://[fe80::1%25eth0]", "https://[v1.a:b]", "https://::1", "https://[]"],
                *["https://1.2.3.999", "https://127.0.0.01", "https://300", "https://my_host.example"],
                *["https://ex!ample.com", "https://a,b.example", f"https://{'a' * 64}.example", "name@acme.example"],
                *["app.360learning.com\nevil.example", "mailto:me@acme.example", "C:\\Users\\me"],
            ],
        ),
    ],
)
def test_refusals_at_the_field(code: Code, texts: list[str]) -> None:
    seen = {}
    for text in texts:
        with pytest.raises(Expected) as refused:
            parse_origin(text)
        seen[text] = (refused.value.code, refused.value.field)
    assert seen == dict.fromkeys(texts, (code, Field.ADDRESS))


LIKELY = st.sampled_from(
    [
        "https://",
        "http://",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "app.360learning.com",
        ".",
        ":",
        "@",
        "/",
        "?",
        "#",
        "\\",
        "8080",
        "ü",
        "ß",
        "İ",
        "\uff41",
        "。",
        " ",
        "\t",
        "\u200b",
        "-",
        "_",
        "%",
        "[",
        "]",
        "x",
        "1",
        "\ud800",
        "\x00",
    ]
)


@given(st.one_of(st.text(max_size=30), st.lists(LIKELY, max_size=8).map("".join)))
@example("https://ß.example")
@example("https://a。b.example")
def test_a_result_is_an_origin_and_stays_one(text: str) -> None:
    try:
        origin = parse_origin(text)
    except Expected:
        return
    assert parse_origin(origin) == origin
    assert origin.isascii()
    assert origin == origin.lower()
    url = httpx.URL(origin)
    assert (url.raw_path, url.userinfo, url.query, url.fragment) == (b"/", b"", b"", "")
    assert url.scheme == "https" or (url.scheme == "http" and is_loopback(url.host))
    assert host_of(origin) == origin.partition("://")[2]
    assert host_of(origin) == url.netloc.decode()


@pytest.mark.parametrize(
    ("origin", "region"),
    [(EU, Region.EU), (US, Region.US), (Origin("https://x.example"), Region.OTHER), (None, Region.EU)],
)
def test_regions(origin: Origin | None, region: Region) -> None:
    assert region_of(origin) is region


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        *[("localhost", True), ("127.0.0.1", True), ("127.255.255.254", True), ("::1", True)],
        *[("", False), ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("localhost.example", False)],  # noqa: S104
    ],
)
def test_loopback(host: str, *, is_here: bool) -> None:
    assert is_loopback(host) is is_here
