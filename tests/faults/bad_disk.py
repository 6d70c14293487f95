"""A program of its own whose disk takes nothing any more: full, beyond its quota, or not writable. Tells JSON."""

import json
import sys
import tempfile
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from tests.faults import disks
from tests.jobs.bench import Bench
from wizard.core.draft import Draft
from wizard.core.problems import Problem
from wizard.demo import PracticePlatform, Settings

_LIMIT = 64 * 1024


def main(how: str) -> None:
    """Create on a disk that takes nothing, then on one that does; tell what came of both."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wizard-disk-")))
        if how == "full":
            stack.enter_context(disks.small(folder))
        platform = stack.enter_context(PracticePlatform(settings=Settings(rate_limits=False)))
        data_dir = folder / "data"
        bench = Bench(platform, data_dir)
        told = _tell(bench, data_dir, how)
        bench.close()
    sys.stdout.write(json.dumps(told))


def _tell(bench: Bench, data_dir: Path, how: str) -> dict[str, object]:
    draft = bench.draft()
    bench.services.local.ledger.drafts.keep(draft)
    large = bench.draft(logo_url="https://static.example.com/" + "x" * 200_000)
    bench.restarted()
    with _bad(data_dir, how):
        told: dict[str, object] = {"bad": {"draft": _code(bench, large), "create": _created(bench, large)}}
    told |= {"posts_while_bad": bench.posts(), "made_while_bad": len(bench.made())}
    told["draft_whole"] = bench.restarted().local.ledger.drafts.all() == (draft,)
    creation = bench.create(draft)
    saved = bench.restarted().local.ledger.creations.get(creation.id)
    told |= {"then": creation.state, "posts": bench.posts(), "made": len(bench.made())}
    told["saved"] = [saved.integration_id] == [i.id for i in bench.made()]
    return told


def _code(bench: Bench, draft: Draft) -> str:
    try:
        bench.services.local.ledger.drafts.keep(draft)
    except Problem as problem:
        return problem.code
    return "kept"


def _created(bench: Bench, draft: Draft) -> str:
    try:
        return bench.create(draft).state
    except Problem as problem:
        return problem.code


def _bad(data_dir: Path, how: str) -> AbstractContextManager[None]:
    if how == "read-only":
        return disks.closed(0o444, data_dir, *data_dir.rglob("*"))
    return disks.full(data_dir.parent, _LIMIT) if how == "full" else disks.quota(_LIMIT)


if __name__ == "__main__":
    main(sys.argv[1])
