"""Drafts are saved one at a time, the latest last, and a discarded one never comes back."""

from dataclasses import replace

import pytest

from tests.flow.conftest import Kit
from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.flow.wizard.draft_saver import DraftSaver

FIRST, SECOND = Draft("one", customer="A"), Draft("two", customer="B")


@pytest.fixture
def saver(kit: Kit) -> DraftSaver:
    failures: list[Problem] = []
    return DraftSaver(kit.asker, failures.append)


def kept(kit: Kit) -> dict[str, str]:
    """What the disk holds: the customer of each draft."""
    return {draft.id: draft.customer for draft in kit.bench.services.local.ledger.drafts.all()}


def test_the_latest_answers_are_on_the_disk(kit: Kit, saver: DraftSaver) -> None:
    kit.asker.hold()
    for customer in ("A", "AC", "ACME"):
        saver.save(replace(FIRST, customer=customer))
    kit.asker.release()
    assert kept(kit) == {"one": "ACME"}


def test_a_draft_without_answers_is_not_saved(kit: Kit, saver: DraftSaver) -> None:
    saver.save(Draft("empty"))
    assert kept(kit) == {}


def test_discarding_another_draft_keeps_the_answers_that_wait(kit: Kit, saver: DraftSaver) -> None:
    saver.save(SECOND)
    kit.asker.hold()
    saver.save(FIRST)
    saver.save(replace(FIRST, customer="ACME"))
    saver.discard("two")
    kit.asker.release()
    assert kept(kit) == {"one": "ACME"}


def test_a_discarded_draft_is_not_brought_back_by_a_save_that_runs(kit: Kit, saver: DraftSaver) -> None:
    kit.asker.hold()
    saver.save(FIRST)
    saver.save(replace(FIRST, customer="ACME"))
    saver.discard("one")
    kit.asker.release()
    saver.save(FIRST)
    assert kept(kit) == {}


def test_two_drafts_are_discarded_while_one_is_saved(kit: Kit, saver: DraftSaver) -> None:
    saver.save(SECOND)
    told: list[str] = []
    kit.asker.hold()
    saver.save(FIRST)
    saver.discard("two", lambda: told.append("two"))
    saver.discard("one", lambda: told.append("one"))
    kit.asker.release()
    assert (kept(kit), told) == ({}, ["two", "one"])
