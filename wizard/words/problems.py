"""The sentences of every problem."""

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.core.problems import Code, Problem
from wizard.words import keychain_problems, network_problems
from wizard.words.actions import ACTIONS, Action
from wizard.words.words import Words, mark

__all__ = ["ACTIONS", "SENTENCES", "SPECIFIC", "UNNAMED", "Action", "Explained", "explain"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem in words: `title` is what happened, `text` what it means and what to do, `detail` is technical."""

    title: str
    text: str
    action: Action
    detail: str


def explain(words: Words, problem: Problem) -> Explained:
    """The sentences of a problem in the language of `words`."""
    facts = {name: fact for name, fact in problem.facts.items() if fact != ""}
    specific = (said for fact, said in SPECIFIC.get(problem.code, ()) if fact in facts)
    title, text, action = next(specific, SENTENCES[problem.code])
    if problem.code in UNNAMED and not any(f"{{{name}}}" in title for name in facts):
        title = UNNAMED[problem.code]
    code = problem.code.value
    code = problem.detail if code in problem.detail else " ".join(part for part in (code, problem.detail) if part)
    return Explained(words.say(title, **facts), words.say(text, **facts), action, code)


SENTENCES: Mapping[Code, tuple[str, str, Action]] = {
    # ------------------------------------------------------------ answers
    Code.CUSTOMER_MISSING: (mark("Type a name for this customer"), "", Action.NONE),
    Code.CUSTOMER_TOO_LONG: (mark("Use at most {limit} characters"), "", Action.NONE),
    Code.ADDRESS_MISSING: (mark("Type the address of the platform"), "", Action.NONE),
    Code.ADDRESS_NOT_HTTPS: (
        mark("The address has to start with https://"),
        mark("Without it the secret could be read on its way."),
        Action.NONE,
    ),
    Code.ADDRESS_NOT_READABLE: (
        mark("This is not an address that we can read"),
        mark("Copy it from your browser, for example https://app.360learning.com."),
        Action.NONE,
    ),
    Code.ADDRESS_IS_DOCUMENTATION: (
        mark("{host} holds documentation only"),
        mark("Copy the address that your browser shows when you are signed in to the platform."),
        Action.NONE,
    ),
    Code.CLIENT_ID_MISSING: (mark("Paste the client ID"), "", Action.NONE),
    Code.CLIENT_ID_NOT_READABLE: (
        mark("This does not look like a client ID"),
        mark("It is one word of plain letters and digits. Copy it again from the platform."),
        Action.NONE,
    ),
    Code.SECRET_MISSING: (mark("Paste the client secret"), "", Action.NONE),
    Code.SECRET_NOT_READABLE: (
        mark("This does not look like a client secret"),
        mark("It is one word of plain letters and digits. Copy it again from the platform."),
        Action.NONE,
    ),
    Code.NOT_CONNECTED: (
        mark("The connection is not checked yet"),
        mark("Check it first, so that nothing goes to the wrong platform."),
        Action.CHECK_CONNECTION,
    ),
    Code.GROUP_MISSING: (mark("Choose the group for the content"), "", Action.NONE),
    Code.GROUP_NOT_READABLE: (
        mark("There is no group in this text"),
        mark("Open the group in your browser and copy its whole address, or paste its ID of 24 characters."),
        Action.NONE,
    ),
    Code.AUTHOR_MISSING: (mark("Choose the author of the courses"), "", Action.NONE),
    Code.AUTHOR_NOT_READABLE: (
        mark("There is no person in this text"),
        mark("Open the profile in your browser and copy its whole address, or paste the ID or e-mail address."),
        Action.NONE,
    ),
    Code.AUTHOR_UNKNOWN_MAIL: (
        mark("Nobody on the platform has the address {mail}"),
        mark("Check the spelling, or paste the link of the profile."),
        Action.NONE,
    ),
    Code.AUTHOR_DELETED: (
        mark("{name} was deleted on the platform"),
        mark("A deleted person cannot be the author. Choose somebody else."),
        Action.CHOOSE_AUTHOR,
    ),
    Code.NAME_MISSING: (mark("Type the name that learners will see"), "", Action.NONE),
    Code.NAME_TAKEN: (
        mark("{name} already exists in this group"),
        mark("Use another name, for example with the customer behind it."),
        Action.CHANGE_NAME,
    ),
    Code.SUBGROUPS_MISSING: (mark("Choose whether subgroups see the content"), "", Action.NONE),
    Code.PROGRESS_MISSING: (mark("Choose how often progress comes back"), "", Action.NONE),
    Code.START_PROGRESS_RANGE: (mark("Use a number from {low} to {high}"), "", Action.NONE),
    Code.LOGO_NOT_HTTPS: (
        mark("A logo address has to start with https://"),
        mark("Copy the whole address of the picture."),
        Action.NONE,
    ),
    # ------------------------------------------------------------ answers of the platform
    Code.INVALID_CLIENT: (
        mark("The platform does not know this ID and secret"),
        mark("Copy both again from the API v2 page. They may also belong to the other address."),
        Action.PASTE_AGAIN,
    ),
    Code.INVALID_REQUEST: (
        mark("The platform did not understand the sign-in"),
        mark("Copy the client ID and the secret again from the API v2 page."),
        Action.PASTE_AGAIN,
    ),
    Code.INVALID_TOKEN: (
        mark("The platform no longer accepts these credentials"),
        mark("They were withdrawn, or they belong to API v1. Make new ones on the API v2 page and paste them."),
        Action.PASTE_AGAIN,
    ),
    Code.INVALID_SCOPE: (
        mark("The credentials lack the right {scope}"),
        mark("Ask the platform's admin to tick it on the API v2 page. Then try again."),
        Action.RETRY,
    ),
    Code.DUPLICATE_EXTERNAL_PLATFORM: (
        mark("This name is already used in the group"),
        mark("Nothing was created. Use another name, or save the ID of the one that exists."),
        Action.CHANGE_NAME,
    ),
    Code.RESERVED_PLATFORM_NAME: (
        mark("The platform keeps this name for its own connectors"),
        mark("Nothing was created. Use another name, for example with the customer behind it."),
        Action.CHANGE_NAME,
    ),
    Code.INTEGRATIONS_LIMIT_REACHED: (
        mark("The platform has reached its maximum number of integrations"),
        mark("Nothing was created. Delete one on the platform, or ask 360Learning for more. Then try again."),
        Action.RETRY,
    ),
    Code.GROUP_NOT_FOUND: (
        mark("The platform does not have this group"),
        mark("It was deleted, or it belongs to another platform. Choose another group."),
        Action.CHOOSE_GROUP,
    ),
    Code.USER_NOT_FOUND: (
        mark("The platform does not have this author"),
        mark("The account was deleted, or it belongs to another platform. Choose another author."),
        Action.CHOOSE_AUTHOR,
    ),
    Code.INTEGRATION_NOT_FOUND: (
        mark("The platform's list does not show the integration"),
        mark("Its ID is saved. Somebody may have deleted it meanwhile. Check again in a minute."),
        Action.RETRY,
    ),
    Code.TOO_MANY_REQUESTS: (
        mark("The platform asks us to wait"),
        mark("Too many programs ask it at the same time. Try again in a minute."),
        Action.RETRY,
    ),
    Code.REFUSED: (
        mark("The platform refused the request"),
        mark("Its reason is in the details. Check your answers, then try again."),
        Action.RETRY,
    ),
    Code.NOT_FOUND: (
        mark("The platform does not have what we asked for"),
        mark("Check that this is the address of your platform."),
        Action.RETRY,
    ),
    # ------------------------------------------------------------ the connection
    Code.NO_CONNECTION: (
        mark("No connection to {host}"),
        mark("Your answers are safe. Check the network, then try again."),
        Action.RETRY,
    ),
    Code.NAME_NOT_RESOLVED: (
        mark("{host} cannot be found"),
        mark("Check the spelling of the address and that this computer is online."),
        Action.RETRY,
    ),
    Code.TIMED_OUT: (
        mark("{host} does not answer just now"),
        mark("Your answers are safe. Try again in a minute."),
        Action.RETRY,
    ),
    **network_problems.NETWORK,
    Code.NOT_THE_PLATFORM: (
        mark("A web page answered instead of the platform"),
        mark("Your network may want you to sign in first. Open a browser, then try again."),
        Action.RETRY,
    ),
    Code.REDIRECTED: (
        mark("{host} sends us to another address"),
        mark("We do not follow, because the credentials belong to this address only. Check the address."),
        Action.RETRY,
    ),
    Code.UNREADABLE_ANSWER: (
        mark("The platform's answer cannot be read"),
        mark("It was cut off or is not what the platform documents. Try again in a minute."),
        Action.RETRY,
    ),
    Code.ANSWER_TOO_LARGE: (
        mark("The platform's answer is far too large"),
        mark("It is not what the platform documents. Check the address, then try again."),
        Action.RETRY,
    ),
    Code.LIST_NOT_FINISHED: (
        mark("The platform's list does not end"),
        mark("We stopped reading it. Try again in a minute."),
        Action.RETRY,
    ),
    Code.SERVER_FAILED: (
        mark("The platform has a problem of its own"),
        mark("Your answers are safe. Try again in a minute."),
        Action.RETRY,
    ),
    # ------------------------------------------------------------ this computer
    **keychain_problems.KEYCHAIN,
    Code.STORE_FAILED: (
        mark("The list on this computer cannot be read"),
        mark("Nothing was removed. Close the program and start it again."),
        Action.RETRY,
    ),
    Code.STORE_NEWER: (
        mark("Your list was written by a newer version of this program"),
        mark("Nothing was changed. Install the newer version to go on."),
        Action.NONE,
    ),
    Code.STORE_BUSY: (
        mark("Another window of this program is writing just now"),
        mark("Wait a moment, then try again."),
        Action.RETRY,
    ),
    Code.STORE_FULL: (
        mark("The disk of this computer is full"),
        mark("Free some space, then try again. What was saved before is still there."),
        Action.RETRY,
    ),
    Code.STORE_READ_ONLY: (
        mark("This program cannot use its folder"),
        mark("Ask IT for the right to read and to write there, then try again."),
        Action.RETRY,
    ),
    # ------------------------------------------------------------ creating
    Code.OUTCOME_UNKNOWN: (
        mark("We could not see the answer"),
        mark("The integration may already exist. We look for it before anything is sent again."),
        Action.LOOK,
    ),
    Code.NOT_ALONE: (
        mark("An integration of this name is there, but it may not be ours"),
        mark("It has another author. Compare it on the platform, then decide."),
        Action.NONE,
    ),
    Code.ALREADY_CREATING: (
        mark("Another window is creating this integration"),
        mark("Wait until it is done. Nothing is sent twice."),
        Action.RETRY,
    ),
    Code.STOPPED: (mark("Stopped"), mark("Nothing was created. Your answers are safe."), Action.RETRY),
    Code.BUG: (
        mark("Something in this program went wrong"),
        mark("Your answers are safe. Close the program and start it again."),
        Action.RETRY,
    ),
}
"""Title, text and action of every code."""

UNNAMED: Mapping[Code, str] = {
    Code.ADDRESS_IS_DOCUMENTATION: mark("This address holds documentation only"),
    Code.INVALID_SCOPE: mark("The credentials lack a right"),
    Code.NO_CONNECTION: mark("No connection to the platform"),
    Code.NAME_NOT_RESOLVED: mark("The platform cannot be found"),
    Code.TIMED_OUT: mark("The platform does not answer just now"),
    Code.TLS_UNTRUSTED: mark("This computer does not trust the connection"),
    Code.REDIRECTED: mark("The platform sends us to another address"),
    Code.AUTHOR_UNKNOWN_MAIL: mark("Nobody on the platform has this address"),
    Code.AUTHOR_DELETED: mark("The author was deleted on the platform"),
    Code.NAME_TAKEN: mark("This name is already used in the group"),
}
"""Titles without facts, by code, used if the facts of the usual title are not known."""

_LOGO = {
    Code.LOGO_NOT_HTTPS: (
        (
            "blank",
            (
                mark("There is a blank in this logo address"),
                mark("Copy the whole address of the picture."),
                Action.NONE,
            ),
        ),
        (
            "sign_in",
            (
                mark("There is a name or a password in this logo address"),
                mark("Everybody could read it. Use an address that needs no sign-in."),
                Action.NONE,
            ),
        ),
    ),
}

SPECIFIC = {**network_problems.SPECIFIC, **keychain_problems.SPECIFIC, **_LOGO}
"""More specific sentences, by the fact that must be known; the first match is used."""
