"""Create an integration: once, whatever happens in between.

    1 intent   operation PLANNED with the full request: committed before any request
    2 look     is there an integration of this name in this group already? Then nothing is sent
    3 send     operation SENT: committed; then POST once
    4 answer   integration row and operation DONE in one transaction, before anything is shown
    5 verify   list again, compare every value: check_run

A lost answer, a crash or a power cut leaves an open operation, and `look` goes on with it from step 2.
"""

import contextlib
import threading
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass

from wizard.core.creation import KEPT, OPEN, Creation, State, ours
from wizard.core.draft import Draft
from wizard.core.integration import Found, Labels, namesakes
from wizard.core.operations import Operation, OperationKind
from wizard.core.problems import Code, Expected, Field, Problem, Stopped, Unanswered
from wizard.core.progress import Entered, Phase, Report, Waiting
from wizard.core.saved_integrations import SavedIntegration
from wizard.jobs.integrations import verify
from wizard.jobs.operation_jobs import operation_job
from wizard.services import Services

_PASSING = frozenset({Code.TOO_MANY_REQUESTS, Code.INVALID_TOKEN})
"""Refusals that pass: the platform tells that it did nothing, so we look and send again."""

_LOCK_TIMEOUT_S = 30.0
"""Seconds to wait for another creation of this computer; more than any answer of the platform may take."""


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


@operation_job
def run(services: Services, wanted: CreateWanted, report: Report, stop: threading.Event) -> Creation:
    """Create the integration of a complete draft; the draft goes when the id is saved.

    Raises `Unanswered` if the outcome is not known (the creation stays open), any other `Problem` if surely nothing
    was created. The creation that comes back has its id saved, whether or not it could be verified already.
    """
    draft, connection = wanted.draft, wanted.draft.connection
    if connection is None:
        raise Expected(Code.NOT_CONNECTED, field=Field.CLIENT_ID)
    report(Entered(Phase.CREATING))
    services.connections.session(connection.customer_id, stop, report)
    labels = Labels(
        platform=connection.platform_name,
        group=draft.group.path if draft.group else (),
        author=draft.author.name if draft.author else "",
    )
    operation = Operation(
        id=uuid.uuid4().hex,
        kind=OperationKind.CREATE,
        customer_id=connection.customer_id,
        request=draft.integration(),
        labels=labels,
        draft_id=draft.id,
    )
    with services.local.creating_lock(connection.customer_id).hold(stop, _LOCK_TIMEOUT_S):
        planned = services.local.ledger.operations.plan(operation)
        return _Protocol(services, Creation(planned), wanted, report, stop).carry_out()


@operation_job
def look(services: Services, wanted: LookWanted, report: Report, stop: threading.Event) -> Creation:
    """Find out how an open creation ended, and end it: save its id, or create it now, or withdraw it.

    Waits for a request of this creation that is still under way. Raises as `run` does.
    """
    report(Entered(Phase.CREATING))
    with _held(services, wanted.creation_id, stop):
        creation = services.local.ledger.creations.get(wanted.creation_id)
        protocol = _Protocol(services, creation, wanted, report, stop)
        if creation.state in KEPT:
            return protocol.verified()
        return protocol.carry_out() if creation.state in OPEN else creation


def latest(services: Services, draft_id: str, _report: Report, _stop: threading.Event) -> Creation | None:
    """The open creation of a draft, if there is one."""
    return next((c for c in services.local.ledger.creations.open() if c.draft_id == draft_id), None)


def opened(services: Services, creation_id: str, _report: Report, _stop: threading.Event) -> Creation:
    """A creation as it stands."""
    return services.local.ledger.creations.get(creation_id)


@operation_job
def give_up(services: Services, creation_id: str, _report: Report, stop: threading.Event) -> Creation:
    """Withdraw an open creation because the person says that what is there is not ours; one that has ended stays so.

    Waits for a request of it that is under way in another window. Raises `Expected`.
    """
    with _held(services, creation_id, stop):
        if services.local.ledger.creations.get(creation_id).state in OPEN:
            services.local.ledger.operations.withdraw(creation_id)
        return services.local.ledger.creations.get(creation_id)


@operation_job
def let_go(services: Services, creation_id: str, _report: Report, stop: threading.Event) -> Creation:
    """Mark an integration that was never checked as gone, because the person says that it was deleted."""
    with _held(services, creation_id, stop):
        creation = services.local.ledger.creations.get(creation_id)
        if creation.integration is None or creation.state is not State.CREATED:
            return creation
        return Creation(creation.operation, services.local.ledger.integrations.note_gone(creation.integration.id))


def _held(services: Services, creation_id: str, stop: threading.Event) -> AbstractContextManager[None]:
    customer_id = services.local.ledger.creations.get(creation_id).customer_id
    return services.local.creating_lock(customer_id).hold(stop, _LOCK_TIMEOUT_S)


class _Protocol:
    """The five steps for one creation, which the caller holds the lock of."""

    def __init__(
        self,
        services: Services,
        creation: Creation,
        wanted: CreateWanted | LookWanted,
        report: Report,
        stop: threading.Event,
    ) -> None:
        self._services, self._creation, self._wanted = services, creation, wanted
        self._report, self._stop = report, stop
        self._ledger = services.local.ledger
        self._is_look = isinstance(wanted, LookWanted)
        self._may_exist = self._is_look and creation.state is not State.PLANNED
        self._is_asked_to_wait = False

    @property
    def _customer_id(self) -> str:
        """The customer whose credentials are used."""
        return (isinstance(self._wanted, LookWanted) and self._wanted.customer_id) or self._creation.customer_id

    def carry_out(self) -> Creation:
        """Steps 2 to 5."""
        # Open it before step 3: opening can wait for the keychain, and nothing may wait between an answer and its id.
        self._session = self._services.connections.session(self._customer_id, self._stop, self._report)
        self._platform = self._session.platform
        pauses_s = iter(self._services.connections.retry.pauses_s)
        while True:
            if found := self._look():
                self._save(self._ours(found), is_adopted=True)
                return self.verified()
            if isinstance(self._wanted, LookWanted) and not self._wanted.may_create:
                return Creation(self._ledger.operations.withdraw(self._creation.id))
            pause_s = next(pauses_s, None)
            if made := self._send(is_last=pause_s is None):
                self._save(made, is_adopted=False)
                return self.verified()
            self._pause(pause_s or 0)

    def verified(self) -> Creation:
        """Step 5. If it cannot be made, the creation as it is with the reason: its id is saved already."""
        try:
            self._ledger.drafts.discard(self._creation.draft_id)
            return verify.run(self._services, self._creation.id, self._report, self._stop, self._customer_id)
        except Expected as problem:
            return self._creation.with_reason(problem.code.value)

    def _look(self) -> tuple[Found, ...]:
        """Step 2: the integrations that have this name in this group."""
        wanted = self._creation.wanted
        try:
            listed = self._platform.integrations(self._report, self._stop, name=wanted.external_platform)
            return namesakes(wanted.external_platform, wanted.group_id, listed)
        except Expected as problem:
            # The card of a look stays until a look succeeds.
            raise problem if self._is_look else self._ended(problem) from None

    def _ours(self, found: tuple[Found, ...]) -> Found:
        """The one that is ours: because we sent it and it looks so, or because the person says so."""
        mine = ours(self._creation, found) if self._may_exist else None
        if self._wanted.adopts and len(found) == 1:
            mine = found[0]
        if mine and not self._ledger.integrations.find(self._creation.customer_id, mine.id):
            return mine
        if self._may_exist:
            raise Expected(Code.NOT_ALONE, field=Field.NAME, count=len(found), integration_id=found[0].id)
        raise self._ended(Expected(Code.DUPLICATE_EXTERNAL_PLATFORM, field=Field.NAME))

    def _send(self, *, is_last: bool) -> Found | None:
        """Step 3: send it once. None if the platform refused it for a reason that passes."""
        self._ledger.operations.note_sent(self._creation.id)
        try:
            return self._platform.create_integration(self._creation.wanted, self._report, self._stop)
        except Unanswered as problem:
            unknown = problem
        except Expected as problem:
            if problem.code in _PASSING and not is_last:
                self._is_asked_to_wait = problem.code is Code.TOO_MANY_REQUESTS
                return None
            raise self._ended(problem) from None
        # If the disk fails now, SENT leads to the same card, and the person has to hear of the lost answer.
        with contextlib.suppress(Expected):
            self._ledger.operations.note_unknown(self._creation.id, str(unknown.facts["reason"]))
        raise unknown

    def _save(self, made: Found, *, is_adopted: bool) -> None:
        """Step 4: integration and end of the operation in one transaction, before anything is shown."""
        creation = self._creation
        integration = SavedIntegration(
            id=uuid.uuid4().hex,
            customer_id=creation.customer_id,
            remote_id=made.id,
            desired=creation.wanted,
            labels=creation.labels,
            is_adopted=is_adopted,
        )
        try:
            self._creation = Creation(*self._ledger.operations.finish_creation(creation.id, integration))
        except Problem as problem:
            # It exists and could not be saved: the person must at least see the id. The next look finds it.
            raise Expected(problem.code, detail=problem.detail, integration_id=made.id) from problem
        # The cached list does not contain it: the name must count as taken from now on.
        self._session.integrations_at_s = None

    def _pause(self, pause_s: float) -> None:
        self._report(Waiting(pause_s, is_asked=self._is_asked_to_wait))
        if self._stop.wait(pause_s):
            raise self._ended(Stopped())

    def _ended(self, problem: Problem) -> Problem:
        """End a creation that surely made nothing; one that may exist stays open."""
        if not self._may_exist:
            self._ledger.operations.refuse(self._creation.id, problem.code.value)
        return problem
