"""The lines of an integration whose id is known: what was checked, what differs, when."""

from wizard.core.creation import Creation
from wizard.core.integration import VALUES
from wizard.core.problems import Code, Expected
from wizard.core.text_safety import one_line
from wizard.ui.context import Context
from wizard.ui.widgets.answer_list import AnswerList
from wizard.ui.widgets.lines import ResultLine
from wizard.ui.wizard.pages.base import named
from wizard.ui.wizard.pages.create_cards import secret_problem
from wizard.ui.wizard.pages.create_state import State
from wizard.words.labels import difference_text
from wizard.words.problems import explain


class ResultParts:
    """Makes the parts of a result."""

    def __init__(self, context: Context) -> None:
        self._context, self._theme = context, context.theme
        self._say = context.words.say

        self._asked_at = ""
        self._is_stale = False

    def note_check(self, before: Creation | None, after: Creation | None) -> None:
        """A check has just ended; `after` is what is known now, None at the start of a card."""
        self._asked_at = self._context.runner.now() if after else ""
        # Unlike the first check of an integration, a later one that fails takes no state away.
        self._is_stale = bool(before and after and before.verified_at and before.verified_at == after.verified_at)

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
        if self._is_stale and state is State.DIFFERENT:
            text, why = say("It could not be checked again"), self._reason(creation)
            tried = self._joined(why, say("Last tried: {time}.", time=self._asked()))
            lines.append(ResultLine(theme, text, "untested", help_text=tried, state_name=say("Not tested")))
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
            mended = say("Change it on the platform, then check again.")
            when = self._context.words.day_and_clock(creation.verified_at) if creation.verified_at else ""
            last = say("Last checked: {time}.", time=when) if when else ""
            return ResultLine(theme, text, "warning", help_text=self._joined(mended, last), state_name=warning)
        if state is State.GONE:
            return ResultLine(theme, say("You said that it was deleted. Nothing more is asked about it."), "info")
        if state is State.NOT_THERE:
            shown = explain(self._context.words, Expected(Code.INTEGRATION_NOT_FOUND))
            text = self._joined(shown.text, say("Last checked: {time}.", time=self._asked()))
            return ResultLine(theme, shown.title, "warning", help_text=text, state_name=warning)
        text = say("The platform's list could not be read yet. The ID is safe.")
        tried = say("Last tried: {time}.", time=self._asked()) if self._asked_at else ""
        why = self._joined(self._reason(creation), tried)
        return ResultLine(theme, text, "untested", help_text=why, state_name=say("Not tested"))

    def _asked(self) -> str:
        return self._context.words.day_and_clock(self._asked_at) if self._asked_at else "…"

    @staticmethod
    def _joined(*sentences: str) -> str:
        return " ".join(one for one in sentences if one)

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
