"""What belongs to a window ends with it; what must not be cut goes on."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.helpers.asker import AskAtOnce
from wizard.core.problems import Code, Expected, Problem, Stopped
from wizard.core.progress import Counted, Report
from wizard.flow.ask import LatestJob
from wizard.flow.window_jobs import WindowJobs
from wizard.jobs.integrations import create
from wizard.jobs.operation_jobs import is_operation_job, operation_job
from wizard.services import Services


def question(_services: Services, wanted: int, report: Report, stop: threading.Event) -> int:
    """Read something; ends early when it is stopped."""
    report(Counted(wanted))
    if stop.is_set():
        raise Stopped
    return wanted


@dataclass
class Window:
    """A window with its jobs, all that it heard, and what its operations ended with."""

    asker: AskAtOnce
    heard: list[object] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.jobs = WindowJobs(self.asker)

    def note(self, problem: Problem) -> None:
        """Hear a problem."""
        self.heard.append(problem.code)

    def ask(self, number: int) -> None:
        """Ask a question, and hear everything of it."""
        self.jobs.ask(question, number, self.heard.append, self.note, self.heard.append)

    def operate(self) -> None:
        """Begin an operation, and hear everything of it."""

        @operation_job
        def write(_services: Services, wanted: int, report: Report, stop: threading.Event) -> int:
            report(Counted(wanted))
            self.written.append("cut" if stop.is_set() else "whole")
            return wanted

        self.jobs.ask(write, 7, self.heard.append, self.note, self.heard.append)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A computer that nothing is written to."""
    made = Services(tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(services: Services) -> Window:
    """An open window."""
    return Window(AskAtOnce(services))


def test_it_asks_like_the_programs_own(window: Window, services: Services) -> None:
    window.ask(1)
    assert window.heard == [Counted(1), 1]
    assert window.jobs.is_practice is services.is_practice
    assert window.jobs.clock() <= services.clock()
    assert window.jobs.now()[:10] == services.now()[:10]
    window.jobs.later(100, lambda: window.heard.append("later"))
    window.asker.pass_ms(100)
    assert window.heard[2:] == ["later"]


def test_a_problem_arrives(window: Window) -> None:
    def fails(*_given: object) -> int:
        raise Expected(Code.STORE_FULL)

    window.jobs.ask(fails, 1, window.heard.append, window.note)
    assert window.heard == [Code.STORE_FULL]


def test_nobody_needs_to_hear(window: Window) -> None:
    window.jobs.ask(question, 1)
    window.jobs.close()
    assert window.heard == []


def test_a_handle_stops_and_drops(window: Window) -> None:
    window.asker.hold()
    window.jobs.ask(question, 1, window.heard.append, window.note).stop()
    window.jobs.ask(question, 2, window.heard.append, window.note, window.heard.append).drop()
    window.asker.release()
    assert window.heard == [Code.STOPPED]


def test_questions_end_with_the_window(window: Window) -> None:
    stopped: list[bool] = []

    def slow(_services: Services, wanted: int, _report: Report, stop: threading.Event) -> int:
        stopped.append(stop.is_set())
        return wanted

    window.asker.hold()
    window.jobs.ask(slow, 1, window.heard.append)
    window.ask(2)
    window.jobs.close()
    window.asker.release()
    assert (window.heard, stopped) == ([], [True])


def test_an_operation_goes_on_unheard(window: Window) -> None:
    window.asker.hold()
    window.operate()
    window.jobs.close()
    window.asker.release()
    assert (window.heard, window.written) == ([], ["whole"])


def test_an_operation_is_heard_while_the_window_is_open(window: Window) -> None:
    window.operate()
    assert (window.heard, window.written) == ([Counted(7), 7], ["whole"])


def test_a_closed_window_begins_nothing(window: Window) -> None:
    window.jobs.close()
    handle = window.jobs.ask(question, 1, window.heard.append, window.note)
    handle.stop()
    handle.drop()
    window.operate()
    assert (window.heard, window.written) == ([], [])


def test_no_wait_of_a_closed_window_acts(window: Window) -> None:
    window.jobs.later(100, lambda: window.heard.append("early"))
    window.jobs.close()
    window.jobs.later(100, lambda: window.heard.append("late"))
    window.asker.pass_ms(1000)
    assert window.heard == []


def test_a_job_can_be_dropped_while_it_reports(window: Window) -> None:
    latest = LatestJob(window.jobs)
    latest.start(question, 1, window.heard.append, None, lambda _news: latest.forget())
    assert window.heard == []


@pytest.mark.parametrize("job", [create.run, create.look, create.give_up, create.let_go])
def test_what_changes_a_platform_or_its_journal_is_never_cut(job: object) -> None:
    assert callable(job)
    assert is_operation_job(job)
    assert not is_operation_job(create.latest)
