"""What the command line says reaches the window, and an empty one, which is not parsed, says the same as ever."""

import gc

import pytest

from wizard import app
from wizard.__main__ import main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[app.Options]:
    """What the program was opened with; it does not really open."""
    found: list[app.Options] = []

    def run(options: app.Options) -> int:
        found.append(options)
        return 0

    monkeypatch.setattr(app, "run", run)
    monkeypatch.setattr(gc, "disable", lambda: None)
    return found


def test_nothing_said_opens_the_window(opened: list[app.Options]) -> None:
    assert main([]) == 0
    assert opened == [app.Options()]


def test_what_is_said_reaches_the_window(opened: list[app.Options]) -> None:
    main(["--demo", "--platform-url", "https://a.example", "--language", "fr"])
    assert opened == [app.Options(is_practice=True, platform_url="https://a.example", language="fr")]
