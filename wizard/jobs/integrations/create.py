"""Create an integration: once, whatever happens in between.

    1 intent   the whole request is in the ledger before anything is sent
    2 look     is there already one of this name in this group? Then nothing is sent
    3 send     the ledger says so first; the request goes out once
    4 answer   the id is in the ledger before anybody sees it
    5 verify   the platform's list is read again and compared

A lost answer, a crash or a power cut leaves an open creation, and `look` goes on from step 2 with it.
"""

import contextlib
import threading
import uuid
from dataclasses import dataclass, replace

from wizard.core.creation import KEPT, OPEN, Creation, Labels, State, ours
from wizard.core.draft import Draft
from wizard.core.integration import Found, namesakes
from wizard.core.problems import Code, Expected, Field, Problem, Stopped, Unanswered
from wizard.core.progress import Entered, Phase, Waiting
from wizard.jobs.integrations import verify
from wizard.jobs.operation import operation
from wizard.services import Report, Services

_PASSING = frozenset({Code.TOO_MANY_REQUESTS, Code.INVALID_TOKEN})
"""Refusals that pass: the platform says itself that it did nothing, so we look and send again."""

_PATIENCE_S = 30.0
"""How long to wait for another creation of this computer; longer than any answer of the platform may take."""

_WAITS_S = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further try."""


@dataclass(frozen=True, slots=True)
class CreateWanted:
    """A complete draft; `adopts` saves the integration that already has the name instead of refusing."""

    draft: Draft
    adopts: bool = False


@dataclass(frozen=True, slots=True)
class LookWanted:
    """An open creation to look for.

    `may_create` False withdraws it if it is not there; `adopts` takes the one that is there, whoever made it.
    `customer_id` is the customer whose credentials to use, if its own were withdrawn.
    """

    creation_id: str
    may_create: bool = True
    adopts: bool = False
    customer_id: str = ""


@operation
def run(services: Services, wanted: CreateWanted, report: Report, stop: threading.Event) -> Creation:
    """Create the integration of a complete draft; the draft goes when the id is saved.

    Raises `Unanswered` if the outcome is not known (the creation stays open), any other `Problem` if surely nothing
    was created. The creation that comes back has its id saved, whether or not it could be verified already.
    """
    draft, connection = wanted.draft, wanted.draft.connection
    if connection is None:
        raise Expected(Code.NOT_CONNECTED, field=Field.CLIENT_ID)
    report(Entered(Phase.CREATING))
    services.session(connection.customer_id, stop, report)
    labels = Labels(
        platform=connection.platform_name,
        group=draft.group.path if draft.group else (),
        author=draft.author.name if draft.author else "",
    )
    creation = Creation(uuid.uuid4().hex, draft.id, connection.customer_id, draft.integration(), labels)
    with services.guard.hold(stop, _PATIENCE_S):
        planned = services.ledger.plan(creation)
        return _Work(services, planned, report, stop, adopts=wanted.adopts).carry_out()


@operation
def look(services: Services, wanted: LookWanted, report: Report, stop: threading.Event) -> Creation:
    """Find out how an open creation ended, and end it: save its id, or create it now, or withdraw it.

    Waits for a request of this creation that is still under way. Raises as `run` does.
    """
    report(Entered(Phase.CREATING))
    with services.guard.hold(stop, _PATIENCE_S):
        creation = services.ledger.creation(wanted.creation_id)
        work = _Work(
            services,
            creation,
            report,
            stop,
            adopts=wanted.adopts,
            may_create=wanted.may_create,
            is_again=True,
            looks_as=wanted.customer_id,
        )
        if creation.state in KEPT:
            return work.proved()
        return work.carry_out() if creation.state in OPEN else creation


def latest(services: Services, draft_id: str, _report: Report, _stop: threading.Event) -> Creation | None:
    """The open creation of a draft, if there is one."""
    return next((c for c in services.ledger.open_creations() if c.draft_id == draft_id), None)


def opened(services: Services, creation_id: str, _report: Report, _stop: threading.Event) -> Creation:
    """A creation as it stands."""
    return services.ledger.creation(creation_id)


@operation
def give_up(services: Services, creation_id: str, _report: Report, stop: threading.Event) -> Creation:
    """Close an open creation because the person says that what is there is not ours; one that has ended stays so.

    Waits for a request of it that is under way in another window. Raises `Expected`.
    """
    with services.guard.hold(stop, _PATIENCE_S):
        creation = services.ledger.creation(creation_id)
        return services.ledger.move(creation_id, State.WITHDRAWN) if creation.state in OPEN else creation


@operation
def let_go(services: Services, creation_id: str, _report: Report, stop: threading.Event) -> Creation:
    """Ask no more about an integration that could not be checked, because the person says that it was deleted."""
    with services.guard.hold(stop, _PATIENCE_S):
        creation = services.ledger.creation(creation_id)
        return services.ledger.move(creation_id, State.GONE) if creation.state is State.CREATED else creation


class _Work:
    """One creation on its way through the protocol, under the guard."""

    def __init__(
        self,
        services: Services,
        creation: Creation,
        report: Report,
        stop: threading.Event,
        *,
        adopts: bool,
        may_create: bool = True,
        is_again: bool = False,
        looks_as: str = "",
    ) -> None:
        self._services, self._creation, self._report, self._stop = services, creation, report, stop
        self._ledger = services.ledger
        self._adopts, self._may_create = adopts, may_create
        self._is_again = is_again
        self._customer_id = looks_as or creation.customer_id
        self._may_exist = is_again and creation.state is not State.PLANNED
        self._is_asked_to_wait = False

    def carry_out(self) -> Creation:
        """Steps 2 to 5."""
        # Once: opening it again could ask the keychain, and between an answer and its id in the ledger nobody waits.
        self._session = self._services.session(self._customer_id, self._stop, self._report)
        self._platform = self._session.platform
        with self._platform.wire.telling(self._report):
            return self._carried_out()

    def _carried_out(self) -> Creation:
        for wait_s in (*_WAITS_S, None):
            found = self._look()
            if found:
                self._save(self._ours(found), is_adopted=True)
                return self.proved()
            if not self._may_create:
                return self._ledger.move(self._creation.id, State.WITHDRAWN)
            made = self._send(is_last=wait_s is None)
            if made:
                self._save(made, is_adopted=False)
                return self.proved()
            self._pause(wait_s or 0)
        raise AssertionError("the last try saves or raises")

    def proved(self) -> Creation:
        """The creation after its verification, or as it is with the reason why not: the id is saved already."""
        try:
            self._ledger.discard_draft(self._creation.draft_id)
            return verify.run(self._services, self._creation.id, self._report, self._stop, self._customer_id)
        except Expected as problem:
            return replace(self._creation, reason=problem.code.value)

    def _look(self) -> tuple[Found, ...]:
        """Who has this name in this group already."""
        wanted = self._creation.wanted
        try:
            listed = self._platform.integrations(self._stop, wanted.external_platform)
            return namesakes(wanted.external_platform, wanted.group_id, listed)
        except Expected as problem:
            # Whoever looks again has a card, and it stays until somebody could look.
            raise problem if self._is_again else self._ended(problem) from None

    def _ours(self, found: tuple[Found, ...]) -> Found:
        """The one that is ours: because we sent it and it looks so, or because the person says so."""
        mine = ours(self._creation, found) if self._may_exist else None
        if self._adopts and len(found) == 1:
            mine = found[0]
        if mine and not self._ledger.saved_as(self._creation.customer_id, mine.id):
            return mine
        if self._may_exist:
            raise Expected(Code.NOT_ALONE, field=Field.NAME, count=len(found), integration_id=found[0].id)
        raise self._ended(Expected(Code.DUPLICATE_EXTERNAL_PLATFORM, field=Field.NAME))

    def _send(self, *, is_last: bool) -> Found | None:
        """Send it once. None if the platform turned it away for a reason that passes."""
        self._ledger.move(self._creation.id, State.SENT, sent_at=self._services.now(), reason="")
        try:
            return self._platform.create_integration(self._creation.wanted, self._stop)
        except Unanswered as problem:
            unknown = problem
        except Expected as problem:
            if problem.code in _PASSING and not is_last:
                self._is_asked_to_wait = problem.code is Code.TOO_MANY_REQUESTS
                return None
            raise self._ended(problem) from None
        # Should the disk fail now: SENT leaves the same card, and the person must hear of the lost answer.
        with contextlib.suppress(Expected):
            self._ledger.move(self._creation.id, State.UNKNOWN, reason=str(unknown.facts["reason"]))
        raise unknown

    def _save(self, made: Found, *, is_adopted: bool) -> None:
        try:
            self._creation = self._ledger.move(
                self._creation.id,
                State.CREATED,
                integration_id=made.id,
                is_adopted=is_adopted,
                created_at=self._services.now(),
            )
        except Problem as problem:
            # It exists and could not be written down: the person must at least see the id. The next look finds it.
            raise Expected(problem.code, detail=problem.detail, integration_id=made.id) from problem
        # The list that was read before does not hold it: whoever types the same name again must hear of it.
        self._session.integrations_at_s = None

    def _pause(self, wait_s: float) -> None:
        self._report(Waiting(wait_s, is_asked=self._is_asked_to_wait))
        if self._stop.wait(wait_s):
            raise self._ended(Stopped())

    def _ended(self, problem: Problem) -> Problem:
        """Close a creation that surely made nothing; one that may exist stays open."""
        if not self._may_exist:
            self._ledger.move(self._creation.id, State.REFUSED, reason=problem.code.value)
        return problem
