"""One language: its sentences, its plurals, its dates."""

import gettext
import os
from typing import TYPE_CHECKING

from wizard.resources import resource

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGES = ("en", "fr")
"""Languages that are complete; English is the text in the code."""

_DOMAIN = "wizard"


def mark(message: str) -> str:
    """Mark a message of a table for the catalogues; `say` translates it when it is shown."""
    return message


class Words:
    """Speaks one language. Several can speak at once; nothing here is shared or changed."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def say(self, message: str, **facts: str | int | float) -> str:
        """A message, a plain literal with named placeholders, in this language with these facts filled in."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format_map(_Facts(facts)) if "{" in text else text

    def count(self, one: str, many: str, n: int, **facts: str | int | float) -> str:
        """A message that depends on the number `n`."""
        text = self._catalogue.ngettext(one, many, n)
        return text.format_map(_Facts({"n": n, **facts}))

    def clock(self, moment: str) -> str:
        """Hours and minutes of a moment (UTC, ISO 8601) in local time."""
        return f"{_local(moment):%H:%M}"

    def day_and_clock(self, moment: str) -> str:
        """Day, month and time of a moment (UTC, ISO 8601) in local time."""
        at = _local(moment)
        month = self.say(_MONTHS[at.month - 1])
        return self.say("{day} {month}, {time}", day=at.day, month=month, time=f"{at:%H:%M:%S}")

    def listed(self, items: tuple[str, ...]) -> str:
        """Groups from the top down, as one path."""
        return " › ".join(items)


class _Facts(dict[str, str | int | float]):
    """Facts for a message. One that is missing shows as a gap: a sentence with a gap helps more than a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


def open_words(language: str) -> Words:
    """The words of `language` ("fr", "fr_CA.UTF-8"); English where there is no catalogue."""
    short = language.replace("-", "_").split("_")[0].split(".")[0].lower()
    if short not in LANGUAGES or short == "en":
        return Words("en", gettext.NullTranslations())
    return Words(short, gettext.translation(_DOMAIN, resource("locale"), [short]))


def system_language() -> str:
    """The language that the user set for this computer, or English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    import locale  # 2 ms, and only for systems that set none of the three

    return locale.getlocale()[0] or "en"


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
