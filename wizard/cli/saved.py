"""The command `saved`: print the saved integrations."""

import errno
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from wizard.core.problems import Code, Expected, Problem
from wizard.documents import saved_list
from wizard.jobs.integrations import saved as saved_job
from wizard.services import Services
from wizard.words import open_words, system_language
from wizard.words.labels import store_news
from wizard.words.problems import explain


def run(data_dir: Path | None, *, as_json: bool, language: str = "") -> int:
    """Print the saved integrations: a table, or JSON with the API's own field names. 0, or 1 after a problem."""
    words = open_words(language or system_language())
    services = Services(data_dir)
    try:
        rows = saved_job.read(services)
        # News go to stderr: a damaged list must not pass for a short one.
        told = [store_news(words, news) for news in services.local.news]
        _write(sys.stderr, "".join(f"{title}. {text}\n" for title, text in told))
        if as_json:
            _write(sys.stdout, saved_list.as_json(rows), "utf-8")
        else:
            _write(sys.stdout, saved_list.as_table(rows) or words.say("No integrations saved yet.") + "\n")
    except Problem as problem:
        shown = explain(words, problem)
        _write(sys.stderr, f"{shown.title}. {shown.text}\n")
        return 1
    finally:
        services.close()
    return 0


def _write(stream: TextIO, text: str, encoding: str | None = None) -> None:
    """Write and flush. Ignores a closed pipe (`| head`); a full disk raises `Expected`."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # Otherwise Python flushes the stream again at its end, and fails.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        # A closed pipe is EINVAL on Windows.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise Expected(Code.STORE_FULL) from error
