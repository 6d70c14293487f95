"""Every bad answer, over real HTTP: the sentence, the next step, the field, the draft, and what was received."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.recipes import RECIPES, SHORT
from tests.faults.screens import Screen
from tests.faults.stage import ACTS, Act, Seen, Stage, Stranger, core_of, faulty, kept, play, spilled
from tests.faults.table import CASES, COLUMNS, FILE, Case, read
from tests.helpers.clocks import LeapingClock
from tests.jobs.bench import never_posts_unseen
from wizard.core.creation import State
from wizard.core.customers import Right
from wizard.core.draft import Author, Place
from wizard.demo import PracticePlatform, Settings
from wizard.demo.answers import Received
from wizard.jobs.connection.connect import Connected
from wizard.jobs.places import groups
from wizard.jobs.places.authors import Authors
from wizard.services import Services
from wizard.words import open_words

LONGEST_S = 10.0
"""No case may take longer: where an answer never comes, the read time-out here is a fraction of a second."""


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    """A server of somebody else, for the whole table."""
    made = Stranger()
    with made.platform:
        yield made


@pytest.fixture(scope="module")
def screen() -> Screen:
    """The presenters that tell what came of it, in English."""
    return Screen(open_words("en"))


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    """One line of the table."""
    line: Case = request.param
    return line


@pytest.fixture
def stage(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A computer with a saved customer and a kept draft, at a platform that is about to fail."""
    act = ACTS[case.endpoint]
    monkeypatch.setattr("wizard.jobs.places.authors._ONE_BY_ONE", act.one_by_one)
    monkeypatch.setattr(Stage, "clock", LeapingClock())
    settings = Settings(rate_limits=False)
    settings.page_sizes.update(act.sizes)
    with PracticePlatform(settings=settings) as platform:
        made = Stage(platform, tmp_path / "data")
        if case.fault.startswith(SHORT):
            made.read_timeout_s = 0.3
            made.restarted()
        made.services.local.ledger.drafts.keep(made.draft())
        if not act.is_connecting and "oauth2" not in act.path:
            made.sign_in()
        yield made
        made.close()
    assert platform.bugs == []


def go_wrong(case: Case, stage: Stage, stranger: Stranger, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Make the fault of this case happen; gives what ends it."""
    recipe, act, platform = RECIPES[case.fault], ACTS[case.endpoint], stage.platform
    match recipe.get("special"):
        case None:
            faulty(act, recipe, stage, stranger)
            return platform.faults.clear
        case "refused":
            assert platform._server is not None
            platform._server.stop()

            def start_again() -> None:
                platform.stop()
                platform.start()

            return start_again
        case "connect-time-out":

            def nobody_there(*_: object, **__: object) -> None:
                raise TimeoutError

            monkeypatch.setattr("httpcore._backends.sync.socket.create_connection", nobody_there)
            return monkeypatch.undo
        case "leap":
            return _leap(act, stage)
    monkeypatch.setattr(Services, "now", staticmethod(lambda: (datetime.now(UTC) - timedelta(365)).isoformat()))
    return lambda: None


def _leap(act: Act, stage: Stage) -> Callable[[], object]:
    """The computer's clock leaps while the platform works on the request that is meant."""

    def leap(received: Received) -> None:
        if (received.method, act.asked(stage.platform)) == (act.method, 1):
            Stage.clock.ahead_s = 7200.0

    stage.platform.on_received = leap
    return lambda: setattr(stage.platform, "on_received", None)


@pytest.mark.parametrize("case", CASES, indirect=True, ids=lambda case: case.name)
def test_answers(case: Case, stage: Stage, stranger: Stranger, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    act = ACTS[case.endpoint]
    before = kept(stage)
    mend = go_wrong(case, stage, stranger, monkeypatch)
    started_s = time.monotonic()
    seen = play(act, stage)
    elapsed_s = time.monotonic() - started_s
    said = screen.read(act, seen, stage)
    asked = seen.asked if case.asked is not None else None
    assert (*said, outcome(act, stage, seen), asked) == (
        case.sentence,
        case.step,
        case.field,
        case.outcome,
        case.asked,
    ), seen
    assert elapsed_s < LONGEST_S
    assert stage.draft() in stage.services.local.ledger.drafts.all() or case.outcome.startswith("created")
    if not act.is_creating:
        assert kept(stage)[:2] == before[:2]
    mend()
    after(act, stage, seen, case)
    assert never_posts_unseen(stage)
    assert spilled(stage, seen) == []
    assert (stranger.platform.received(), stranger.called.is_set()) == ([], False)


# ---------------------------------------------------------------------- what came of it


def outcome(act: Act, stage: Stage, seen: Seen) -> str:
    """What there is now, on the platform and in the ledger, in the words of the table."""
    made = len(stage.made())
    if act.is_creating:
        (journal,) = stage.journal()
        words = {
            (State.REFUSED, 0): "not created",
            (State.UNKNOWN, 1): "unknown; it is there",
            (State.UNKNOWN, 0): "unknown; it is not there",
            (State.VERIFIED, 1): "created",
            (State.CREATED, 1): "created, not checked",
            (State.DIFFERENT, 1): "created, differs",
            (State.DIFFERENT, 0): "created, differs",  # under the other name that somebody gave it
        }
        return words.get((journal.state, made), f"{journal.state} with {made} on the platform")
    assert (made, stage.posts(), stage.journal()) == (0, 0, [])
    if seen.problem:
        return "not connected" if act.is_connecting else "nothing changed"
    match seen.result:
        case Connected() as connected:
            assert connected.customer in stage.services.local.ledger.customers.all()
            rights = set(connected.customer.rights.values())
            if Right.MISSING in rights:
                return "connected, right missing"
            return "connected, right unknown" if Right.UNKNOWN in rights else "connected"
        case groups.Groups(forest=None) | Authors(people=None):
            return "by pasting"
        case Place(path=()):
            return "by its id alone"
        case Author(name=""):
            return "by the id alone"
        case Author(status="unknown"):
            return "status unknown"
        case Authors(people=()):
            return "nobody suits"
    return "as if nothing had been"


def after(act: Act, stage: Stage, seen: Seen, case: Case) -> None:
    """The fault has passed: the next step leads to where it always leads, and exactly one is there in the end."""
    if not act.is_creating:
        again = act.do(stage)
        if case.outcome in ("as if nothing had been", "connected"):
            assert core_of(seen.result) == core_of(again)
        elif seen.problem is None:
            assert core_of(seen.result) != core_of(again)
        return
    posts = stage.posts()
    if case.outcome == "not created":
        stage.sign_in()
        stage.create()
        assert stage.posts() == posts + 1
    elif case.outcome.startswith("unknown") or case.outcome == "created, not checked":
        (journal,) = stage.journal()
        stage.look(journal.id)
        assert stage.posts() == posts + (case.outcome == "unknown; it is not there")
    journal = stage.journal()[-1]
    (made,) = stage.made() or stage.made("Other")
    assert journal.integration_id == made.id
    assert journal.state is (State.DIFFERENT if case.outcome == "created, differs" else State.VERIFIED)
    assert stage.services.local.ledger.drafts.all() == ()


# ---------------------------------------------------------------------- the table itself


def test_the_table_is_whole() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.endpoint for case in CASES} == set(ACTS)
    assert {case.fault for case in CASES} <= set(RECIPES)
    header = FILE.read_text(encoding="utf-8").splitlines()[0]
    assert tuple(cell.strip() for cell in header.split(" | ")) == COLUMNS


def test_every_recipe_is_used() -> None:
    assert set(RECIPES) - {case.fault for case in CASES} == set()


def test_a_table_reads_as_it_is_written() -> None:
    (only,) = read("fault | sentence\n\n# here\nreset | Oh. | Go | box | kept | 2\n")
    assert only == Case("here", "reset", "Oh.", "Go", "box", "kept", 2)
