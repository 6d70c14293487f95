"""The lines of checks and results, drawn."""

from collections.abc import Callable, Mapping

from wizard.core.problems import Field
from wizard.flow.result_line import LineState, LineView
from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.lines import LineIcon, ResultLine
from wizard.words import Words

_ICONS: Mapping[LineState, LineIcon] = {
    LineState.OK: "ok",
    LineState.WARNING: "warning",
    LineState.PROBLEM: "problem",
    LineState.UNTESTED: "untested",
    LineState.INFO: "info",
}


def result_line(
    theme: Theme, words: Words, view: LineView, on_change: Callable[[Field], object] | None = None
) -> ResultLine:
    """One line; `on_change` is called when its link *Change* is pressed."""
    field = view.field
    line = ResultLine(
        theme,
        view.text,
        _ICONS[view.state],
        help_text=view.help_text,
        state_name=view.state_name,
    )
    if field is not None and on_change is not None:
        line.set_link(words.say("Change"), words.say("Change: {what}", what=view.text))
        line.link_clicked.connect(lambda: on_change(field))
    return line
