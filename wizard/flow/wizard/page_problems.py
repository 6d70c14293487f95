"""What stands beside the fields of a page, and the list of it on top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wizard.core.problems import Field, Problem
from wizard.words import Words
from wizard.words.problems import explain


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """Problems of a page: beside each field, and in the summary on top.

    `raised` counts how often problems were shown because a person wanted to go on: they are said again then, and the
    summary takes the focus, unless `takes_focus` is false.
    """

    beside: Mapping[Field, str] = field(default_factory=dict)
    title: str = ""
    listed: tuple[tuple[Field, str], ...] = ()
    raised: int = 0
    takes_focus: bool = True


class PageProblems:
    """The problems that a page shows. Texts are those of `wizard.words`."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._beside: dict[Field, str] = {}
        self._is_listed = False
        self._raised = 0

    def raise_all(self, problems: Iterable[Problem]) -> bool:
        """Show these problems and no others, with the list on top; tells whether there are none."""
        self._beside = {}
        for problem in problems:
            if problem.field is not None:
                self._beside.setdefault(problem.field, self._sentences(problem))
        self._is_listed = bool(self._beside)
        self._raised += self._is_listed
        return not self._beside

    def set(self, at: Field, problem: Problem) -> None:
        """Say a problem beside a field."""
        self._beside[at] = self._sentences(problem)

    def set_text(self, at: Field, text: str) -> None:
        """Say sentences beside a field; none take its problem away."""
        if text:
            self._beside[at] = text
        else:
            self._beside.pop(at, None)

    def mend(self, at: Field) -> None:
        """Take the problem of one field away, because its answer has changed."""
        self._beside.pop(at, None)

    def at(self, at: Field) -> str:
        """What stands beside a field, "" for nothing."""
        return self._beside.get(at, "")

    def view(self) -> ProblemsView:
        """What is shown now; the list on top holds the problems that still stand."""
        listed = tuple(self._beside.items()) if self._is_listed else ()
        title = self._words.count(
            "{n} answer is missing or needs a change", "{n} answers are missing or need a change", len(listed)
        )
        return ProblemsView(dict(self._beside), title if listed else "", listed, self._raised)

    def _sentences(self, problem: Problem) -> str:
        shown = explain(self._words, problem)
        title = shown.title if shown.title.endswith((".", "?", "…")) else f"{shown.title}."
        return " ".join(text for text in (title, shown.text) if text)
