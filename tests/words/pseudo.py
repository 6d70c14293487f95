"""A language for tests of room: every sentence is 40 % longer, stands in brackets and keeps its placeholders."""

import math
import re

from wizard.words import Words

_PLACEHOLDER = re.compile(r"(\{\w+\})")
_LETTERS = str.maketrans("aceinouyACEINOUY", "áçéîñöüÿÁÇÉÎÑÖÜŸ")
MORE = 0.4


def pseudo(message: str) -> str:
    """The message in the pseudo language; nothing stays nothing."""
    if not message:
        return ""
    parts = _PLACEHOLDER.split(message)
    marked = "".join(part if _PLACEHOLDER.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    visible = sum(len(part) for part in parts if not _PLACEHOLDER.fullmatch(part))
    filling = math.ceil(visible * MORE)
    # In words of five, so that long sentences wrap as real ones do; a short label grows by one piece.
    words = " ".join("~" * min(5, filling - at) for at in range(0, filling, 6))
    return f"[{marked}{words}]" if filling <= 5 else f"[{marked} {words}]"


class Pseudo:
    """The catalogue of the pseudo language."""

    def gettext(self, message: str, /) -> str:
        """The message, longer."""
        return pseudo(message)

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The one or the other, longer."""
        return pseudo(one if n == 1 else many)


def pseudo_words() -> Words:
    """Words that speak the pseudo language."""
    return Words("qps", Pseudo())
