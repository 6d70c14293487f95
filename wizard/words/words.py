"""One language: its sentences, its plurals, its dates."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from wizard.resources import resource

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGES = ("en", "fr")
"""Languages that are complete; English is the text in the code."""

_DOMAIN = "wizard"
_NUMBERS = {"en": (",", "."), "fr": ("\N{NARROW NO-BREAK SPACE}", ",")}
"""What stands between thousands, and before tenths."""


def mark(message: str) -> str:
    """Mark a message of a table for the catalogues; `say` translates it when it is shown."""
    return message


class Catalogue(Protocol):
    """Where translations come from: an object of `gettext`, or anything that answers like one."""

    def gettext(self, message: str, /) -> str:
        """The translation of a message."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation of a message that depends on a number."""


class English:
    """The catalogue of the language that stands in the code."""

    def gettext(self, message: str, /) -> str:
        """The message itself."""
        return message

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The one or the other."""
        return one if n == 1 else many


class Words:
    """Speaks one language. Several can speak at once; nothing here is shared or changed."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self.language = language
        self._catalogue = catalogue

    def say(self, message: str, **facts: str | int | float) -> str:
        """A message, a plain literal with named placeholders, in this language with these facts filled in."""
        text = self._catalogue.gettext(message) if message else ""
        return self._filled(text, facts) if "{" in text else text

    def count(self, one: str, many: str, n: int, **facts: str | int | float) -> str:
        """A message that depends on the number `n`."""
        return self._filled(self._catalogue.ngettext(one, many, n), {"n": n, **facts})

    def number(self, number: int | float) -> str:
        """A number as this language writes it: whole, or with one digit behind the mark."""
        thousands, tenths = _NUMBERS.get(self.language, _NUMBERS["en"])
        text = f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"
        return text.translate({ord(","): thousands, ord("."): tenths})

    def clock(self, moment: str) -> str:
        """Hours and minutes of a moment (UTC, ISO 8601) in local time."""
        return f"{_local(moment):%H:%M}"

    def day_and_clock(self, moment: str) -> str:
        """Day, month and time of a moment (UTC, ISO 8601) in local time."""
        at = _local(moment)
        month, time = self.say(_MONTHS[at.month - 1]), f"{at:%H:%M:%S}"
        if at.day == 1:  # some languages write the first of a month in their own way
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
        """Groups from the top down, as one path."""
        return " › ".join(items)

    def _filled(self, text: str, facts: dict[str, str | int | float]) -> str:
        # Facts are put in once and never read as messages: braces in what a person typed stay as they are.
        shown = {name: fact if isinstance(fact, str) else self.number(fact) for name, fact in facts.items()}
        return text.format_map(_Facts(shown))


class _Facts(dict[str, str]):
    """Facts for a message. One that is missing shows as a gap: a sentence with a gap helps more than a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


def open_words(language: str) -> Words:
    """The words of `language` ("fr", "fr_CA.UTF-8"); English where there is no catalogue that can be read."""
    short = _short(language)
    if short == "en" or short not in LANGUAGES:
        return Words("en", English())
    from gettext import translation  # English needs none of it

    try:
        return Words(short, translation(_DOMAIN, resource("locale"), [short]))
    except Exception:  # whatever is wrong with a file of sentences, it keeps nobody from working
        return Words("en", English())


def pick_language(wanted: Iterable[str]) -> str:
    """The first of these languages that is spoken here, or English."""
    return next((name for name in wanted if _short(name) in LANGUAGES), "en")


def system_language() -> str:
    """The language that the user set for this computer, or English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":
        import ctypes
        from locale import windows_locale

        return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "en")
    else:
        from locale import getlocale

        return getlocale()[0] or "en"


def _short(language: str) -> str:
    return language.replace("-", "_").split("_")[0].split(".")[0].split("@")[0].lower()


def _local(moment: str) -> "datetime":
    from datetime import datetime  # no first page shows a time: 1 ms of the start

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
