"""The rules of copy hold for every sentence in every language."""

from collections.abc import Callable, Iterator

import pytest

from tests.helpers.offenders import assert_clean
from tests.words import rules
from tests.words.sentences import Sentence, french, sentences
from wizard.words import LANGUAGES

Rule = Callable[[Sentence], Iterator[str]]

SAMPLES: list[tuple[Rule, str, str, list[str]]] = [
    (rules.too_long, "en", "one " * 18 + "· – two: three", [f"19 words, at most 18: {'one ' * 18 + '· – two:'!r}"]),
    (rules.too_long, "en", f"{'one ' * 18}– … {'two ' * 18}", []),
    (rules.forbidden_words, "en", "Please use a Token!", ["says 'Please'", "says 'Token'", "says '!'"]),
    (rules.forbidden_words, "en", "{token} through an HTTP proxy", []),
    (rules.forbidden_words, "fr", "Veuillez donner le jeton", ["says 'Veuillez'", "says 'jeton'"]),
    (rules.loose_blanks, "en", "One  two ( three ... four .", ["has '  '", "has '( '", "has ' .'", "has ' .'"]),
    (rules.loose_blanks, "en", "One...", ["has '...'"]),
    (rules.loose_blanks, "en", " One", ["has a blank at an end"]),
    (rules.loose_blanks, "fr", f"{rules.NBSP}%", []),
    (rules.title_case, "en", "Check The Name. Then, The Group", ["has a capital in 'The'", "has a capital in 'Name'",
                                                                 "has a capital in 'Group'"]),
    (rules.title_case, "en", "Sign in to 360Learning in March", []),
    (rules.foreign_quotes, "fr", "L'un \"ou\" “l’autre", ["has '", 'has "', 'has "', "has “"]),
    (rules.breaking_blanks, "fr", "Quoi? Non: 5%", [f"needs a no-break space in {at!r}" for at in ("i?", "n:", "5%")]),
    (rules.breaking_blanks, "fr", "«x»", ["needs a no-break space in '«x'", "needs a no-break space in '»'"]),
    (rules.breaking_blanks, "fr", "Non ;", ["needs a no-break space in ' ;'", "may break at ' ;'"]),
    (rules.breaking_blanks, "fr", f"«{rules.NBSP}users:read{rules.NBSP}»{rules.NARROW}: 5{rules.NBSP}%", []),
    (rules.familiar_address, "fr", "Tu vois ton nom, tout seul", ["says 'Tu'", "says 'ton'"]),
]  # fmt: skip
"""For each rule a sentence that breaks it, with what it says then, and where it has an exception one that is fine."""


def test_each_rule_finds_what_it_forbids() -> None:
    def complaints(sample: tuple[Rule, str, str, list[str]]) -> Iterator[str]:
        rule, language, text, expected = sample
        found = list(rule(Sentence("sample", language, text)))
        if found != expected:
            yield f"{rule.__name__} found {found}"

    assert_clean(SAMPLES, complaints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_sentences(language: str) -> None:
    assert sum(sentence.language == language for sentence in sentences()) > 300


def test_sentences_are_short() -> None:
    assert_clean(sentences(), rules.too_long)


def test_sentences_use_plain_words() -> None:
    assert_clean(sentences(), rules.forbidden_words)


def test_sentences_have_no_loose_blanks_or_dots() -> None:
    assert_clean(sentences(), rules.loose_blanks)


def test_english_is_in_sentence_case() -> None:
    assert_clean((sentence for sentence in sentences() if sentence.language == "en"), rules.title_case)


def test_french_has_its_quotes_and_apostrophes() -> None:
    assert_clean(french(), rules.foreign_quotes)


def test_french_has_blanks_that_do_not_break() -> None:
    assert_clean(french(), rules.breaking_blanks)


def test_french_speaks_to_people_with_respect() -> None:
    assert_clean(french(), rules.familiar_address)
