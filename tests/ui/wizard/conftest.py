"""One page alone in a window: the real presenter behind it, a practice platform over real HTTP in front of it."""

from collections.abc import Iterator

import pytest
import shiboken6

from tests.flow.conftest import Kit, kit, platform
from wizard.ui.context import Context
from wizard.ui.runtime.runner import Runner
from wizard.ui.theme.theme import Theme

__all__ = ["kit", "platform"]


@pytest.fixture
def context(kit: Kit, theme: Theme) -> Iterator[Context]:
    """What the page needs; its runner works on the computer of the kit."""
    runner = Runner(kit.bench.services)
    yield Context(theme, kit.shared.words, runner)
    runner.stop_all()
    runner.finish()
    shiboken6.delete(runner)
