"""What a person reads of a result or a problem: the words of the real presenters, without a job behind them."""

from pathlib import Path

from tests.faults.stage import Act, Seen, Stage, bare
from tests.flow.conftest import Navigated
from tests.helpers.asker import AskAtOnce
from tests.helpers.create_host import Host
from tests.jobs.bench import NAME
from wizard.core.creation import Creation
from wizard.core.creation import State as Journal
from wizard.core.customers import Right
from wizard.core.draft import Author, Place
from wizard.core.problems import Field, Problem
from wizard.flow.wizard import connect_cards
from wizard.flow.wizard.author_sentences import suitability_sentence
from wizard.flow.wizard.create import CreatePresenter
from wizard.flow.wizard.create_cards import card_view
from wizard.flow.wizard.create_state import CreateFacts, Names, state_after, state_of
from wizard.flow.wizard.customer_book import CustomerBook
from wizard.flow.wizard.draft_book import DraftBook
from wizard.flow.wizard.page import Shared
from wizard.flow.wizard.place import PlacePresenter
from wizard.jobs.connection.connect import Connected
from wizard.jobs.places import groups
from wizard.jobs.places.authors import Authors
from wizard.services import Services
from wizard.ui.wizard.pages.object_names import OBJECT_NAMES
from wizard.words import Words
from wizard.words.problems import ACTIONS, explain

_PLACE = {OBJECT_NAMES[Field.GROUP], OBJECT_NAMES[Field.AUTHOR]}
"""The fields of the second page."""


class Screen:
    """The presenters of one wizard."""

    def __init__(self, words: Words) -> None:
        self._words = words
        asker = AskAtOnce(Services(Path()))
        self._book = DraftBook(asker, lambda _problem: None)
        shared = Shared(asker, words, self._book, CustomerBook(), Navigated())
        self._place = PlacePresenter(shared)
        self._create = CreatePresenter(shared, Host())

    def read(self, act: Act, seen: Seen, stage: Stage) -> tuple[str, str, str]:
        """The sentence, the next step, and where both stand."""
        if seen.problem is not None:
            sentence, step = self._problem(act, seen.problem, stage)
            return bare(sentence, stage), step, self._field(act, seen.problem)
        sentence, step = self._result(seen.result, stage)
        return sentence.replace(NAME, "{name}"), step, act.lands if sentence and sentence != f"{NAME} is ready" else ""

    def _field(self, act: Act, problem: Problem) -> str:
        """Where a page says it: at the problem's own field where it has that one, or leads back to it."""
        named = OBJECT_NAMES[problem.field] if problem.field else ""
        is_here = act.is_creating or act.is_connecting or {named, act.lands} <= _PLACE
        return named if problem.field and is_here else act.lands

    def _problem(self, act: Act, problem: Problem, stage: Stage) -> tuple[str, str]:
        if act.is_creating:
            journal = stage.journal()
            creation = journal[-1] if journal and journal[-1].state is not Journal.REFUSED else None
            facts = CreateFacts(state_after(problem), creation, problem, Names(NAME))
            card = card_view(self._words, facts)
            return card.title, card.buttons[0].text
        shown = explain(self._words, problem)
        # A name that could not be looked up is looked up again on the next page: nobody has to do anything.
        step = "" if act.lands == "platformName" else self._words.say(ACTIONS[shown.action])
        assert shown.text.endswith((".", "?")), shown.text
        return shown.title, step

    def _result(self, result: object, stage: Stage) -> tuple[str, str]:
        match result:
            case Connected():
                return self._rights(result), ""
            case groups.Groups(forest=None):
                self._place.group._on_read(result)
                return self._place.group.view().picker.no_list_reason, ""
            case Authors(people=None):
                self._place.author._on_read(result)
                return self._place.author.view().picker.no_list_reason, ""
            case Place(path=()):
                self._book.open(self._book.draft.with_answers(group=result))
                return self._place.group.view().picker.summary.help_text, ""
            case Author():
                text, _status = suitability_sentence(self._words.say, result, stage.place())
                return ("", "") if text.endswith("active") else (text, "")
            case Creation():
                self._create.show_creation(result)
                assert self._create.state is state_of(result)
                shown = self._create.view()
                named = {button.name: button.text for button in shown.result.buttons} if shown.result else {}
                return shown.heading, named.get(self._create.primary, "")
        return "", ""

    def _rights(self, connected: Connected) -> str:
        bad = [r for r in connected.customer.rights.values() if r in (Right.UNKNOWN, Right.MISSING)]
        wanted = {Right.UNKNOWN: "The platform did not answer", Right.MISSING: "Missing."}
        view = connect_cards.rights(self._words, connected)
        lines = [line.text for column in view.columns for line in column]
        said = [text for text in lines if bad and wanted[bad[0]] in text]
        assert len(said) == len(bad)
        return said[0] if said else ""
