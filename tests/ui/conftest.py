"""One theme for all tests of windows, light at the start of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from wizard.ui.theme.theme import Appearance, Theme


@pytest.fixture(scope="session")
def _theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Appearance.LIGHT)


@pytest.fixture
def theme(_theme: Theme, qapp: QApplication) -> Iterator[Theme]:
    """The theme in our light palette; whatever a test does to it is undone."""
    font = qapp.font()
    if _theme.appearance is not Appearance.LIGHT:
        _theme.set_appearance(Appearance.LIGHT)
    yield _theme
    _theme.set_reduced_motion(None)
    if qapp.font() != font:
        qapp.setFont(font)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says that its stand-in for one has no size hints; that is no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
