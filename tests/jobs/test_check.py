"""The ten checks: each outcome by what the platform really says."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.jobs.bench import AUTHOR, INTEGRATIONS, TOKEN, Bench
from wizard.core.checks import Check, CheckResult, Outcome, blocks
from wizard.core.draft import Author, Draft, Place
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Stopped
from wizard.demo import Fault, Integration, PracticePlatform, fixed_id, guide_credential, new_id
from wizard.jobs.integrations import preflight

P, W, F, N = Outcome.PASSED, Outcome.WARNING, Outcome.FAILED, Outcome.NOT_POSSIBLE
PATH = ("ACME Academy", "Sales", "DACH")


@pytest.fixture
def whole(bench: Bench) -> Draft:
    """A draft whose group knows its place, on a customer whose root is known."""
    keep_root(bench, ObjectId(bench.platform.world.root().id))
    ancestors = tuple(ObjectId(fixed_id(f"group {p}")) for p in ("ACME Academy", "ACME Academy/Sales"))
    return bench.draft(group=Place(bench.group(), PATH, 2, True, ancestors))


def keep_root(bench: Bench, root: ObjectId | None) -> None:
    bench.services.local.ledger.customers.keep(replace(bench.customer, root_id=root))


def run(bench: Bench, draft: Draft) -> dict[Check, CheckResult]:
    checked = preflight.run(bench.services, draft, bench.report, bench.stop)
    assert [r.check for r in checked.results] == list(Check)
    return {r.check: r for r in checked.results}


def short(results: dict[Check, CheckResult]) -> dict[Check, tuple[Outcome, str]]:
    return {c: (r.outcome, r.kind) for c, r in results.items()}


GOOD: dict[Check, tuple[Outcome, str]] = {
    Check.SIGN_IN: (P, ""),
    Check.PLATFORM: (P, ""),
    Check.RIGHTS: (N, "untestable"),
    Check.GROUP: (P, ""),
    Check.AUTHOR_ACTIVE: (P, ""),
    Check.AUTHOR_RIGHTS: (P, "suitable"),
    Check.NAME_FREE: (P, ""),
    Check.NAME_ALONE: (P, ""),
    Check.VALUES: (P, ""),
    Check.FRESH: (P, ""),
}


def test_all_is_well(bench: Bench, whole: Draft) -> None:
    results = run(bench, whole)
    assert short(results) == GOOD
    assert not blocks(tuple(results.values()))
    assert {r.method for r in bench.platform.received() if r.path != TOKEN} == {"GET"}
    assert results[Check.GROUP].facts["name"] == "DACH"


@pytest.mark.parametrize(
    ("mail", "active", "rights"),
    [
        ("tomas.silva@acme.example", (W, "invited"), (W, "invited")),
        ("wanda.nowak@acme.example", (F, "author-deleted"), (F, "author-deleted")),
        ("sam.okafor@acme.example", (P, ""), (W, "weak-role")),
        ("eleni@acme.example", (P, ""), (W, "not-member")),
        ("pavel.dvorak@acme.example", (P, ""), (P, "inherited")),
    ],
)
def test_authors(
    bench: Bench, whole: Draft, mail: str, active: tuple[Outcome, str], rights: tuple[Outcome, str]
) -> None:
    draft = whole.with_answers(author=Author(bench.user(mail)))
    changed = {Check.AUTHOR_ACTIVE: active, Check.AUTHOR_RIGHTS: rights}
    results = run(bench, draft)
    assert short(results) == GOOD | changed
    assert blocks(tuple(results.values())) is (F in (active[0], rights[0]))


def gone(draft: Draft, **what: Any) -> Draft:
    return draft.with_answers(**what)


def test_things_that_are_gone(bench: Bench, whole: Draft) -> None:
    nobody = ObjectId("0" * 24)
    assert short(run(bench, gone(whole, author=Author(nobody))))[Check.AUTHOR_ACTIVE] == (F, "userNotFound")
    place = Place(nobody, PATH, 2, True, whole.group.ancestors if whole.group else ())
    results = short(run(bench, gone(whole, group=place, author=whole.author)))
    assert results[Check.GROUP] == (F, "groupNotFound")


def test_the_name(bench: Bench, whole: Draft) -> None:
    for name, free, alone in (
        ("Udemy", (P, ""), (W, "above")),
        ("Phrasebook", (P, ""), (W, "above")),
        ("Taken", (F, ""), (P, "")),
        ("taken", (P, ""), (W, "same-group")),
    ):
        values = {"externalPlatform": "Taken", "groupId": bench.group(), "authorId": bench.user()}
        bench.platform.world.integrations = {
            i: v for i, v in bench.platform.world.integrations.items() if v.name != "Taken"
        }
        bench.platform.world.add(Integration(new_id(), values))
        results = short(run(bench, whole.with_answers(name=name)))
        assert (results[Check.NAME_FREE], results[Check.NAME_ALONE]) == (free, alone), name


def test_the_name_is_never_read_from_memory(bench: Bench, whole: Draft) -> None:
    assert short(run(bench, whole))[Check.NAME_FREE] == (P, "")
    bench.create(whole)
    assert short(run(bench, whole))[Check.NAME_FREE] == (F, "")


def test_without_rights_each_says_so(platform: PracticePlatform, tmp_path: Path) -> None:
    guide = Bench(platform, tmp_path / "guide", guide_credential())
    no_right = (N, "no-right")
    assert short(run(guide, guide.draft())) == GOOD | {
        Check.PLATFORM: no_right,
        Check.GROUP: no_right,
        Check.AUTHOR_ACTIVE: no_right,
        Check.AUTHOR_RIGHTS: no_right,
    }
    guide.close()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("status", "POST", TOKEN, status=401, body={"error": "invalid_client"}, times=None), "invalid_client"),
        (Fault("drop_before", "POST", TOKEN, times=None), "no-connection"),
    ],
)
def test_no_sign_in_no_checks(bench: Bench, whole: Draft, fault: Fault, kind: str) -> None:
    bench.platform.faults.add(fault)
    results = short(run(bench, whole))
    expected = dict.fromkeys(Check, (N, "no-sign-in")) | {
        Check.SIGN_IN: (F, kind),
        Check.VALUES: (P, ""),
        Check.FRESH: (P, ""),
    }
    assert results == expected


def test_a_secret_that_is_gone(bench: Bench, whole: Draft) -> None:
    bench.keychain.forget(bench.customer.entry)
    bench.restarted()
    assert short(run(bench, whole))[Check.SIGN_IN] == (F, "secret-gone")


@pytest.mark.parametrize(
    ("path", "checks"),
    [
        (INTEGRATIONS, {Check.RIGHTS, Check.NAME_FREE, Check.NAME_ALONE}),
        (f"/api/v2/users/{fixed_id('user alex-1')}", {Check.AUTHOR_ACTIVE, Check.AUTHOR_RIGHTS}),
        (f"/api/v2/groups/{fixed_id('group ACME Academy/Sales/DACH')}", {Check.GROUP}),
        (f"/api/v2/groups/{fixed_id('group ACME Academy')}", {Check.PLATFORM}),
    ],
)
def test_a_question_without_answer_spoils_no_other(bench: Bench, whole: Draft, path: str, checks: set[Check]) -> None:
    bench.platform.faults.add(Fault("status", "GET", path, status=500, times=None))
    assert short(run(bench, whole)) == GOOD | dict.fromkeys(checks, (N, "no-answer"))


def test_another_platform_behind_the_same_address(bench: Bench, whole: Draft) -> None:
    keep_root(bench, bench.group())
    assert short(run(bench, whole))[Check.PLATFORM] == (F, "")
    keep_root(bench, ObjectId("0" * 24))
    assert short(run(bench, whole))[Check.PLATFORM] == (F, "groupNotFound")


def test_values(bench: Bench, whole: Draft) -> None:
    assert short(run(bench, whole.with_answers(name="")))[Check.VALUES] == (F, "name-missing")
    with pytest.raises(Expected) as missing:
        run(bench, whole.with_answers(group=None))
    assert missing.value.code is Code.GROUP_MISSING


def test_stopped(bench: Bench, whole: Draft) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        preflight.run(bench.services, whole, bench.report, stop)
    assert bench.platform.received("POST", INTEGRATIONS) == []
    assert AUTHOR in {u.mail for u in bench.platform.world.users.values()}
