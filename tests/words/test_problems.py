"""Every problem has its sentences, and they use only facts that it comes with."""

import ast
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.helpers.offenders import assert_clean
from tests.words.calls import PACKAGE, placeholders
from wizard.core.problems import Code, Field, Problem, Unanswered
from wizard.words import LANGUAGES, open_words
from wizard.words.problems import ACTIONS, SENTENCES, SPECIFIC, UNNAMED, Action, explain

NOT_FACTS = {"field", "detail"}
RAISERS = {"Expected", "Bug", "Problem"}


@dataclass(frozen=True)
class Raise:
    """A place in the code where a problem is made."""

    where: str
    code: Code
    facts: frozenset[str]

    def __str__(self) -> str:
        """The place and the problem, as a failure names them."""
        return f"{self.where} {self.code}"


def _raises() -> Iterator[Raise]:
    """Where a problem with a code that can be seen is made, and with which facts."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            code = node.args[0]
            if node.func.id in RAISERS and isinstance(code, ast.Attribute) and ast.unparse(code.value) == "Code":
                if any(keyword.arg is None for keyword in node.keywords):
                    continue
                names = frozenset(k.arg for k in node.keywords if k.arg) - NOT_FACTS
                yield Raise(f"{path.relative_to(PACKAGE.parent).as_posix()}:{node.lineno}", Code[code.attr], names)


def test_every_code_has_sentences() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(ACTIONS) == set(Action)


def test_every_title_that_names_something_has_one_that_does_not() -> None:
    # Ranges and limits are ours: they are always known.
    named = {code for code, (title, _, _) in SENTENCES.items() if placeholders(title) - {"limit", "low", "high"}}
    assert named == set(UNNAMED)
    assert not any(placeholders(title) for title in UNNAMED.values())


def test_a_problem_comes_with_the_facts_of_its_sentences() -> None:
    def complaints(made: Raise) -> Iterator[str]:
        title, text, _ = SENTENCES[made.code]
        wanted = placeholders(title) | placeholders(text)
        if not (wanted <= made.facts or (made.code in UNNAMED and not wanted & made.facts)):
            yield f"needs the facts {sorted(wanted)}, has {sorted(made.facts)}"

    assert_clean(_raises(), complaints)


def test_what_is_said_where_more_is_known() -> None:
    def complaints(case: tuple[str, Code]) -> Iterator[str]:
        words, code = open_words(case[0]), case[1]
        for fact, (title, text, action) in SPECIFIC[code]:
            names = {fact, *placeholders(title), *placeholders(text)}
            facts = {name: f"<{name}>" for name in names}
            shown = explain(words, _problem(code, facts))
            wanted = words.say(title, **facts), words.say(text, **facts), action
            if (shown.title, shown.text, shown.action) != wanted:
                yield f"with {fact} it says {(shown.title, shown.text, shown.action)}, not {wanted}"

    assert_clean(itertools.product(LANGUAGES, SPECIFIC), complaints)


def test_a_problem_reads_well_with_and_without_its_facts() -> None:
    def complaints(case: tuple[str, Code]) -> Iterator[str]:
        words, code = open_words(case[0]), case[1]
        title, text, action = SENTENCES[code]
        facts = {name: f"<{name}>" for name in placeholders(title) | placeholders(text)}
        full = explain(words, _problem(code, facts))
        yield from (f"does not tell {fact}" for fact in facts.values() if fact not in full.title + full.text)
        if (full.detail, full.action) != (f"{code.value} 500", action):
            yield f"has the detail {full.detail!r} and the action {full.action}"
        if bool(full.text) != bool(text):
            yield f"says {full.text!r} for {text!r}"
        if "{" in full.title + full.text:
            yield f"has an open placeholder in {full.title + full.text!r}"
        if full.title[-1] in ".:":
            yield f"the title {full.title!r} ends like a sentence"
        if full.text and not full.text.endswith("."):
            yield f"the text {full.text!r} is no sentence"
        for given in ({}, dict.fromkeys(facts, "")) if code in UNNAMED else ():
            bare = explain(words, _problem(code, given)).title
            if bare != words.say(UNNAMED[code]) or "…" in bare:
                yield f"says {bare!r} where nothing is known"

    assert_clean(itertools.product(LANGUAGES, Code), complaints)


def test_every_action_has_a_short_label() -> None:
    def complaints(case: tuple[str, tuple[Action, str]]) -> Iterator[str]:
        language, (action, label) = case
        said = open_words(language).say(label)
        if bool(said) != (action is not Action.NONE):
            yield f"is labelled {said!r}"
        if len(said) > 30:
            yield f"{said!r} has {len(said)} characters"

    assert_clean(itertools.product(LANGUAGES, ACTIONS.items()), complaints)


def _problem(code: Code, facts: Mapping[str, str]) -> Problem:
    problem = Problem(code, field=Field.NAME, detail="500")
    problem.facts = facts
    return problem


def test_a_lost_answer_has_its_sentences() -> None:
    shown = explain(open_words("en"), Unanswered(Problem(Code.TIMED_OUT, host="a.example")))
    assert shown.action is Action.LOOK


def test_what_a_person_typed_stays_as_it_is() -> None:
    name = "{host} 100 % <b>&amp;</b> {0} {name!r}"
    shown = explain(open_words("fr"), Problem(Code.NAME_TAKEN, name=name))
    assert shown.title.startswith(name)
