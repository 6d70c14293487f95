"""The list of the saved integrations as other programs and terminals read it."""

import json
from dataclasses import replace

from tests.helpers.made import WANTED, customer, made, operation
from wizard.core.address import EU
from wizard.core.creation import Creation
from wizard.documents.saved_list import as_json, as_table

ACME = customer("c1", "ACME", EU, "id-1", "ACME Academy")


def saved(name: str) -> Creation:
    of = operation(wanted=replace(WANTED, external_platform=name))
    return Creation(of, made(of, created_at="2026-11-24T10:00:00.000+00:00"))


def test_json_has_the_names_of_the_api() -> None:
    (entry,) = json.loads(as_json([(saved("Udemy"), ACME)]))
    assert list(entry) == [
        "_id", "customer", "platformUrl", "externalPlatform", "groupId", "authorId", "defaultCompletion",
        "defaultProgress", "noGroupPropagation", "state", "createdAt", "verifiedAt",
    ]  # fmt: skip
    assert (entry["_id"], entry["customer"], entry["platformUrl"]) == ("c" * 24, "ACME", EU)
    assert (entry["state"], entry["createdAt"], entry["verifiedAt"]) == (
        "created",
        "2026-11-24T10:00:00.000+00:00",
        None,
    )


def test_an_id_is_listed_without_its_customer() -> None:
    rows = [(saved("Udemy"), None)]
    assert json.loads(as_json(rows))[0]["customer"] is None
    assert as_table(rows) == f"{'c' * 24}  Udemy\n"


def test_a_terminal_gets_no_control_character() -> None:
    assert as_table([(saved("Ude\x1b[2Jmy\n"), ACME)]) == f"{'c' * 24}  Ude [2Jmy   (ACME Academy)\n"
