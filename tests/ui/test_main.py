"""What the command line says reaches the window, and an empty one, which is not parsed, says the same as ever."""

import pytest

from wizard.__main__ import main
from wizard.app import program


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[program.Options]:
    """What the program was opened with; it does not really open."""
    found: list[program.Options] = []

    def run(options: program.Options) -> int:
        found.append(options)
        return 0

    monkeypatch.setattr(program, "run", run)
    return found


def test_nothing_said_opens_the_window(opened: list[program.Options]) -> None:
    assert main([]) == 0
    assert opened == [program.Options()]


def test_what_is_said_reaches_the_window(opened: list[program.Options]) -> None:
    main(["--demo", "--platform-url", "https://a.example", "--language", "fr"])
    assert opened == [program.Options(is_practice=True, platform_url="https://a.example", language="fr")]
