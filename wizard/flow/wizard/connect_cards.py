"""The words of the cards of the first page."""

from wizard.core.address import Region
from wizard.core.customers import Right, Scope
from wizard.core.draft import Draft
from wizard.core.problems import Code, Problem
from wizard.core.store_news import News
from wizard.core.text_safety import one_line
from wizard.flow.wizard.connect_view import (
    CardView,
    ConnectAction,
    OfferView,
    RefusedView,
    RightLine,
    RightsView,
    WayOut,
)
from wizard.jobs.connection.connect import Connected
from wizard.words import Words
from wizard.words.labels import SCOPES, WITHOUT, store_news
from wizard.words.network_problems import ON_THE_WAY
from wizard.words.problems import ACTIONS, Action, explain

_COLUMNS = (
    (Scope.INTEGRATIONS_READ, Scope.USERS_READ, Scope.INTEGRATIONS_WRITE),
    (Scope.GROUPS_READ, Scope.COURSES_READ, Scope.BULK_OPERATIONS_READ),
)


def offer(words: Words, draft: Draft) -> OfferView:
    """The card that offers to go on with a draft."""
    name = draft.name or (draft.group.name if draft.group else "") or draft.customer or draft.client_id
    title = words.say("Go on with {name}?", name=one_line(name))
    return OfferView(draft.id, title, words.say("Your answers from last time are kept."))


def news_cards(words: Words, news: tuple[News, ...]) -> tuple[CardView, ...]:
    """A card for each piece of news about the list on this computer."""
    told = [store_news(words, piece) for piece in news]
    return tuple(CardView(title, (text,)) for title, text in told)


def store_problem(words: Words, problem: Problem) -> CardView:
    """The list on this computer cannot be used: nothing can be kept, so nothing may be created."""
    shown = explain(words, problem)
    return CardView(shown.title, (shown.text, shown.detail))


def rights(words: Words, connected: Connected) -> RightsView:
    """A connection that works: the platform's name, the time it took, and each right with what a missing one costs."""
    platform = one_line(connected.customer.title)
    known = connected.customer.rights
    columns = tuple(
        tuple(_right_line(words, scope, known.get(scope, Right.UNKNOWN)) for scope in scopes) for scopes in _COLUMNS
    )
    not_kept = None
    if connected.not_kept is not None:
        shown = explain(words, connected.not_kept)
        not_kept = (shown.title, shown.text)
    took = words.say("{seconds} s", seconds=max(0.1, connected.elapsed_s))
    return RightsView(words.say("Connected to {platform}", platform=platform), platform, took, columns, not_kept)


def _right_line(words: Words, scope: Scope, right: Right) -> RightLine:
    say = words.say
    name = say(SCOPES[scope])
    if right is Right.CONFIRMED:
        return RightLine(name, right, say("Confirmed"))
    if right is Right.MISSING:
        return RightLine(name, right, say("Missing"), say(WITHOUT.get(scope, "")))
    if right is Right.UNTESTABLE:
        return RightLine(name, right, say("Not tested"), say("Cannot be tested without writing"))
    return RightLine(name, right, say("Not tested"), say("The platform did not answer"))


def refused(words: Words, problem: Problem, region: Region) -> RefusedView:
    """A connection that did not work, with its one next step, and the other region where that may be it."""
    say, shown = words.say, explain(words, problem)
    # The secret is there and cannot be read: pasting it is a way around, not a correction.
    is_not_read = "reading" in problem.facts
    paste = ConnectAction.PASTE_SECRET if is_not_read else ConnectAction.PASTE_AGAIN
    firsts = {Action.PASTE_AGAIN: paste, Action.NETWORK: ConnectAction.NETWORK}
    first = firsts.get(shown.action, ConnectAction.CHECK_AGAIN)
    ways = [WayOut(say(ACTIONS[shown.action]) or say("Try again"), first)]
    if is_not_read and shown.action is Action.RETRY:
        ways.append(WayOut(say("Paste the secret"), ConnectAction.PASTE_SECRET))
    elif shown.action is Action.NETWORK:
        ways.append(WayOut(say("Try again"), ConnectAction.CHECK_AGAIN))
    elif problem.code in ON_THE_WAY:
        ways.append(WayOut(say("Network settings"), ConnectAction.NETWORK))
    if problem.code is Code.INVALID_CLIENT and region is not Region.OTHER:
        text = say("Try the US address") if region is Region.EU else say("Try the European address")
        ways.append(WayOut(text, ConnectAction.OTHER_REGION))
    asks_sign_in = problem.code is Code.PROXY_SIGN_IN
    return RefusedView(shown.title, shown.text, shown.detail, tuple(ways), asks_sign_in)
