"""One language at a time: opening, dates, numbers, and text of others put in untouched."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words.pseudo import MORE, pseudo, pseudo_words
from wizard.words import LANGUAGES, open_words, pick_language, system_language
from wizard.words import words as module

NARROW = "\N{NARROW NO-BREAK SPACE}"
NBSP = "\N{NO-BREAK SPACE}"
NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize("name", ["fr", "FR", "fr_FR", "fr-CA", "fr_BE.UTF-8", "fr_FR@euro"])
def test_french_by_any_of_its_names(name: str) -> None:
    assert open_words(name).say("Cancel") == "Annuler"


@pytest.mark.parametrize("name", ["", "C", "C.UTF-8", "POSIX", "en", "en_GB.UTF-8", "de_DE", "../fr", "frx", "\0"])
def test_english_for_everybody_else(name: str) -> None:
    words = open_words(name)
    assert words.language == "en"
    assert words.say("Cancel") == "Cancel"
    assert words.count("{n} logo", "{n} logos", 2) == "2 logos"


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"\xde\x12\x04\x95\x00\x00\x00\x00\xff\xff\xff\x7f"])
def test_a_catalogue_that_is_missing_or_broken_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / "fr" / "LC_MESSAGES" / "wizard.mo").write_bytes(content)
    monkeypatch.setattr(module, "resource", lambda *_: tmp_path)
    assert open_words("fr").language == "en"


def test_languages_of_a_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    assert isinstance(system_language(), str)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert system_language() == "fr_FR.UTF-8"
    monkeypatch.setenv("LC_ALL", "C")
    assert open_words(system_language()).language == "en"


def test_the_first_language_that_is_spoken() -> None:
    assert pick_language(["de-DE", "fr-CA", "en-US"]) == "fr-CA"
    assert pick_language(["de-DE"]) == pick_language([]) == "en"


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer stands in Paris."""
    time = pytest.importorskip("time")
    if not hasattr(time, "tzset"):
        pytest.skip("this system has one time zone for all programs")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("moment", "english", "french"),
    [
        ("2025-11-21T13:02:11+00:00", "21 November, 14:02:11", "21 novembre, 14:02:11"),
        ("2025-08-03T22:30:00Z", "4 August, 00:30:00", "4 août, 00:30:00"),
        ("2026-02-01T08:00:05.123456+00:00", "1 February, 09:00:05", "1er février, 09:00:05"),
    ],
)
def test_dates(moment: str, english: str, french: str) -> None:
    assert open_words("en").day_and_clock(moment) == english
    assert open_words("fr").day_and_clock(moment) == french
    assert open_words("fr").clock(moment) == english.split(", ")[1][:5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_a_name(language: str) -> None:
    words = open_words(language)
    assert len({words.day_and_clock(f"2025-{month:02}-11T12:00:00Z") for month in range(1, 13)}) == 12


def test_numbers() -> None:
    english, french = open_words("en"), open_words("fr")
    assert [english.number(n) for n in (0, -1, 999, 1240, 1234567, 0.1, 1240.25)] == [
        *("0", "-1", "999", "1,240", "1,234,567", "0.1", "1,240.2"),
    ]
    assert [french.number(n) for n in (0, 1240, 0.1, 1240.25)] == [
        *("0", f"1{NARROW}240", "0,1", f"1{NARROW}240,2"),
    ]
    assert english.say("{percent}%", percent=40) == "40%"
    assert french.say("{percent}%", percent=40) == f"40{NBSP}%"


def test_plurals() -> None:
    english, french = open_words("en"), open_words("fr")
    groups = "{n} subgroup", "{n} subgroups"
    assert [english.count(*groups, n) for n in (0, 1, 2, 1240)] == [
        *("0 subgroups", "1 subgroup", "2 subgroups", "1,240 subgroups"),
    ]
    assert [french.count(*groups, n) for n in (0, 1, 2, 1240)] == [
        *("0 sous-groupe", "1 sous-groupe", "2 sous-groupes", f"1{NARROW}240 sous-groupes"),
    ]


def test_nothing_and_gaps() -> None:
    for language in LANGUAGES:
        assert open_words(language).say("") == ""
        assert "…" in open_words(language).say("No connection to {host}")


TRICKY = (
    st.text() | st.text(alphabet="{}%<>&$\\!:.[]0n_sr\u202e ") | st.sampled_from(["{n}", "{group}", "%(n)s", "{0}"])
)


@given(TRICKY)
def test_text_of_others_is_put_in_once_and_as_it_is(text: str) -> None:
    for language in LANGUAGES:
        words = open_words(language)
        frame = words.say("No connection to {host}", host="\0")
        assert words.say("No connection to {host}", host=text) == frame.replace("\0", text)
        one = "Visible in {group} and {n} subgroup.", "Visible in {group} and {n} subgroups."
        frame = words.count(*one, 2, group="\0")
        assert words.count(*one, 2, group=text) == frame.replace("\0", text)


@given(st.lists(st.sampled_from(["{n}", "{name}", "word", "a", " ", ". "]), min_size=1).map("".join))
def test_the_pseudo_language_is_longer_and_keeps_placeholders(message: str) -> None:
    text = pseudo(message)
    names = [[name for _, name, _, _ in Formatter().parse(t) if name] for t in (message, text)]
    assert names[0] == names[1]
    visible = len(message.replace("{name}", "").replace("{n}", ""))
    assert len(text.replace("{name}", "").replace("{n}", "")) >= visible * (1 + MORE)
    assert text.startswith("[")


def test_the_pseudo_language_speaks() -> None:
    words = pseudo_words()
    assert words.say("") == ""
    assert words.say("Creating {name}", name="{x}").startswith("[")
    assert "{x}" in words.say("Creating {name}", name="{x}")
    assert "3" in words.count("{n} logo", "{n} logos", 3)
    assert words.day_and_clock("2025-11-21T13:02:11+00:00")


def test_words_need_no_qt_and_no_network() -> None:
    code = (
        "import sys, wizard.words; wizard.words.open_words('en').say('Cancel');"
        "print([m for m in ('PySide6', 'httpx', 'babel') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
