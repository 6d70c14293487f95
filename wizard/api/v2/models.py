"""The platform's objects as they travel: an item is refused at its first fault, and only what is needed is unpacked.

Decoding holds Python's lock, so the window stands still meanwhile. A value that may be of any type stays as it came
(`Raw`) and is looked at on its own: the worst page that is allowed takes a tenth of the time that free decoding takes.
"""

from typing import Annotated, TypeVar

import msgspec

from wizard.core.ids import ObjectId, parse_object_id
from wizard.core.problems import Code, Expected

TEXT_LIMIT = 32_768
"""Characters that are taken over of one text: more than a person can type into a field, and than anybody reads."""

_T = TypeVar("_T")

_Id = Annotated[str, msgspec.Meta(min_length=24)]
"""Long enough to be an id, so that a page cannot hold very many very small items."""

_NOT_TOLD = msgspec.Raw(b"null")


class TokenShape(msgspec.Struct, gc=False):
    """The answer with a token."""

    access_token: msgspec.Raw = _NOT_TOLD
    expires_in: msgspec.Raw = _NOT_TOLD

    def told(self) -> dict[str, str | float | None]:
        """Its values, None for those of other types."""
        return {"access_token": _read(self.access_token, _TEXT), "expires_in": _read(self.expires_in, _LIFETIME)}


class GroupShape(msgspec.Struct, gc=False):
    """The vendor's GroupDTO, as far as it is read."""

    id: _Id = msgspec.field(name="_id")
    name: msgspec.Raw = _NOT_TOLD
    parent_id: msgspec.Raw = msgspec.field(name="parentId", default=_NOT_TOLD)
    public: msgspec.Raw = _NOT_TOLD


class PersonShape(msgspec.Struct, gc=False, rename="camel"):
    """The vendor's UserDTO, as far as it is read."""

    id: _Id = msgspec.field(name="_id")
    first_name: msgspec.Raw = _NOT_TOLD
    last_name: msgspec.Raw = _NOT_TOLD
    mail: msgspec.Raw = _NOT_TOLD
    username: msgspec.Raw = _NOT_TOLD
    status: msgspec.Raw = _NOT_TOLD
    deleted: msgspec.Raw = _NOT_TOLD


class IntegrationShape(msgspec.Struct, gc=False, rename="camel"):
    """The vendor's IntegrationDTO."""

    id: _Id = msgspec.field(name="_id")
    external_platform: msgspec.Raw = _NOT_TOLD
    group_id: msgspec.Raw = _NOT_TOLD
    author_id: msgspec.Raw = _NOT_TOLD
    default_completion: msgspec.Raw = _NOT_TOLD
    default_progress: msgspec.Raw = _NOT_TOLD
    no_group_propagation: msgspec.Raw = _NOT_TOLD
    external_platform_logo_url: msgspec.Raw = _NOT_TOLD
    external_platform_unicolor_logo_url: msgspec.Raw = _NOT_TOLD


class MemberShape(msgspec.Struct, gc=False, rename="camel"):
    """One person's role in the group that was asked for."""

    user_id: _Id
    role: msgspec.Raw = _NOT_TOLD


class PlaceShape(msgspec.Struct, gc=False, rename="camel"):
    """One role of the person who was asked for."""

    group_id: _Id
    role: msgspec.Raw = _NOT_TOLD


TOKEN = msgspec.json.Decoder(TokenShape)
GROUP, GROUPS = msgspec.json.Decoder(GroupShape), msgspec.json.Decoder(list[GroupShape])
PERSON, PEOPLE = msgspec.json.Decoder(PersonShape), msgspec.json.Decoder(list[PersonShape])
INTEGRATION, INTEGRATIONS = msgspec.json.Decoder(IntegrationShape), msgspec.json.Decoder(list[IntegrationShape])
MEMBERS, PLACES = msgspec.json.Decoder(list[MemberShape]), msgspec.json.Decoder(list[PlaceShape])

_TEXT, _YES_NO, _NUMBER = msgspec.json.Decoder(str), msgspec.json.Decoder(bool), msgspec.json.Decoder(int)
_LIFETIME: "msgspec.json.Decoder[str | float]" = msgspec.json.Decoder(str | float)


def text_or_none(value: msgspec.Raw) -> str | None:
    """The beginning of a text, or None for everything else."""
    found = _read(value, _TEXT)
    return None if found is None else found[:TEXT_LIMIT]


def text(value: msgspec.Raw) -> str:
    """The beginning of a text, empty for everything else."""
    return text_or_none(value) or ""


def yes_or_no(value: msgspec.Raw) -> bool | None:
    """What is told, or None: "the platform does not tell"."""
    return _read(value, _YES_NO)


def number(value: msgspec.Raw) -> int | None:
    """A whole number, or None."""
    return _read(value, _NUMBER)


def id_or_none(value: msgspec.Raw) -> ObjectId | None:
    """An id, or None for everything else."""
    return parse_object_id(text(value))


def the_id(value: str) -> ObjectId:
    """The id of an item, which is worthless without one. Raises `Expected`."""
    found = parse_object_id(value)
    if found is None:
        raise Expected(Code.UNREADABLE_ANSWER)
    return found


def _read(value: msgspec.Raw, decoder: "msgspec.json.Decoder[_T]") -> _T | None:
    try:
        return decoder.decode(value)
    except msgspec.ValidationError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Expected(Code.UNREADABLE_ANSWER) from None
