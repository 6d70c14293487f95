"""The support file: shown part by part, and saved as it was shown."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.flow.conftest import Kit
from wizard.core.problems import Code, Expected
from wizard.flow.support_file import SupportFilePresenter, SupportFileView
from wizard.words import open_words

NAMES = ("about.txt", "errors.txt", "ledger.txt", "log.txt", "crash.txt")


@dataclass
class Screen:
    """A dialog that keeps what it was told."""

    views: list[SupportFileView] = field(default_factory=list)
    asked: int = 0

    @property
    def view(self) -> SupportFileView:
        """What is shown now."""
        return self.views[-1]

    def render(self, view: SupportFileView) -> None:
        """Show a view state."""
        self.views.append(view)

    def ask_path(self) -> None:
        """Count it."""
        self.asked += 1


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(kit: Kit, screen: Screen) -> SupportFilePresenter:
    return SupportFilePresenter(kit.asker, open_words("en"), screen)


def refuse(*_given: object) -> None:
    raise Expected(Code.STORE_READ_ONLY)


def test_it_shows_all_that_it_saves(kit: Kit, screen: Screen, presenter: SupportFilePresenter, tmp_path: Path) -> None:
    presenter.collect(("ValueError at x.py:1 f",))
    assert screen.view.names == NAMES
    assert screen.view.folder == str(kit.bench.services.local.folders.root)
    first, shown = screen.view.text, {}
    for number, name in enumerate(NAMES):
        presenter.choose_part(number)
        shown[name] = screen.view.text
    assert first == shown["about.txt"]
    assert shown["errors.txt"] == "ValueError at x.py:1 f\n"
    presenter.save()
    assert screen.asked == 1
    presenter.save_as(tmp_path / "file.zip")
    assert (screen.view.outcome, screen.view.outcome_state) == ("Saved as file.zip", "ok")
    with zipfile.ZipFile(tmp_path / "file.zip") as archive:
        assert {name: archive.read(name).decode("utf-8") for name in archive.namelist()} == shown


def test_details_are_versions_and_errors(presenter: SupportFilePresenter) -> None:
    assert presenter.details_text() == ""
    presenter.collect(("ValueError at x.py:1 f",))
    lines = presenter.details_text().splitlines()
    assert lines[0].startswith("integration-wizard: ")
    assert lines[-1] == "ValueError at x.py:1 f"


def test_nothing_is_saved_before_all_is_collected(
    kit: Kit, screen: Screen, presenter: SupportFilePresenter, tmp_path: Path
) -> None:
    kit.asker.hold()
    presenter.collect(())
    presenter.choose_part(0)
    presenter.save_as(tmp_path / "file.zip")
    presenter.save()
    assert (screen.views, screen.asked) == ([], 0)
    kit.asker.release()
    assert screen.asked == 1
    assert not (tmp_path / "file.zip").exists()


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("wizard.jobs.computer.support_file.collect", "This program cannot use its folder. "),
        ("wizard.store.zip_writer.write", "The file could not be saved there. Choose another folder."),
    ],
)
def test_what_fails_is_told(
    screen: Screen,
    presenter: SupportFilePresenter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    sentence: str,
) -> None:
    monkeypatch.setattr(broken, refuse)
    presenter.collect(())
    presenter.save_as(tmp_path / "file.zip")
    assert screen.view.outcome.startswith(sentence)
    assert screen.view.outcome_state == "problem"


def test_a_folder_that_cannot_be_opened_is_told(screen: Screen, presenter: SupportFilePresenter) -> None:
    presenter.tell_folder_not_opened()
    assert screen.view.outcome == "The folder could not be opened. Its path stands above."


def test_a_closed_dialog_is_told_nothing(kit: Kit, screen: Screen, presenter: SupportFilePresenter) -> None:
    kit.asker.hold()
    presenter.collect(())
    presenter.close()
    kit.asker.release()
    assert screen.views == []
