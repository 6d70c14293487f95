"""The commands without a window. No Qt."""

import json
import sys
from pathlib import Path

from wizard.core.creation import Creation
from wizard.core.customers import Customer
from wizard.core.problems import Problem
from wizard.jobs import saved as saved_job
from wizard.services import Services
from wizard.words import open_words, system_language
from wizard.words.labels import store_news
from wizard.words.problems import explain


def saved(data_dir: Path | None, *, as_json: bool, language: str = "") -> int:
    """Print the saved integrations: a table, or JSON with the API's own field names. 0, or 1 after a problem."""
    words = open_words(language or system_language())
    services = Services(data_dir)
    try:
        rows = saved_job.read(services)
    except Problem as problem:
        shown = explain(words, problem)
        sys.stderr.write(f"{shown.title}. {shown.text}\n")
        return 1
    finally:
        services.close()
    # A list that was damaged must not pass for a list that is short.
    for news in services.store_news:
        sys.stderr.write("{}. {}\n".format(*store_news(words, news)))
    if as_json:
        sys.stdout.write(json.dumps([_entry(c, customer) for c, customer in rows], indent=2, ensure_ascii=False) + "\n")
        return 0
    if not rows:
        sys.stdout.write(words.say("No integrations saved yet.") + "\n")
    for creation, customer in rows:
        sys.stdout.write(f"{creation.integration_id}  {creation.wanted.external_platform}  ({customer.title})\n")
    return 0


def _entry(creation: Creation, customer: Customer) -> dict[str, object]:
    return {
        "_id": creation.integration_id,
        "customer": customer.label,
        "platformUrl": customer.origin,
        **creation.wanted.body(),
        "state": creation.state.value,
        "createdAt": creation.created_at or None,
        "verifiedAt": creation.verified_at or None,
    }
