"""An integration configuration: what is wanted, what the platform has, and where they differ."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TypedDict
from urllib.parse import urlsplit

from wizard.core.groups import fold
from wizard.core.ids import ObjectId
from wizard.core.problems import Code, Expected, Field

PROGRESS_RANGE = (0, 100)
"""Allowed start progress in per cent (vendor's OpenAPI)."""


@dataclass(frozen=True, slots=True)
class Integration:
    """What a person wants: the body of the create request, in the API's own meaning.

    All three behaviour flags are always sent, because the defaults of omitted ones are undocumented.
    """

    external_platform: str
    group_id: ObjectId
    author_id: ObjectId
    default_completion: bool
    default_progress: int
    no_group_propagation: bool
    logo_url: str = ""
    unicolor_logo_url: str = ""

    def body(self) -> dict[str, str | int | bool]:
        """The JSON object that `POST /integrations` takes, with known fields only and no empty logo."""
        return {api: value for name, api in API_NAMES.items() if (value := getattr(self, name)) != ""}


@dataclass(frozen=True, slots=True)
class Labels:
    """The names behind an integration's ids, as the person saw them."""

    platform: str = ""
    group: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One integration as the platform lists it; None stands for a value that it does not tell."""

    id: ObjectId
    external_platform: str
    group_id: ObjectId | None = None
    author_id: ObjectId | None = None
    default_completion: bool | None = None
    default_progress: int | None = None
    no_group_propagation: bool | None = None
    logo_url: str | None = None
    unicolor_logo_url: str | None = None


API_NAMES = {
    "external_platform": "externalPlatform",
    "group_id": "groupId",
    "author_id": "authorId",
    "default_completion": "defaultCompletion",
    "default_progress": "defaultProgress",
    "no_group_propagation": "noGroupPropagation",
    "logo_url": "externalPlatformLogoUrl",
    "unicolor_logo_url": "externalPlatformUnicolorLogoUrl",
}
"""Our names of the values and the API's own."""


class Changes(TypedDict, total=False):
    """The values of an edit; those that are left out stay as they are. An empty logo removes it."""

    external_platform: str
    group_id: ObjectId
    author_id: ObjectId
    default_completion: bool
    default_progress: int
    no_group_propagation: bool
    logo_url: str
    unicolor_logo_url: str


def patch(changes: Changes) -> dict[str, object]:
    """The JSON object that `PATCH /integrations/{id}` takes.

    Null removes a logo, as the vendor documents for the values of a group; for logos nothing is documented.
    """
    return {API_NAMES[name]: None if value == "" else value for name, value in changes.items()}


VALUES = len(fields(Integration))
"""How many values a verification compares."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not as wanted; `found` is None where the platform does not tell it."""

    name: str
    wanted: str | int | bool
    found: str | int | bool | None


def differences(wanted: Integration, found: Found) -> tuple[Difference, ...]:
    """Every value in which `found` is not `wanted`; a logo that was not asked for and is not told is no difference."""
    rows = []
    for name in API_NAMES:
        asked, has = getattr(wanted, name), getattr(found, name)
        if asked == "" and not has:
            continue
        # bool is an int in Python: True must not pass for 1.
        if asked != has or isinstance(asked, bool) is not isinstance(has, bool):
            rows.append(Difference(name, asked, has))
    return tuple(rows)


def namesakes(name: str, group_id: ObjectId, known: Iterable[Found]) -> tuple[Found, ...]:
    """The integrations that already have exactly this name in exactly this group."""
    return tuple(f for f in known if f.group_id == group_id and f.external_platform == name)


def lookalikes(name: str, group_ids: Iterable[ObjectId], known: Iterable[Found]) -> tuple[Found, ...]:
    """Integrations in these groups that learners could mistake for this one.

    Alike are names that differ in case, accents or blanks only, and names of which one begins with all the words of
    the other ("Udemy" and "Udemy Business").
    """
    wanted, places = fold(name).split(), set(group_ids)
    alike = []
    for found in known:
        other = fold(found.external_platform).split()
        short = min(len(wanted), len(other))
        if found.group_id in places and short and wanted[:short] == other[:short]:
            alike.append(found)
    return tuple(alike)


def is_https_url(text: str) -> bool:
    """Whether `text` is a whole HTTPS address without blanks or a sign-in, as the vendor asks of logos."""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
        return is_whole and parts.port != 0 and text.isprintable() and " " not in text
    except ValueError:
        return False


def logo_problem(text: str, field: Field | None = None) -> Expected | None:
    """What is wrong with the address of a logo, by name where it is a blank or a sign-in."""
    if is_https_url(text):
        return None
    if any(c.isspace() for c in text):
        return Expected(Code.LOGO_NOT_HTTPS, field=field, blank=True)
    if "@" in text.partition("://")[2].partition("/")[0]:
        return Expected(Code.LOGO_NOT_HTTPS, field=field, sign_in=True)
    return Expected(Code.LOGO_NOT_HTTPS, field=field)


def as_json(wanted: Integration) -> str:
    """The create request's body for people to read and to copy."""
    return json.dumps(wanted.body(), indent=2, ensure_ascii=False)
