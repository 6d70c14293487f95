"""Creating, step by step: what the platform receives, what the journal says, what a person gets."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.jobs.bench import INTEGRATIONS, NAME, TOKEN, Bench, never_posts_unseen, open_services
from wizard.core.creation import Creation, State
from wizard.core.integration import Difference
from wizard.core.problems import Code, Expected, Field, Problem, Unanswered
from wizard.core.progress import Entered, Phase, Waiting
from wizard.demo import Fault, Integration, PracticePlatform, new_id
from wizard.demo.answers import Received
from wizard.jobs.computer import start
from wizard.jobs.integrations import create


def test_the_whole_way_is_three_round_trips(bench: Bench) -> None:
    draft = bench.draft()
    bench.services.local.ledger.drafts.keep(draft)
    bench.services.connections.session("c1").platform.sign_in(bench.report, bench.stop)
    bench.platform.requests.clear()
    creation = bench.create(draft)
    (made,) = bench.made()
    assert bench.talk() == ["look", "post", "look"]
    assert bench.platform.received(template=TOKEN) == []
    assert bench.events() == ["planned", "sent", "created", "verified"]
    assert (creation.state, creation.integration_id, creation.differences) == (State.VERIFIED, made.id, ())
    assert (creation.is_adopted, creation.labels.group) == (False, ("ACME Academy", "Sales", "DACH"))
    assert all((creation.planned_at, creation.sent_at, creation.created_at, creation.verified_at))
    assert bench.told == [Entered(Phase.CREATING), Entered(Phase.CHECKING), Entered(Phase.SAVING)]
    assert bench.services.local.ledger.drafts.all() == ()
    assert bench.restarted().local.ledger.creations.get(creation.id) == creation


def test_the_request_holds_exactly_what_was_wanted(bench: Bench) -> None:
    bench.create()
    (post,) = bench.platform.received("POST", INTEGRATIONS)
    assert post.body == {
        "externalPlatform": NAME,
        "groupId": bench.group(),
        "authorId": bench.user(),
        "defaultCompletion": True,
        "defaultProgress": 5,
        "noGroupPropagation": False,
        "externalPlatformLogoUrl": "https://static.example.com/logo.png",
    }
    assert {r.headers.get("360-api-version") for r in bench.platform.received() if r.path != TOKEN} == {"v2.0"}


def test_nothing_is_sent_before_it_is_written_down(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, str]] = []
    take = bench.platform.faults.take

    def spy(method: str, path: str) -> Fault | None:
        if path == INTEGRATIONS:
            seen.append((method, bench.journal()[0].state))
        return take(method, path)

    monkeypatch.setattr(bench.platform.faults, "take", spy)
    bench.create()
    assert seen == [("GET", "planned"), ("POST", "sent"), ("GET", "created")]


def test_a_draft_that_is_not_complete_leaves_no_trace(bench: Bench) -> None:
    for draft in (bench.draft(name=""), bench.draft(connection=None), bench.draft(author=None)):
        with pytest.raises(Expected):
            bench.create(draft)
    assert (bench.journal(), bench.talk()) == ([], [])


NESTED = {"error": {"code": "invalid_scope", "message": "no"}}
REFUSALS: list[tuple[int, object, Code, Field | None]] = [
    (400, {"error": {"code": "duplicateExternalPlatform"}}, Code.DUPLICATE_EXTERNAL_PLATFORM, Field.NAME),
    (400, {"error": {"code": "reservedPlatformName"}}, Code.RESERVED_PLATFORM_NAME, Field.NAME),
    (400, {"error": {"code": "integrationsLimitReached"}}, Code.INTEGRATIONS_LIMIT_REACHED, None),
    (404, {"error": {"code": "groupNotFound"}}, Code.GROUP_NOT_FOUND, Field.GROUP),
    (404, {"code": "userNotFound", "message": "flat"}, Code.USER_NOT_FOUND, Field.AUTHOR),
    (403, NESTED, Code.INVALID_SCOPE, None),
    (403, {"error": "invalid_scope"}, Code.INVALID_SCOPE, None),
    (400, {"error": {"code": "somethingNew", "message": "Tomorrow's rule."}}, Code.REFUSED, None),
    (409, {"error": {"code": "conflict"}}, Code.REFUSED, None),
    (404, {"error": {"code": "notFound"}}, Code.NOT_FOUND, None),
]


@pytest.mark.parametrize(("status", "body", "code", "field"), REFUSALS)
def test_a_refusal_makes_nothing_and_may_be_tried_again(
    bench: Bench, status: int, body: object, code: Code, field: Field | None
) -> None:
    bench.platform.faults.add(Fault("status", "POST", INTEGRATIONS, status=status, body=body))
    with pytest.raises(Expected) as refused:
        bench.create()
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not isinstance(refused.value, Unanswered)
    assert (bench.events(), bench.made(), bench.posts()) == (["planned", "sent", "refused"], [], 1)
    assert bench.journal()[0].reason == code.value
    assert bench.create().state is State.VERIFIED
    assert len(bench.made()) == 1
    assert never_posts_unseen(bench)


@pytest.mark.parametrize(
    ("name", "code"), [("Coursera", Code.RESERVED_PLATFORM_NAME), ("Other", Code.INTEGRATIONS_LIMIT_REACHED)]
)
def test_the_platform_itself_refuses(bench: Bench, name: str, code: Code) -> None:
    bench.platform.world.integrations_limit = len(bench.platform.world.integrations)
    with pytest.raises(Expected) as refused:
        bench.create(bench.draft(name))
    assert refused.value.code is code
    assert bench.journal()[0].state is State.REFUSED


def test_one_pause_of_the_platform_is_waited_out(bench: Bench) -> None:
    bench.platform.faults.add(Fault("rate_limit", "POST", INTEGRATIONS))
    assert bench.create().state is State.VERIFIED
    assert bench.talk() == ["look", "post", "look", "post", "look"]
    assert bench.events() == ["planned", "sent", "sent", "created", "verified"]
    assert Waiting(0.01) in bench.told
    assert len(bench.made()) == 1


def test_a_storm_of_pauses_ends_as_a_refusal(bench: Bench) -> None:
    bench.platform.faults.add(Fault("rate_limit", "POST", INTEGRATIONS, times=None))
    with pytest.raises(Expected) as refused:
        bench.create()
    assert refused.value.code is Code.TOO_MANY_REQUESTS
    assert (bench.posts(), bench.made(), bench.journal()[0].state) == (5, [], State.REFUSED)
    assert never_posts_unseen(bench)


def test_a_token_that_ends_between_look_and_post(bench: Bench) -> None:
    bench.platform.faults.add(Fault("expire_token", "POST", INTEGRATIONS))
    assert bench.create().state is State.VERIFIED
    assert bench.talk() == ["look", "post", "look", "post", "look"]
    assert len(bench.platform.received(template=TOKEN)) == 2
    assert len(bench.made()) == 1


def test_credentials_deleted_between_look_and_post(bench: Bench) -> None:
    bench.services.connections.session("c1").platform.sign_in(bench.report, bench.stop)
    bench.platform.world.remove_credential(bench.credential)
    with pytest.raises(Expected) as refused:
        bench.create()
    assert refused.value.code is Code.INVALID_CLIENT
    assert (bench.posts(), bench.journal()[0].state) == (0, State.REFUSED)


def test_other_values_on_the_platform_are_told_and_kept(bench: Bench) -> None:
    stored = {"defaultProgress": 50, "noGroupPropagation": True}
    bench.platform.faults.add(Fault("wrong_echo", "POST", INTEGRATIONS, stored=stored))
    creation = bench.create()
    rows = (Difference("default_progress", 5, 50), Difference("no_group_propagation", False, True))
    assert (creation.state, creation.differences) == (State.DIFFERENT, rows)
    assert bench.restarted().local.ledger.creations.get(creation.id).differences == rows


def test_an_echo_that_lies_does_not_count(bench: Bench) -> None:
    bench.platform.faults.add(Fault("wrong_echo", "POST", INTEGRATIONS, changes={"defaultProgress": 99}))
    assert bench.create().state is State.VERIFIED


@pytest.mark.parametrize("what", ["deleted", "renamed"])
def test_somebody_changes_it_before_the_verification(bench: Bench, what: str) -> None:
    # The second list request is the verification; the first was the look.
    world, faults = bench.platform.world, bench.platform.faults
    real = faults.take

    def meddle(method: str, path: str) -> Fault | None:
        for integration in bench.made():
            if what == "deleted":
                del world.integrations[integration.id]
            else:
                integration.values["externalPlatform"] = "Renamed"
        return real(method, path)

    faults.take = meddle  # type: ignore[method-assign]
    creation = bench.create()
    assert creation.integration_id is not None
    if what == "deleted":
        assert creation.state is State.CREATED
    else:
        assert creation.state is State.DIFFERENT
        assert creation.differences == (Difference("external_platform", NAME, "Renamed"),)
        assert bench.talk() == ["look", "post", "look", "list"]


def taken(bench: Bench, mail: str = "pavel.dvorak@acme.example", name: str = NAME) -> Integration:
    """An integration that somebody else made."""
    values = {"externalPlatform": name, "groupId": bench.group(), "authorId": bench.user(mail)}
    other = Integration(new_id(), values)
    bench.platform.world.add(other)
    return other


def test_a_taken_name_sends_nothing_and_can_be_adopted(bench: Bench) -> None:
    other = taken(bench)
    with pytest.raises(Expected) as refused:
        bench.create()
    assert (refused.value.code, refused.value.field) == (Code.DUPLICATE_EXTERNAL_PLATFORM, Field.NAME)
    assert (bench.talk(), bench.events()) == (["look"], ["planned", "refused"])
    creation = bench.create(adopts=True)
    assert (creation.integration_id, creation.is_adopted, creation.state) == (other.id, True, State.DIFFERENT)
    assert {d.name for d in creation.differences} >= {"author_id", "default_completion"}
    assert (bench.posts(), bench.made()) == (0, [other])


def test_the_same_name_in_another_group_is_no_obstacle(bench: Bench) -> None:
    other = taken(bench)
    other.values["groupId"] = bench.group("France")
    assert bench.create().state is State.VERIFIED
    assert len(bench.made()) == 2


def test_an_adopted_one_is_not_adopted_twice(bench: Bench) -> None:
    taken(bench)
    bench.create(adopts=True)
    with pytest.raises(Expected) as refused:
        bench.create(adopts=True)
    assert refused.value.code is Code.DUPLICATE_EXTERNAL_PLATFORM
    assert bench.posts() == 0


def lost_before(bench: Bench) -> Creation:
    """A creation whose request never arrived, which nobody can know."""
    bench.platform.faults.add(Fault("drop_before", "POST", INTEGRATIONS))
    with pytest.raises(Unanswered):
        bench.create()
    return bench.journal()[0]


def test_a_namesake_of_another_author_is_never_taken_for_ours(bench: Bench) -> None:
    lost = lost_before(bench)
    other = taken(bench)
    with pytest.raises(Expected) as refused:
        bench.look()
    assert (refused.value.code, refused.value.facts["integration_id"]) == (Code.NOT_ALONE, other.id)
    assert (bench.journal()[0].state, bench.posts()) == (State.UNKNOWN, 1)
    creation = bench.look(lost.id, adopts=True)
    assert (creation.integration_id, creation.is_adopted, bench.posts()) == (other.id, True, 1)


def test_a_namesake_of_another_author_can_be_given_up(bench: Bench) -> None:
    lost = lost_before(bench)
    taken(bench)
    assert create.give_up(bench.services, lost.id, bench.report, bench.stop).state is State.WITHDRAWN
    assert bench.services.local.ledger.creations.open() == ()


def test_giving_up_waits_for_the_request_of_another_window(bench: Bench, tmp_path: Path) -> None:
    lost = lost_before(bench)
    sent, given_up = threading.Event(), threading.Event()

    def hold(received: Received) -> None:
        if (received.method, received.path) == ("POST", INTEGRATIONS):
            sent.set()
            # Whoever gives up now would be told long before this ends.
            given_up.wait(0.5)

    bench.platform.on_received = hold
    other = open_services(bench.data_dir, keychain=bench.keychain)
    with ThreadPoolExecutor(2) as pool:
        looking = pool.submit(bench.look, lost.id)
        assert sent.wait(10)
        closing = pool.submit(create.give_up, other, lost.id, bench.report, bench.stop)
        closing.add_done_callback(lambda _done: given_up.set())
        (made_id, state) = (looking.result().integration_id, closing.result().state)
    other.close()
    assert state is State.VERIFIED
    assert (
        [one.id for one in bench.made()]
        == [made_id]
        == [c.integration_id for c in bench.services.local.ledger.creations.saved()]
    )


def test_an_id_that_arrives_after_all_is_written_down(bench: Bench) -> None:
    # Nothing holds the lock for somebody who edits the ledger, or for a folder whose locks do not work.
    lost = lost_before(bench)

    def withdraw(received: Received) -> None:
        if (received.method, received.path) == ("POST", INTEGRATIONS):
            bench.services.local.ledger.operations.withdraw(lost.id)

    bench.platform.on_received = withdraw
    assert bench.look(lost.id).integration_id == bench.made()[0].id


def test_two_namesakes_are_nobodys(bench: Bench) -> None:
    lost = lost_before(bench)
    taken(bench, "alex.martin@acme.example")
    taken(bench, "alex.martin@acme.example")
    for adopts in (False, True):
        with pytest.raises(Expected) as refused:
            bench.look(lost.id, adopts=adopts)
        assert (refused.value.code, refused.value.facts["count"]) == (Code.NOT_ALONE, 2)


def test_a_look_that_may_not_create_withdraws(bench: Bench) -> None:
    lost = lost_before(bench)
    assert bench.look(lost.id, may_create=False).state is State.WITHDRAWN
    assert (bench.posts(), bench.made()) == (1, [])
    assert bench.look(lost.id).state is State.WITHDRAWN
    assert start.run(bench.services, None, bench.report, bench.stop).pending == ()


def test_a_creation_under_way_is_not_planned_twice(bench: Bench) -> None:
    lost = lost_before(bench)
    with pytest.raises(Expected) as refused:
        bench.create()
    assert (refused.value.code, refused.value.facts["creation"]) == (Code.ALREADY_CREATING, lost.id)
    assert len(bench.journal()) == 1


@pytest.mark.parametrize("is_one_computer", [True, False])
def test_two_at_once_make_one(platform: PracticePlatform, tmp_path: Path, *, is_one_computer: bool) -> None:
    platform.settings.latency_s = 0.02
    folders = [tmp_path / "a", tmp_path / ("a" if is_one_computer else "b")]
    benches = [Bench(platform, folder) for folder in folders]
    gate = threading.Barrier(len(benches))

    def press(bench: Bench) -> Creation | Problem:
        gate.wait(5)
        try:
            return bench.create()
        except Problem as problem:
            return problem

    with ThreadPoolExecutor() as pool:
        ended = list(pool.map(press, benches))
    (done,) = [e for e in ended if isinstance(e, Creation)]
    (refused,) = [e for e in ended if isinstance(e, Problem)]
    assert refused.code in (Code.DUPLICATE_EXTERNAL_PLATFORM, Code.ALREADY_CREATING)
    assert [i.id for i in platform.world.integrations_named(NAME)] == [done.integration_id]
    for bench in benches:
        assert bench.services.local.ledger.creations.open() == ()
        bench.close()
