"""The window is closed at every state of the create job, each time in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.made import customer
from tests.journeys.canary import CANARY, found_in_texts
from tests.journeys.conftest import INTEGRATIONS, NAME, Scene
from tests.journeys.leave_at import MOMENTS
from wizard.core.address import Origin, Region
from wizard.core.draft import Author, Connection, Draft, Frequency, Place, Step
from wizard.core.ids import ObjectId
from wizard.demo import Fault
from wizard.services import Services

ROOT = Path(__file__).resolve().parents[2]


def _prepare(scene: Scene) -> None:
    """A computer whose draft is answered up to the review."""
    services, origin = Services(scene.data_dir, keychain=scene.keychain), Origin(scene.platform.url)
    services.local.ledger.customers.keep(customer("c1", "ACME", origin, "journey-client-id", "ACME Academy"))
    draft = Draft(
        id="d1",
        customer="ACME",
        region=Region.OTHER,
        address=origin,
        client_id="journey-client-id",
        connection=Connection("c1", origin, "journey-client-id", "ACME Academy"),
        group=Place(ObjectId(scene.group()), ("ACME Academy", "Sales", "DACH"), 2, True),
        author=Author(ObjectId(scene.user()), "Alex Martin"),
        name=NAME,
        shows_in_subgroups=True,
        frequency=Frequency.DAILY,
        step=Step.REVIEW,
    )
    services.local.ledger.drafts.keep(draft)
    services.close()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("commit", [True, False], ids=["it happened", "it did not"])
def test_closing_ends_well(scene: Scene, moment: str, commit: bool) -> None:
    _prepare(scene)
    if moment in ("sent", "stopping", "rescue", "looking"):
        scene.platform.faults.add(Fault("silent", "POST", INTEGRATIONS, commit=commit))
    if moment == "looking":
        scene.platform.faults.add(Fault("slow", "GET", INTEGRATIONS, after=3, delay_s=0.1, times=None))
    run = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-W", "error", "-m", "tests.journeys.leave_at",
         str(scene.data_dir), CANARY, moment],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    assert found_in_texts([run.stdout, run.stderr], [CANARY, *scene.tokens()]) == []
    services = Services(scene.data_dir, keychain=scene.keychain)
    open_ones, saved = services.local.ledger.creations.open(), services.local.ledger.creations.saved()
    is_kept = bool(services.local.ledger.drafts.all())
    services.close()
    posts = len(scene.posts())
    # Whatever is on the platform, this computer knows of it; and the answers are still there if it is not saved.
    assert len(scene.made()) <= 1
    assert len(open_ones) + len(saved) == (1 if posts else 0)
    assert is_kept == (moment != "discarded" and not saved)
