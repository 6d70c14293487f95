"""Editing and deleting an integration: what the platform receives, what it becomes, and what may have happened."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, open_client, wanted
from tests.helpers.clients import no_report
from wizard.api.http.limits import TimeLimits
from wizard.api.v2.client import Client
from wizard.core.ids import ObjectId
from wizard.core.integration import Changes, Found
from wizard.core.problems import Code, Expected, Field, Unanswered
from wizard.demo import Fault, PracticePlatform

ONE = f"{INTEGRATIONS}/{{integrationId}}"
LOGO = "https://static.example.com/logo.png"


@pytest.fixture
def made(platform: PracticePlatform, client: Client) -> Found:
    """An integration with a logo."""
    found = client.create_integration(wanted(platform), no_report, threading.Event())
    platform.world.integrations[found.id].values["externalPlatformLogoUrl"] = LOGO
    return found


def test_an_edit_sends_only_its_changes(
    platform: PracticePlatform, client: Client, stop: threading.Event, made: Found
) -> None:
    group = ObjectId(platform.world.group_named("France").id)
    changes: Changes = {"external_platform": "Other", "group_id": group, "default_completion": False}
    edited = client.edit_integration(made.id, changes, no_report, stop)
    (patch,) = platform.received("PATCH")
    assert patch.path == f"{INTEGRATIONS}/{made.id}"
    assert patch.body == {"externalPlatform": "Other", "groupId": group, "defaultCompletion": False}
    # The answer has no `_id`; the id is the one that was edited.
    assert (edited.id, edited.external_platform, edited.group_id) == (made.id, "Other", group)
    assert (edited.default_completion, edited.author_id, edited.logo_url) == (False, made.author_id, LOGO)
    assert list(client.integrations(no_report, stop, name="Other")) == [edited]


def test_an_empty_logo_is_sent_as_null(
    platform: PracticePlatform, client: Client, stop: threading.Event, made: Found
) -> None:
    platform.settings.null_removes_logo = True
    edited = client.edit_integration(made.id, {"logo_url": "", "unicolor_logo_url": LOGO}, no_report, stop)
    (patch,) = platform.received("PATCH")
    assert patch.body == {"externalPlatformLogoUrl": None, "externalPlatformUnicolorLogoUrl": LOGO}
    assert (edited.logo_url, edited.unicolor_logo_url) == (None, LOGO)
    assert "externalPlatformLogoUrl" not in platform.world.integrations[made.id].values


def test_a_platform_that_refuses_null(
    platform: PracticePlatform, client: Client, stop: threading.Event, made: Found
) -> None:
    with pytest.raises(Expected) as refused:
        client.edit_integration(made.id, {"logo_url": ""}, no_report, stop)
    assert (refused.value.code, isinstance(refused.value, Unanswered)) == (Code.REFUSED, False)
    assert platform.world.integrations[made.id].values["externalPlatformLogoUrl"] == LOGO


def test_delete(platform: PracticePlatform, client: Client, stop: threading.Event, made: Found) -> None:
    client.delete_integration(made.id, no_report, stop)
    (call,) = platform.received("DELETE")
    assert (call.path, call.raw_body, call.status) == (f"{INTEGRATIONS}/{made.id}", b"", 204)
    assert made.id not in platform.world.integrations
    with pytest.raises(Expected) as refused:
        client.delete_integration(made.id, no_report, stop)
    assert (refused.value.code, isinstance(refused.value, Unanswered)) == (Code.INTEGRATION_NOT_FOUND, False)


UNKNOWN = ObjectId("5f" * 12)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"external_platform": "Coursera"}, Code.RESERVED_PLATFORM_NAME, Field.NAME),
        ({"external_platform": "Twin"}, Code.DUPLICATE_EXTERNAL_PLATFORM, Field.NAME),
        ({"group_id": UNKNOWN}, Code.GROUP_NOT_FOUND, Field.GROUP),
        ({"author_id": UNKNOWN}, Code.USER_NOT_FOUND, Field.AUTHOR),
    ],
)
def test_an_edit_that_the_platform_refuses(
    platform: PracticePlatform, client: Client, made: Found, changes: Changes, code: Code, field: Field
) -> None:
    stop = threading.Event()
    client.create_integration(wanted(platform, "Twin"), no_report, stop)
    with pytest.raises(Expected) as refused:
        client.edit_integration(made.id, changes, no_report, stop)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not isinstance(refused.value, Unanswered)
    assert next(client.integrations(no_report, stop, name="Atelier Ω")).id == made.id


# ------------------------------------------------------------------ lost answers

Write = Callable[[Client, Found, threading.Event], object]
WRITES: dict[str, Write] = {
    "PATCH": lambda client, made, stop: client.edit_integration(made.id, {"default_progress": 7}, no_report, stop),
    "DELETE": lambda client, made, stop: client.delete_integration(made.id, no_report, stop),
}
LOST: list[tuple[str, dict[str, Any], Code]] = [
    ("drop_before", {}, Code.NO_CONNECTION),
    ("drop_after", {}, Code.NO_CONNECTION),
    ("reset", {}, Code.NO_CONNECTION),
    ("silent", {}, Code.TIMED_OUT),
    ("garbage", {}, Code.NO_CONNECTION),
    ("status", {"status": 202}, Code.REFUSED),
    ("status", {"status": 403, "body": "<html>Blocked"}, Code.NOT_THE_PLATFORM),
    ("status", {"status": 404, "body": {"message": "no Route matched"}}, Code.NOT_FOUND),
    ("status", {"status": 500}, Code.SERVER_FAILED),
    ("status", {"status": 504, "body": {"error": {"code": "integrationNotFound"}}}, Code.SERVER_FAILED),
    ("redirect", {}, Code.REDIRECTED),
]
UNREADABLE: list[tuple[str, dict[str, Any]]] = [
    ("empty", {}),
    ("broken_json", {}),
    ("wrong_shape", {"body": []}),
    ("wrong_shape", {"body": None}),
]


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(("kind", "more", "reason"), LOST)
def test_a_lost_answer(
    platform: PracticePlatform, made: Found, method: str, kind: str, more: dict[str, Any], reason: Code
) -> None:
    stop, client = threading.Event(), open_client(platform.url, times=TimeLimits(read_s=0.3))
    client.sign_in(no_report, stop)
    platform.faults.add(Fault(kind, method, ONE, times=None, **more))
    with pytest.raises(Unanswered) as lost:
        WRITES[method](client, made, stop)
    assert lost.value.facts["reason"] == reason
    # Sent once, whatever happened to it.
    assert len(platform.received(method)) == 1
    client.close()


@pytest.mark.parametrize(("kind", "more"), UNREADABLE)
def test_an_edit_with_an_unreadable_answer_is_unanswered(
    platform: PracticePlatform, client: Client, made: Found, kind: str, more: dict[str, Any]
) -> None:
    platform.faults.add(Fault(kind, "PATCH", ONE, **more))
    with pytest.raises(Unanswered):
        WRITES["PATCH"](client, made, threading.Event())
    assert platform.world.integrations[made.id].values["defaultProgress"] == 7


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {"error": "invalid_token"}, Code.INVALID_TOKEN),
        (403, {"error": {"code": "invalid_scope"}}, Code.INVALID_SCOPE),
        (429, {"error": "tooManyRequests"}, Code.TOO_MANY_REQUESTS),
    ],
)
def test_a_refusal_is_not_unanswered(
    platform: PracticePlatform, client: Client, method: str, status: int, body: object, code: Code
) -> None:
    stop = threading.Event()
    made = client.create_integration(wanted(platform), no_report, stop)
    before = len(platform.received(template=TOKEN))
    platform.faults.add(Fault("status", method, ONE, status=status, body=body))
    with pytest.raises(Expected) as refused:
        WRITES[method](client, made, stop)
    assert (refused.value.code, isinstance(refused.value, Unanswered)) == (code, False)
    assert (len(platform.received(method)), made.id in platform.world.integrations) == (1, True)
    WRITES[method](client, made, stop)
    # A token that was refused, or that lacks a scope, is replaced.
    assert len(platform.received(template=TOKEN)) - before == (1 if status in (401, 403) else 0)
