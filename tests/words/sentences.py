"""Every sentence form in every language, with the file and line where it stands."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Message

import words as command
from tests.words.calls import calls
from wizard.words import LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]
"""The languages that have a catalogue; English stands in the code."""


@dataclass(frozen=True)
class Sentence:
    """One form of one message."""

    where: str
    language: str
    text: str
    message: str = ""
    """The English message that a translation belongs to."""

    def __str__(self) -> str:
        """The place and the sentence, as a failure names them."""
        return f"{self.where} {self.text!r}" + (f" (of {self.message!r})" if self.message else "")


@dataclass(frozen=True)
class Entry:
    """One message of a catalogue, as it lies on the disk."""

    where: str
    language: str
    message: Message

    @property
    def originals(self) -> tuple[str, ...]:
        """The English forms."""
        return _forms(self.message.id)

    @property
    def translations(self) -> tuple[str, ...]:
        """The translated forms; an empty one waits for its translation."""
        return _forms(self.message.string)

    def __str__(self) -> str:
        """The place and the message, as a failure names them."""
        return f"{self.where} {self.originals[0]!r}"


@functools.cache
def entries() -> tuple[Entry, ...]:
    """The messages of all catalogues, without their headers."""
    found = []
    for language in OTHERS:
        path = command.po_path(language)
        for message in command.read(path, language):
            if message.id:
                where = f"{path.relative_to(command.ROOT).as_posix()}:{message.lineno}"
                found.append(Entry(where, language, message))
    return tuple(found)


@functools.cache
def sentences() -> tuple[Sentence, ...]:
    """All of them: English as often as the code says it, every other language as its catalogue has it."""
    return (*_english(), *_translated())


def french() -> tuple[Sentence, ...]:
    """The French ones."""
    return tuple(sentence for sentence in sentences() if sentence.language == "fr")


def _english() -> Iterator[Sentence]:
    for call in calls():
        for text in filter(None, call.messages):
            yield Sentence(call.where, "en", text)


def _translated() -> Iterator[Sentence]:
    for entry in entries():
        for text in filter(None, entry.translations):
            yield Sentence(entry.where, entry.language, text, entry.originals[0])


def _forms(texts: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())
