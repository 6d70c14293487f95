"""Rights, roles, states, values and checks have words, in every language."""

import dataclasses
import itertools
from collections.abc import Iterator

import pytest

from tests.helpers.offenders import assert_clean
from tests.words.calls import placeholders
from wizard.core.checks import Check, CheckResult, Outcome
from wizard.core.customers import Scope
from wizard.core.integration import Difference, Integration
from wizard.core.people import Role, Status, Suitability
from wizard.core.problems import Code
from wizard.words import LANGUAGES, Words, open_words
from wizard.words.labels import CHECKS, ROLES, SCOPES, STATUSES, VALUES, WITHOUT, check_sentences, difference_text
from wizard.words.problems import SENTENCES, UNNAMED

FACTS: dict[str, str | int] = {"name": "Ada", "group": "Sales", "scope": "users:read", "role": "learner"}
RANGE = {"low": 0, "high": 100, "limit": 80}
FIRST = (Check.SIGN_IN, Check.VALUES, Check.FRESH)
LOOKED_UP = [check for check in Check if check not in FIRST]
GONE = (Code.GROUP_NOT_FOUND, Code.USER_NOT_FOUND, Code.AUTHOR_DELETED)


def _is_ours(code: Code) -> bool:
    """Whether a code speaks of a limit of ours: no platform answers that."""
    title, text, _ = SENTENCES[code]
    return bool(placeholders(title + text)) and code not in UNNAMED


WARNED = [suits.value for suits in Suitability if suits.value in ("weak-role", "not-member", "invited")]
POSSIBLE = [
    *((check, Outcome.PASSED, "") for check in Check if check is not Check.AUTHOR_RIGHTS and check is not Check.RIGHTS),
    *((Check.SIGN_IN, Outcome.FAILED, code.value) for code in Code if code is not Code.STOPPED and not _is_ours(code)),
    *((Check.VALUES, Outcome.FAILED, code.value) for code in Code if code.value.endswith(("missing", "range"))),
    *((check, Outcome.NOT_POSSIBLE, "no-sign-in") for check in LOOKED_UP),
    *itertools.product(LOOKED_UP, [Outcome.NOT_POSSIBLE], ["no-right", "no-answer"]),
    *((check, Outcome.FAILED, code.value) for check, code in itertools.product(LOOKED_UP, GONE)),
    (Check.PLATFORM, Outcome.FAILED, ""),
    (Check.RIGHTS, Outcome.FAILED, "missing"),
    (Check.RIGHTS, Outcome.NOT_POSSIBLE, "untestable"),
    (Check.AUTHOR_ACTIVE, Outcome.WARNING, Status.INVITED.value),
    (Check.AUTHOR_RIGHTS, Outcome.PASSED, Suitability.SUITABLE.value),
    (Check.AUTHOR_RIGHTS, Outcome.PASSED, Suitability.INHERITED.value),
    *((Check.AUTHOR_RIGHTS, Outcome.WARNING, kind) for kind in WARNED),
    (Check.AUTHOR_RIGHTS, Outcome.FAILED, Suitability.GONE.value),
    (Check.NAME_FREE, Outcome.FAILED, ""),
    (Check.NAME_ALONE, Outcome.WARNING, "same-group"),
    (Check.NAME_ALONE, Outcome.WARNING, "above"),
    (Check.FRESH, Outcome.WARNING, "old"),
]
"""Every outcome that the checks can have."""


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    """Each language."""
    return open_words(str(request.param))


def test_the_tables_are_complete(words: Words) -> None:
    assert set(SCOPES) == set(Scope)
    assert set(WITHOUT) <= set(Scope)
    assert set(ROLES) == {*(role.value for role in Role), ""}
    assert set(STATUSES) == {status.value for status in Status}
    assert set(VALUES) == {field.name for field in dataclasses.fields(Integration)}
    for table in (SCOPES, WITHOUT, ROLES, STATUSES, VALUES):
        for label in table.values():
            assert words.say(label)


def test_every_outcome_has_a_title_and_says_what_to_do() -> None:
    spoken = {language: open_words(language) for language in LANGUAGES}

    def complaints(case: tuple[str, tuple[Check, Outcome, str]]) -> Iterator[str]:
        language, (check, outcome, kind) = case
        result = CheckResult(check, outcome, kind, FACTS | (RANGE if check is Check.VALUES else {}))
        title, text = check_sentences(spoken[language], result)
        if not title:
            yield "has no title"
        yield from (f"has {gap} in {title + text!r}" for gap in "…{" if gap in title + text)
        if outcome is Outcome.PASSED and (check, outcome, kind) not in CHECKS:
            yield "has no words of its own"
        if outcome is Outcome.PASSED and text:
            yield f"passed, but says {text!r}"
        if outcome is not Outcome.PASSED and not text.endswith("."):
            yield f"the text {text!r} is no sentence"
        if outcome in (Outcome.WARNING, Outcome.NOT_POSSIBLE) and text == title:
            yield f"says {text!r} twice"

    assert_clean(itertools.product(LANGUAGES, POSSIBLE), complaints)


def test_every_outcome_with_words_of_its_own_can_happen() -> None:
    assert set(CHECKS) <= set(POSSIBLE)


def test_differences_in_words(words: Words) -> None:
    texts = difference_text(words, Difference("no_group_propagation", wanted=True, found=None))
    assert texts == (words.say("Hidden from subgroups"), words.say("Yes"), words.say("The platform does not tell"))
    assert difference_text(words, Difference("logo_url", wanted="", found="{n} %"))[1:] == (words.say("None"), "{n} %")
    assert difference_text(words, Difference("default_progress", wanted=0, found=False))[1:] == ("0", words.say("No"))
