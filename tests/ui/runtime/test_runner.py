"""Jobs on other threads: their news comes to the window's thread, and only as long as somebody wants it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from wizard.core.problems import Bug, Code, Expected, Problem
from wizard.core.progress import Counted, Progress, Report
from wizard.jobs.operation_jobs import operation_job
from wizard.services import Services
from wizard.ui.runtime.runner import Runner


@pytest.fixture
def runner(qtbot: QtBot, tmp_path: Path) -> Iterator[Runner]:
    made = Runner(Services(tmp_path))
    yield made
    made.stop_all()
    qtbot.waitUntil(lambda: made.is_idle)


def test_everything_arrives_on_the_windows_thread_in_order(qtbot: QtBot, runner: Runner) -> None:
    here = QThread.currentThread()
    threads: list[bool] = []
    told: list[tuple[object, bool]] = []

    def job(_services: Services, given: int, report: Report, _stop: threading.Event) -> int:
        threads.append(threading.current_thread() is threading.main_thread())
        for count in range(given):
            report(Counted(count))
        return given

    def note(news: object) -> None:
        told.append((news, QThread.currentThread() is here))

    with qtbot.waitSignal(runner.idle):
        runner.ask(job, 3, note, None, note)
    assert threads == [False]
    assert told == [(Counted(0), True), (Counted(1), True), (Counted(2), True), (3, True)]
    assert runner.is_idle


def test_a_dropped_question_is_never_answered(qtbot: QtBot, runner: Runner) -> None:
    go = threading.Event()
    told: list[object] = []

    def job(_services: Services, _given: None, report: Report, stop: threading.Event) -> bool:
        go.wait(5)
        report(Counted(1))
        return stop.is_set()

    handle = runner.ask(job, None, told.append, told.append, told.append)
    with qtbot.waitSignal(runner.idle):
        handle.drop()
        go.set()
    assert told == []


def test_a_stopped_job_still_tells_how_it_ended(qtbot: QtBot, runner: Runner) -> None:
    told: list[Problem] = []

    def job(_services: Services, _given: None, _report: Report, stop: threading.Event) -> None:
        assert stop.wait(5)
        raise Expected(Code.STOPPED)

    with qtbot.waitSignal(runner.idle):
        runner.ask(job, None, None, told.append).stop()
    assert [problem.code for problem in told] == [Code.STOPPED]


def test_what_nobody_expected_is_a_bug_without_its_text(
    qtbot: QtBot, runner: Runner, expects_log: object, caplog: pytest.LogCaptureFixture
) -> None:
    expects_log(r"wizard\.ui\.runtime\.runner ERROR: test_runner\.job: bug: ")  # type: ignore[operator]
    told: list[Problem] = []

    def job(_services: Services, _given: None, _report: Report, _stop: threading.Event) -> None:
        raise ValueError("zQ7canary-kept-nowhere-Yx4")

    with qtbot.waitSignal(runner.idle):
        runner.ask(job, None, None, told.append)
    assert isinstance(told[0], Bug)
    assert "zQ7canary" not in told[0].detail + caplog.text
    assert "ValueError" in told[0].detail


def test_twenty_at_once(qtbot: QtBot, runner: Runner) -> None:
    told: list[int] = []

    def job(_services: Services, given: int, report: Report, _stop: threading.Event) -> int:
        news: Progress = Counted(given)
        report(news)
        return given

    with qtbot.waitSignal(runner.idle):
        for number in range(20):
            runner.ask(job, number, told.append)
    assert sorted(told) == list(range(20))


def test_the_end_of_an_operation_is_told_also_where_nobody_hears_it(qtbot: QtBot, runner: Runner) -> None:
    @operation_job
    def write(_services: Services, given: int, _report: Report, _stop: threading.Event) -> int:
        return given

    def read(_services: Services, given: int, _report: Report, _stop: threading.Event) -> int:
        return given

    ended: list[str] = []
    runner.operation_ended.connect(lambda: ended.append("operation"))
    for job in (write, read):
        with qtbot.waitSignal(runner.idle):
            runner.ask(job, 1).drop()
    assert ended == ["operation"]
