"""What every window, page and dialog needs."""

from dataclasses import dataclass

from wizard.ui.runtime.runner import Runner
from wizard.ui.theme.theme import Theme
from wizard.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """How things look, how they speak, and who runs their jobs."""

    theme: Theme
    words: Words
    runner: Runner
