"""The support file: what is in it, and nothing about people."""

import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.made import made, operation
from tests.jobs.bench import AUTHOR, NAME, Bench, silent
from wizard import __version__
from wizard.core.draft import Draft
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration, Labels
from wizard.core.problems import Code, Expected
from wizard.jobs.computer import support_file
from wizard.services import Services
from wizard.store import log

STOP = threading.Event()
GROUP, PERSON, INTEGRATION = (ObjectId(f"5f00000000000000000000{n}") for n in ("a1", "b2", "c3"))


def collect(services: Services, *errors: str) -> dict[str, str]:
    bundle = support_file.collect(services, errors, silent, STOP)
    return {part.name: part.text for part in bundle.parts}


def fill(bench: Bench) -> list[str]:
    """A ledger with one of everything, and all that must not be told of it."""
    services = bench.services
    customer = replace(bench.customer, label="Müller & Söhne", platform_name="ACME Academy", root_id=GROUP)
    services.local.ledger.customers.keep(customer)
    services.local.ledger.drafts.keep(Draft("d" * 32, customer="Müller & Söhne", client_id=customer.client_id))
    wanted = Integration(NAME, GROUP, PERSON, True, 0, False)
    labels = Labels("ACME Academy", ("Sales",), "Alex Martin")
    planned = operation("e" * 32, wanted, labels=labels, draft_id="d" * 32)
    operations = services.local.ledger.operations
    operations.plan(planned)
    operations.note_sent(planned.id)
    operations.finish_creation(planned.id, made(planned, INTEGRATION))
    operations.plan(replace(planned, id="f" * 32, request=replace(wanted, external_platform="Other")))
    return [
        bench.credential.client_secret,
        bench.credential.client_id,
        "Müller",
        "ACME",
        "Sales",
        "Alex Martin",
        AUTHOR,
        NAME,
        "Other\n",
        GROUP,
        PERSON,
        INTEGRATION,
        "d" * 32,
        "e" * 32,
        "127.0.0.1",
        str(bench.data_dir),
        "integrations?",
    ]


def test_it_tells_versions_counts_and_states(bench: Bench) -> None:
    fill(bench)
    bench.services.facts.update(Qt="6.0", language="fr")
    parts = collect(bench.services, "ValueError at a.py:1 f")
    assert list(parts) == ["about.txt", "errors.txt", "ledger.txt", "log.txt", "crash.txt"]
    assert f"integration-wizard: {__version__}\n" in parts["about.txt"]
    assert "Qt: 6.0\nlanguage: fr\npractice: no\ndata folder: another one\n" in parts["about.txt"]
    assert parts["errors.txt"] == "ValueError at a.py:1 f\n"
    assert parts["ledger.txt"] == (
        "customers, other: 1\ndrafts: 1\ncreations, created: 1\ncreations, planned: 1\nnetwork: system\n"
    )
    assert parts["crash.txt"] == "none\n"


def test_nothing_of_people_customers_and_secrets_is_in_the_file(bench: Bench, tmp_path: Path) -> None:
    bench.services.local.open_log(bench.services.facts)
    forbidden = fill(bench)
    bench.create()
    # Whatever once got into a log by mistake, or was written there by somebody else.
    path = bench.services.local.folders.log
    with path.open("a", encoding="utf-8") as file:
        file.write(f"Bearer {bench.credential.client_secret}\nfrom {AUTHOR} {PERSON} https://acme.example/x?y=1\n")
        file.write("Bearer eyJhbGciOiJIUzI1NiJ9.eyJjb21wYW55IjoiNWYwIn0.c2lnbmF0dXJl in /home/alex/x\n")
    bundle = support_file.collect(bench.services, (), silent, STOP)
    saved = support_file.save(bench.services, support_file.Save(bundle, tmp_path / "file"), silent, STOP)
    assert saved == tmp_path / "file.zip"
    with zipfile.ZipFile(saved) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert texts == {part.name: part.text for part in bundle.parts}
    whole = "\n".join(texts.values())
    assert "#1 POST /api/v2/oauth2/token: 200 in" in whole
    forbidden += ["alex", "acme.example", "eyJ", *bench.platform.world.tokens]
    assert [one for one in forbidden if one.lower() in whole.lower()] == []


def test_a_broken_ledger_is_told_of(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_ledger: object) -> None:
        raise Expected(Code.STORE_FAILED, detail="SQLITE_CORRUPT")

    monkeypatch.setattr("wizard.store.ledger.Ledger.counts", refuse)
    assert collect(bench.services)["ledger.txt"] == "cannot be read: store-failed SQLITE_CORRUPT\n"


def test_lines_of_a_crash_are_told_without_folders(bench: Bench) -> None:
    path = bench.services.local.folders.log.with_name(log.CRASHES)
    lines = 'Thread 0x1 (most recent call first):\n  File "/srv/alex/wizard/ui/window.py", line 3 in begin\n'
    path.with_name(f"{path.name}.1").write_text(lines, encoding="utf-8")
    path.write_text('  File "C:\\Users\\Alex\\wizard\\app.py", line 5 in run\n', encoding="utf-8")
    text = collect(bench.services)["crash.txt"]
    assert 'File "window.py", line 3 in begin\n  File "app.py", line 5 in run\n' in text
    assert "lex" not in text


def test_only_the_end_of_a_long_log_goes_in(bench: Bench) -> None:
    path = bench.services.local.folders.log
    path.write_text("".join(f"line {n}\n" for n in range(60_000)), encoding="utf-8")
    text = collect(bench.services)["log.txt"]
    assert text.endswith("line 59999\n")
    assert text.startswith("line ")
    assert len(text) <= support_file.LOG_TAIL


def test_a_file_that_cannot_be_written_is_a_problem_and_leaves_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = support_file.collect(bench.services, (), silent, STOP)
    with pytest.raises(Expected):
        support_file.save(bench.services, support_file.Save(bundle, tmp_path / "none" / "x.zip"), silent, STOP)
    before = tmp_path / "x.zip"
    before.write_bytes(b"before")

    def full(*_given: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("zipfile.ZipFile.writestr", full)
        with pytest.raises(Expected) as refused:
            support_file.save(bench.services, support_file.Save(bundle, before), silent, STOP)
    assert refused.value.code is Code.STORE_FULL
    assert before.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["x.zip"]


def test_the_log_of_a_run_names_every_job_request_and_outcome(bench: Bench) -> None:
    bench.services.local.open_log(bench.services.facts)
    bench.services.local.open_log(bench.services.facts)
    bench.create()
    bench.close()
    lines = (bench.data_dir / "wizard.log").read_text(encoding="utf-8").splitlines()
    assert sum(" start: " in line for line in lines) == 1
    requests = [line.partition("api.http.exchange ")[2] for line in lines if " api.http.exchange " in line]
    assert requests[0].startswith("#1 POST /api/v2/oauth2/token: 200 in ")
    assert any(line.startswith("#2 GET /api/v2/") for line in requests)
