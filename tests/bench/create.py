"""*Create* to saved against the bare sum of its three round trips, on a platform 50 ms away."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.bench.figures import Figure, compare, in_turns
from tests.helpers.made import customer
from tests.shots.stage import AUTHOR, GROUP, complete_draft, open_stage
from wizard.core.address import Origin
from wizard.core.creation import State
from wizard.core.secret import Secret
from wizard.demo import PracticePlatform, Settings, practice_credential
from wizard.jobs.integrations import create
from wizard.services import Services
from wizard.store.keychain import MemoryKeychain

LATENCY_S = 0.05
GOAL = 1.2
_PATH = "/api/v2/integrations"


class _RoundTrips:
    """The three requests alone, on one connection that stays open: the list by name, the creation, the list again."""

    def __init__(self, platform: PracticePlatform) -> None:
        """Signs in."""
        self._platform, self._number = platform, 0
        credential = practice_credential()
        self._http = httpx.Client(base_url=platform.url, headers={"360-api-version": "v2.0"}, trust_env=False)
        form = {
            "grant_type": "client_credentials",
            "client_id": credential.client_id,
            "client_secret": credential.client_secret,
        }
        token = self._http.post("/api/v2/oauth2/token", json=form).raise_for_status().json()["access_token"]
        self._http.headers["authorization"] = f"Bearer {token}"

    def __call__(self) -> float:
        """Milliseconds of the three."""
        self._number += 1
        name = f"Bare {self._number}"
        world = self._platform.world
        body = {
            "externalPlatform": name,
            "groupId": world.group_named(GROUP).id,
            "authorId": world.user_with_mail(AUTHOR).id,
            "defaultCompletion": True,
            "defaultProgress": 0,
            "noGroupPropagation": False,
        }
        query = {"externalPlatform[eq]": name}
        began = time.perf_counter()
        self._http.get(_PATH, params=query).raise_for_status().json()
        self._http.post(_PATH, json=body).raise_for_status().json()
        self._http.get(_PATH, params=query).raise_for_status().json()
        spent = time.perf_counter() - began
        _forget(self._platform, name)
        return spent * 1000

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()


class _Jobs:
    """The program's own way: journal, look, send, answer, verify, saved; signed in before, as after the checks."""

    def __init__(self, platform: PracticePlatform, folder: Path) -> None:
        """Saves the customer and signs in."""
        self._platform, self._number = platform, 0
        credential = practice_credential()
        self._services = Services(folder, keychain=MemoryKeychain())
        saved = customer("c1", "ACME", Origin(platform.url), credential.client_id, "ACME Academy")
        self._services.local.secrets.keychain.save(saved.entry, Secret(credential.client_secret))
        self._services.local.ledger.customers.keep(saved)
        self._services.connections.session("c1").platform.sign_in(lambda _progress: None, threading.Event())

    def __call__(self) -> float:
        """Milliseconds from the press of the button to the id that is verified and saved."""
        self._number += 1
        draft = complete_draft(self._platform, name=f"Ours {self._number}")
        before = len(self._platform.received())
        began = time.perf_counter()
        wanted = create.CreateWanted(replace(draft, id=f"draft {self._number}"))
        made = create.run(self._services, wanted, lambda _news: None, threading.Event())
        spent = time.perf_counter() - began
        trips = len(self._platform.received()) - before
        if made.state is not State.VERIFIED or trips != 3:
            raise RuntimeError(f"{made.state} after {trips} requests")
        _forget(self._platform, draft.name)
        return spent * 1000

    def close(self) -> None:
        """Closes ledger and connection."""
        self._services.close()


def _forget(platform: PracticePlatform, name: str) -> None:
    """Take an integration away again, so that every round meets the same platform."""
    with platform.world.lock:
        for found in platform.world.integrations_named(name):
            del platform.world.integrations[found.id]


def figures(rounds: int, latency_s: float = LATENCY_S, *, with_window: bool = True) -> list[Figure]:
    """The jobs against the goal; the window, from the press to the id on the screen, for information."""
    settings = Settings(rate_limits=False, latency_s=latency_s)
    with TemporaryDirectory(prefix="wizard-bench-") as folder, PracticePlatform(settings=settings) as platform:
        bare, jobs = _RoundTrips(platform), _Jobs(platform, Path(folder) / "jobs")
        acts: list[Callable[[], float]] = [bare, jobs]
        stage = None
        if with_window:
            settings.latency_s = 0.0
            stage = open_stage(platform, Path(folder) / "window")
            shown = stage
            settings.latency_s = latency_s
            acts.append(lambda: shown.time_a_creation(_forget) * 1000)
        try:
            values = in_turns(rounds, *acts)
        finally:
            bare.close()
            jobs.close()
            if stage:
                stage.close()
    note = f"3 round trips at {latency_s * 1000:.0f} ms"
    found = [compare("Create to saved", values[1], values[0], "ms", GOAL, note)]
    if with_window:
        found.append(compare("Create to the id on screen", values[2], values[0], "ms", None, "button to id"))
    return found
