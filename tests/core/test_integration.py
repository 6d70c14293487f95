"""What is wanted, what the platform has, and where they differ."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.made import creation
from wizard.core.creation import ours
from wizard.core.ids import ObjectId
from wizard.core.integration import (
    API_NAMES,
    VALUES,
    Difference,
    Found,
    Integration,
    as_json,
    differences,
    is_https_url,
    logo_problem,
    lookalikes,
    namesakes,
)
from wizard.core.problems import Code, Field

G, H, A, B, I = (ObjectId(c * 24) for c in "abcde")  # noqa: E741
WANTED = Integration("Udemy", G, A, True, 0, False)
SAME = Found(I, "Udemy", G, A, True, 0, False)
LOGO = "https://static.example.com/logo.png"

INTEGRATIONS = st.builds(
    Integration,
    external_platform=st.text(min_size=1),
    group_id=st.sampled_from([G, H]),
    author_id=st.sampled_from([A, B]),
    default_completion=st.booleans(),
    default_progress=st.integers(0, 100),
    no_group_propagation=st.booleans(),
    logo_url=st.sampled_from(["", LOGO]),
    unicolor_logo_url=st.sampled_from(["", LOGO]),
)


@given(INTEGRATIONS)
def test_the_body_has_known_fields_all_flags_and_no_empty_logo(wanted: Integration) -> None:
    body = wanted.body()
    always = {"externalPlatform", "groupId", "authorId", "defaultCompletion", "defaultProgress", "noGroupPropagation"}
    logos = {"externalPlatformLogoUrl": wanted.logo_url, "externalPlatformUnicolorLogoUrl": wanted.unicolor_logo_url}
    assert body.keys() == always | {name for name, url in logos.items() if url}
    assert [type(body[name]) for name in ("defaultCompletion", "defaultProgress", "noGroupPropagation")] == [
        bool,
        int,
        bool,
    ]
    assert json.loads(as_json(wanted)) == body


def test_the_names_cover_every_value() -> None:
    assert list(API_NAMES) == [f.name for f in fields(Integration)]
    assert VALUES == len(API_NAMES) == 8
    assert {f.name for f in fields(Found)} == {*API_NAMES, "id"}


@given(INTEGRATIONS)
def test_the_same_differs_in_nothing(wanted: Integration) -> None:
    values: dict[str, Any] = {name: getattr(wanted, name) for name in API_NAMES}
    assert differences(wanted, Found(I, **values)) == ()
    silent: dict[str, Any] = {name: value if value != "" else None for name, value in values.items()}
    assert differences(wanted, Found(I, **silent)) == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("external_platform", "udemy"),
        ("external_platform", "Udemy "),
        ("external_platform", ""),
        ("group_id", H),
        ("group_id", None),
        ("author_id", B),
        ("author_id", None),
        ("default_completion", False),
        ("default_completion", None),
        ("default_completion", 1),
        ("default_progress", 1),
        ("default_progress", None),
        ("default_progress", False),
        ("no_group_propagation", True),
        ("no_group_propagation", None),
        ("no_group_propagation", 0),
        ("logo_url", LOGO),
        ("unicolor_logo_url", LOGO),
    ],
)
def test_each_value_that_differs_is_one_row(name: str, found: Any) -> None:
    assert differences(WANTED, replace(SAME, **{name: found})) == (Difference(name, getattr(WANTED, name), found),)


@pytest.mark.parametrize("found", [None, "", f"{LOGO}?v=2"])
def test_a_logo_that_was_asked_for_has_to_be_there(found: str | None) -> None:
    rows = differences(replace(WANTED, logo_url=LOGO), replace(SAME, logo_url=found))
    assert rows == (Difference("logo_url", LOGO, found),)


def test_a_logo_nobody_asked_for_may_be_empty() -> None:
    assert differences(WANTED, replace(SAME, logo_url="", unicolor_logo_url=None)) == ()


def test_namesakes_have_exactly_this_name_in_exactly_this_group() -> None:
    others = [replace(SAME, external_platform="udemy"), replace(SAME, group_id=H), replace(SAME, group_id=None)]
    assert namesakes("Udemy", G, [*others, SAME]) == (SAME,)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Udemy", "udemy", True),
        ("Udemy", "Udemy Business", True),
        ("Udemy Business", "Udemy", True),
        ("Udemy", " UDEMY ", True),
        ("Café Live", "cafe  live", True),
        ("\uff35demy", "Udemy", True),
        ("Udemy", "Udemyx", False),
        ("Udemy", "My Udemy", False),
        ("Udemy A", "Udemy B", False),
        ("", "Udemy", False),
        ("Udemy", "", False),
        ("Udemy", "\u0301", False),
        ("می\u200cش", "میش", True),
        ("Ud\u2060emy", "Udemy", True),
    ],
)
def test_lookalikes(one: str, other: str, *, alike: bool) -> None:
    known = replace(SAME, external_platform=other)
    assert (lookalikes(one, [G], [known]) == (known,)) is alike
    assert lookalikes(one, [H], [known]) == ()


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        (LOGO, True),
        ("https://a.example", True),
        ("https://a.example:8443/ä.png?x=1#y", True),
        ("HTTPS://a.example/x", True),
        *[
            (text, False)
            for text in ("", "http://a.example/x", "//a.example", "a.example/x.png", "https://", "https:///x")
        ],
        *[(text, False) for text in ("https://a.example/x y", " https://a.example", "https://a.example\n", "data:x")],
        *[
            (text, False)
            for text in ("https://u:p@a.example", "https://u@a.example", "https://:p@a.example", "ftp://a.b")
        ],
        *[(text, False) for text in ("https://a.example:0", "https://a.example:99999", "https://[::1", "https://a:b/")],
        *[
            (text, False)
            for text in ("https://a.example/\x7f", "https://a.exa\u200bmple/", "https://a.example/\u00a0x")
        ],
    ],
)
def test_logo_addresses(text: str, *, is_good: bool) -> None:
    assert is_https_url(text) is is_good


@pytest.mark.parametrize(
    ("authors", "expected"),
    [((), None), ((A,), 0), ((None,), 0), ((B,), None), ((A, A), None), ((A, B), None), ((B, A), None)],
)
def test_only_a_lonely_one_of_our_author_is_ours(authors: tuple[ObjectId | None, ...], expected: int | None) -> None:
    found = tuple(replace(SAME, author_id=author) for author in authors)
    mine = ours(creation(wanted=WANTED), found)
    assert mine == (None if expected is None else found[expected])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (LOGO, None),
        ("https://user:pw@example.com/a.png", {"sign_in": True}),
        ("https://user@example.com/a.png", {"sign_in": True}),
        ("https://exa mple.com/a.png", {"blank": True}),
        ("https://example.com/my logo.png", {"blank": True}),
        ("http://example.com/a.png", {}),
        ("https://example.com/@me", None),
    ],
)
def test_what_is_wrong_with_a_logo_address_has_a_name(text: str, named: dict[str, bool] | None) -> None:
    problem = logo_problem(text, Field.LOGO)
    assert (problem and problem.facts) == named
    if problem:
        assert (problem.code, problem.field) == (Code.LOGO_NOT_HTTPS, Field.LOGO)
