"""The log: what the program did and how it ended, in a small file beside the ledger. Never what it was about.

Only our own loggers write into it (`wizard.*`): what a library says can hold an address with a query or a header.
Lines are put into a queue by whoever speaks and written by a thread of their own, so no window ever waits for a disk.
A disk that is full or cannot be written costs lines, never an error.
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
"""How many files there are at most, the current one included."""
CRASHES = "crash.log"
"""Where the lines of all threads go when the whole process breaks."""
LINE_LIMIT = 2000
_QUEUE_LIMIT = 10_000
_PATIENCE_S = 1.0

_OURS = "wizard"
_QUIET = ("asyncio", "httpcore", "httpx", "hpack", "keyring", "truststore", "urllib3", "werkzeug")

_LEFT_OUT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
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
        # Folders say who is signed in; a path template of the platform (users/{userId}) says nobody.
        (
            (
                r"(?:[a-z]:)?(?:[\\/][^\\/\s\"':*?<>|]+)*[\\/](?:home|users)[\\/]"
                r"(?!\{)(?:[^\\/\n\"']+(?=[\\/])|[^\\/\s\"']+)"
            ),
            "~",
        ),
    )
)


def scrubbed(text: str) -> str:
    """The last resort, for what should never have been said: text without tokens, addresses, mails, ids and homes."""
    for pattern, instead in _LEFT_OUT:
        text = pattern.sub(instead, text)
    return text


class Log:
    """An open log. `close()` writes what is left and takes everything back; worker only, as it waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._queue: SimpleQueue[logging.LogRecord] = SimpleQueue()
        self._mouth = _Mouth(self._queue)
        self._listener = QueueListener(self._queue, _File(path))
        self._logger = logging.getLogger(_OURS)
        self._level = self._logger.level
        self._quietened = [one for name in _QUIET if (one := logging.getLogger(name)).level == logging.NOTSET]
        self._crashes: FileIO | None = None
        self._is_open = False

    def open(self) -> None:
        """Begin to listen."""
        self._is_open = True
        if self._logger.getEffectiveLevel() > logging.INFO:
            self._logger.setLevel(logging.INFO)
        for logger in self._quietened:
            logger.setLevel(logging.WARNING)
        self._listener.start()
        self._logger.addHandler(self._mouth)

    def catch_crashes(self, path: Path) -> bool:
        """Have the lines of every thread written down when the whole process breaks; tells if one did before.

        They hold functions and line numbers, no values. Whoever watches already (a test run) goes on watching.
        """
        with contextlib.suppress(OSError, ValueError):
            had_one = path.exists() and path.stat().st_size > 0
            if had_one:
                os.replace(path, path.with_name(f"{path.name}.1"))
            if not faulthandler.is_enabled():
                self._crashes = FileIO(os.open(path, _FLAGS, 0o600), "a")
                faulthandler.enable(self._crashes)
            return had_one
        return False

    @property
    def waiting(self) -> int:
        """How many lines are not written yet."""
        return self._queue.qsize()

    def settle(self) -> None:
        """Wait, not for long, until what was said so far is written."""
        written = threading.Event()
        self._queue.put(logging.makeLogRecord({"written": written}))
        written.wait(_PATIENCE_S)

    def close(self) -> None:
        """Stop listening, and write what was said until now."""
        if not self._is_open:
            return
        self._is_open = False
        self._logger.removeHandler(self._mouth)
        self._listener.stop()
        self._logger.setLevel(self._level)
        for logger in self._quietened:
            logger.setLevel(logging.NOTSET)
        if self._crashes is not None:
            faulthandler.disable()
            self._crashes.close()
            self._crashes = None


def start(path: Path, facts: Mapping[str, str]) -> Log:
    """Open the log at `path` and say what runs where; `facts` are what only others know, such as versions."""
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


class _Mouth(QueueHandler):
    """Makes a line of each record on the thread that speaks, because facts change, and queues it."""

    def __init__(self, queue: "SimpleQueue[logging.LogRecord]") -> None:
        super().__init__(queue)
        self._lines = queue
        self.setLevel(logging.INFO)
        self.addFilter(lambda record: record.name == _OURS or record.name.startswith(f"{_OURS}."))

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """A record of one line, without arguments, error and stack: those hold values."""
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text} ({describe_error(record.exc_info[1])})"
        line = logging.makeLogRecord({"levelname": record.levelname, "created": record.created})
        line.name = record.name.removeprefix(f"{_OURS}.")
        line.process, line.threadName = record.process, record.threadName
        # One record is one line: what came from outside cannot forge another.
        printable = "".join(c if c.isprintable() else " " for c in text[:LINE_LIMIT])
        line.msg = scrubbed(" ".join(printable.split()))
        return line

    def enqueue(self, record: logging.LogRecord) -> None:
        """Queue a line, or drop it where the disk has not kept up for thousands of them."""
        if self._lines.qsize() < _QUEUE_LIMIT:
            self._lines.put(record)

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A record that makes no line is not worth an error; its own text must not be printed instead."""


class _File(logging.Handler):
    """Appends lines. The file is open only while a line is written, so several windows and any system can rotate it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a disk that takes none loses it."""
        if written := getattr(record, "written", None):
            written.set()
            return
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = f"{at} {record.process} {record.levelname} {record.name} {record.msg}\n"
        with contextlib.suppress(OSError, ValueError):
            handle = os.open(self._path, _FLAGS, 0o600)
            try:
                size = os.fstat(handle).st_size
                # Where nobody may rename (another program reads the file), it grows no further than this.
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
