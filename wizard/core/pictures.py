"""Pictures for the preview of a logo."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Formats that can be shown; not SVG, as rendering one can load other files."""

    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    WEBP = "WebP"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its format, detected from the content, and its bytes."""

    kind: Kind
    content: bytes = field(repr=False)
