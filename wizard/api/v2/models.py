"""The vendor's objects as JSON, as far as they are read. The names are those of the vendor's OpenAPI.

Decoding holds the interpreter lock, so the window freezes meanwhile. Therefore an item is refused at its first error,
and a value that may be of any type stays undecoded (`Raw`) until it is read: the worst page that is allowed takes a
tenth of the time that decoding to Python objects takes.
"""

from typing import Annotated, TypeVar

import msgspec

from wizard.core.ids import ObjectId, parse_object_id
from wizard.core.problems import Code, Expected

TEXT_LIMIT = 32_768
"""Characters that are kept of one text: more than a person types into a field or reads."""

_T = TypeVar("_T")

_Id = Annotated[str, msgspec.Meta(min_length=24)]
"""Long enough to be an id, so that a page cannot hold very many very small items."""

_ABSENT = msgspec.Raw(b"null")


class Token(msgspec.Struct, gc=False):
    """The answer to the token call."""

    access_token: msgspec.Raw = _ABSENT
    expires_in: msgspec.Raw = _ABSENT

    def values(self) -> tuple[str | None, str | float | None]:
        """Token and lifetime, None for values of other types."""
        return _read(self.access_token, _TEXT), _read(self.expires_in, _LIFETIME)


class GroupDTO(msgspec.Struct, gc=False):
    """A group."""

    id: _Id = msgspec.field(name="_id")
    name: msgspec.Raw = _ABSENT
    parent_id: msgspec.Raw = msgspec.field(name="parentId", default=_ABSENT)
    public: msgspec.Raw = _ABSENT


class UserDTO(msgspec.Struct, gc=False, rename="camel"):
    """A person."""

    id: _Id = msgspec.field(name="_id")
    first_name: msgspec.Raw = _ABSENT
    last_name: msgspec.Raw = _ABSENT
    mail: msgspec.Raw = _ABSENT
    username: msgspec.Raw = _ABSENT
    status: msgspec.Raw = _ABSENT
    deleted: msgspec.Raw = _ABSENT


class BaseIntegrationDTO(msgspec.Struct, gc=False, rename="camel"):
    """An integration without its id, as the answer to an edit has it."""

    external_platform: msgspec.Raw = _ABSENT
    group_id: msgspec.Raw = _ABSENT
    author_id: msgspec.Raw = _ABSENT
    default_completion: msgspec.Raw = _ABSENT
    default_progress: msgspec.Raw = _ABSENT
    no_group_propagation: msgspec.Raw = _ABSENT
    external_platform_logo_url: msgspec.Raw = _ABSENT
    external_platform_unicolor_logo_url: msgspec.Raw = _ABSENT


class IntegrationDTO(BaseIntegrationDTO, gc=False, rename="camel", kw_only=True):
    """An integration."""

    id: _Id = msgspec.field(name="_id")


class GroupRoleDTO(msgspec.Struct, gc=False, rename="camel"):
    """One person's role in the group that was asked for."""

    user_id: _Id
    role: msgspec.Raw = _ABSENT


TOKEN = msgspec.json.Decoder(Token)
GROUP, GROUPS = msgspec.json.Decoder(GroupDTO), msgspec.json.Decoder(list[GroupDTO])
USER, USERS = msgspec.json.Decoder(UserDTO), msgspec.json.Decoder(list[UserDTO])
INTEGRATION, INTEGRATIONS = msgspec.json.Decoder(IntegrationDTO), msgspec.json.Decoder(list[IntegrationDTO])
BASE_INTEGRATION = msgspec.json.Decoder(BaseIntegrationDTO)
GROUP_ROLES = msgspec.json.Decoder(list[GroupRoleDTO])

_TEXT, _BOOLEAN, _INTEGER = msgspec.json.Decoder(str), msgspec.json.Decoder(bool), msgspec.json.Decoder(int)
_LIFETIME: "msgspec.json.Decoder[str | float]" = msgspec.json.Decoder(str | float)


def text_or_none(value: msgspec.Raw) -> str | None:
    """The beginning of a text, or None for any other type."""
    found = _read(value, _TEXT)
    return None if found is None else found[:TEXT_LIMIT]


def text(value: msgspec.Raw) -> str:
    """The beginning of a text, empty for any other type."""
    return text_or_none(value) or ""


def boolean(value: msgspec.Raw) -> bool | None:
    """A boolean, or None for any other type: the platform does not tell."""
    return _read(value, _BOOLEAN)


def integer(value: msgspec.Raw) -> int | None:
    """A whole number, or None for any other type."""
    return _read(value, _INTEGER)


def id_or_none(value: msgspec.Raw) -> ObjectId | None:
    """An id, or None for anything else."""
    return parse_object_id(text(value))


def required_id(value: str) -> ObjectId:
    """The id of an item, which is useless without one. Raises `Expected`."""
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
