"""The actions that problems offer."""

from collections.abc import Mapping
from enum import Enum

from wizard.words.words import mark


class Action(Enum):
    """The next step that a problem offers on a button; NONE if it offers none."""

    NONE = "none"
    RETRY = "retry"
    PASTE_AGAIN = "paste-again"
    CHOOSE_GROUP = "choose-group"
    CHOOSE_AUTHOR = "choose-author"
    CHANGE_NAME = "change-name"
    CHECK_CONNECTION = "check-connection"
    LOOK = "look"
    NETWORK = "network"


ACTIONS: Mapping[Action, str] = {
    Action.NONE: "",
    Action.RETRY: mark("Try again"),
    Action.PASTE_AGAIN: mark("Paste again"),
    Action.CHOOSE_GROUP: mark("Choose another group"),
    Action.CHOOSE_AUTHOR: mark("Choose another author"),
    Action.CHANGE_NAME: mark("Change the name"),
    Action.CHECK_CONNECTION: mark("Check the connection"),
    Action.LOOK: mark("Look now"),
    Action.NETWORK: mark("Network settings"),
}
"""The text of the button of each action."""
