"""A traceback with local variables shows neither secret nor token of a failed request."""

import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.conftest import wanted
from tests.helpers.clients import no_report
from tests.jobs.bench import INTEGRATIONS, NAME, TOKEN, Bench
from wizard.core.problems import Problem
from wizard.core.secret import Secret
from wizard.demo import Fault, PracticePlatform, Settings

_KINDS = ("drop_after", "reset", "html", "redirect", "truncated", "broken_json", "wrong_shape", "empty", "garbage")


def told(error: BaseException) -> str:
    """Everything that the frames and the errors of a chain hold, as the most talkative traceback prints it."""
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(found.format(chain=True))


@pytest.mark.parametrize("path", [TOKEN, INTEGRATIONS])
@pytest.mark.parametrize("kind", _KINDS)
def test_no_frame_shows_the_secret_or_the_token(tmp_path: Path, kind: str, path: str) -> None:
    with PracticePlatform(settings=Settings(rate_limits=False)) as platform:
        bench = Bench(platform, tmp_path / "data")
        try:
            client = bench.services.connections.session("c1").platform
            stop, count = threading.Event(), 0
            acts: tuple[Callable[[], object], ...] = (
                lambda: list(client.integrations(no_report, stop)),
                lambda: client.create_integration(wanted(platform, NAME), no_report, stop),
            )
            for act in acts:
                platform.faults.clear()
                platform.faults.add(Fault(kind, None, path, times=None))
                try:
                    act()
                except Problem as problem:
                    text, count = told(problem), count + 1
                else:
                    continue
                with platform.world.lock:
                    secrets = [Secret(text) for text in (bench.credential.client_secret, *platform.world.tokens)]
                # The token of a JWT is long: its beginning alone would do.
                assert not [n for n, secret in enumerate(secrets) if secret.reveal()[:40] in text]
            assert count > 0
        finally:
            bench.close()
