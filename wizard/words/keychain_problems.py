"""Sentences about problems of the keychain, separately for saving and for reading a secret."""

from collections.abc import Mapping

from wizard.core.problems import Code
from wizard.words.actions import Action
from wizard.words.words import Words, mark

_FOR_NOW = mark("The secret is kept for this session only. You will paste it again next time.")

Sentences = tuple[str, str, Action]
"""Title, text and action."""

KEYCHAIN: Mapping[Code, Sentences] = {
    Code.KEYCHAIN_LOCKED: (
        mark("The keychain of this computer is locked"),
        mark("Unlock it to keep the secret. Until then it is kept for this session only."),
        Action.RETRY,
    ),
    Code.KEYCHAIN_MISSING: (mark("This computer has no keychain that we can use"), _FOR_NOW, Action.RETRY),
    Code.KEYCHAIN_FAILED: (mark("The keychain did not keep the secret"), _FOR_NOW, Action.RETRY),
    Code.KEYCHAIN_SILENT: (
        mark("The keychain of this computer did not answer"),
        mark("It may be asking for its password in another window. The secret is kept for this session only."),
        Action.RETRY,
    ),
    Code.SECRET_TOO_LONG: (
        mark("The secret is too long for the keychain"),
        mark("It is kept for this session only. Check that nothing else was pasted with it."),
        Action.PASTE_AGAIN,
    ),
    Code.SECRET_GONE: (
        mark("The keychain no longer holds the secret"),
        mark("Paste the client secret again, then check the connection."),
        Action.PASTE_AGAIN,
    ),
}
"""Title, text and action by code, where a secret could not be saved."""

_NOT_READ: Mapping[Code, Sentences] = {
    Code.KEYCHAIN_LOCKED: (
        mark("The keychain of this computer is locked"),
        mark("Unlock it and try again. Or paste the client secret again, for this session only."),
        Action.RETRY,
    ),
    Code.KEYCHAIN_MISSING: (
        mark("This computer has no keychain that we can use"),
        mark("Paste the client secret again. It is kept for this session only."),
        Action.PASTE_AGAIN,
    ),
    Code.KEYCHAIN_FAILED: (
        mark("The keychain did not give the secret"),
        mark("Try again. Or paste the client secret again, for this session only."),
        Action.RETRY,
    ),
    Code.KEYCHAIN_SILENT: (
        mark("The keychain of this computer did not answer"),
        mark(
            "It may be asking for its password in another window. Answer there, then try again. Or paste the client "
            "secret again, for this session only."
        ),
        Action.RETRY,
    ),
}

SPECIFIC: Mapping[Code, tuple[tuple[str, Sentences], ...]] = {
    code: (("reading", said),) for code, said in _NOT_READ.items()
}
"""The same where a secret could not be read, which the fact `reading` tells."""


def asking(words: Words) -> str:
    """The sentence shown while the keychain does not answer."""
    return words.say("The keychain may be asking for its password in another window.")
