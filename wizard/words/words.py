"""Translations, plural forms, numbers and dates of one language."""

import ctypes
import locale
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from gettext import translation
from typing import Protocol

from wizard.resources import resource

LANGUAGES = ("en", "fr")
"""The languages with a complete translation; the texts in the code are English."""

_DOMAIN = "wizard"
_NUMBERS = {"en": (",", "."), "fr": ("\N{NARROW NO-BREAK SPACE}", ",")}
"""Thousands separator and decimal mark, by language."""


def mark(message: str) -> str:
    """Mark a message for the catalogues without translating it; `Words.say` does that."""
    return message


class Catalogue(Protocol):
    """A source of translations, such as `gettext.NullTranslations`."""

    def gettext(self, message: str, /) -> str:
        """The translation of a message."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation of a message with plural forms."""


class English:
    """The catalogue of English, the language of the messages in the code."""

    def gettext(self, message: str, /) -> str:
        """The message unchanged."""
        return message

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The singular or the plural."""
        return one if n == 1 else many


class Words:
    """One language. Immutable, so that several languages can be used at the same time."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self.language = language
        self._catalogue = catalogue

    def say(self, message: str, **facts: str | int | float) -> str:
        """Translate a message, which must be a literal for the catalogues, and fill in its named placeholders."""
        text = self._catalogue.gettext(message) if message else ""
        return self._filled(text, facts) if "{" in text else text

    def count(self, one: str, many: str, n: int, **facts: str | int | float) -> str:
        """Translate a message with plural forms for the number `n`."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **facts})

    def number(self, number: int | float) -> str:
        """Format an integer, or a float with one decimal digit."""
        thousands, tenths = _NUMBERS.get(self.language, _NUMBERS["en"])
        text = f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"
        return text.translate({ord(","): thousands, ord("."): tenths})

    def clock(self, moment: str) -> str:
        """Format the local time of a moment (UTC, ISO 8601) as hours and minutes."""
        return f"{_local(moment):%H:%M}"

    def day_and_clock(self, moment: str) -> str:
        """Format the local date and time of a moment (UTC, ISO 8601)."""
        at = _local(moment)
        month, time = self.say(_MONTHS[at.month - 1]), f"{at:%H:%M:%S}"
        if at.day == 1:  # a message of its own: French writes "1er"
            return self.say("1 {month}, {time}", month=month, time=time)
        return self.say("{day} {month}, {time}", day=at.day, month=month, time=time)

    def date_and_clock(self, moment: str) -> str:
        """Day, month, year, hours and minutes of a moment (UTC, ISO 8601) in local time."""
        at = _local(moment)
        month, year, time = self.say(_MONTHS[at.month - 1]), str(at.year), f"{at:%H:%M}"
        if at.day == 1:
            return self.say("1 {month} {year}, {time}", month=month, year=year, time=time)
        return self.say("{day} {month} {year}, {time}", day=at.day, month=month, year=year, time=time)

    def listed(self, items: tuple[str, ...]) -> str:
        """The names of groups from the top down as one path."""
        return " › ".join(items)

    def _filled(self, text: str, facts: dict[str, str | int | float]) -> str:
        # `format_map` does not interpret braces in the facts, which people type.
        shown = {name: fact if isinstance(fact, str) else self.number(fact) for name, fact in facts.items()}
        return text.format_map(_Facts(shown))


class _Facts(dict[str, str]):
    """The facts of a message; a missing one becomes an ellipsis instead of an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def open_words(language: str) -> Words:
    """The words of `language` ("fr", "fr_CA.UTF-8"), or English if it has no readable catalogue."""
    short = _short(language)
    if short == "en" or short not in LANGUAGES:
        return Words("en", English())
    try:
        return Words(short, translation(_DOMAIN, resource("locale"), [short]))
    except Exception:  # a damaged catalogue must not prevent the start
        return Words("en", English())


def pick_language(wanted: Iterable[str]) -> str:
    """The first of these languages that has a translation, or English."""
    return next((name for name in wanted if _short(name) in LANGUAGES), "en")


def system_language() -> str:
    """The language of the user interface of this computer, or English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":
        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en")
    else:
        return locale.getlocale()[0] or "en"


def _short(language: str) -> str:
    return language.replace("-", "_").split("_")[0].split(".")[0].split("@")[0].lower()


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone()


_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
