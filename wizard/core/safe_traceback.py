"""Descriptions of exceptions without their messages, which can contain values."""

from types import TracebackType

_MAX_LINES = 6
_MAX_CAUSES = 3


def describe_error(error: BaseException) -> str:
    """The type of an exception and the lines of its traceback, and the same for its causes.

    Neither the message, which can contain a secret, nor the paths, which can contain the name of the user.
    """
    described: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen and len(described) < _MAX_CAUSES:
        seen.add(id(at))
        described.append(_describe_traceback(type(at), at.__traceback__))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "; from ".join(described)


def _describe_traceback(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The type of an exception and the last lines of its traceback, the innermost first."""
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename.replace("\\", "/").rpartition("/")[2]
        lines.append(f"{file}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{kind.__name__} at {' < '.join(reversed(lines[-_MAX_LINES:])) or 'no line'}"
