"""The wizard around the last page, which keeps what the page asked of it."""

from dataclasses import dataclass, field

from wizard.core.problems import Code, Problem


@dataclass
class Host:
    """Keeps each wish by its name, with the code of its problem where it has one."""

    asked: list[str | tuple[str, Code | None]] = field(default_factory=list)

    def mend(self, problem: Problem | None) -> None:
        """Back to the answers."""
        self.asked.append(("mend", problem.code if problem else None))

    def another(self) -> None:
        """A new draft."""
        self.asked.append("another")

    def ask_for_secret(self, problem: Problem) -> None:
        """Ask for the secret."""
        self.asked.append(("ask_for_secret", problem.code))

    def later(self) -> None:
        """Other work."""
        self.asked.append("later")

    def finished(self) -> None:
        """How it ended is known."""
        self.asked.append("finished")
