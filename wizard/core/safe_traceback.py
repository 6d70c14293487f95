"""What may be told of an error: its kind and its place, never its text or its values."""

from types import TracebackType

_PLACES = 6
_CAUSES = 3


def where(error: BaseException) -> str:
    """The kind of an error and the lines it came through, and the same of what caused it.

    Not its text, which can hold a header or a value; not its paths, which hold the name of whoever is signed in.
    """
    told: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen and len(told) < _CAUSES:
        seen.add(id(at))
        told.append(place(type(at), at.__traceback__))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "; from ".join(told)


def place(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of an error and the innermost lines of its traceback, the innermost first."""
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename.replace("\\", "/").rpartition("/")[2]
        lines.append(f"{file}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{kind.__name__} at {' < '.join(reversed(lines[-_PLACES:])) or 'no line'}"
