"""The lines of an integration whose id is known: what was checked, what differs, when."""

from wizard.core.creation import Creation
from wizard.core.integration import VALUES
from wizard.core.problems import Code, Expected
from wizard.ui.kit.answers import AnswerList
from wizard.ui.kit.lines import ResultLine
from wizard.ui.pages.base import Context, named
from wizard.ui.pages.create_cards import secret_problem
from wizard.ui.pages.create_state import State
from wizard.ui.plain import one_line
from wizard.words.labels import difference_text
from wizard.words.problems import explain


class ResultParts:
    """Makes the parts of a result."""

    def __init__(self, context: Context) -> None:
        self._context, self._theme = context, context.theme
        self._say = context.words.say

    def heading(self, state: State, name: str) -> str:
        """What became of it."""
        say = self._say
        return {
            State.DONE: say("{name} is ready", name=name),
            State.DIFFERENT: say("{name} was created, but not everything is as asked", name=name),
            State.NOT_CHECKED: say("{name} was created, but not checked yet", name=name),
            State.NOT_THERE: say("{name} was created, but is not there now", name=name),
            State.GONE: say("{name} was deleted on the platform", name=name),
            State.NOT_SAVED: say("{name} was created, but its ID could not be saved", name=name),
        }[state]

    def lines(self, state: State, creation: Creation | None) -> list[ResultLine]:
        """What is known of it, line by line."""
        say, theme = self._say, self._theme
        passed = say("Passed")
        if state is State.NOT_SAVED:
            text = say("Copy the ID now. The disk of this computer could not take it.")
            return [ResultLine(theme, text, "problem", state_name=say("Failed"))]
        lines = []
        if creation and creation.is_adopted:
            text = say("It was there already and was taken into your list. Nothing was sent twice.")
            lines.append(ResultLine(theme, text, "ok", state_name=passed))
        lines.append(self._checked(state, creation))
        lines.append(ResultLine(theme, say("Saved in your list"), "ok", state_name=passed))
        return lines

    def _checked(self, state: State, creation: Creation | None) -> ResultLine:
        say, count, theme = self._say, self._context.words.count, self._theme
        warning = say("Warning")
        if state is State.DONE:
            text = count("Checked: {n} value matches", "Checked: all {n} values match", VALUES)
            return ResultLine(theme, text, "ok", state_name=say("Passed"))
        if state is State.DIFFERENT and creation:
            text = count("Checked: {n} value differs", "Checked: {n} values differ", len(creation.differences))
            return ResultLine(theme, text, "warning", state_name=warning)
        if state is State.GONE:
            return ResultLine(theme, say("You said that it was deleted. Nothing more is asked about it."), "info")
        if state is State.NOT_THERE:
            shown = explain(self._context.words, Expected(Code.INTEGRATION_NOT_FOUND))
            return ResultLine(theme, shown.title, "warning", help_text=shown.text, state_name=warning)
        text = say("The platform's list could not be read yet. The ID is safe.")
        return ResultLine(theme, text, "untested", help_text=self._reason(creation), state_name=say("Not tested"))

    def _reason(self, creation: Creation | None) -> str:
        """Why it could not be checked, where this was just tried."""
        code = creation.reason if creation else ""
        if code not in set(Code) or code in (Code.STOPPED, Code.OUTCOME_UNKNOWN):
            return ""
        shown = explain(self._context.words, secret_problem(creation, None) or Expected(Code(code)))
        return f"{shown.title}. {shown.text}"

    def differences(self, creation: Creation) -> AnswerList:
        """Each value that is not as asked."""
        rows = AnswerList(self._theme)
        named(rows, "differences")
        for row in creation.differences:
            name, wanted, found = difference_text(self._context.words, row)
            text = self._say("Asked: {wanted}. On the platform: {found}.", wanted=wanted, found=one_line(found))
            rows.add(row.name, name, text)
        return rows
