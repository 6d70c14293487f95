"""Secret values."""

import hmac
from typing import NoReturn


class Secret:
    """A string that only `reveal()` exposes: not printing, formatting, pickling or the timing of comparisons."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The value, for the request that needs it and for the keychain only."""
        return self.__value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.__value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        # Constant time: a plain comparison stops at the first difference.
        mine, theirs = (s.__value.encode("utf-8", "surrogatepass") for s in (self, other))
        return hmac.compare_digest(mine, theirs)

    __hash__ = None  # type: ignore[assignment]  # not hashable, so that it cannot be kept as a key

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not serialised")

    __getstate__ = __reduce__
