"""What a pasted text holds: every shape that people copy, and nothing that is not there."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.address import EU, Origin
from wizard.core.curl import Shell, curl
from wizard.core.ids import ObjectId, parse_object_id
from wizard.core.integration import Integration
from wizard.core.links import Pasted, parse_pasted

G = ObjectId("5f1a2b3c4d5e6f7081920a1b")
U = ObjectId("60aabbccddeeff0011223344")
APP = "https://app.360learning.com"
HOST = "app.360learning.com"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (G, Pasted(bare=G)),
        (G.upper(), Pasted(bare=G)),
        (f"  {G}\n", Pasted(bare=G)),
        (f'"{G}"', Pasted(bare=G)),
        (f"<{G}>", Pasted(bare=G)),
        (f"\ufeff{G}\u200b", Pasted(bare=G)),
        (f"\u00a0{G}\u00a0", Pasted(bare=G)),
        (f"{APP}/group/{G}/content", Pasted(group=G, host=HOST)),
        (f"{APP}/group/{G}/content/all", Pasted(group=G, host=HOST)),
        (f"{APP}/group/{G}/content?x=1#top", Pasted(group=G, host=HOST)),
        (f"{APP}/group/{G}", Pasted(group=G, host=HOST)),
        (f"{APP}/home/{G}", Pasted(group=G, host=HOST)),
        (f"{APP}/group/{G}/stats/users/current/users/{U}", Pasted(group=G, person=U, host=HOST)),
        (f"{APP}/users/{G}/users/{U}", Pasted(person=U, host=HOST)),
        (f"{APP}/profile/{U}", Pasted(person=U, host=HOST)),
        (f"https://APP.360LEARNING.COM/GROUP/{G.upper()}/CONTENT", Pasted(group=G, host=HOST)),
        (f"https://app.us.360learning.com/group/{G}", Pasted(group=G, host="app.us.360learning.com")),
        (f"acme.360learning.com/group/{G}", Pasted(group=G, host="acme.360learning.com")),
        (f"https://campus.acme.example:8443/home/{G}", Pasted(group=G, host="campus.acme.example")),
        (f"/group/{G}/content", Pasted(group=G)),
        (f"group/{G}", Pasted(group=G)),
        (json.dumps({"groupId": G, "authorId": U}), Pasted(group=G, person=U)),
        (json.dumps({"GROUPID": G.upper()}), Pasted(group=G)),
        (f"{{'groupId' : '{G}'}}", Pasted(group=G)),
        ("odile@acme.example", Pasted(mail="odile@acme.example")),
        (" odile.m+x@acme.example ", Pasted(mail="odile.m+x@acme.example")),
        ("<почта@пример.example>", Pasted(mail="почта@пример.example")),
        ("", Pasted()),
        ("Sales", Pasted()),
        (f"{G}0", Pasted()),
        (G[:-1], Pasted()),
        (f"{G[:-1]}g", Pasted()),
        (f"{APP}/group/{G}0/content", Pasted()),
        (f"{APP}/group/{G[:-1]}/content", Pasted()),
        (f"{APP}/course/{G}", Pasted()),
        ("a@b", Pasted()),
        ("a b@c.example", Pasted()),
        ("a@b@c.example", Pasted()),
        (f"{'x' * 10_000} group/{G}", Pasted()),
    ],
)
def test_shapes(text: str, found: Pasted) -> None:
    assert parse_pasted(text) == found


@pytest.mark.parametrize("shell", Shell)
def test_our_own_request_reads_back(shell: Shell) -> None:
    text = curl(shell, EU, Integration("A", G, U, True, 0, False))
    assert parse_pasted(text) == Pasted(group=G, person=U, host=HOST)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_request_of_the_vendors_guide_reads_back(quote: str) -> None:
    body = json.dumps({"externalPlatform": "X", "groupId": G, "authorId": U}, indent=2)
    text = f"curl --request POST \\\n --url {APP}/api/v2/integrations \\\n --data {quote}{body}{quote}"
    assert parse_pasted(text) == Pasted(group=G, person=U, host=HOST)


def test_what_is_meant_depends_on_the_question() -> None:
    assert (parse_pasted(G).as_group, parse_pasted(G).as_person) == (G, G)
    both = parse_pasted(f"{APP}/group/{G}/stats/users/current/users/{U}")
    assert (both.as_group, both.as_person) == (G, U)
    assert (parse_pasted(f"{APP}/group/{G}").as_person, parse_pasted(f"{APP}/users/{U}").as_group) == (None, None)


IDS = st.text("0123456789abcdefABCDEF", min_size=20, max_size=28)
PIECES = st.sampled_from(
    [
        "/",
        "group/",
        "GROUPS/",
        "users/",
        "home/",
        "profile/",
        "current/",
        "https://",
        "a.example",
        "@",
        '"',
        "'",
        "\\",
        '"groupId"',
        "authorId",
        ":",
        " ",
        "\n",
        "?",
        "#",
        "&",
        "\u200b",
        "<",
        ">",
        "é",
        "\ud800",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.one_of(PIECES, IDS), max_size=14).map("".join))


@given(TEXTS)
def test_nothing_is_invented(text: str) -> None:
    found = parse_pasted(text)
    plain = re.sub(r"[^0-9a-fA-F]", lambda m: "" if not m[0].isprintable() else m[0], text).lower()
    for value in (found.bare, found.group, found.person):
        assert value is None or (parse_object_id(value) == value and value in plain)
    assert found.mail in text.replace("\u200b", "")
    assert found.host in text.lower().replace("\u200b", "")
    assert not (found.bare and (found.group or found.person))


@pytest.mark.parametrize("piece", ["users/", "a", "a.", "a.bb", "group/", "@", ".a", '"groupId"', "\\", "x@y."])
def test_no_text_takes_long(piece: str) -> None:
    started = time.perf_counter()
    parse_pasted((piece * 10_000)[:9_900] + f" users/{U}")
    parse_pasted((piece * 1_000_000)[:2_000_000])
    assert time.perf_counter() - started < 1.0


def test_a_customers_origin_is_no_id() -> None:
    assert parse_pasted(Origin(EU)) == Pasted()
