"""Pasted texts: ids, links to groups and people, copied requests and e-mail addresses."""

import re
from dataclasses import dataclass

from wizard.core.cleaning import clean
from wizard.core.ids import ObjectId, parse_object_id

_HEX = r"[0-9a-fA-F]{24}(?![0-9a-zA-Z])"
_GROUP = re.compile(rf"(?:group|groups|home)/({_HEX})", re.IGNORECASE)
_PERSON = re.compile(rf"(?:users|user|profile)/(?:[a-z]+/)*({_HEX})", re.IGNORECASE)
_HOST = re.compile(r"(?<![a-z0-9.-])([a-z0-9.-]+\.[a-z]{2,})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s<>\"',;:()]+@[^@\s<>\"',;:()]+\.[^@\s<>\"',;:().]+")
_JSON_FIELD = re.compile(rf"[\"'](groupId|authorId)\\?[\"']\s*:\s*\\?[\"']({_HEX})", re.IGNORECASE)
_MAX_LENGTH = 10_000
"""In characters; longer texts are ignored, as searching them takes too long. A copied request has some hundred."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text contains; `bare` is an id of unknown kind."""

    bare: ObjectId | None = None
    group: ObjectId | None = None
    person: ObjectId | None = None
    mail: str = ""
    host: str = ""

    @property
    def as_group(self) -> ObjectId | None:
        """The id to use where a group is asked for."""
        return self.group or (self.bare if not self.person else None)

    @property
    def as_person(self) -> ObjectId | None:
        """The id to use where a person is asked for."""
        return self.person or (self.bare if not self.group else None)


def parse_pasted(text: str) -> Pasted:
    """Find ids, a host or an e-mail address in `text`; the result is empty if there are none.

    A group is the id behind `group/` or `home/`, a person the last id behind `users/` (vendor's guide, step 3,
    and public set-up guides); a copied create request contains both.
    """
    if len(text) > _MAX_LENGTH:
        return Pasted()
    text = clean(text).value.strip("<>\"'").strip()
    bare = parse_object_id(text)
    if bare:
        return Pasted(bare=bare)
    group: ObjectId | None = None
    person: ObjectId | None = None
    for name, value in _JSON_FIELD.findall(text):
        if name.lower() == "groupid":
            group = parse_object_id(value)
        else:
            person = parse_object_id(value)
    if found := _GROUP.findall(text):
        group = parse_object_id(found[0])
    if found := _PERSON.findall(text):
        person = parse_object_id(found[-1])
    if group or person:
        host = _HOST.search(text)
        return Pasted(group=group, person=person, host=host[1].lower() if host else "")
    mail = _MAIL.fullmatch(text)
    return Pasted(mail=mail[0]) if mail else Pasted()
