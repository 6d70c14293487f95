"""What every page and dialog is given."""

from dataclasses import dataclass

from wizard.ui.runtime.runner import Runner
from wizard.ui.theme.theme import Theme
from wizard.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """The theme, the language and the runner of one window."""

    theme: Theme
    words: Words
    runner: Runner
