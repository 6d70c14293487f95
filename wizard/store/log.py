"""The log: what the program did and how it ended, in a small file beside the ledger. Never names, ids or values.

Only our own loggers write to it (`wizard.*`): messages of libraries can contain addresses with queries, or headers.
Records are queued and written by a thread of its own, so no window waits for the disk. A disk that is full or not
writable loses lines and raises nothing.
"""

import contextlib
import faulthandler
import logging
import os
import platform
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from io import FileIO
from logging.handlers import QueueHandler, QueueListener
from pathlib import Path
from queue import SimpleQueue

from wizard import __version__
from wizard.core.safe_traceback import describe_error

log = logging.getLogger(__name__)

LIMIT = 512 * 1024
"""Bytes after which a new file is begun."""
KEPT = 3
"""The number of files, the current one included."""
CRASHES = "crash.log"
"""The file for the stack traces of all threads when the process crashes."""
LINE_LIMIT = 2000
_QUEUE_LIMIT = 10_000
_FLUSH_TIMEOUT_S = 1.0

_ROOT_LOGGER = "wizard"
_QUIET_LOGGERS = ("asyncio", "httpcore", "httpx", "hpack", "keyring", "truststore", "urllib3", "werkzeug")

_REDACTED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\b(bearer|basic)\s+[\w.~+/=-]{4,}", r"\1 ***"),
        (r"\bey[a-z0-9_-]{6,}\.[a-z0-9_-]{4,}(\.[a-z0-9_-]*)?", "***"),
        (r"\b(\w*(?:secret|token|password|passwd|api_?key))([\"']\s*:\s*|=)[^\s,;}&]+", r"\1\2***"),
        (r"\b[a-z][a-z0-9+.-]*://\S+", "<address>"),
        (r"\?[\w%.~-]+=\S*", "?…"),
        (r"[\w.+%-]+@[\w-]+(\.[\w-]+)+", "<mail>"),
        (r"\b[0-9a-f]{24}\b", "<id>"),
        (r"\b[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b", "<id>"),
        # Home folders name the person; a path template of the platform (users/{userId}) does not.
        (
            (
                r"(?:[a-z]:)?(?:[\\/][^\\/\s\"':*?<>|]+)*[\\/](?:home|users)[\\/]"
                r"(?!\{)(?:[^\\/\n\"']+(?=[\\/])|[^\\/\s\"']+)"
            ),
            "~",
        ),
    )
)


def redacted(text: str) -> str:
    """The text without tokens, addresses, mails, ids and home folders, should any have got into it."""
    for pattern, instead in _REDACTED:
        text = pattern.sub(instead, text)
    return text


class Log:
    """A log. `close()` writes what is queued and restores the loggers; worker only, because it waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        self._handler = _QueueHandler(self._queue)
        self._listener = QueueListener(self._queue, _File(path))
        self._logger = logging.getLogger(_ROOT_LOGGER)
        self._level = self._logger.level
        self._quieted = [one for name in _QUIET_LOGGERS if (one := logging.getLogger(name)).level == logging.NOTSET]
        self._crashes: FileIO | None = None
        self._is_open = False

    def open(self) -> None:
        """Start to receive records."""
        self._is_open = True
        if self._logger.getEffectiveLevel() > logging.INFO:
            self._logger.setLevel(logging.INFO)
        for logger in self._quieted:
            logger.setLevel(logging.WARNING)
        self._listener.start()
        self._logger.addHandler(self._handler)

    def catch_crashes(self, path: Path) -> bool:
        """Write the stack traces of all threads to a file if the process crashes; return whether an earlier one did.

        They contain functions and line numbers, no values. A fault handler that is already enabled (tests) stays.
        """
        with contextlib.suppress(OSError, ValueError):
            has_crashed = path.exists() and path.stat().st_size > 0
            if has_crashed:
                os.replace(path, path.with_name(f"{path.name}.1"))
            if not faulthandler.is_enabled():
                self._crashes = FileIO(os.open(path, _FLAGS, 0o600), "a")
                faulthandler.enable(self._crashes)
            return has_crashed
        return False

    @property
    def waiting(self) -> int:
        """The number of queued lines."""
        return self._queue.qsize()

    def flush(self) -> None:
        """Wait at most a second until the lines queued so far are written."""
        written = threading.Event()
        self._queue.put(logging.makeLogRecord({"written": written}))
        written.wait(_FLUSH_TIMEOUT_S)

    def close(self) -> None:
        """Stop receiving records, and write what is queued."""
        if not self._is_open:
            return
        self._is_open = False
        self._logger.removeHandler(self._handler)
        self._listener.stop()
        self._logger.setLevel(self._level)
        for logger in self._quieted:
            logger.setLevel(logging.NOTSET)
        if self._crashes is not None:
            faulthandler.disable()
            self._crashes.close()
            self._crashes = None


def start(path: Path, facts: Mapping[str, str]) -> Log:
    """Open the log at `path` and write the first line; `facts` are what only the caller knows, such as versions."""
    opened = Log(path)
    opened.open()
    own = {"integration-wizard": __version__, "Python": platform.python_version(), **facts}
    log.info("start: %s", ", ".join([platform.platform(), *(f"{name} {value}" for name, value in own.items())]))
    if opened.catch_crashes(path.with_name(CRASHES)):
        log.warning("a run before this one broke: its lines are in %s.1", CRASHES)
    return opened


def tail(path: Path, limit: int) -> str:
    """The last lines of a log, at most `limit` characters, of its older files too; empty where there is none."""
    pieces: list[str] = []
    left = limit
    for file in (path, *(path.with_name(f"{path.name}.{n}") for n in range(1, KEPT))):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        pieces.append(text[-left:] if len(text) <= left else text[-left:].partition("\n")[2])
        left -= len(text)
        if left <= 0:
            break
    return "".join(reversed(pieces))


class _QueueHandler(QueueHandler):
    """Formats each record on the thread that logs it, because its arguments can change, and queues it."""

    def __init__(self, queue: "SimpleQueue[logging.LogRecord]") -> None:
        super().__init__(queue)
        self._lines = queue
        self.setLevel(logging.INFO)
        self.addFilter(lambda record: record.name == _ROOT_LOGGER or record.name.startswith(f"{_ROOT_LOGGER}."))

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """A record of one line, without arguments, exception and stack, which contain values."""
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text} ({describe_error(record.exc_info[1])})"
        line = logging.makeLogRecord({"levelname": record.levelname, "created": record.created})
        line.name = record.name.removeprefix(f"{_ROOT_LOGGER}.")
        line.process, line.threadName = record.process, record.threadName
        # One record is one line: text from outside cannot forge another.
        printable = "".join(c if c.isprintable() else " " for c in text[:LINE_LIMIT])
        line.msg = redacted(" ".join(printable.split()))
        return line

    def enqueue(self, record: logging.LogRecord) -> None:
        """Queue a line, or drop it if the disk is thousands of lines behind."""
        if self._lines.qsize() < _QUEUE_LIMIT:
            self._lines.put(record)

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Ignore a record that cannot be formatted; logging would print its values."""


class _File(logging.Handler):
    """Appends lines. The file is open only while a line is written, so other windows can rotate it on any system."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; it is lost if the disk does not take it."""
        if written := getattr(record, "written", None):
            written.set()
            return
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = f"{at} {record.process} {record.levelname} {record.name} {record.msg}\n"
        with contextlib.suppress(OSError, ValueError):
            handle = os.open(self._path, _FLAGS, 0o600)
            try:
                size = os.fstat(handle).st_size
                # Where the file cannot be renamed (another program reads it), it stops growing at this size.
                if size < LIMIT * KEPT:
                    os.write(handle, line.encode("utf-8", "backslashreplace"))
            finally:
                os.close(handle)
            if size + len(line) > LIMIT:
                self._rotate()

    def _rotate(self) -> None:
        names = [self._path, *(self._path.with_name(f"{self._path.name}.{n}") for n in range(1, KEPT))]
        for older, newer in reversed(list(zip(names[1:], names[:-1], strict=True))):
            with contextlib.suppress(FileNotFoundError):
                os.replace(newer, older)


_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT
for _name in ("O_BINARY", "O_NOFOLLOW"):
    _FLAGS |= getattr(os, _name, 0)  # each of them on some systems only
