"""The answer to a create request is lost: at most one integration, and one look brings its id."""

import sqlite3
import threading
from collections.abc import Callable

import pytest

from tests.helpers.made import planned as planned_of
from tests.jobs.bench import INTEGRATIONS, NAME, TOKEN, Bench, never_posts_unseen
from wizard.api.http.retry import RetryPolicy
from wizard.core.creation import State
from wizard.core.problems import Code, Expected, Stopped, Unanswered
from wizard.core.progress import Progress, Waiting
from wizard.demo import Fault
from wizard.jobs.computer import start
from wizard.jobs.integrations import create

JSON_401 = {"error": {"code": "groupNotFound", "message": "a gateway that lies"}}

SPOILT: list[tuple[str, dict[str, object], Code]] = [
    ("drop_after", {}, Code.NO_CONNECTION),
    ("reset", {}, Code.NO_CONNECTION),
    ("silent", {}, Code.TIMED_OUT),
    ("slow", {"delay_after_s": 1.0}, Code.TIMED_OUT),
    ("status", {"status": 500}, Code.SERVER_FAILED),
    ("status", {"status": 503, "body": JSON_401}, Code.SERVER_FAILED),
    ("status", {"status": 504, "body": "upstream request timeout"}, Code.SERVER_FAILED),
    ("status", {"status": 400, "body": "Bad Request"}, Code.REFUSED),
    ("status", {"status": 403, "body": "<!doctype html><title>Blocked</title>"}, Code.NOT_THE_PLATFORM),
    ("status", {"status": 404, "body": {"message": "no Route matched"}}, Code.NOT_FOUND),
    ("status", {"status": 429, "body": ""}, Code.TOO_MANY_REQUESTS),
    ("status", {"status": 401, "body": []}, Code.INVALID_TOKEN),
    ("status", {"status": 202}, Code.REFUSED),
    ("status", {"status": 204}, Code.REFUSED),
    ("html", {}, Code.SERVER_FAILED),
    ("html", {"status": 200}, Code.NOT_THE_PLATFORM),
    ("redirect", {}, Code.REDIRECTED),
    ("redirect", {"status": 303}, Code.REDIRECTED),
    ("broken_json", {}, Code.UNREADABLE_ANSWER),
    ("truncated", {}, Code.NO_CONNECTION),
    ("empty", {}, Code.UNREADABLE_ANSWER),
    ("garbage", {}, Code.NO_CONNECTION),
    ("wrong_shape", {"body": []}, Code.UNREADABLE_ANSWER),
    ("wrong_shape", {"body": {"_id": "soon"}}, Code.UNREADABLE_ANSWER),
    ("wrong_types", {}, Code.UNREADABLE_ANSWER),
    ("endless", {}, Code.ANSWER_TOO_LARGE),
    ("big", {"size": 9_000_000}, Code.ANSWER_TOO_LARGE),
    ("gzip_bomb", {"size": 50_000_000}, Code.ANSWER_TOO_LARGE),
]


def spoil(bench: Bench, kind: str, more: dict[str, object], *, commit: bool) -> None:
    """Spoil the answer to the next create request; where nothing comes, we wait for a quarter of a second."""
    bench.read_timeout_s = 0.25 if kind in ("silent", "slow") else 5.0
    bench.restarted()
    bench.platform.faults.add(Fault(kind, "POST", INTEGRATIONS, commit=commit, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "more", "reason"), SPOILT)
def test_lost_after_it_happened(bench: Bench, kind: str, more: dict[str, object], reason: Code) -> None:
    spoil(bench, kind, more, commit=True)
    with pytest.raises(Unanswered) as lost:
        bench.create()
    assert (lost.value.code, lost.value.facts["reason"]) == (Code.OUTCOME_UNKNOWN, reason.value)
    assert (bench.talk(), bench.events()) == (["look", "post"], ["planned", "sent", "unknown"])
    assert bench.journal()[0].reason == reason.value
    creation = bench.look()
    (made,) = bench.made()
    assert (creation.integration_id, creation.is_adopted, creation.state) == (made.id, True, State.VERIFIED)
    assert (bench.posts(), bench.events()[3:]) == (1, ["created", "verified"])
    assert bench.restarted().local.ledger.creations.get(creation.id).integration_id == made.id


@pytest.mark.parametrize(("kind", "more", "reason"), SPOILT)
def test_lost_before_it_happened(bench: Bench, kind: str, more: dict[str, object], reason: Code) -> None:
    spoil(bench, kind, more, commit=False)
    with pytest.raises(Unanswered):
        bench.create()
    assert (bench.made(), bench.journal()[0].state) == ([], State.UNKNOWN)
    creation = bench.look()
    (made,) = bench.made()
    assert (creation.integration_id, creation.is_adopted, creation.state) == (made.id, False, State.VERIFIED)
    assert (bench.posts(), never_posts_unseen(bench)) == (2, True)
    assert bench.events() == ["planned", "sent", "unknown", "sent", "created", "verified"]


def test_lost_again_and_again(bench: Bench) -> None:
    spoil(bench, "drop_before", {"times": 3}, commit=False)
    with pytest.raises(Unanswered):
        bench.create()
    for _ in range(2):
        with pytest.raises(Unanswered):
            bench.look()
    assert bench.look().state is State.VERIFIED
    assert (len(bench.made()), bench.posts(), never_posts_unseen(bench)) == (1, 4, True)


def test_a_refusal_after_a_lost_answer_closes_nothing(bench: Bench) -> None:
    spoil(bench, "drop_before", {}, commit=False)
    with pytest.raises(Unanswered):
        bench.create()
    bench.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=403, body={"error": "invalid_scope"}))
    with pytest.raises(Expected) as refused:
        bench.look()
    assert refused.value.code is Code.INVALID_SCOPE
    assert bench.look().state is State.VERIFIED


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("drop_before", "GET", INTEGRATIONS, times=None), Code.NO_CONNECTION),
        (Fault("status", "GET", INTEGRATIONS, times=None, status=503), Code.SERVER_FAILED),
        (Fault("status", "GET", INTEGRATIONS, status=403, body={"error": "invalid_scope"}), Code.INVALID_SCOPE),
        (Fault("html", "GET", INTEGRATIONS, status=200), Code.NOT_THE_PLATFORM),
        (Fault("foreign_link", "GET", INTEGRATIONS), Code.REDIRECTED),
        (Fault("broken_json", "GET", INTEGRATIONS), Code.UNREADABLE_ANSWER),
    ],
)
def test_without_a_look_nothing_is_sent(bench: Bench, fault: Fault, code: Code) -> None:
    # A list with nobody in it and a page that cannot be read must not be the same thing.
    bench.platform.faults.add(fault)
    with pytest.raises(Expected) as refused:
        bench.create()
    assert (refused.value.code, bench.posts()) == (code, 0)
    assert bench.events() == ["planned", "refused"]
    bench.platform.faults.clear()
    assert bench.create().state is State.VERIFIED


def test_a_look_that_fails_leaves_the_card(bench: Bench) -> None:
    spoil(bench, "drop_after", {}, commit=True)
    with pytest.raises(Unanswered):
        bench.create()
    bench.platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=404))
    with pytest.raises(Expected):
        bench.look()
    (card,) = start.run(bench.restarted(), None, bench.report, bench.stop).pending
    assert card.state is State.UNKNOWN
    assert bench.look().state is State.VERIFIED
    assert bench.posts() == 1


def test_no_verification_loses_no_id(bench: Bench) -> None:
    bench.platform.faults.add(Fault("status", "GET", INTEGRATIONS, after=1, times=None, status=500))
    creation = bench.create()
    (made,) = bench.made()
    assert (creation.state, creation.integration_id) == (State.CREATED, made.id)
    assert start.run(bench.restarted(), None, bench.report, bench.stop).pending == (creation.with_reason(""),)
    assert creation.reason == Code.SERVER_FAILED
    bench.platform.faults.clear()
    proved = bench.look(creation.id)
    assert (proved.state, proved.integration_id, bench.posts()) == (State.VERIFIED, made.id, 1)
    assert start.run(bench.services, None, bench.report, bench.stop).pending == ()


def test_a_look_that_fails_leaves_the_card_of_a_plan(bench: Bench) -> None:
    # The program ended between the plan and the request; the first look afterwards finds a platform that fails.
    draft = bench.draft()
    bench.services.local.ledger.drafts.keep(draft)
    planned = bench.services.local.ledger.operations.plan(planned_of("p1", draft))
    bench.platform.faults.add(Fault("broken_json", "GET", INTEGRATIONS))
    with pytest.raises(Expected) as failed:
        bench.look(planned.id)
    assert (failed.value.code, bench.posts()) == (Code.UNREADABLE_ANSWER, 0)
    started = start.run(bench.restarted(), None, bench.report, bench.stop)
    assert ([c.id for c in started.pending], started.drafts) == ([planned.id], (draft,))
    assert bench.look(planned.id).state is State.VERIFIED
    assert (bench.posts(), never_posts_unseen(bench)) == (1, True)


# ---------------------------------------------------------------------- this computer fails


def broken_ledger(bench: Bench, state: str) -> Callable[[], None]:
    """Make the disk refuse one step of the journal; gives what mends it."""
    # What opens the ledger later would take it for damaged.
    assert bench.services.local.ledger.customers.all()
    other = sqlite3.connect(bench.services.local.folders.ledger)
    other.execute(
        f"CREATE TRIGGER broken BEFORE INSERT ON event WHEN NEW.state = '{state}'"
        " BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
    )
    other.commit()

    def mend() -> None:
        other.execute("DROP TRIGGER broken")
        other.commit()
        other.close()

    return mend


def test_an_id_that_cannot_be_saved_is_at_least_shown(bench: Bench) -> None:
    mend = broken_ledger(bench, "created")
    with pytest.raises(Expected) as failed:
        bench.create()
    (made,) = bench.made()
    assert (failed.value.code, failed.value.facts["integration_id"]) == (Code.STORE_FAILED, made.id)
    assert bench.journal()[0].state is State.SENT
    mend()
    (card,) = start.run(bench.restarted(), None, bench.report, bench.stop).pending
    creation = bench.look(card.id)
    assert (creation.integration_id, creation.state, bench.posts()) == (made.id, State.VERIFIED, 1)


def test_what_cannot_be_written_down_is_not_sent(bench: Bench) -> None:
    mend = broken_ledger(bench, "sent")
    with pytest.raises(Expected) as failed:
        bench.create()
    assert (failed.value.code, bench.posts(), bench.made()) == (Code.STORE_FAILED, 0, [])
    mend()
    assert bench.look().state is State.VERIFIED
    assert len(bench.made()) == 1


@pytest.mark.parametrize("state", ["unknown", "verified"])
def test_a_disk_that_fails_later_loses_nothing(bench: Bench, state: str) -> None:
    if state == "unknown":
        spoil(bench, "drop_after", {}, commit=True)
    mend = broken_ledger(bench, state)
    if state == "unknown":
        with pytest.raises(Unanswered):
            bench.create()
        assert bench.journal()[0].state is State.SENT
    else:
        assert bench.create().state is State.CREATED
    mend()
    assert bench.look(bench.journal()[0].id).state is State.VERIFIED
    assert (len(bench.made()), bench.posts()) == (1, 1)


def test_a_full_disk_before_the_plan(bench: Bench) -> None:
    ledger = bench.services.local.ledger
    pages = ledger.database._db.execute("PRAGMA page_count").fetchone()[0]
    ledger.database._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Expected) as failed:
        bench.create(bench.draft("x" * 200_000))
    assert (failed.value.code, bench.talk(), bench.journal()) == (Code.STORE_FULL, [], [])


# ---------------------------------------------------------------------- the person stops waiting


def test_stopped_before_anything(bench: Bench) -> None:
    bench.stop.set()
    with pytest.raises(Stopped):
        bench.create()
    assert (bench.posts(), bench.events()) == (0, ["planned", "refused"])


def stop_at(bench: Bench, method: str, path: str = INTEGRATIONS, count: int = 1) -> None:
    """Set the stop while the platform works on this request, and let the answer take a moment longer."""
    real, left = bench.platform.faults.take, [count]

    def take(asked: str, at: str) -> Fault | None:
        if (asked, at) == (method, path):
            left[0] -= 1
            if left[0] == 0:
                bench.stop.set()
        return real(asked, at)

    bench.platform.faults.take = take  # type: ignore[assignment, method-assign]


@pytest.mark.parametrize(("method", "path"), [("POST", TOKEN), ("GET", INTEGRATIONS)])
def test_stopped_before_the_request(bench: Bench, method: str, path: str) -> None:
    stop_at(bench, method, path)
    with pytest.raises(Stopped):
        bench.create()
    assert (bench.posts(), bench.made()) == (0, [])
    assert bench.events() == ["planned", "refused"]


def test_stopped_in_the_request(bench: Bench) -> None:
    stop_at(bench, "POST")
    with pytest.raises(Unanswered) as lost:
        bench.create()
    assert (lost.value.facts["reason"], bench.journal()[0].state) == ("stopped", State.UNKNOWN)
    assert bench.look().state is State.VERIFIED
    assert (len(bench.made()), bench.posts()) == (1, 1)


def test_stopped_in_the_verification(bench: Bench) -> None:
    stop_at(bench, "GET", count=2)
    creation = bench.create()
    assert (creation.state, creation.integration_id) == (State.CREATED, bench.made()[0].id)
    assert bench.look(creation.id).state is State.VERIFIED


def test_stopped_in_a_pause(bench: Bench) -> None:
    bench.restarted(RetryPolicy(attempts=2, first_pause_s=60.0, longest_pause_s=60.0))
    bench.platform.faults.add(Fault("rate_limit", "POST", INTEGRATIONS, times=None))

    def stop_while_it_waits(progress: Progress) -> None:
        bench.report(progress)
        if isinstance(progress, Waiting):
            bench.stop.set()

    with pytest.raises(Stopped):
        create.run(bench.services, create.CreateWanted(bench.draft()), stop_while_it_waits, bench.stop)
    assert Waiting(60.0) in bench.told
    assert (bench.posts(), bench.journal()[0].state, bench.journal()[0].reason) == (1, State.REFUSED, "stopped")


def test_stopped_while_another_window_creates(bench: Bench) -> None:
    with bench.services.local.creating_lock("c1").hold(threading.Event(), 1):
        timer = threading.Timer(0.1, bench.stop.set)
        timer.start()
        with pytest.raises(Stopped):
            bench.create()
        timer.join()
        assert start.run(bench.services, None, bench.report, bench.stop).pending == ()
    assert (bench.journal(), bench.talk()) == ([], [])


def test_a_card_waits_until_the_other_window_is_done(bench: Bench) -> None:
    spoil(bench, "drop_after", {}, commit=True)
    with pytest.raises(Unanswered):
        bench.create()
    with bench.services.local.creating_lock("c1").hold(threading.Event(), 1):
        assert start.run(bench.restarted(), None, bench.report, bench.stop).pending == ()
    started = start.run(bench.restarted(), None, bench.report, bench.stop)
    assert [c.wanted.external_platform for c in started.pending] == [NAME]


def test_an_id_is_saved_whatever_happens_to_the_connection(bench: Bench) -> None:
    # Meanwhile somebody changes the network settings, and the keychain no longer answers.
    real = bench.platform.faults.take

    def take(method: str, path: str) -> Fault | None:
        if method == "POST" and path == INTEGRATIONS:
            bench.services.connections.reopen()
            bench.keychain.forget(bench.customer.entry)
        return real(method, path)

    bench.platform.faults.take = take  # type: ignore[method-assign]
    creation = bench.create()
    assert (creation.state, creation.integration_id) == (State.CREATED, bench.made()[0].id)


def test_an_id_whose_operation_cannot_be_read_is_checked_like_any_other(bench: Bench) -> None:
    bench.platform.faults.add(Fault("status", "GET", INTEGRATIONS, status=500, body={}, after=1, times=None))
    created = bench.create()
    assert created.state is State.CREATED
    bench.platform.faults.clear()
    with sqlite3.connect(bench.services.local.folders.ledger) as other:
        other.execute("UPDATE operation SET request = 'what'")
    other.close()
    (card,) = start.run(bench.restarted(), None, bench.report, bench.stop).pending
    assert card.integration_id == created.integration_id
    assert bench.look(card.id).state is State.VERIFIED
    assert (len(bench.made()), bench.posts()) == (1, 1)
