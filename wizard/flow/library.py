"""The library: what is saved on this computer, and which of it is chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wizard.core.address import host_of
from wizard.core.customers import Customer
from wizard.core.problems import Problem
from wizard.core.store_news import News
from wizard.core.text_safety import one_line
from wizard.flow.ask import Asker, LatestJob
from wizard.flow.window_jobs import WindowJobs
from wizard.jobs.computer import start
from wizard.jobs.integrations import saved
from wizard.jobs.integrations.saved import Saved
from wizard.words import Words
from wizard.words.labels import store_news
from wizard.words.problems import Explained, explain


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One saved integration in the table; `key` stays the same for ever."""

    key: str
    name: str
    customer: str
    group: str
    remote_id: str


@dataclass(frozen=True, slots=True)
class LibraryDetails:
    """The chosen integration. `customer` has the host of its platform behind it, `group` its whole path."""

    key: str
    name: str
    remote_id: str
    customer: str
    group: str
    author: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class LibraryView:
    """What the library shows: the rows with the latest first, and below them the chosen one.

    `lead` says how many there are, or that they are being read. `news` are titles and texts.
    """

    lead: str
    rows: tuple[LibraryRow, ...] = ()
    details: LibraryDetails | None = None
    news: tuple[tuple[str, str], ...] = ()
    problem: Explained | None = None


class LibraryScreen(Protocol):
    """The window that draws what the presenter publishes."""

    def show_view(self, view: LibraryView) -> None:
        """Show this view state."""


class LibraryPresenter:
    """Reads the list, keeps the choice, and publishes both. `open_wizard` begins a new integration."""

    def __init__(self, asker: Asker, words: Words, open_wizard: Callable[[], object]) -> None:
        self._jobs, self._words, self._open_wizard = WindowJobs(asker), words, open_wizard
        self._reading = LatestJob(self._jobs)
        self._screen: LibraryScreen | None = None
        self._saved: tuple[Saved, ...] | None = None
        self._chosen = ""
        self._news: tuple[News, ...] = ()
        self._problem: Problem | None = None

    @property
    def is_practice(self) -> bool:
        """Whether everything happens on the practice platform."""
        return self._jobs.is_practice

    def attach(self, screen: LibraryScreen) -> None:
        """Publish to this window from now on."""
        self._screen = screen
        self.publish()

    def show(self, listed: tuple[Saved, ...]) -> None:
        """Show what was read; what is new among it is chosen, else the choice stays."""
        before = {integration.id for integration, _ in self._saved or ()}
        latest_first = tuple(reversed(listed))
        keys = [integration.id for integration, _ in latest_first]
        new = [key for key in keys if key not in before]
        if new or self._chosen not in keys:
            self._chosen = next(iter(new or keys), "")
        self._saved, self._problem = latest_first, None
        self.publish()

    def refresh(self) -> None:
        """Read the list again, because something was saved."""
        self._reading.start(saved.run, None, self.show, self.show_problem)

    def show_news(self, news: tuple[News, ...]) -> None:
        """Tell what happened to the list since last time; then it counts as told."""
        if news:
            self._news = news
            self._jobs.ask(start.told, None)
            self.publish()

    def show_problem(self, problem: Problem) -> None:
        """Say why the list cannot be read. What was read before stays in sight."""
        self._problem = problem
        self.publish()

    def choose(self, key: str) -> None:
        """Show the details of this row."""
        if key != self._chosen:
            self._chosen = key
            self.publish()

    def begin_new(self) -> None:
        """Begin a new integration in a window of its own."""
        self._open_wizard()

    def on_closed(self) -> None:
        """The window has closed: nothing is drawn any more."""
        self._screen = None
        self._jobs.close()

    def publish(self) -> None:
        """Publish the view state again, for instance in another language."""
        if self._screen is None:
            return
        rows = self._saved or ()
        chosen = next((one for one in rows if one[0].id == self._chosen), None)
        self._screen.show_view(
            LibraryView(
                lead=self._lead(),
                rows=tuple(self._row(one) for one in rows),
                details=self._details(chosen) if chosen else None,
                news=tuple(store_news(self._words, news) for news in self._news),
                problem=explain(self._words, self._problem) if self._problem else None,
            )
        )

    def _lead(self) -> str:
        if self._saved is None:
            return "" if self._problem else self._words.say("Reading your list…")
        if not self._saved:
            return self._words.say("No integrations saved yet.")
        return self._words.count(
            "{n} integration is saved on this computer",
            "{n} integrations are saved on this computer",
            len(self._saved),
        )

    def _row(self, one: Saved) -> LibraryRow:
        integration, customer = one
        return LibraryRow(
            key=integration.id,
            name=one_line(integration.name),
            customer=one_line(customer.title if customer else integration.labels.platform),
            group=self._group(one),
            remote_id=integration.remote_id,
        )

    def _details(self, one: Saved) -> LibraryDetails:
        integration, customer = one
        return LibraryDetails(
            key=integration.id,
            name=one_line(integration.name),
            remote_id=integration.remote_id,
            customer=self._customer(customer) or one_line(integration.labels.platform),
            group=self._group(one),
            author=one_line(integration.labels.author) or integration.desired.author_id,
            saved_at=self._words.date_and_clock(integration.created_at) if integration.created_at else "",
        )

    def _group(self, one: Saved) -> str:
        """The group's path without the platform's own group on top, which the customer names already."""
        integration, customer = one
        path = tuple(one_line(name) for name in integration.labels.group)
        platform = one_line(customer.title if customer else integration.labels.platform)
        if len(path) > 1 and path[0] == platform:
            path = path[1:]
        return self._words.listed(path) or integration.desired.group_id

    @staticmethod
    def _customer(customer: Customer | None) -> str:
        if customer is None:
            return ""
        own = "" if customer.label in ("", customer.title) else f" ({one_line(customer.label)})"
        return f"{one_line(customer.title)}{own} · {host_of(customer.origin)}"
