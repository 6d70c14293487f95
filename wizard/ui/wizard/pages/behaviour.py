"""Page 3: the name that learners see, and how the content behaves."""

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.core import cleaning
from wizard.core.draft import Frequency, Step
from wizard.core.integration import PROGRESS_RANGE, logo_problem
from wizard.core.problems import Code, Expected, Field, Problem
from wizard.core.text_safety import one_line
from wizard.jobs.integrations import names
from wizard.jobs.integrations.names import NameState, NameWanted
from wizard.ui.context import Context
from wizard.ui.runtime.runner import Handle
from wizard.ui.widgets.base import Hairline
from wizard.ui.widgets.choices import Choices
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import FieldBox, LiveFieldBox
from wizard.ui.widgets.number_edit import NumberEdit
from wizard.ui.widgets.page_body import PageBody
from wizard.ui.wizard.pages.base import Page, named
from wizard.ui.wizard.pages.logo import LogoPreview
from wizard.words.problems import explain

_PAUSE_MS = 400
"""How long typing has to rest before the name is looked up."""


class BehaviourPage(Page):
    """Positive questions with a live sentence each; the API's flags follow from the answers."""

    step = Step.BEHAVIOUR

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        named(self, "behaviourPage")
        self._handle: Handle[NameState] | None = None
        self._taken: str = ""

    # ------------------------------------------------------------------ what is shown

    def build(self) -> Iterator[PageBody]:
        say, theme = self.say, self.theme
        body = PageBody(theme, say("How should it look and behave?"), units=37.5)
        self.name = QLineEdit()
        named(self.name, "platformName")
        self.name.textChanged.connect(self._on_name_changed)
        self._look_up = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._look_up.timeout.connect(self._on_name_rested)
        self.subgroups = Choices(theme, [("yes", say("Yes")), ("no", say("No"))], is_horizontal=True)
        named(self.subgroups.button("yes"), "subgroupsYes")
        named(self.subgroups.button("no"), "subgroupsNo")
        self.subgroups.chosen.connect(self._on_subgroups_chosen)
        self.frequency = Choices(
            theme,
            [
                (Frequency.OFTEN, say("Several times a day")),
                (Frequency.DAILY, say("Once a day or less")),
                (Frequency.UNSURE, say("Not sure")),
            ],
        )
        for frequency, name in zip(Frequency, ("progressOften", "progressDaily", "progressUnsure"), strict=True):
            named(self.frequency.button(frequency), name)
        self.frequency.chosen.connect(self._on_frequency_chosen)
        self.fields = {
            Field.NAME: LiveFieldBox(theme, say("Name shown to learners"), self.name, units=26),
            Field.SUBGROUPS: LiveFieldBox(theme, say("Show the content in subgroups too?"), self.subgroups),
            Field.PROGRESS: LiveFieldBox(theme, say("How often will progress be sent back?"), self.frequency),
        }
        body.add(self.summary)
        for box in self.fields.values():
            body.add(box)
        yield body
        body.add(Hairline(theme))
        self.more = Disclosure(theme, say("More"), self._more(), note="")
        named(self.more.row, "more")
        body.add(self.more, gap=8)
        yield body

    def _more(self) -> QWidget:
        say, theme = self.say, self.theme
        self.start_progress = NumberEdit(theme, *PROGRESS_RANGE, suffix=say("%"))
        named(self.start_progress, "startProgress")
        self.start_progress.valueChanged.connect(self._on_start_progress_changed)
        self.logo, self.unicolor_logo = QLineEdit(), QLineEdit()
        named(self.logo, "logoUrl")
        named(self.unicolor_logo, "unicolorLogoUrl")
        for edit in (self.logo, self.unicolor_logo):
            edit.textChanged.connect(self._on_logos_changed)
            edit.editingFinished.connect(self._on_logos_left)
        self.fields[Field.START_PROGRESS] = LiveFieldBox(
            theme, say("Progress when a learner starts"), self.start_progress, units=6
        )
        transparent = say("A picture with a transparent background looks best. The address starts with https://")
        self.fields[Field.LOGO] = FieldBox(
            theme, say("Address of the logo"), self.logo, help_text=transparent, units=34
        )
        self.fields[Field.UNICOLOR_LOGO] = FieldBox(
            theme,
            say("Address of the single-colour logo"),
            self.unicolor_logo,
            help_text=say("Without it the logo above is used."),
            units=34,
        )
        self.previews = {
            Field.LOGO: LogoPreview(self.context, "previewLogo", say("Preview the logo")),
            Field.UNICOLOR_LOGO: LogoPreview(
                self.context, "previewUnicolorLogo", say("Preview the single-colour logo")
            ),
        }
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        for field in (Field.START_PROGRESS, Field.LOGO, Field.UNICOLOR_LOGO):
            column.addWidget(self.fields[field])
            if field in self.previews:
                self.fields[field].add_beside(self.previews[field].button)
                self.previews[field].refused.connect(self.fields[field].describe_more)
                column.addWidget(self.previews[field])
        return box

    # ------------------------------------------------------------------ filling

    def fill(self) -> None:
        draft = self.draft
        for edit, text in (
            (self.name, draft.name),
            (self.logo, draft.logo_url),
            (self.unicolor_logo, draft.unicolor_logo_url),
        ):
            if cleaning.clean_platform_name(edit.text()) != text:
                edit.setText(text)
        self.subgroups.set_value({True: "yes", False: "no", None: ""}[draft.shows_in_subgroups])
        self.frequency.set_value(draft.frequency or "")
        self.start_progress.setValue(draft.start_progress)
        self._taken = ""
        self._say_live()
        if draft.name:
            self._on_name_rested()

    def _say_live(self) -> None:
        """The sentence under each answer."""
        say, draft = self.say, self.draft
        self.fields[Field.SUBGROUPS].set_live(self._subgroups_sentence())
        sentences = {
            None: "",
            True: say("A course is completed as soon as a learner opens it, so nobody is stuck in a path."),
            False: say("A course is completed when its progress says so."),
        }
        completes = draft.frequency.completes_at_launch if draft.frequency else None
        self.fields[Field.PROGRESS].set_live(sentences[completes])
        percent = draft.start_progress
        self.fields[Field.START_PROGRESS].set_live(say("A learner who clicks Start sees {percent}%.", percent=percent))
        logos = sum(1 for url in (draft.logo_url, draft.unicolor_logo_url) if url)
        self.previews[Field.LOGO].set_url(draft.logo_url)
        self.previews[Field.UNICOLOR_LOGO].set_url(draft.unicolor_logo_url)
        note = say("Start progress {percent}%", percent=percent)
        with_logos = self.count("{n} logo", "{n} logos", logos) if logos else say("no logos")
        self.more.set_note(f"{note}, {with_logos}")

    def _subgroups_sentence(self) -> str:
        draft = self.draft
        if draft.shows_in_subgroups is None or draft.group is None:
            return ""
        group = one_line(draft.group.name) if draft.group.path else self.say("the group")
        if not draft.shows_in_subgroups:
            return self.say("Visible in {group} only.", group=group)
        if draft.group.subgroups is None:
            return self.say("Visible in {group} and its subgroups.", group=group)
        if draft.group.subgroups == 0:
            return self.say("Visible in {group}. It has no subgroups yet; later ones will see it too.", group=group)
        return self.count(
            "Visible in {group} and {n} subgroup.",
            "Visible in {group} and {n} subgroups.",
            draft.group.subgroups,
            group=group,
        )

    # ------------------------------------------------------------------ the name

    def _on_name_changed(self, text: str) -> None:
        if self._is_loading:
            return
        self.mend(Field.NAME)
        self._taken = ""
        self.answer(name=cleaning.clean_platform_name(text))
        self._forget_look_up()
        self.fields[Field.NAME].set_live("")
        if self.draft.name:
            self._look_up.start()

    def _forget_look_up(self) -> None:
        self._look_up.stop()
        if self._handle:
            self._handle.drop()
            self._handle = None

    def _on_name_rested(self) -> None:
        self._forget_look_up()
        group = self.draft.group
        if group is None or not self.draft.name:
            return
        wanted = NameWanted(self.draft.customer_id, group, self.draft.name)
        self._handle = self.runner.start(names.run, wanted, self._on_name_known, self._on_name_unknown)

    def _on_name_known(self, state: NameState) -> None:
        self._handle = None
        name, box, say = self.draft.name, self.fields[Field.NAME], self.say
        shown = one_line(name)
        if state.taken_by:
            self._taken = name
            box.set_problem(self._taken_sentence(name))
        elif state.alike:
            other, group = state.alike[0]
            text = say(
                "Free, but “{other}” exists in {group}. Learners may mix them up.",
                other=one_line(other.external_platform),
                group=one_line(group) or say("the group"),
            )
            box.set_live(text, "warning")
        else:
            box.set_live(say("Learners see {name}. Free in this group.", name=shown), "ok", bold=shown)

    def _on_name_unknown(self, problem: Problem) -> None:
        self._handle = None
        if problem.code is not Code.STOPPED:
            title = explain(self.context.words, problem).title
            text = self.say("Not checked yet: {reason}. It is checked again on the next page.", reason=title)
            self.fields[Field.NAME].set_live(text, "untested")

    def _taken_sentence(self, name: str) -> str:
        shown = explain(self.context.words, Expected(Code.NAME_TAKEN, field=Field.NAME, name=one_line(name)))
        return f"{shown.title}. {shown.text}"

    def name_sentence(self) -> str:
        """What stands under the name: free, like another one, or taken; empty until it was looked up."""
        return self.fields[Field.NAME].line.line()

    # ------------------------------------------------------------------ the other answers

    def _on_subgroups_chosen(self, key: str) -> None:
        self.mend(Field.SUBGROUPS)
        self.answer(shows_in_subgroups=key == "yes")
        self._say_live()

    def _on_frequency_chosen(self, key: str) -> None:
        self.mend(Field.PROGRESS)
        self.answer(frequency=Frequency(key))
        self._say_live()

    def _on_start_progress_changed(self, value: int) -> None:
        self.answer(start_progress=value)
        if not self._is_loading:
            self._say_live()

    def _on_logos_changed(self) -> None:
        if self._is_loading:
            return
        self.mend(Field.LOGO)
        self.mend(Field.UNICOLOR_LOGO)
        self.answer(
            logo_url=cleaning.clean(self.logo.text()).value,
            unicolor_logo_url=cleaning.clean(self.unicolor_logo.text()).value,
        )
        self._say_live()

    def _on_logos_left(self) -> None:
        for field, url in (
            (Field.LOGO, self.draft.logo_url),
            (Field.UNICOLOR_LOGO, self.draft.unicolor_logo_url),
        ):
            problem = logo_problem(url) if url else None
            shown = explain(self.context.words, problem) if problem else None
            self.fields[field].set_problem(f"{shown.title}. {shown.text}" if shown else None)

    def may_leave(self) -> bool:
        problems: tuple[Problem, ...] = self.draft.problems(self.step)
        if self._taken and self._taken == self.draft.name:
            taken = Expected(Code.NAME_TAKEN, field=Field.NAME, name=one_line(self._taken))
            problems = (taken, *problems)
        more = {Field.START_PROGRESS, Field.LOGO, Field.UNICOLOR_LOGO}
        if any(p.field in more for p in problems):
            self.more.set_open(True)
        self.show_problems(problems)
        return not problems

    def focus_field(self, field: Field) -> None:
        if field in (Field.START_PROGRESS, Field.LOGO, Field.UNICOLOR_LOGO):
            self.more.set_open(True)
        super().focus_field(field)
