"""The questions that a page has asked, the last of each kind."""

from collections.abc import Callable
from typing import Any

from wizard.ui.runtime.runner import Handle, Job, Runner


class Asked:
    """Starts jobs under a key; a new one takes the place of the one before, of which nothing more is heard.

    `on_ended` is called after each that was heard to its end, when it counts as running no more.
    """

    def __init__(self, runner: Runner, on_ended: Callable[[], None]) -> None:
        self._runner, self._on_ended = runner, on_ended
        self._running: dict[str, Handle[Any]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._running

    def start(
        self,
        key: str,
        job: Job[Any, Any],
        given: object,
        on_done: Callable[[Any], object],
        on_failed: Callable[[Any], object],
        on_progress: Callable[[Any], object] | None = None,
    ) -> None:
        """Ask, and forget what was asked before under the same key."""
        self.forget(key)
        self._running[key] = self._runner.start(
            job, given, on_done, on_failed, on_progress, on_ended=lambda: self._end(key)
        )

    def forget(self, key: str) -> None:
        """Hear nothing more of a question."""
        if handle := self._running.pop(key, None):
            handle.drop()

    def _end(self, key: str) -> None:
        if key in self._running and self._running[key].is_over:
            del self._running[key]
        self._on_ended()
