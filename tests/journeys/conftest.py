"""A platform, a computer, people at windows; and after each journey the search for its secret and for blocked time."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.guard.sitecustomize import ORIGIN
from tests.journeys.canary import CANARY, Records, clipboards, found_in_files, found_in_texts, records
from tests.journeys.driver import Person
from tests.journeys.heart import PRESSES, RESTYLED, Gap
from wizard.demo import Credential, Integration, PracticePlatform, Settings, guide_credential, practice_credential
from wizard.store.keychain import MemoryKeychain
from wizard.ui.theme.theme import Appearance

_GAPS: list[Gap] = []
_LATE: dict[str, list[bool]] = {}
INTEGRATIONS = "/api/v2/integrations"
TOKEN = "/api/v2/oauth2/token"
NAME = "Atelier Ω"
FIELDS = {
    "externalPlatform",
    "authorId",
    "groupId",
    "defaultCompletion",
    "defaultProgress",
    "noGroupPropagation",
    "externalPlatformLogoUrl",
    "externalPlatformUnicolorLogoUrl",
}
CLIENT_ID = "journey-client-id"
GUIDE_ID = "journey-guide-id"


@dataclass
class Scene:
    """A platform, a computer with its keychain, and whoever sits down at it."""

    platform: PracticePlatform
    qtbot: QtBot
    data_dir: Path
    keychain: MemoryKeychain = field(default_factory=MemoryKeychain)
    people: list[Person] = field(default_factory=list)
    read_timeout_s: float = 5.0

    def sit_down(self, *, language: str = "en", look: Appearance | None = None, url: str | None = None) -> Person:
        """Start the program on this computer."""
        person = Person(
            self.qtbot,
            self.data_dir,
            keychain=self.keychain,
            url=self.platform.url if url is None else url,
            language=language,
            read_timeout_s=self.read_timeout_s,
            look=look,
        )
        self.people.append(person)
        return person

    @staticmethod
    def app() -> QApplication:
        """The one application of this process."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app

    def copy_computer(self) -> None:
        """Go on with a copy of everything on the disk, as it is after a power cut at this moment."""
        copy = self.data_dir.with_name(f"{self.data_dir.name}-copy")
        shutil.copytree(self.data_dir, copy)
        self.data_dir = copy

    # ------------------------------------------------------------------ what the platform received

    def talk(self) -> list[str]:
        """Each request in short words, the sign-ins left out."""
        words = {("GET", INTEGRATIONS): "look", ("POST", INTEGRATIONS): "post"}
        asked = [r for r in self.platform.received() if r.path != TOKEN]
        spoken = [words.get((r.method, r.path), f"{r.method} {r.path}") for r in asked]
        return ["list" if w == "look" and not r.query else w for w, r in zip(spoken, asked, strict=True)]

    def posts(self) -> list[dict[str, object]]:
        """The body of each create request."""
        return [r.body for r in self.platform.received("POST", INTEGRATIONS)]

    def made(self, name: str = NAME) -> list[Integration]:
        """The integrations of that name on the platform."""
        return self.platform.world.integrations_named(name)

    def group(self, name: str = "DACH") -> str:
        """The id of a group."""
        return self.platform.world.group_named(name).id

    def user(self, mail: str = "alex.martin@acme.example") -> str:
        """The id of a person."""
        return self.platform.world.user_with_mail(mail).id

    def saved(self) -> list[dict[str, object]]:
        """What the command line says is saved on this computer."""
        run = subprocess.run(
            [sys.executable, "-m", "wizard", "saved", "--json", "--data-dir", str(self.data_dir)],
            capture_output=True, check=True, text=True,
        )  # fmt: skip
        return json.loads(run.stdout)  # type: ignore[no-any-return]

    def follows_the_rules(self) -> bool:
        """Never a create request without a look right before it, the version on every call, only known fields."""
        talk = self.talk()
        looked = all(at > 0 and talk[at - 1] == "look" for at, word in enumerate(talk) if word == "post")
        calls = [r for r in self.platform.received() if r.path != TOKEN]
        versions = all(r.headers.get("360-api-version") == "v2.0" for r in calls)
        return looked and versions and all(set(body) <= FIELDS for body in self.posts())

    def tokens(self) -> list[str]:
        """Every access token that the platform gave out and still knows."""
        with self.platform.world.lock:
            return list(self.platform.world.tokens)


@pytest.fixture
def platform() -> Iterator[PracticePlatform]:
    """A running platform that knows the canary's credentials, with and without all rights."""
    with PracticePlatform(settings=Settings(rate_limits=False)) as running:
        running.world.add(
            replace(practice_credential(), client_id=CLIENT_ID, client_secret=CANARY),
            Credential(GUIDE_ID, CANARY, guide_credential().scopes),
        )
        yield running
    assert running.bugs == []


@pytest.fixture
def logged() -> Iterator[Records]:
    """Every log record of the journey."""
    with records() as listening:
        yield listening


@pytest.fixture
def scene(
    platform: PracticePlatform,
    qtbot: QtBot,
    tmp_path: Path,
    logged: Records,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """Where a journey happens: nothing but its platform can be reached.

    Afterwards nothing holds the secret, and the window never stood still.
    """
    monkeypatch.setenv(ORIGIN, platform.url.removeprefix("http://"))
    QGuiApplication.clipboard().clear()
    made = Scene(platform, qtbot, tmp_path / "data")
    yield made
    secrets = [CANARY, *made.tokens()]
    spoken = [text for person in made.people if not person.is_ended for text in person.names_and_descriptions()]
    for person in made.people:
        person.leave()
    _GAPS.extend(gap for person in made.people for gap in person.heart.gaps)
    assert [gap for person in made.people for gap in person.heart.standstills(_LATE)] == []
    assert [stray for person in made.people for stray in person.strays] == []
    out = capfd.readouterr()
    assert found_in_files(made.data_dir.parent, secrets) == []
    assert found_in_texts([*logged.lines, out.out, out.err, *clipboards()], secrets) == []
    assert found_in_texts([t for person in made.people for t in person.shown], secrets) == []
    assert found_in_texts(spoken, secrets) == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long the window ever stood still."""
    kinds = {
        "while it waits": [g for g in _GAPS if not g.during.startswith((*PRESSES, RESTYLED))],
        "after a press": [g for g in _GAPS if g.during.startswith(PRESSES)],
    }
    for kind, gaps in kinds.items():
        if gaps:
            worst = max(gaps, key=lambda gap: gap.own_ms)
            text = f"longest gap {kind}: {worst.own_ms:.0f} ms ({worst.during}), of {len(gaps)} beats"
            terminalreporter.write_line(text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says that its stand-in for one has no size hints; that is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
