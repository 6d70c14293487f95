"""Drafts are saved one at a time, always the latest; a discarded one never comes back."""

from dataclasses import replace

import pytest

from tests.flow.conftest import Kit
from wizard.core.draft import Draft
from wizard.core.problems import Code, Expected, Problem
from wizard.flow.wizard.draft_saver import DraftSaver


@pytest.fixture
def failures() -> list[Problem]:
    return []


@pytest.fixture
def saver(kit: Kit, failures: list[Problem]) -> DraftSaver:
    return DraftSaver(kit.asker, failures.append)


def _saved(kit: Kit) -> list[tuple[str, str]]:
    return sorted((draft.id, draft.name) for draft in kit.bench.services.local.ledger.drafts.all())


def test_only_the_latest_waits_and_it_is_the_last_on_the_disk(kit: Kit, saver: DraftSaver) -> None:
    kit.asker.hold()
    for name in ("A", "At", "Ate"):
        saver.save(Draft("d1", name=name))
    kit.asker.release()
    assert _saved(kit) == [("d1", "Ate")]


def test_an_empty_draft_is_not_saved(kit: Kit, saver: DraftSaver) -> None:
    saver.save(Draft("d1"))
    assert _saved(kit) == []


def test_a_draft_that_is_being_saved_is_discarded_after_that(kit: Kit, saver: DraftSaver) -> None:
    told: list[str] = []
    kit.asker.hold()
    saver.save(Draft("d1", name="A"))
    saver.save(Draft("d1", name="At"))
    saver.discard("d1", lambda: told.append("discarded"))
    kit.asker.release()
    saver.save(Draft("d1", name="Atelier"))
    assert (_saved(kit), told) == ([], ["discarded"])


def test_discarding_another_draft_loses_no_answer(kit: Kit, saver: DraftSaver) -> None:
    kit.bench.services.local.ledger.drafts.keep(Draft("old", name="Old"))
    kit.asker.hold()
    saver.save(Draft("d1", name="A"))
    saver.save(Draft("d1", name="Atelier"))
    saver.discard("old")
    kit.asker.release()
    assert _saved(kit) == [("d1", "Atelier")]
    saver.discard("d1")
    saver.save(Draft("old", name="Old"))
    assert _saved(kit) == []


def test_a_save_that_failed_is_told_and_the_next_one_works(
    kit: Kit, saver: DraftSaver, failures: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_draft: Draft) -> None:
        raise Expected(Code.STORE_FULL)

    draft = Draft("d1", name="Atelier")
    with monkeypatch.context() as broken:
        broken.setattr(kit.bench.services.local.ledger.drafts, "keep", full)
        saver.save(draft)
    assert [problem.code for problem in failures] == [Code.STORE_FULL]
    saver.save(replace(draft, customer="ACME"))
    assert _saved(kit) == [("d1", "Atelier")]
