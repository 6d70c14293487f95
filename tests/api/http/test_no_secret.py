"""Secret and token are in no log record, no problem and no exception behind it."""

import logging
import threading
import traceback
from collections.abc import Iterator

import pytest

from tests.api.conftest import INTEGRATIONS, TOKEN, open_client, wanted
from tests.helpers.clients import no_report
from wizard.api.http.limits import TimeLimits
from wizard.core.problems import Problem
from wizard.demo import Credential, Fault, PracticePlatform
from wizard.demo.faults import KINDS

CANARY = "kanarie0123456789abcdef0123456789"


class Everything(logging.Handler):
    """Keeps every record as text, with its arguments and its exception."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.texts += [self.format(record), repr(record.args)]


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every log record of every logger, at the lowest level."""
    root, keeper = logging.getLogger(), Everything()
    before = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield keeper.texts
    root.setLevel(before)
    root.removeHandler(keeper)


def told(error: BaseException | None) -> list[str]:
    """All texts of an exception and of those behind it."""
    texts: list[str] = []
    while error is not None:
        texts += [str(error), repr(error), repr(error.args), repr(getattr(error, "__dict__", ""))]
        texts += traceback.format_exception(error)
        error = error.__cause__ or error.__context__
    return texts


@pytest.mark.parametrize("path", [TOKEN, INTEGRATIONS])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("big", "gzip_bomb", "endless")])
def test_no_fault_leaks_a_secret(platform: PracticePlatform, logged: list[str], kind: str, path: str) -> None:
    platform.world.add(Credential("canary", CANARY))
    client = open_client(
        platform.url, Credential("canary", CANARY), times=TimeLimits(read_s=0.1, exchange_s=0.3), attempts=2
    )
    stop = threading.Event()
    if path == INTEGRATIONS:
        client.sign_in(no_report, stop)
    platform.faults.add(Fault(kind, None, path, times=None))
    problems: list[Problem] = []
    for call in (
        lambda: list(client.integrations(no_report, stop)),
        lambda: client.create_integration(wanted(platform), no_report, stop),
    ):
        try:
            call()
        except Problem as problem:
            problems.append(problem)
    client.close()
    secrets = [CANARY, *platform.world.tokens]
    texts = [*logged, *(text for problem in problems for text in told(problem))]
    assert texts
    assert [text for text in texts if any(secret in text for secret in secrets)] == []


@pytest.mark.parametrize("path", [TOKEN, INTEGRATIONS])
@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_platform_that_repeats_the_request(
    platform: PracticePlatform, logged: list[str], path: str, status: int
) -> None:
    platform.world.add(Credential("canary", CANARY))
    client = open_client(platform.url, Credential("canary", CANARY), attempts=1)
    stop = threading.Event()
    if path == INTEGRATIONS:
        client.sign_in(no_report, stop)
    token = next(iter(platform.world.tokens), "none")
    body = {"error": {"code": f"bad {CANARY}", "message": f"Bearer {token}, secret {CANARY}"}}
    platform.faults.add(Fault("status", None, path, status=status, body=body, times=None))
    for call in (
        lambda: list(client.integrations(no_report, stop)),
        lambda: client.create_integration(wanted(platform), no_report, stop),
    ):
        with pytest.raises(Problem) as refused:
            call()
        texts = [*logged, *told(refused.value)]
        secrets = [CANARY, *platform.world.tokens]
        assert [text for text in texts if any(secret in text for secret in secrets)] == []
        assert "***" in refused.value.detail
    client.close()


def test_log_lines_hold_no_ids_and_no_queries(platform: PracticePlatform, logged: list[str]) -> None:
    client, stop = open_client(platform.url), threading.Event()
    user = wanted(platform).author_id
    list(client.integrations(no_report, stop, name="Udemy"))
    client.user(user, no_report, stop)
    list(client.group_roles(wanted(platform).group_id, no_report, stop))
    client.close()
    ours = [text for text in logged if text.startswith("#")]
    assert len(ours) == 4
    assert not [text for text in ours if user in text or "Udemy" in text or "?" in text]
    assert any("/users/{userId}: 200" in text for text in ours)
