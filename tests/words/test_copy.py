"""The rules of copy, for every sentence in every language."""

import re

import pytest

import words as command
from wizard.words import LANGUAGES

LIMIT = 18
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
TECHNICAL = r"scopes?|tokens?|jetons?|JSON|(?<!proxy )HTTP(?! proxy)|OAuth|endpoint"
FORBIDDEN = {
    "en": rf"\b(please|invalid|sorry|oops|click here|{TECHNICAL})\b|!",
    "fr": rf"\b(s’il vous plaît|veuillez|svp|invalides?|désolés?|oups|cliquez ici|{TECHNICAL})\b|!",
}
"""Words that blame, beg or need a dictionary."""


def _texts(language: str) -> list[str]:
    if language == "en":
        catalogue = command.read(command.TEMPLATE)
        forms = [message.id for message in catalogue if message.id]
    else:
        catalogue = command.read(command.po_path(language), language)
        forms = [message.string for message in catalogue if message.id and message.string]
    return [text for form in forms for text in ([form] if isinstance(form, str) else form)]


TEXTS = [(language, text) for language in LANGUAGES for text in _texts(language)]
FRENCH = [text for language, text in TEXTS if language == "fr"]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_sentence_is_short_and_plain(language: str, text: str) -> None:
    for sentence in re.split(r"(?<=[.?;:…])\s", text):
        words = [word for word in sentence.split() if re.search(r"\w", word)]
        assert len(words) <= LIMIT, sentence
    assert not re.search(FORBIDDEN[language], re.sub(r"\{\w+\}", "", text), re.IGNORECASE)
    assert not re.search(r"\s\s|\.\.\.|\s[.,)]|[(]\s", text)
    assert text == text.strip() or text.strip(f"{NBSP} ") == "%"


@pytest.mark.parametrize("text", [text for language, text in TEXTS if language == "en"])
def test_english_is_in_sentence_case(text: str) -> None:
    names = {
        "360Learning", "ACME", "API", "Add", "April", "August", "Create", "Credential", "Credentials", "December",
        "EU", "Europe", "European", "February", "GIF", "HTTP", "I", "ID", "IT", "Integration", "JPEG", "January",
        "July", "June", "MB", "Manager", "March", "May", "New", "November", "October", "PNG", "SVG", "Save",
        "September", "Settings", "Start", "States", "US", "United", "WebP", "Windows", "macOS",
    }  # fmt: skip
    for sentence in re.split(r"(?<=[.?:,])\s|·\s", text):
        for word in re.findall(r"[\w’']+", sentence)[1:]:
            assert not word[0].isupper() or word in names, word


@pytest.mark.parametrize("text", FRENCH)
def test_french_has_its_blanks_and_apostrophes(text: str) -> None:
    assert "'" not in text
    assert '"' not in text
    assert "“" not in text
    # Before a double mark a blank that does not break; a colon inside an address or a right is none.
    assert not re.search(rf"[^{NBSP}{NARROW}][;?!%](?=\s|$|\.)|[^{NBSP}{NARROW}]:(?=\s|$)", text)
    assert not re.search(rf"«(?!{NBSP})|(?<!{NBSP})»", text)
    assert not re.search(r"[ ](?=[;:?!%»])", text)


def test_french_speaks_to_people_with_respect() -> None:
    for text in FRENCH:
        assert not re.search(r"\b(tu|ton|tes|toi)\b", text, re.IGNORECASE), text
