"""A picture to look at before its address is used."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What can be shown. Drawings (SVG) are not among them: opening one can fetch other things."""

    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    WEBP = "WebP"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it came: its kind, told by its content, and its bytes."""

    kind: Kind
    content: bytes = field(repr=False)
