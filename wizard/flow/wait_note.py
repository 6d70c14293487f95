"""What is said while a job runs: a pause counts down, the keychain may be asking; and when it can be stopped."""

import math
from collections.abc import Callable

from wizard.core.progress import KeychainAsked, Progress, Waiting
from wizard.flow.ask import Asker, Handle
from wizard.words import Words
from wizard.words.keychain_problems import asking

SLOW_MS = 2_000
"""After this a job can be stopped: the keychain may be asking for a password, or the platform be silent."""
_SECOND_MS = 1_000


class WaitNote:
    """One pause, shown by `show` until it is over or something else stands there; `usual` comes back after it.

    It counts down where the platform asked for the pause, and says so where we wait of our own accord.
    """

    def __init__(
        self,
        asker: Asker,
        words: Words,
        pause: Waiting,
        read: Callable[[], str],
        show: Callable[[str], object],
        *,
        usual: str = "",
    ) -> None:
        self._asker, self._words = asker, words
        self._is_asked, self._usual = pause.is_asked, usual
        self._read, self._show = read, show
        self._ends_s = asker.clock() + max(0.001, pause.seconds)
        self._said = read()
        self._wait: Handle | None = None
        self._on_tick()

    def drop(self) -> None:
        """Say nothing more; what stands there stays."""
        wait, self._wait = self._wait, None
        if wait is not None:
            wait.drop()

    def _on_tick(self) -> None:
        self._wait = None
        if self._read() != self._said:
            return
        left_ms = round((self._ends_s - self._asker.clock()) * _SECOND_MS)
        if left_ms <= 0:
            self._show(self._usual)
            return
        self._said = self._sentence(math.ceil(left_ms / _SECOND_MS))
        self._show(self._said)
        # In step with the seconds that are left.
        self._wait = self._asker.later((left_ms - 1) % _SECOND_MS + 1, self._on_tick)

    def _sentence(self, seconds: int) -> str:
        if not self._is_asked:
            return self._words.say("The platform does not answer. We try again.")
        return self._words.count(
            "The platform asks us to wait. Going on in {n} second.",
            "The platform asks us to wait. Going on in {n} seconds.",
            seconds,
        )


class JobNote:
    """The note beside one running job: what it waits for, and whether a person may stop it.

    `on_changed` is called when `text` or `can_stop` has changed. `begin` when the job starts, `tell` with its
    progress, `end` when it has ended or is dropped.
    """

    def __init__(self, asker: Asker, words: Words, on_changed: Callable[[], object]) -> None:
        self._asker, self._words, self._on_changed = asker, words, on_changed
        self._slow: Handle | None = None
        self._pause: WaitNote | None = None
        self.text = ""
        """What the job waits for, "" while it waits for nothing special."""
        self.can_stop = False
        """Whether *Stop waiting* is offered: after two seconds, or as soon as a wait is told."""
        self.asks_keychain = False
        """Whether the keychain is being asked: such a job is stopped, never dropped, and then tells how it ended."""

    def begin(self) -> None:
        """A job starts."""
        self.end()
        self._slow = self._asker.later(SLOW_MS, self._on_slow)

    def tell(self, news: Progress) -> None:
        """Take what the job tells; anything but a wait is ignored."""
        if isinstance(news, KeychainAsked):
            self.asks_keychain = not news.is_answered
            self.can_stop = True
            self._show_text(asking(self._words) if self.asks_keychain else "")
        elif isinstance(news, Waiting):
            self._drop_pause()
            self.can_stop = True
            self._pause = WaitNote(self._asker, self._words, news, lambda: self.text, self._show_text)

    def end(self) -> None:
        """The job has ended, or nobody listens to it any more. `on_changed` is not called."""
        slow, self._slow = self._slow, None
        if slow is not None:
            slow.drop()
        self._drop_pause()
        self.text, self.can_stop, self.asks_keychain = "", False, False

    def _drop_pause(self) -> None:
        pause, self._pause = self._pause, None
        if pause is not None:
            pause.drop()

    def _on_slow(self) -> None:
        self._slow = None
        self.can_stop = True
        self._on_changed()

    def _show_text(self, text: str) -> None:
        self.text = text
        self._on_changed()
