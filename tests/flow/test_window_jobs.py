"""The jobs of one window end with it, and only those."""

import threading

from tests.flow.conftest import Kit
from wizard.core.problems import Code, Expected, Problem
from wizard.core.progress import Counted, Progress, Report
from wizard.flow.window_jobs import WindowJobs
from wizard.services import Services


def double(_services: Services, wanted: int, report: Report, stop: threading.Event) -> int:
    """Twice as many, unless it is stopped."""
    report(Counted(wanted))
    if stop.is_set():
        raise Expected(Code.STOPPED)
    return 2 * wanted


def test_jobs_and_waits_come_back(kit: Kit) -> None:
    jobs, heard, told = WindowJobs(kit.asker), list[int](), list[Progress]()
    jobs.ask(double, 2, heard.append, progress=told.append)
    jobs.later(10, lambda: heard.append(0))
    kit.asker.pass_ms(10)
    assert (heard, told) == ([4, 0], [Counted(2)])
    assert jobs.clock() >= kit.bench.services.clock() - 1
    assert (jobs.now()[:2], jobs.is_practice) == ("20", False)


def test_a_job_can_be_stopped_or_dropped(kit: Kit) -> None:
    jobs, heard, failed = WindowJobs(kit.asker), list[int](), list[Problem]()
    kit.asker.hold()
    stopped = jobs.ask(double, 1, heard.append, failed.append)
    dropped = jobs.ask(double, 2, heard.append, failed.append)
    stopped.stop()
    dropped.drop()
    kit.asker.release()
    assert (heard, [problem.code for problem in failed]) == ([], [Code.STOPPED])


def test_nothing_is_heard_of_after_the_window_has_closed(kit: Kit) -> None:
    jobs, others, heard = WindowJobs(kit.asker), WindowJobs(kit.asker), list[int]()
    kit.asker.hold()
    jobs.ask(double, 1, heard.append, lambda _problem: heard.append(-1))
    others.ask(double, 2, heard.append)
    jobs.later(10, lambda: heard.append(10))
    jobs.close()
    jobs.later(10, lambda: heard.append(11)).stop()
    jobs.ask(double, 3, heard.append)
    kit.asker.release()
    kit.asker.pass_ms(10)
    assert heard == [4]


def test_nobody_has_to_listen(kit: Kit) -> None:
    jobs = WindowJobs(kit.asker)
    jobs.ask(double, 1)
    jobs.close()
