"""The words while a job works on a creation: what it does, and what stopping it means."""

from typing import NamedTuple

from wizard.ui.wizard.pages.create_state import Errand
from wizard.words import Words


class Running(NamedTuple):
    """Heading, lead, and the name of each step."""

    heading: str
    lead: str
    steps: tuple[str, str, str]


def running(words: Words, errand: Errand, name: str, platform: str, *, is_stopping: bool) -> Running:
    """The words for an errand, while it runs and while it is being stopped."""
    say = words.say
    first = say("Creating") if errand is Errand.CREATE else say("Looking")
    steps = (first, say("Checking"), say("Saving"))
    if is_stopping and errand is Errand.CREATE:
        lead = say("The request may already have arrived. We look for it before anything is sent again.")
        return Running(say("Stopping…"), lead, steps)
    if is_stopping:
        return Running(say("Stopping…"), say("We were only reading the platform's list. Nothing is sent."), steps)
    heading = {
        Errand.CREATE: say("Creating {name}", name=name),
        Errand.LOOK: say("Looking for {name}", name=name),
        Errand.CHECK: say("Checking {name}", name=name),
    }[errand]
    return Running(heading, say("In {platform}. This usually takes a few seconds.", platform=platform), steps)
