"""What stands around the pages: list of steps, bar, title, strip; one view state."""

from dataclasses import dataclass
from enum import Enum, auto

from wizard.core.address import Region, host_of, region_of
from wizard.core.customers import Customer
from wizard.core.draft import Step
from wizard.core.text_safety import one_line
from wizard.flow.wizard.steps import INFO, ORDER, STEPS, BarButton
from wizard.words import Words


class StepState(Enum):
    """Where a step stands in the list."""

    DONE = auto()
    NOW = auto()
    TODO = auto()


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step in the list at the side; `spoken` is its name with its state, `position` what a narrow window says."""

    step: Step
    name: str
    spoken: str
    position: str
    state: StepState = StepState.TODO


@dataclass(frozen=True, slots=True)
class BarEntry:
    """One button of the bar; `short_text` takes the place of a text that does not fit."""

    button: BarButton
    text: str
    short_text: str = ""


@dataclass(frozen=True, slots=True)
class CustomerStrip:
    """Which customer everything below is about; `colour` is a number of the customer colours, None for the accent."""

    title: str
    detail: str
    colour: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WizardView:
    """All that stands around a page.

    `history` are the visited steps in their order, the last is shown. `primary` is the object name of the button that
    Enter presses, "" for none. While `is_guarded`, keys and clicks count only after what is shown could be read.
    """

    history: tuple[Step, ...]
    entries: tuple[StepEntry, ...]
    title: str
    left: tuple[BarEntry, ...] = ()
    right: tuple[BarEntry, ...] = ()
    primary: str = ""
    strip: CustomerStrip | None = None
    can_press_steps: bool = True
    is_guarded: bool = False

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.history[-1]


def entries(words: Words, now: Step, *, is_over: bool) -> tuple[StepEntry, ...]:
    """The list of steps; `is_over` marks the one that is shown as done, too."""
    found = []
    for number, info in enumerate(STEPS):
        name = words.say(info.name)
        is_done = number < ORDER[now] or (is_over and info.step is now)
        state = StepState.DONE if is_done else StepState.NOW if info.step is now else StepState.TODO
        position = words.say("Step {n} of {total} · {name}", n=number + 1, total=len(STEPS), name=name)
        found.append(StepEntry(info.step, name, _spoken(words, name, state), position, state))
    return tuple(found)


def _spoken(words: Words, name: str, state: StepState) -> str:
    """A step with its state, for those who cannot see the marks."""
    if state is StepState.DONE:
        return words.say("{step}, done", step=name)
    if state is StepState.NOW:
        return words.say("{step}, now", step=name)
    return words.say("{step}, to do", step=name)


def bar(words: Words, step: Step, buttons: tuple[BarButton, ...], platform: str) -> tuple[BarEntry, ...]:
    """The buttons with the texts they have at a step; `platform` is the name of the connected one, "" for none."""
    say = words.say
    texts = {
        BarButton.CANCEL: say("Cancel"),
        BarButton.BACK: say("Back"),
        BarButton.NEXT: say(INFO[step].next_text),
        BarButton.CREATE: say("Create integration"),
        BarButton.CLOSE: say("Close"),
        BarButton.STOP: say("Stop waiting"),
    }

    def entry(button: BarButton) -> BarEntry:
        if button is BarButton.CREATE and platform:
            whole = say("Create integration in {platform}", platform=one_line(platform))
            return BarEntry(button, whole, short_text=texts[button])
        return BarEntry(button, texts[button])

    return tuple(entry(button) for button in buttons)


def strip(words: Words, customer: Customer | None, *, is_practice: bool) -> CustomerStrip | None:
    """The strip that names a customer, or the practice platform where no customer is known yet."""
    note = words.say("Practice") if is_practice else ""
    if customer is not None:
        names = {Region.EU: words.say("EU"), Region.US: words.say("US")}
        short = names.get(region_of(customer.origin), "")
        detail = " · ".join(part for part in (short, host_of(customer.origin)) if part)
        return CustomerStrip(one_line(customer.title), detail, customer.colour, note)
    if is_practice:
        return CustomerStrip(words.say("Practice platform"), words.say("Nothing real is changed"), None, note)
    return None
