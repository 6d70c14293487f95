"""Size limits of answers; the largest one decodes before the window appears frozen."""

import contextlib
import threading
import time
from collections.abc import Callable

import msgspec
import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, Open, wanted
from tests.helpers.clients import no_report
from wizard.api.answer import Answer
from wizard.api.faults import from_answer
from wizard.api.http.limits import OBJECT_MAX_BYTES, PAGE_MAX_BYTES, PROBE_MAX_BYTES, REFUSAL_MAX_BYTES
from wizard.api.v2 import models
from wizard.api.v2.client import Client
from wizard.core.address import EU
from wizard.core.customers import Scope
from wizard.core.problems import Code, Expected, Unanswered
from wizard.demo import Fault, PracticePlatform

GROUPS, USERS = "/api/v2/groups", "/api/v2/users"
ID = b'{"_id":"%024x"' % 1
DECODE_S = 0.025
"""Half of the time for which a window may freeze."""


def filled(before: bytes, part: bytes, after: bytes, size: int = PAGE_MAX_BYTES) -> bytes:
    """A list of as many parts as there is room for."""
    return before + b",".join([part] * ((size - len(before + after)) // (len(part) + 1))) + after


WORST = {
    "lists": filled(b"[", b"[]", b"]"),
    "one object": filled(b"{", b'"0":0', b"}"),
    "many keys": b"{" + b",".join(b'"%x":0' % n for n in range(PAGE_MAX_BYTES // 10)) + b"}",
    "small items": filled(b"[", ID + b"}", b"]"),
    "items without ids": filled(b"[", b'{"_id":0}', b"]"),
    "items with empty ids": filled(b"[", b'{"_id":""}', b"]"),
    "lists under an unknown name": filled(b"[" + ID + b',"x":[', b"[]", b"]}]"),
    "lists under a known name": filled(b"[" + ID + b',"name":[', b"[]", b"]}]"),
    "the same name again and again": filled(b"[" + ID + b",", b'"name":0', b"}]"),
    "one long name": b"[" + ID + b',"name":"' + b"\\u00e9" * (PAGE_MAX_BYTES // 6 - 20) + b'"}]',
}


def names(body: bytes) -> None:
    """Read a page as the program does."""
    for item in models.GROUPS.decode(body)[:10]:
        models.text(item.name)


def token(body: bytes) -> None:
    """Read the answer with a token as the program does."""
    models.TOKEN.decode(body).values()


def least_s(read: Callable[[bytes], object], body: bytes) -> float:
    """The shortest time of a few: the time of this thread alone, however busy the computer is."""
    times = []
    for _ in range(3):
        started = time.thread_time()
        with contextlib.suppress(msgspec.MsgspecError):
            read(body)
        times.append(time.thread_time() - started)
    return min(times)


@pytest.mark.parametrize("kind", WORST)
def test_the_worst_page_decodes_in_half_a_frame_budget(kind: str) -> None:
    assert PAGE_MAX_BYTES * 0.8 < len(WORST[kind]) <= PAGE_MAX_BYTES
    assert least_s(names, WORST[kind]) < DECODE_S


def test_the_worst_refusal_and_token_decode_as_fast() -> None:
    assert least_s(msgspec.json.decode, filled(b"[", b"[]", b"]", REFUSAL_MAX_BYTES)) < DECODE_S
    for before in (b'{"":[', b'{"access_token":[', b'{"expires_in":['):
        assert least_s(token, filled(before, b"[]", b"]}", OBJECT_MAX_BYTES)) < DECODE_S


def test_a_page_of_long_entries_is_read(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    people = [{"_id": f"{n:024x}", "firstName": "Jo", "custom": "x" * 4000} for n in range(500)]
    platform.faults.add(Fault("status", "GET", USERS, status=200, body=people))
    assert [len(page) for page in client.users(no_report, stop)] == [500]


@pytest.mark.parametrize("length", [10_000, models.TEXT_LIMIT, 300_000])
def test_a_long_name_is_truncated(
    platform: PracticePlatform, client: Client, stop: threading.Event, length: int
) -> None:
    platform.faults.add(Fault("status", "GET", GROUPS, status=200, body=[{"_id": "a" * 24, "name": "é" * length}]))
    (page,) = client.groups(no_report, stop)
    assert page[0].name == "é" * min(length, models.TEXT_LIMIT)


def test_a_page_beyond_the_limit(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    platform.faults.add(Fault("status", "GET", GROUPS, status=200, body=b"[" + b" " * PAGE_MAX_BYTES + b"]"))
    with pytest.raises(Expected) as refused:
        list(client.groups(no_report, stop))
    assert refused.value.code is Code.ANSWER_TOO_LARGE


def test_one_object_beyond_the_limit(platform: PracticePlatform, client: Client, stop: threading.Event) -> None:
    made = wanted(platform)
    for size, code in ((OBJECT_MAX_BYTES - 200, None), (OBJECT_MAX_BYTES, Code.ANSWER_TOO_LARGE)):
        body = {"_id": made.author_id, "custom": "x" * size}
        platform.faults.add(Fault("status", "GET", f"{USERS}/{made.author_id}", status=200, body=body))
        if code is None:
            assert client.user(made.author_id, no_report, stop).id == made.author_id
            continue
        with pytest.raises(Expected) as refused:
            client.user(made.author_id, no_report, stop)
        assert refused.value.code is code
    platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=201, body=b"{" + b" " * OBJECT_MAX_BYTES + b"}"))
    with pytest.raises(Unanswered):
        client.create_integration(made, no_report, stop)


def test_a_probe_may_be_larger_because_it_is_not_decoded(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    courses = [{"_id": f"{n:024x}", "description": "x" * 10_000} for n in range(500)]
    assert PAGE_MAX_BYTES < len(msgspec.json.encode(courses)) < PROBE_MAX_BYTES
    platform.faults.add(Fault("status", "GET", "/api/v2/courses", status=200, body=courses))
    assert client.has_scope(Scope.COURSES_READ, no_report, stop) is True


def test_a_large_web_page_is_reported_as_a_page(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    start = b"<!DOCTYPE html><title>Guests</title>"
    for body, code in ((start, Code.NOT_THE_PLATFORM), (b'"', Code.ANSWER_TOO_LARGE)):
        platform.faults.add(Fault("status", "POST", TOKEN, status=200, body=body + b"x" * OBJECT_MAX_BYTES))
        with pytest.raises(Expected) as refused:
            client.sign_in(no_report, stop)
        assert refused.value.code is code


@pytest.mark.parametrize("before", [b'{"error":"', b'{"error":{"message":"x","code":"'])
@pytest.mark.parametrize(("length", "vendor"), [(8_000_000, "400"), (REFUSAL_MAX_BYTES - 100, "ab " * 100)])
def test_a_long_refusal_is_truncated(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, before: bytes, length: int, vendor: str
) -> None:
    body = before + b"ab " * (length // 3) + (b'"}}' if b"code" in before else b'"}')
    platform.faults.add(Fault("status", "GET", GROUPS, status=400, body=body))
    with pytest.raises(Expected) as refused:
        list(open_at(attempts=1).groups(no_report, stop))
    assert (refused.value.code, refused.value.facts["vendor"]) == (Code.REFUSED, vendor)
    assert len(refused.value.detail) <= 300


def test_a_long_error_code_is_truncated() -> None:
    problem = from_answer(Answer(400, b'{"error":"' + b"n" * 60_000 + b'"}'), EU, None)
    assert problem.facts["vendor"] == "n" * 300


def test_a_truncated_refusal_of_a_write_is_unanswered(
    platform: PracticePlatform, client: Client, stop: threading.Event
) -> None:
    platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=400, body={"error": "x" * REFUSAL_MAX_BYTES}))
    with pytest.raises(Unanswered):
        client.create_integration(wanted(platform), no_report, stop)


def test_a_large_answer_is_fine_up_to_the_limit(
    platform: PracticePlatform, open_at: Open, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_at(attempts=1)
    client.sign_in(no_report, stop)
    monkeypatch.setattr("wizard.api.v2.client.PAGE_MAX_BYTES", 1000)
    body = b"[" + b" " * 998 + b"]"
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=200, body=body))
    assert list(client.integrations(no_report, stop)) == []
    platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=200, body=body + b" "))
    with pytest.raises(Expected) as refused:
        list(client.integrations(no_report, stop))
    assert refused.value.code is Code.ANSWER_TOO_LARGE


# ------------------------------------------------------------------ whole lists


@pytest.mark.parametrize(("name", "limit"), [("ITEMS_MAX", 10), ("LIST_MAX_BYTES", 3_000)])
def test_a_list_that_is_too_large(
    platform: PracticePlatform,
    client: Client,
    stop: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    limit: int,
) -> None:
    groups = len(platform.world.groups)
    assert sum(map(len, client.groups(no_report, stop))) == groups > 10
    monkeypatch.setattr(f"wizard.api.http.paging.{name}", limit)
    platform.settings.page_sizes["groups"] = 4
    counts: list[int] = []
    with pytest.raises(Expected) as refused:
        counts.extend(map(len, client.groups(no_report, stop)))
    assert refused.value.code is Code.LIST_NOT_FINISHED
    assert refused.value.facts["pages"] == len(platform.received("GET", GROUPS)) - 1
    assert 0 < sum(counts) < groups
