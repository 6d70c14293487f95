"""What the presenters of all pages have in common: what they are given, and what the wizard asks of them."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from wizard.core.problems import Field, Problem
from wizard.flow.ask import Asker
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook
from wizard.words import Words

View = TypeVar("View", contravariant=True)


class Screen(Protocol[View]):
    """The page that draws what a presenter publishes."""

    def show_view(self, view: View) -> None:
        """Show this view state; called with the whole of it whenever anything changed."""

    def focus(self, field: Field) -> None:
        """Bring a field into view and give it the keyboard focus."""


class Navigation(Protocol):
    """What a page may ask of the wizard around it."""

    def go_on(self) -> None:
        """Go to the next page by itself, after something that had to be known first, if the person is still here."""

    def change(self, field: Field) -> None:
        """Go back to the page of a field, and give it the focus."""

    def refused(self, problem: Problem) -> None:
        """Go back to the credentials, which did not work."""

    def update(self) -> None:
        """Show bar, list, title and primary button anew: the page's state has changed."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What every presenter of one wizard works with."""

    asker: Asker
    words: Words
    book: DraftBook
    customers: CustomerBook
    navigation: Navigation


class PagePresenter(Protocol):
    """One page: knows all that it shows, and publishes it as one immutable view state."""

    @property
    def primary(self) -> str:
        """The object name of the button on the page that is the one next step; "" if it is the one in the bar."""

    def enter(self) -> None:
        """The page is entered: show the draft as it is now."""

    def may_leave(self) -> bool:
        """Whether the next page may come; publishes what is missing if not."""

    def stay(self) -> None:
        """Do not go on by itself any more, whatever was pressed before."""

    def show_problem(self, problem: Problem) -> None:
        """Say a problem beside its field, and give the field the focus."""

    def publish(self) -> None:
        """Publish the view state again, for instance in another language."""
