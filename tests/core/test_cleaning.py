"""What a clipboard adds goes away; what cannot be right is refused without being repeated."""

import pickle
import time
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core import cleaning
from wizard.core.cleaning import Cleaned, clean
from wizard.core.problems import Code, Expected, Field
from wizard.core.secret import Secret

CANARY = "kanarie0123456789abcdef012345678"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("abc", "abc"),
        (" abc\t\r\n", "abc"),
        ("abc\n", "abc"),
        ("\u00a0abc\u00a0", "abc"),
        ("\ufeffabc", "abc"),
        ("a\u200bb\u200dc\u2060", "abc"),
        ("\u202eabc\u202c", "abc"),
        ("a\u00adbc", "abc"),
        ("a\x00b\x7fc\x85", "abc"),
        ("\u2028abc\u2029", "abc"),
        ("\ud83dabc\udc00", "abc"),
        ("a b\tc", "a b\tc"),
        ("é 東京 😀", "é 東京 😀"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_clean(text: str, value: str) -> None:
    assert clean(text) == Cleaned(value, value != text)


@given(st.text())
def test_clean_is_done_after_once(text: str) -> None:
    value = clean(text).value
    assert clean(value) == Cleaned(value, was_changed=False)
    assert value == value.strip()
    value.encode()


OneWord = Callable[[str], object]
WORDS: list[tuple[OneWord, Field, Code, Code]] = [
    (cleaning.parse_client_id, Field.CLIENT_ID, Code.CLIENT_ID_MISSING, Code.CLIENT_ID_NOT_READABLE),
    (cleaning.parse_client_secret, Field.CLIENT_SECRET, Code.SECRET_MISSING, Code.SECRET_NOT_READABLE),
]


@pytest.mark.parametrize("around", ["{}", " {} ", "{}\n", "\r\n{}\r\n", "\u200b{}", "\ufeff{}\u00a0", "\t{}\x00"])
def test_around_a_word(around: str) -> None:
    text = around.format(CANARY)
    assert cleaning.parse_client_id(text) == CANARY
    assert cleaning.parse_client_secret(text) == Secret(CANARY)
    assert cleaning.parse_client_secret(text).reveal() == CANARY


@pytest.mark.parametrize(("read", "field", "missing", "unreadable"), WORDS)
def test_words_that_are_none(read: OneWord, field: Field, missing: Code, unreadable: Code) -> None:
    inside = ["a b", "a\nb", "a\u00a0b", "“abc”", "‘abc’", "ab…", "abé", "a\u2013b", "a\tb", "x" * 1001]
    expected = dict.fromkeys(["", " ", "\n", "\u200b\ufeff"], missing) | dict.fromkeys(inside, unreadable)
    seen = {}
    for text in expected:
        with pytest.raises(Expected) as refused:
            read(text)
        assert refused.value.field is field
        seen[text] = refused.value.code
    assert seen == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_problem_never_holds_the_secret(before: str, after: str) -> None:
    text = before + CANARY + after
    try:
        assert cleaning.parse_client_secret(text).reveal() == clean(text).value
    except Expected as problem:
        told = [str(problem), repr(problem), problem.detail, repr(problem.facts), repr(problem.args)]
        told += [*traceback.format_exception(problem), repr(pickle.dumps(vars(problem))), repr(problem.__context__)]
        assert not any(CANARY in line for line in told)


@pytest.mark.parametrize(
    ("text", "name"),
    [("ACME", "ACME"), ("  ACME  Academy\n", "ACME Academy"), ("a\r\nb\tc", "a b c"), ("a\u00a0b", "a b")],
)
def test_names_are_one_line(text: str, name: str) -> None:
    assert cleaning.parse_customer_name(text) == name
    assert cleaning.clean_platform_name(text) == name


def test_the_limit_of_a_customers_name() -> None:
    assert cleaning.parse_customer_name(" x" * 40) == ("x " * 40).strip()
    with pytest.raises(Expected) as refused:
        cleaning.parse_customer_name("x" * 81)
    assert (refused.value.code, refused.value.field) == (Code.CUSTOMER_TOO_LONG, Field.CUSTOMER)
    assert refused.value.facts == {"limit": 80}
    with pytest.raises(Expected) as missing:
        cleaning.parse_customer_name(" \u200b ")
    assert missing.value.code is Code.CUSTOMER_MISSING


@given(st.text())
def test_a_platforms_name_is_stable(text: str) -> None:
    name = cleaning.clean_platform_name(text)
    assert cleaning.clean_platform_name(name) == name
    assert "\n" not in name
    assert "  " not in name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("می\u200cشود", "می\u200cشود"),
        ("क्\u200dष", "क्\u200dष"),
        ("Team \U0001f469\u200d\U0001f4bb", "Team \U0001f469\u200d\U0001f4bb"),
        ("Ude\u200dmy", "Udemy"),
        ("\u200cمی\u200d", "می"),
        ("می\u200c \u200dمی", "می می"),
        ("می\u200c\u200dx", "میx"),
        ("می\u200c\u200dمی", "می\u200cمی"),
        ("Би\u200cлл", "Билл"),
        ("É\u200dÉ", "ÉÉ"),
        ("A\u3164B\u2800", "AB"),
    ],
)
def test_joiners_stay_where_they_are_letters(text: str, name: str) -> None:
    assert cleaning.clean_platform_name(text) == cleaning.parse_customer_name(text) == name


@given(st.text(alphabet=st.sampled_from("ab م\u200c\u200d\u200b\u00a0\U0001f469\n\u202e")))
def test_a_name_is_done_after_once(text: str) -> None:
    name = cleaning.clean_platform_name(text)
    assert cleaning.clean_platform_name(name) == name
    assert name == " ".join(name.split())


def test_a_name_of_nothing_but_joiners_takes_no_time() -> None:
    # As much as a field takes; what is looked at again and again took 16 seconds.
    started_s = time.perf_counter()
    short = "\u0645" + "\u200d" * 1_000 + "\u0645"
    cleaning.clean_platform_name(short)
    reference_s = time.perf_counter() - started_s
    started_s = time.perf_counter()
    for text in ("\u0645" + "\u200d" * 32_000 + "\u0645", "\u0645\u200d" * 16_000, "É\u200d" * 16_000):
        cleaning.clean_platform_name(text)
    assert time.perf_counter() - started_s < 1_000 * reference_s
