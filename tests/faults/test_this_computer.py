"""This computer fails, or somebody else is faster: nothing is sent that is not written down, nothing is lost."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.driver import ROOT
from tests.jobs.bench import INTEGRATIONS, NAME, Bench, never_posts_unseen
from wizard.core.creation import State
from wizard.core.integration import Difference
from wizard.core.problems import Code, Expected
from wizard.demo import PracticePlatform
from wizard.demo.answers import Received
from wizard.jobs.computer import start


def when(platform: PracticePlatform, method: str, do: Callable[[], object], *, nth: int = 1) -> None:
    """Do something at the moment when the nth such request has come and nothing of it has happened yet."""

    def hook(received: Received) -> None:
        if (received.method, received.path) == (method, INTEGRATIONS):
            count = sum(1 for r in platform.received(method, INTEGRATIONS))
            if count == nth:
                do()

    platform.on_received = hook


# ---------------------------------------------------------------------- power cut


def test_what_is_sent_is_on_the_disk_before(bench: Bench, tmp_path: Path) -> None:
    seen: list[str] = []
    ledger = bench.services.local.folders.ledger

    def cut_power() -> None:
        # What the files hold at this moment is all that a power cut would leave.
        shutil.copytree(bench.data_dir, tmp_path / "after")
        with sqlite3.connect(ledger) as other:
            seen.extend(state for (state,) in other.execute("SELECT state FROM operation"))
        other.close()

    draft = bench.draft()
    bench.services.local.ledger.drafts.keep(draft)
    when(bench.platform, "POST", cut_power)
    created = bench.create(draft)
    assert seen == ["sent"]
    rescued = Bench(bench.platform, tmp_path / "after")
    started = start.run(rescued.services, None, rescued.report, rescued.stop)
    (card,) = started.pending
    assert (card.state, started.drafts) == (State.SENT, (draft,))
    assert rescued.look(card.id).integration_id == created.integration_id
    assert (len(bench.made()), bench.posts()) == (1, 1)
    rescued.close()


@pytest.mark.parametrize(("method", "nth", "state"), [("GET", 1, "planned"), ("GET", 2, "created")])
def test_a_power_cut_at_each_request(bench: Bench, tmp_path: Path, method: str, nth: int, state: str) -> None:
    when(bench.platform, method, lambda: shutil.copytree(bench.data_dir, tmp_path / "after"), nth=nth)
    bench.services.local.ledger.drafts.keep(bench.draft())
    bench.create()
    rescued = Bench(bench.platform, tmp_path / "after")
    (card,) = start.run(rescued.services, None, rescued.report, rescued.stop).pending
    assert card.state == state
    (made,) = bench.made()
    if state == "planned":
        # Nothing was sent as far as this computer knows, so what is there now may be somebody else's.
        with pytest.raises(Expected) as refused:
            rescued.look(card.id)
        assert refused.value.code is Code.DUPLICATE_EXTERNAL_PLATFORM
    else:
        assert rescued.look(card.id).integration_id == made.id
    assert bench.posts() == 1
    rescued.close()


# ---------------------------------------------------------------------- the ledger is locked


@contextmanager
def locked(ledger: Path) -> Iterator[Callable[[], None]]:
    """Another program that can lock the ledger; yields what locks it. It lets go at the end."""
    script = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for line in sys.stdin:\n"
        "    db.execute('BEGIN IMMEDIATE')\n"
        "    print('locked', flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(ledger)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        to, back = other.stdin, other.stdout

        def lock() -> None:
            to.write("lock\n")
            to.flush()
            assert back.readline() == "locked\n"

        yield lock
        to.close()


def test_a_ledger_that_another_program_locks_sends_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.store.database.BUSY_S", 0.1)
    bench.restarted()
    draft = bench.draft()
    bench.services.local.ledger.drafts.keep(draft)
    with locked(bench.services.local.folders.ledger) as lock:
        lock()
        with pytest.raises(Expected) as failed:
            bench.create(draft)
    assert (failed.value.code, bench.talk(), bench.journal()) == (Code.STORE_BUSY, [], [])
    assert bench.services.local.ledger.drafts.all() == (draft,)
    assert bench.create(draft).state is State.VERIFIED


def test_a_ledger_locked_while_the_request_is_out_still_tells_the_id(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.store.database.BUSY_S", 0.1)
    bench.restarted()
    with locked(bench.services.local.folders.ledger) as lock:
        when(bench.platform, "POST", lock)
        with pytest.raises(Expected) as failed:
            bench.create()
    (made,) = bench.made()
    assert (failed.value.code, failed.value.facts["integration_id"]) == (Code.STORE_BUSY, made.id)
    assert bench.look().integration_id == made.id
    assert (bench.posts(), never_posts_unseen(bench)) == (1, True)


# ---------------------------------------------------------------------- the disk


@pytest.mark.skipif(sys.platform == "win32", reason="small disks, quotas and users of Linux and macOS")
@pytest.mark.parametrize("how", ["full", "quota", "read-only"])
def test_a_disk_that_takes_nothing(how: str) -> None:
    command = [sys.executable, "-m", "tests.faults.bad_disk", how]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    code = "store-read-only" if how == "read-only" else "store-full"
    assert told["bad"] == {"draft": code, "create": code}
    assert (told["posts_while_bad"], told["made_while_bad"]) == (0, 0)
    assert told["draft_whole"] is True
    assert (told["then"], told["posts"], told["made"], told["saved"]) == ("verified", 1, 1, True)


# ---------------------------------------------------------------------- other people


@pytest.mark.parametrize("what", ["deleted", "renamed", "moved", "given to another author"])
def test_somebody_changes_it_between_create_and_verify(bench: Bench, what: str) -> None:
    world = bench.platform.world

    def meddle() -> None:
        (made,) = world.integrations_named(NAME)
        match what:
            case "deleted":
                del world.integrations[made.id]
            case "renamed":
                made.values["externalPlatform"] = "Renamed"
            case "moved":
                made.values["groupId"] = bench.group("France")
            case _:
                made.values["authorId"] = bench.user("pavel.dvorak@acme.example")

    when(bench.platform, "GET", meddle, nth=2)
    creation = bench.create()
    assert creation.integration_id is not None
    assert bench.restarted().local.ledger.creations.get(creation.id).integration_id == creation.integration_id
    wanted = {
        "deleted": (),
        "renamed": (Difference("external_platform", NAME, "Renamed"),),
        "moved": (Difference("group_id", bench.group(), bench.group("France")),),
        "given to another author": (Difference("author_id", bench.user(), bench.user("pavel.dvorak@acme.example")),),
    }
    state = State.CREATED if what == "deleted" else State.DIFFERENT
    assert (creation.state, creation.differences, bench.posts()) == (state, wanted[what], 1)
    assert creation.reason == (Code.INTEGRATION_NOT_FOUND if what == "deleted" else "")


def test_another_computer_takes_the_name_between_look_and_post(bench: Bench, tmp_path: Path) -> None:
    other = Bench(bench.platform, tmp_path / "other")
    real: list[object] = []

    def be_faster() -> None:
        bench.platform.on_received = None
        real.append(other.create().state)

    when(bench.platform, "POST", be_faster)
    with pytest.raises(Expected) as refused:
        bench.create()
    assert (refused.value.code, real) == (Code.DUPLICATE_EXTERNAL_PLATFORM, [State.VERIFIED])
    assert (bench.journal()[0].state, len(bench.made())) == (State.REFUSED, 1)
    other.close()
