"""The steps of the wizard, listed once: everything around the pages is derived from this list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.draft import Step
from wizard.core.problems import Field
from wizard.words import mark


class BarButton(StrEnum):
    """The buttons of the bar; the values are their object names, which never change."""

    CANCEL = "cancelButton"
    BACK = "backButton"
    NEXT = "nextButton"
    CREATE = "createButton"
    CLOSE = "closeButton"
    STOP = "stopWaitingButton"


@dataclass(frozen=True, slots=True)
class StepInfo:
    """One step: its name in the list, its page's object name, the fields it holds, and its buttons.

    `next_text` is what stands on the button that leads on. The last step has no buttons here: its state decides.
    """

    step: Step
    name: str
    page: str
    fields: frozenset[Field] = frozenset()
    left: tuple[BarButton, ...] = (BarButton.CANCEL,)
    right: tuple[BarButton, ...] = ()
    next_text: str = mark("Next")


STEPS: tuple[StepInfo, ...] = (
    StepInfo(
        Step.CONNECT,
        mark("Connect"),
        "connectPage",
        frozenset({Field.CUSTOMER, Field.ADDRESS, Field.CLIENT_ID, Field.CLIENT_SECRET}),
        right=(BarButton.NEXT,),
    ),
    StepInfo(
        Step.PLACE,
        mark("Place"),
        "placePage",
        frozenset({Field.GROUP, Field.AUTHOR}),
        right=(BarButton.BACK, BarButton.NEXT),
    ),
    StepInfo(
        Step.BEHAVIOUR,
        mark("Behaviour"),
        "behaviourPage",
        frozenset({Field.NAME, Field.SUBGROUPS, Field.PROGRESS, Field.START_PROGRESS, Field.LOGO, Field.UNICOLOR_LOGO}),
        right=(BarButton.BACK, BarButton.NEXT),
        next_text=mark("Review answers"),
    ),
    StepInfo(Step.REVIEW, mark("Review"), "reviewPage", right=(BarButton.BACK, BarButton.CREATE)),
    StepInfo(Step.CREATE, mark("Create"), "createPage", left=()),
)

INFO: Mapping[Step, StepInfo] = {info.step: info for info in STEPS}
ORDER: Mapping[Step, int] = {info.step: number for number, info in enumerate(STEPS)}
"""The place of each step in the list, from 0."""


def step_of(field: Field | None) -> Step:
    """The step whose page holds a field; the one of the name for a problem that belongs to none."""
    return next((info.step for info in STEPS if field in info.fields), Step.BEHAVIOUR)
