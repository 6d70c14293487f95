"""The draft of one wizard: the only place where its answers are true."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Unpack

from wizard.core.draft import Answers, Draft, Step
from wizard.core.problems import Problem
from wizard.flow.ask import Asker
from wizard.flow.wizard.draft_saver import DraftSaver


def new_draft() -> Draft:
    """A draft without answers, with a random id of 128 bits."""
    return Draft(os.urandom(16).hex())


class DraftBook:
    """Holds the draft, changes it, and saves every change. `on_answered` is called after each answer."""

    def __init__(self, asker: Asker, on_save_failed: Callable[[Problem], object]) -> None:
        self.draft = new_draft()
        self.saver = DraftSaver(asker, on_save_failed)
        self.on_answered: Callable[[], object] = lambda: None

    def answer(self, **answers: Unpack[Answers]) -> None:
        """Change answers; those that depend on a changed one are cleared."""
        self.draft = self.draft.with_answers(**answers)
        self.saver.save(self.draft)
        self.on_answered()

    def open(self, draft: Draft) -> None:
        """Go on with another draft."""
        self.draft = draft

    def enter(self, step: Step) -> None:
        """Remember which step the person is at.

        Not saved at the last one: from there the creation stands for the draft, and a save could bring it back.
        """
        self.draft = replace(self.draft, step=step)
        if step is not Step.CREATE:
            self.saver.save(self.draft)
