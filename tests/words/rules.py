"""The rules of copy: each takes one sentence form and yields what is wrong with it."""

import re
from collections.abc import Iterator

from tests.words.sentences import Sentence

LIMIT = 18
NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
TECHNICAL = r"scopes?|tokens?|jetons?|JSON|(?<!proxy )HTTP(?! proxy)|OAuth|endpoint"
FORBIDDEN = {
    "en": rf"\b(please|invalid|sorry|oops|click here|{TECHNICAL})\b|!",
    "fr": rf"\b(s’il vous plaît|veuillez|svp|invalides?|désolés?|oups|cliquez ici|{TECHNICAL})\b|!",
}
"""Words that blame, beg or need a dictionary."""

CAPITALS = {
    "360Learning", "ACME", "API", "Add", "April", "August", "Create", "Credential", "Credentials", "December",
    "EU", "Europe", "European", "February", "GIF", "HTTP", "I", "ID", "IT", "Integration", "JPEG", "January",
    "July", "June", "MB", "Manager", "March", "May", "New", "November", "October", "PNG", "SVG", "Save",
    "September", "Settings", "Start", "States", "US", "United", "WebP", "Windows", "macOS",
}  # fmt: skip
"""Names, months and labels of the platform that keep their capital inside an English sentence."""


def too_long(sentence: Sentence) -> Iterator[str]:
    """At most 18 words up to the next full stop, colon, semicolon, question mark or ellipsis."""
    for part in re.split(r"(?<=[.?;:…])\s", sentence.text):
        words = [word for word in part.split() if re.search(r"\w", word)]
        if len(words) > LIMIT:
            yield f"{len(words)} words, at most {LIMIT}: {part!r}"


def forbidden_words(sentence: Sentence) -> Iterator[str]:
    """No word that blames, begs or needs a dictionary, and no exclamation mark."""
    for found in re.finditer(FORBIDDEN[sentence.language], re.sub(r"\{\w+\}", "", sentence.text), re.IGNORECASE):
        yield f"says {found[0]!r}"


def loose_blanks(sentence: Sentence) -> Iterator[str]:
    """No double blank, no three dots, no blank inside a bracket, before a stop or at an end."""
    text = sentence.text
    for found in re.finditer(r"\s\s|\.\.\.|\s[.,)]|[(]\s", text):
        yield f"has {found[0]!r}"
    if text != text.strip() and text.strip(f"{NBSP} ") != "%":
        yield "has a blank at an end"


def title_case(sentence: Sentence) -> Iterator[str]:
    """English capitals only at the start of a sentence and in names."""
    for part in re.split(r"(?<=[.?:,])\s|·\s", sentence.text):
        for word in re.findall(r"[\w’']+", part)[1:]:
            if word[0].isupper() and word not in CAPITALS:
                yield f"has a capital in {word!r}"


def foreign_quotes(sentence: Sentence) -> Iterator[str]:
    """French quotes and apostrophes are «, » and ’."""
    for mark in re.findall("['\"“]", sentence.text):
        yield f"has {mark}"


def breaking_blanks(sentence: Sentence) -> Iterator[str]:
    """A French double mark has a blank before it that does not break, and so have the insides of « and »."""
    text = sentence.text
    # A colon inside an address or a right needs none.
    missing = rf"[^{NBSP}{NARROW}][;?!%](?=\s|$|\.)|[^{NBSP}{NARROW}]:(?=\s|$)|«(?!{NBSP}).?|.?(?<!{NBSP})»"
    for found in re.finditer(missing, text):
        yield f"needs a no-break space in {found[0]!r}"
    for found in re.finditer(r"[ ](?=[;:?!%»]).", text):
        yield f"may break at {found[0]!r}"


def familiar_address(sentence: Sentence) -> Iterator[str]:
    """French says vous."""
    for found in re.finditer(r"\b(tu|ton|tes|toi)\b", sentence.text, re.IGNORECASE):
        yield f"says {found[0]!r}"
