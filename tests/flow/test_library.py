"""What the library says and keeps, over a real ledger and, where something is saved, a real platform."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.flow.conftest import Screen
from tests.helpers.asker import AskAtOnce
from tests.helpers.library import ACME, listed, remote_id
from tests.jobs.bench import NAME, Bench
from wizard.core.integration import Labels
from wizard.core.problems import Code, Expected
from wizard.demo import PracticePlatform
from wizard.flow.library import LibraryDetails, LibraryPresenter, LibraryView
from wizard.jobs.computer import start
from wizard.words import open_words


@dataclass
class Library:
    """A library on a screen, and how often a new integration was wanted."""

    asker: AskAtOnce
    screen: Screen = field(default_factory=Screen)
    begun: list[None] = field(default_factory=list)
    language: str = "en"

    def __post_init__(self) -> None:
        self.presenter = LibraryPresenter(self.asker, open_words(self.language), lambda: self.begun.append(None))
        self.presenter.attach(self.screen)

    def view(self) -> LibraryView:
        """What is shown now."""
        shown: LibraryView = self.screen.view
        return shown

    def details(self) -> LibraryDetails:
        """What is shown of the chosen one."""
        details = self.view().details
        assert details is not None
        return details

    @property
    def names(self) -> list[str]:
        """The names in the table, from the top."""
        return [row.name for row in self.view().rows]


@pytest.fixture
def bench(platform: PracticePlatform, tmp_path: Path) -> Iterator[Bench]:
    """A computer with one customer."""
    made = Bench(platform, tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def library(bench: Bench) -> Library:
    """An empty library that reads this computer."""
    return Library(AskAtOnce(bench.services))


def test_it_says_that_it_reads(library: Library) -> None:
    assert library.view() == LibraryView(lead="Reading your list…")


def test_nothing_saved(library: Library) -> None:
    library.presenter.refresh()
    assert library.view() == LibraryView(lead="No integrations saved yet.")


def test_what_was_created_is_shown(library: Library, bench: Bench) -> None:
    created = bench.create()
    library.presenter.refresh()
    (row,) = library.view().rows
    assert (row.name, row.customer, row.group) == (NAME, "ACME Academy", "Sales › DACH")
    assert row.remote_id == created.integration_id == bench.made()[0].id
    assert library.view().lead == "1 integration is saved on this computer"
    details = library.details()
    assert (details.key, details.name, details.remote_id) == (row.key, NAME, row.remote_id)
    assert details.customer == f"ACME Academy (ACME) · {bench.platform.url.removeprefix('http://')}"
    assert (details.group, details.author) == ("Sales › DACH", "Alex Martin")
    assert details.saved_at.endswith(created.created_at[11:16])
    assert created.created_at[:4] in details.saved_at


def test_the_latest_is_on_top_and_chosen(library: Library) -> None:
    library.presenter.show(listed(3))
    assert library.names == ["Safety films", "LinkedIn Learning", "Udemy Business"]
    assert library.details().key == library.view().rows[0].key


def test_a_choice_stays_until_something_new_is_saved(library: Library) -> None:
    library.presenter.show(listed(3))
    library.presenter.choose("integration-0")
    assert library.details().remote_id == remote_id(0)
    library.presenter.show(listed(3))
    assert library.details().key == "integration-0"
    library.presenter.show(listed(4))
    assert library.details().key == "integration-3"
    shown = len(library.screen.views)
    library.presenter.choose("integration-3")
    assert len(library.screen.views) == shown


def test_a_choice_that_is_gone_moves_to_the_top(library: Library) -> None:
    library.presenter.show(listed(3))
    library.presenter.show(listed(2))
    assert library.details().key == "integration-1"
    library.presenter.show(())
    assert library.view().details is None
    assert library.view().rows == ()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("ACME Academy",), "ACME Academy"),
        (("ACME Academy", "Sales"), "Sales"),
        (("Other", "Sales"), "Other › Sales"),
        ((), listed(1)[0][0].desired.group_id),
    ],
)
def test_a_group_leaves_out_the_name_of_its_platform(library: Library, path: tuple[str, ...], shown: str) -> None:
    integration, _ = listed(1)[0]
    library.presenter.show(((replace(integration, labels=Labels("ACME Academy", path)), ACME),))
    assert library.view().rows[0].group == shown
    assert (library.details().group, library.details().author) == (shown, integration.desired.author_id)


def test_an_integration_whose_customer_is_gone_keeps_its_id(library: Library) -> None:
    integration, _ = listed(1)[0]
    library.presenter.show(((replace(integration, created_at=""), None),))
    (row,) = library.view().rows
    assert (row.customer, row.group, row.remote_id) == ("ACME Academy", "Sales", remote_id(0))
    assert (library.details().customer, library.details().saved_at) == ("ACME Academy", "")


@pytest.mark.parametrize(
    ("label", "platform_name", "shown"),
    [
        ("ACME", "ACME Academy", "ACME Academy (ACME) · app.360learning.com"),
        ("ACME", "ACME", "ACME · app.360learning.com"),
        ("ACME", "", "ACME · app.360learning.com"),
        ("", "ACME Academy", "ACME Academy · app.360learning.com"),
    ],
)
def test_a_customer_has_its_own_name_behind_the_platforms(
    library: Library, label: str, platform_name: str, shown: str
) -> None:
    integration, _ = listed(1)[0]
    library.presenter.show(((integration, replace(ACME, label=label, platform_name=platform_name)),))
    assert library.details().customer == shown


def test_what_comes_from_outside_stands_on_one_line(library: Library) -> None:
    integration, _ = listed(1)[0]
    desired = replace(integration.desired, external_platform="two\nlines \u202eturned")
    library.presenter.show(((replace(integration, desired=desired), ACME),))
    assert library.names == ["two lines turned"]


def test_a_list_that_cannot_be_read_says_why_and_keeps_its_rows(library: Library) -> None:
    library.presenter.show_problem(Expected(Code.STORE_READ_ONLY))
    assert library.view().problem is not None
    assert (library.view().lead, library.view().rows) == ("", ())
    library.presenter.show(listed(2))
    assert library.view().problem is None
    assert len(library.view().rows) == 2
    library.presenter.show_problem(Expected(Code.STORE_FULL))
    explained = library.view().problem
    assert explained is not None
    assert explained.title == "The disk of this computer is full"
    assert (library.view().lead, len(library.view().rows)) == ("2 integrations are saved on this computer", 2)


def test_a_read_that_fails_is_told(library: Library, bench: Bench) -> None:
    bench.services.local.ledger.close()
    library.presenter.refresh()
    assert library.view().problem is not None


def test_news_are_told_once(bench: Bench) -> None:
    bench.create()
    bench.services.local.copy_ledger()
    bench.services.close()
    (bench.data_dir / "ledger.sqlite3").write_bytes(b"damaged")
    services = bench.restarted()
    library = Library(AskAtOnce(services))
    library.presenter.show_news(())
    assert not library.view().news
    library.presenter.show_news(start.run(services, None, bench.report, bench.stop).news)
    ((title, text),) = library.view().news
    assert title == "Your list was damaged and was restored"
    assert "set-aside" in text
    # Neither the next window of this run nor the next start tells them again.
    assert start.run(services, None, bench.report, bench.stop).news == ()
    services.close()
    assert start.run(bench.restarted(), None, bench.report, bench.stop).news == ()


def test_a_refresh_drops_the_one_before(library: Library, bench: Bench) -> None:
    library.asker.hold()
    library.presenter.refresh()
    library.presenter.refresh()
    shown = len(library.screen.views)
    library.asker.release()
    assert len(library.screen.views) == shown + 1
    assert start.run(bench.services, None, bench.report, bench.stop).saved == ()


def test_a_new_integration_is_begun(library: Library) -> None:
    library.presenter.begin_new()
    assert (len(library.begun), library.presenter.is_practice) == (1, False)


def test_it_speaks_french(bench: Bench) -> None:
    library = Library(AskAtOnce(bench.services), language="fr")
    library.presenter.show(listed(2))
    assert library.view().lead == "2 intégrations sont enregistrées sur cet ordinateur"
    assert "mars 2026" in library.details().saved_at


def test_without_a_window_nothing_is_published(bench: Bench) -> None:
    presenter = LibraryPresenter(AskAtOnce(bench.services), open_words("en"), lambda: None)
    presenter.show(listed(2))
    screen = Screen()
    presenter.attach(screen)
    assert len(screen.view.rows) == 2


def test_a_closed_library_draws_nothing_any_more(library: Library) -> None:
    library.asker.hold()
    library.presenter.refresh()
    shown = len(library.screen.views)
    library.presenter.on_closed()
    library.asker.release()
    assert len(library.screen.views) == shown
