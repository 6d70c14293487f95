"""A presenter's surroundings: a practice platform over real HTTP, a computer, and a screen that keeps what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.asker import AskAtOnce
from tests.jobs.bench import Bench
from wizard.core.problems import Field, Problem
from wizard.demo import PracticePlatform, Settings
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook
from wizard.flow.wizard.page import Shared
from wizard.words import open_words


@dataclass
class Screen:
    """A page that keeps every view state it was given, and each field that was given the focus."""

    views: list[Any] = field(default_factory=list)
    focused: list[Field] = field(default_factory=list)

    @property
    def view(self) -> Any:
        """What is shown now."""
        return self.views[-1]

    def show_view(self, view: Any) -> None:
        """Show a view state."""
        self.views.append(view)

    def focus(self, at: Field) -> None:
        """Give a field the focus."""
        self.focused.append(at)


@dataclass
class Navigated:
    """The wizard around a page, which keeps what the page asked of it."""

    asked: list[object] = field(default_factory=list)

    def go_on(self) -> None:
        """Keep that the page wants to go on."""
        self.asked.append("go_on")

    def change(self, at: Field) -> None:
        """Keep the field that is to be changed."""
        self.asked.append(at)

    def refused(self, problem: Problem) -> None:
        """Keep the problem of the credentials."""
        self.asked.append(problem.code)

    def update(self) -> None:
        """Nothing: what the bar shows is read from the presenter."""


@dataclass
class Kit:
    """Everything around one presenter."""

    bench: Bench
    asker: AskAtOnce
    shared: Shared
    navigation: Navigated
    screen: Screen = field(default_factory=Screen)


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running practice platform without rate limits; a mistake inside it fails the test."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
def kit(platform: PracticePlatform, tmp_path: Path) -> Iterator[Kit]:
    """A presenter's surroundings, with one saved customer."""
    bench = Bench(platform, tmp_path / "data")
    asker, navigation = AskAtOnce(bench.services), Navigated()
    failures: list[Problem] = []
    book, customers = DraftBook(asker, failures.append), CustomerBook()
    customers.fill([bench.customer])
    yield Kit(bench, asker, Shared(asker, open_words("en"), book, customers, navigation), navigation)
    bench.close()
    assert failures == []
