"""Progress lines."""

from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.progress_lines import ProgressLines


def test_the_arc_turns_only_while_it_is_seen_and_may(theme: Theme, qtbot: QtBot) -> None:
    lines = ProgressLines(theme, ["Creating", "Checking"])
    qtbot.addWidget(lines)
    lines.set_step(0, "running", "Creating: sending one request")
    mark = lines._icons[0]
    assert not mark.is_turning()
    lines.show()
    assert mark.is_turning()
    theme.set_reduced_motion(True)
    assert not mark.is_turning()
    theme.set_reduced_motion(False)
    assert mark.is_turning()
    lines.hide()
    assert not mark.is_turning()
    place = lines._texts[1].pos()
    lines.show()
    lines.set_step(0, "done", "Created", note="0.4 s")
    assert lines._texts[1].pos() == place
