"""The support file: collected, shown part by part, and saved as it was shown."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from wizard.core.problems import Problem
from wizard.flow.ask import Asker, LatestJob
from wizard.jobs.computer import support_file
from wizard.jobs.computer.support_file import Bundle, Save
from wizard.words import Words
from wizard.words.problems import explain


@dataclass(frozen=True, slots=True)
class SupportFileView:
    """What the dialog shows: the data folder, the names of the parts, and the text of the chosen one."""

    folder: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    outcome: str = ""
    outcome_state: Literal["ok", "problem"] = "ok"


class SupportFileScreen(Protocol):
    """The dialog that draws what `SupportFilePresenter` publishes."""

    def render(self, view: SupportFileView) -> None:
        """Show this view state."""

    def ask_path(self) -> None:
        """Ask the person for a path, and call `save_as` with it."""


class SupportFilePresenter:
    """Collects the support file from the log, the ledger and the uncaught errors of this run, and saves it."""

    def __init__(self, asker: Asker, words: Words, screen: SupportFileScreen) -> None:
        self._words, self._screen = words, screen
        self._collecting, self._saving = LatestJob(asker), LatestJob(asker)
        self._bundle: Bundle | None = None
        self._is_save_pending = False
        self._view = SupportFileView()

    def collect(self, errors: tuple[str, ...]) -> None:
        """Collect all parts; `errors` are the uncaught errors of this run."""
        self._collecting.start(support_file.collect, errors, self._on_collected, self._on_collect_failed)

    def close(self) -> None:
        """The dialog is closed: ignore what still runs."""
        self._collecting.forget()
        self._saving.forget()

    def choose_part(self, number: int) -> None:
        """Show the text of a part."""
        if self._bundle:
            self._publish(text=self._bundle.parts[number].text)

    def save(self) -> None:
        """Ask for a path, as soon as everything is collected."""
        self._is_save_pending = self._bundle is None
        if self._bundle is not None:
            self._screen.ask_path()

    def save_as(self, path: Path) -> None:
        """Save what is shown."""
        if self._bundle:
            self._saving.start(support_file.save, Save(self._bundle, path), self._on_saved, self._on_save_failed)

    def tell_folder_not_opened(self) -> None:
        """The system could not open the data folder."""
        text = self._words.say("The folder could not be opened. Its path stands above.")
        self._publish(outcome=text, outcome_state="problem")

    def details_text(self) -> str:
        """The parts that support asks for first: versions and errors."""
        parts = self._bundle.parts if self._bundle else ()
        return "\n".join(part.text for part in parts if part.name in support_file.DETAILS)

    def _on_collected(self, bundle: Bundle) -> None:
        self._bundle = bundle
        names = tuple(part.name for part in bundle.parts)
        self._publish(folder=str(bundle.folder), names=names, text=bundle.parts[0].text)
        if self._is_save_pending:
            self.save()

    def _on_collect_failed(self, problem: Problem) -> None:
        shown = explain(self._words, problem)
        self._publish(outcome=f"{shown.title}. {shown.text}", outcome_state="problem")

    def _on_saved(self, path: Path) -> None:
        self._publish(outcome=self._words.say("Saved as {file}", file=path.name), outcome_state="ok")

    def _on_save_failed(self, _problem: Problem) -> None:
        text = self._words.say("The file could not be saved there. Choose another folder.")
        self._publish(outcome=text, outcome_state="problem")

    def _publish(self, **changes: Any) -> None:
        self._view = replace(self._view, **changes)
        self._screen.render(self._view)
