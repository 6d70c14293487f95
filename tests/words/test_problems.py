"""Every problem has its sentences, and they use only facts that it comes with."""

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.words.calls import PACKAGE, placeholders
from wizard.core.problems import Code, Field, Problem, Unanswered
from wizard.words import LANGUAGES, open_words
from wizard.words.problems import ACTIONS, SENTENCES, SPECIFIC, UNNAMED, Action, explain

NOT_FACTS = {"field", "detail"}
RAISERS = {"Expected", "Bug", "Problem"}


def _raises() -> Iterator[tuple[str, Code, frozenset[str]]]:
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
                yield f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", Code[code.attr], names


def test_every_code_has_sentences() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(ACTIONS) == set(Action)


def test_every_title_that_names_something_has_one_that_does_not() -> None:
    # Ranges and limits are ours: they are always known.
    named = {code for code, (title, _, _) in SENTENCES.items() if placeholders(title) - {"limit", "low", "high"}}
    assert named == set(UNNAMED)
    assert not any(placeholders(title) for title in UNNAMED.values())


@pytest.mark.parametrize(("where", "code", "facts"), [pytest.param(*r, id=r[0]) for r in _raises()])
def test_a_problem_comes_with_the_facts_of_its_sentences(where: str, code: Code, facts: frozenset[str]) -> None:
    title, text, _ = SENTENCES[code]
    wanted = placeholders(title) | placeholders(text)
    assert wanted <= facts or (code in UNNAMED and not wanted & facts), where


def _problem(code: Code, facts: Mapping[str, str]) -> Problem:
    problem = Problem(code, field=Field.NAME, detail="500")
    problem.facts = facts
    return problem


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SPECIFIC)
def test_what_is_said_where_more_is_known(language: str, code: Code) -> None:
    words = open_words(language)
    for fact, (title, text, action) in SPECIFIC[code]:
        names = {fact, *placeholders(title), *placeholders(text)}
        facts = {name: f"<{name}>" for name in names}
        shown = explain(words, _problem(code, facts))
        assert (shown.title, shown.text) == (words.say(title, **facts), words.say(text, **facts))
        assert shown.action is action


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_a_problem_reads_well_with_and_without_its_facts(language: str, code: Code) -> None:
    words = open_words(language)
    title, text, action = SENTENCES[code]
    facts = {name: f"<{name}>" for name in placeholders(title) | placeholders(text)}
    full = explain(words, _problem(code, facts))
    assert all(fact in full.title + full.text for fact in facts.values())
    assert full.detail == f"{code.value} 500"
    assert full.action is action
    assert bool(full.text) == bool(text)
    for given in ({}, dict.fromkeys(facts, "")) if code in UNNAMED else ():
        bare = explain(words, _problem(code, given))
        assert bare.title == words.say(UNNAMED[code])
        assert "…" not in bare.title
    for sentence in (full.title, full.text):
        assert "{" not in sentence
    assert full.title[-1] not in ".:"
    assert not full.text or full.text.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_a_short_label(language: str) -> None:
    words = open_words(language)
    for action, label in ACTIONS.items():
        assert bool(words.say(label)) == (action is not Action.NONE)
        assert len(words.say(label)) <= 30


def test_a_lost_answer_has_its_sentences() -> None:
    shown = explain(open_words("en"), Unanswered(Problem(Code.TIMED_OUT, host="a.example")))
    assert shown.action is Action.LOOK


def test_what_a_person_typed_stays_as_it_is() -> None:
    name = "{host} 100 % <b>&amp;</b> {0} {name!r}"
    shown = explain(open_words("fr"), Problem(Code.NAME_TAKEN, name=name))
    assert shown.title.startswith(name)
