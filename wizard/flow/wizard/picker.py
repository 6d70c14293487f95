"""What the two pickers of a page have in common: a list to search, a field to paste into, and what was chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.problems import Field, Problem
from wizard.flow.ask import Debounce
from wizard.flow.wizard.page import Shared
from wizard.flow.wizard.page_problems import PageProblems
from wizard.flow.wizard.stoppable_job import StoppableJob, WaitLink

PAUSE_MS = 400
"""How long a pasted or typed text has to rest before the platform is asked."""


class ChoiceStatus(Enum):
    """How good the choice is that a summary names."""

    NONE = auto()
    CHOSEN = auto()
    DOUBTFUL = auto()
    NOT_TESTED = auto()


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands below a list: the choice, or what to do or to wait for."""

    text: str
    help_text: str = " "
    status: ChoiceStatus = ChoiceStatus.NONE
    status_name: str = ""
    bold: str = ""


@dataclass(frozen=True, slots=True)
class PickerView:
    """All that a picker shows but its list. `link_name` is the link in words that say of what it is, where needed."""

    searched: str
    search_hint: str
    pasted: str
    paste_warning: str
    is_pasting: bool
    can_list: bool
    no_list_reason: str
    summary: Summary
    link: WaitLink
    link_text: str
    link_name: str


@dataclass(frozen=True, slots=True)
class PickerHost:
    """What a picker needs of its page.

    `tell` says a problem, beside the given field if it names none of this page; `on_changed` publishes; `on_looked_up`
    hears that something pasted was looked up; `stay` takes back that the page goes on by itself.
    """

    shared: Shared
    problems: PageProblems
    tell: Callable[[Problem, Field], object]
    on_changed: Callable[[], object]
    on_looked_up: Callable[[], object]
    stay: Callable[[], object]


class PickerState:
    """What a person did with one picker, and what it asks: the list, and what a pasted text names."""

    def __init__(self, host: PickerHost, look_up: Callable[[], object]) -> None:
        shared = host.shared
        self._host = host
        self.searched = ""
        self.pasted = ""
        self.paste_warning = ""
        self.no_list_reason = ""
        self.is_pasting = False
        self.has_failed = False
        """Whether the list was not read, and nothing was chosen since."""
        self.is_look_up_stopped = False
        self.reading = StoppableJob(shared.asker, shared.words, host.on_changed)
        self.look_up = StoppableJob(shared.asker, shared.words, host.on_changed, host.on_looked_up)
        self.rest = Debounce(shared.asker, PAUSE_MS, look_up)

    @property
    def waits_for(self) -> str:
        """What a job of this picker waits for."""
        return self.reading.waits_for or self.look_up.waits_for

    @property
    def is_looking_up(self) -> bool:
        """Whether something pasted is being looked up, or is about to be."""
        return self.look_up.is_running or self.rest.is_waiting

    @property
    def link(self) -> WaitLink:
        """What the link beside the summary does."""
        if self.reading.can_stop or self.look_up.can_stop:
            return WaitLink.STOP
        return WaitLink.TRY_AGAIN if self.has_failed or self.is_look_up_stopped else WaitLink.NONE

    def search(self, text: str) -> None:
        """Type into the search field."""
        self.searched = text

    def paste(self, text: str) -> None:
        """Paste or type a link; it is looked up when it has rested."""
        self.pasted = text
        self.is_look_up_stopped = False
        self.rest.restart()

    def cannot_list(self, reason: str) -> None:
        """There is no list to choose from, for this reason."""
        self.no_list_reason = reason
        self.is_pasting = True

    def settle(self) -> None:
        """Something was chosen: what was looked up or failed before is of no interest."""
        self.look_up.forget()
        self.has_failed = self.is_look_up_stopped = False

    def clear_paste(self) -> None:
        """Empty the field for a link, which names nothing any more."""
        self.rest.cancel()
        self.pasted = self.paste_warning = ""
        self.is_look_up_stopped = False

    def forget_choice(self) -> None:
        """Nothing is chosen, pasted or looked up of what the draft before was about."""
        self.look_up.forget()
        self.clear_paste()
        self.searched = ""

    def forget_customer(self) -> None:
        """The platform is another one: nothing is known of it yet."""
        self.reading.forget()
        self.forget_choice()
        if self.no_list_reason:
            self.no_list_reason, self.is_pasting = "", False

    def stop(self) -> bool:
        """Stop waiting; tells whether the list was being read and is not any more."""
        self._host.stay()
        is_list_stopped = self.reading.stop()
        self.is_look_up_stopped = self.look_up.stop() or self.is_look_up_stopped
        self.has_failed = self.has_failed or is_list_stopped
        return is_list_stopped

    def view(self, summary: Summary, search_hint: str, again_name: str) -> PickerView:
        """What is shown now; `again_name` is what *Try again* reads again."""
        say, link = self._host.shared.words.say, self.link
        texts = {WaitLink.STOP: say("Stop waiting"), WaitLink.TRY_AGAIN: say("Try again")}
        return PickerView(
            searched=self.searched,
            search_hint=search_hint,
            pasted=self.pasted,
            paste_warning=self.paste_warning,
            is_pasting=self.is_pasting,
            can_list=not self.no_list_reason,
            no_list_reason=self.no_list_reason,
            summary=summary,
            link=link,
            link_text=texts.get(link, ""),
            link_name=again_name if link is WaitLink.TRY_AGAIN and self.has_failed else "",
        )
