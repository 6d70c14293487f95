"""What the last page asks of the wizard around it, beyond what every page may ask."""

from typing import Protocol

from wizard.core.problems import Problem


class CreateHost(Protocol):
    """The ways that lead away from the last page. Its own changes of state it tells with `Navigation.update`."""

    def mend(self, problem: Problem | None) -> None:
        """Back to the answers: to the field of a problem, or to the review if it has none."""

    def another(self) -> None:
        """A new draft for the customer of the creation that is shown."""

    def ask_for_secret(self, problem: Problem) -> None:
        """Ask for the secret of the customer of the creation that is shown; a check of it leads back to the card."""

    def later(self) -> None:
        """Put the card off for other work; the next start shows it again."""

    def finished(self) -> None:
        """How it ended is known: its draft is needed no more."""
