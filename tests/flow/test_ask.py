"""The latest job of one kind, and text that rests."""

import threading

from tests.flow.conftest import Kit
from wizard.core.progress import Report
from wizard.flow.ask import Debounce, LatestJob
from wizard.services import Services


def echo(_services: Services, wanted: int, _report: Report, stop: threading.Event) -> int:
    """The same number, or -1 if it was stopped."""
    return -1 if stop.is_set() else wanted


def test_only_the_latest_is_heard(kit: Kit) -> None:
    heard: list[object] = []
    latest = LatestJob(kit.asker, lambda: heard.append("ended"))
    kit.asker.hold()
    for number in (1, 2):
        latest.start(echo, number, heard.append)
    assert latest.is_running
    kit.asker.release()
    assert (heard, latest.is_running) == ([2, "ended"], False)


def test_a_stopped_job_tells_how_it_ended_and_a_forgotten_one_nothing(kit: Kit) -> None:
    heard: list[int] = []
    latest = LatestJob(kit.asker)
    latest.stop()
    latest.forget()
    kit.asker.hold()
    latest.start(echo, 1, heard.append)
    latest.stop()
    kit.asker.release()
    assert heard == [-1]
    kit.asker.hold()
    latest.start(echo, 2, heard.append)
    latest.forget()
    kit.asker.release()
    assert heard == [-1]


def test_nobody_has_to_listen(kit: Kit) -> None:
    latest = LatestJob(kit.asker)
    latest.start(echo, 1)
    assert not latest.is_running


def test_text_that_rests(kit: Kit) -> None:
    acted: list[bool] = []
    rest = Debounce(kit.asker, 400, lambda: acted.append(True))
    rest.flush()
    rest.cancel()
    rest.restart()
    kit.asker.pass_ms(300)
    rest.restart()
    kit.asker.pass_ms(300)
    assert (acted, rest.is_waiting) == ([], True)
    kit.asker.pass_ms(100)
    assert (acted, rest.is_waiting) == ([True], False)
    rest.restart()
    rest.flush()
    rest.restart()
    rest.cancel()
    kit.asker.pass_ms(1_000)
    assert acted == [True, True]
