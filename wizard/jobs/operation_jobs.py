"""Jobs that must not be cut: what they began on a platform has to be known and written down."""

from collections.abc import Callable
from typing import Any, TypeVar

_Job = TypeVar("_Job", bound=Callable[..., Any])
_OPERATIONS: set[Callable[..., Any]] = set()


def operation_job(job: _Job) -> _Job:
    """Mark a job that goes on to its end when the window that asked for it is closed."""
    _OPERATIONS.add(job)
    return job


def is_operation_job(job: Callable[..., Any]) -> bool:
    """Whether a job is marked so."""
    return job in _OPERATIONS
