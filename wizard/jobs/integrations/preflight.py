"""The ten checks before anything is created. None of them changes anything."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from wizard.core.checks import Check, CheckResult, Outcome
from wizard.core.customers import Right, Scope
from wizard.core.draft import Author, Draft
from wizard.core.ids import ObjectId
from wizard.core.integration import lookalikes, namesakes
from wizard.core.people import Suitability
from wizard.core.problems import Code, Expected, Problem
from wizard.core.progress import Report
from wizard.jobs.places import authors, groups
from wizard.services import Services

_NOT_HERE = frozenset({Code.GROUP_NOT_FOUND, Code.USER_NOT_FOUND, Code.AUTHOR_DELETED})
"""Problems that mean that the checked object is not there."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The results in their order, and when they were complete (monotonic seconds, and UTC in ISO 8601)."""

    results: tuple[CheckResult, ...]
    at_s: float
    at: str


def run(services: Services, draft: Draft, report: Report, stop: threading.Event) -> Checked:
    """Run all checks on a complete draft. A check that cannot be made says so; only a stop or a bug raises."""
    work = _Checks(services, draft, report, stop)
    results = tuple(work.results())
    return Checked(results, services.clock(), services.now())


class _Checks:
    """The checks of one draft: they share what they read."""

    def __init__(self, services: Services, draft: Draft, report: Report, stop: threading.Event) -> None:
        if draft.connection is None or draft.group is None or draft.author is None:
            raise draft.problems()[0]
        self._services, self._draft, self._report, self._stop = services, draft, report, stop
        self._customer = services.local.ledger.customers.get(draft.connection.customer_id)
        self._group, self._author = draft.group, draft.author
        self._ancestors: tuple[ObjectId, ...] = draft.group.ancestors

    def results(self) -> Iterator[CheckResult]:
        """Each result in order; after a failed sign-in the rest is not possible."""
        sign_in = self._sign_in()
        yield sign_in
        rest = (
            (Check.PLATFORM, self._platform),
            (Check.RIGHTS, self._rights),
            (Check.GROUP, self._group_exists),
            (Check.AUTHOR_ACTIVE, self._author_active),
            (Check.AUTHOR_RIGHTS, self._author_rights),
            (Check.NAME_FREE, self._name_free),
            (Check.NAME_ALONE, self._name_alone),
        )
        for check, look in rest:
            if sign_in.outcome is Outcome.FAILED:
                yield CheckResult(check, Outcome.NOT_POSSIBLE, "no-sign-in")
            else:
                yield self._guarded(check, look)
        yield self._values()
        yield CheckResult(Check.FRESH, Outcome.PASSED)

    def _guarded(self, check: Check, look: Callable[[], CheckResult]) -> CheckResult:
        try:
            return look()
        except Expected as problem:
            if problem.code is Code.STOPPED:
                raise
            if problem.code in _NOT_HERE:
                return CheckResult(check, Outcome.FAILED, problem.code.value)
            kind = "no-right" if problem.code is Code.INVALID_SCOPE else "no-answer"
            return CheckResult(check, Outcome.NOT_POSSIBLE, kind, {"scope": str(problem.facts.get("scope", ""))})

    def _sign_in(self) -> CheckResult:
        try:
            self._session = self._services.connections.session(self._customer.id, self._stop, self._report)
            self._session.platform.sign_in(self._report, self._stop)
        except Problem as problem:
            if problem.code is Code.STOPPED:
                raise
            return CheckResult(Check.SIGN_IN, Outcome.FAILED, problem.code.value, problem.facts)
        return CheckResult(Check.SIGN_IN, Outcome.PASSED)

    def _platform(self) -> CheckResult:
        root = self._customer.root_id
        if root is None:
            return CheckResult(Check.PLATFORM, Outcome.NOT_POSSIBLE, "no-right", {"scope": Scope.GROUPS_READ})
        now = self._session.platform.group(root, self._report, self._stop)
        is_right = now.parent_id is None
        return CheckResult(Check.PLATFORM, Outcome.PASSED if is_right else Outcome.FAILED, facts={"name": now.name})

    def _rights(self) -> CheckResult:
        # Reading integrations can be tried; the right to create shows only when it is used.
        self._session.platform.has_scope(Scope.INTEGRATIONS_READ, self._report, self._stop)
        if self._customer.rights.get(Scope.INTEGRATIONS_WRITE) is Right.MISSING:
            return CheckResult(Check.RIGHTS, Outcome.FAILED, "missing", {"scope": Scope.INTEGRATIONS_WRITE})
        return CheckResult(Check.RIGHTS, Outcome.NOT_POSSIBLE, "untestable", {"scope": Scope.INTEGRATIONS_WRITE})

    def _group_exists(self) -> CheckResult:
        group = self._session.platform.group(self._group.id, self._report, self._stop)
        return CheckResult(Check.GROUP, Outcome.PASSED, facts={"name": group.name})

    def _author_active(self) -> CheckResult:
        author = self._person
        facts = {"name": author.label}
        if author.status == "active":
            return CheckResult(Check.AUTHOR_ACTIVE, Outcome.PASSED, facts=facts)
        if not author.status or author.status == "unknown":
            facts["scope"] = Scope.USERS_READ
            return CheckResult(Check.AUTHOR_ACTIVE, Outcome.NOT_POSSIBLE, "no-right", facts)
        return CheckResult(Check.AUTHOR_ACTIVE, Outcome.WARNING, author.status, facts)

    @cached_property
    def _person(self) -> Author:
        wanted = authors.AuthorWanted(self._customer.id, self._group, self._author.id)
        return authors.resolve(self._services, wanted, self._report, self._stop)

    def _author_rights(self) -> CheckResult:
        author = self._person
        suits = Suitability(author.suitability)
        facts = {"name": author.label, "role": author.role, "group": self._group.name}
        outcomes = {
            Suitability.SUITABLE: Outcome.PASSED,
            Suitability.INHERITED: Outcome.PASSED,
            Suitability.UNKNOWN: Outcome.NOT_POSSIBLE,
            Suitability.GONE: Outcome.FAILED,
        }
        if suits is Suitability.UNKNOWN:
            return CheckResult(Check.AUTHOR_RIGHTS, Outcome.NOT_POSSIBLE, "no-right", {"scope": Scope.GROUPS_READ})
        return CheckResult(Check.AUTHOR_RIGHTS, outcomes.get(suits, Outcome.WARNING), suits.value, facts)

    def _name_free(self) -> CheckResult:
        known = groups.integrations(self._services, self._session, self._report, self._stop, fresh_s=0)
        taken = namesakes(self._draft.name, self._group.id, known)
        facts = {"name": self._draft.name, "group": self._group.name}
        return CheckResult(Check.NAME_FREE, Outcome.FAILED if taken else Outcome.PASSED, facts=facts)

    def _name_alone(self) -> CheckResult:
        known = groups.integrations(self._services, self._session, self._report, self._stop)
        near = lookalikes(self._draft.name, (self._group.id, *self._ancestors), known)
        others = [f for f in near if f.external_platform != self._draft.name or f.group_id != self._group.id]
        if not others:
            return CheckResult(Check.NAME_ALONE, Outcome.PASSED)
        names = dict(zip((*self._ancestors, self._group.id), self._group.path, strict=False))
        facts = {"name": others[0].external_platform, "group": names.get(others[0].group_id or self._group.id, "")}
        kind = "same-group" if others[0].group_id == self._group.id else "above"
        return CheckResult(Check.NAME_ALONE, Outcome.WARNING, kind, facts)

    def _values(self) -> CheckResult:
        problems = self._draft.problems()
        if problems:
            return CheckResult(Check.VALUES, Outcome.FAILED, problems[0].code.value, problems[0].facts)
        return CheckResult(Check.VALUES, Outcome.PASSED)
