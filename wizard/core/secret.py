"""A value that must never be seen."""

from typing import NoReturn


class Secret:
    """A text that no printing, formatting, pickling or comparing gives away; `reveal()` is the one way out."""

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        self.__value = value

    def reveal(self) -> str:
        """The plain value: only for the request that needs it and for the keychain."""
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
        import hmac  # with its hashes it costs 3 ms of the start, which compares nothing

        # A plain comparison stops at the first difference, and its time tells where that was.
        mine, theirs = (s.__value.encode("utf-8", "surrogatepass") for s in (self, other))
        return hmac.compare_digest(mine, theirs)

    __hash__ = None  # type: ignore[assignment]  # hashing would make it a key of something that lives on

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not serialised")

    __getstate__ = __reduce__
