"""The next page of a list: found in every form of the `Link` header, and never on another origin."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.api.http.paging import next_page
from wizard.core.address import EU, Origin
from wizard.core.problems import Code, Expected

AT = "/api/v2/groups?x=1"


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ('<https://app.360learning.com/api/v2/groups?next=abc>; rel="next"', "/api/v2/groups?next=abc"),
        ("</api/v2/groups?next=abc>; rel=next", "/api/v2/groups?next=abc"),
        ('<?next=a%20b>; rel="next"', "/api/v2/groups?next=a%20b"),
        ('<groups?next=abc>; REL="Next"', "/api/v2/groups?next=abc"),
        ('<https://APP.360learning.com:443/x?next=1>; rel="next"', "/x?next=1"),
        ('</a>; rel="prev", </b?n=1>; rel="next"', "/b?n=1"),
        ('</a?x=1,2>; rel="next"', "/a?x=1,2"),
        ('</a>; title="x, y; z"; rel="next"', "/a"),
        ('</a>; title="rel=next"; rel="last"', None),
        ('</b>;rel="last next"', "/b"),
        ("</b> ; rel = next ; x", "/b"),
        ('</a>; rel="last"', None),
        ("</a>", None),
        ("", None),
        ("nonsense", None),
        ('<//app.360learning.com/x>; rel="next"', "/x"),
    ],
)
def test_next_page(link: str, page: str | None) -> None:
    assert next_page(link, AT, EU) == page


@pytest.mark.parametrize(
    "target",
    [
        *[
            "https://evil.example/x",
            "//evil.example/x",
            "http://app.360learning.com/x",
            "https://app.360learning.com:444/",
        ],
        *["https://app.360learning.com@evil.example/", "https://user@app.360learning.com/", "javascript:alert(1)"],
        *["https://app.us.360learning.com/x", "https://app.360learning.com.evil.example/", "https://[::1", "file:///x"],
        *["https://app.360learning.com:x/", "https://:@app.360learning.com/"],
    ],
)
def test_a_link_to_another_origin_is_refused(target: str) -> None:
    with pytest.raises(Expected) as refused:
        next_page(f'<{target}>; rel="next"', AT, EU)
    assert refused.value.code is Code.REDIRECTED


@given(st.text(max_size=40), st.sampled_from([EU, Origin("http://127.0.0.1:5000")]))
def test_any_link_stays_on_the_origin_or_is_refused(target: str, origin: Origin) -> None:
    for link in (target, f'<{target}>; rel="next"'):
        try:
            page = next_page(link, AT, origin)
        except Expected as problem:
            assert problem.code is Code.REDIRECTED  # noqa: PT017
        else:
            assert page is None or not page or page.startswith(("/", "?"))


@pytest.mark.parametrize("piece", ["<", "</a>;", '</a>; rel="', "; x=y", '"', "<>;;;;", "</a>" + "; a=b" * 50])
def test_no_link_header_takes_long_to_parse(piece: str) -> None:
    started = time.thread_time()
    next_page(piece * (60_000 // len(piece)), AT, EU)
    assert time.thread_time() - started < 1.0
