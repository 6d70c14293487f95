"""A program of its own: spoils the files of a used computer in one way, and starts the wizard on them. Tells JSON.

It tells what a person reads on the command line and at the window while things are bad, and again once they are
mended; and what every file held before and after.
"""

import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from tests.helpers.made import customer, made, operation
from wizard import __main__
from wizard.app import program
from wizard.core.address import EU
from wizard.core.draft import Draft
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration, Labels
from wizard.services import Services
from wizard.store.migrations import MIGRATIONS, VERSION
from wizard.ui.library.window import LibraryWindow
from wizard.ui.wizard.window import WizardWindow

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_MS = 20_000
_LOOK_MS = 20
_PAGE = 4096
NEWER = 999
"""A version of the ledger that no program of today writes."""

# ---------------------------------------------------------------------- a used computer


def use(data_dir: Path) -> None:
    """Save a customer and a draft, make a copy, save a verified integration, make another copy."""
    with closing(Services(data_dir)) as services:
        ledger = services.local.ledger
        ledger.customers.keep(customer("c1", "ACME", EU, "client"))
        ledger.drafts.keep(Draft("d1", customer="ACME", client_id="client", name="Half way"))
        services.local.copy_ledger()
        wanted = Integration("Atelier", ObjectId("a" * 24), ObjectId("b" * 24), True, 5, False)
        planned = operation("k1", wanted, labels=Labels("ACME Academy", ("Sales",), "Alex"), draft_id="d2")
        ledger.operations.plan(planned)
        ledger.operations.note_sent("k1")
        _, saved = ledger.operations.finish_creation("k1", made(planned))
        ledger.integrations.note_check(saved.id, ())
        services.local.copy_ledger()


def cut_power(ledger: Path, *, reads: bool) -> None:
    """The files as they are while the program runs and has just saved a second customer.

    While somebody reads, what was saved stays in the -wal file.
    """
    with closing(Services(ledger.parent)) as services, closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        if reads:
            other.execute("BEGIN")
            other.execute("SELECT * FROM customer").fetchall()
        services.local.ledger.customers.keep(customer("c2", "Late", EU, "late"))
        files = {path: path.read_bytes() for path in ledger.parent.glob(f"{ledger.name}*")}
    for path, data in files.items():
        path.write_bytes(data)


def side(ledger: Path, end: str) -> Path:
    """The file beside the ledger with this ending."""
    return ledger.with_name(f"{ledger.name}-{end}")


# ---------------------------------------------------------------------- ways to spoil it


def truncate(ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[: ledger.stat().st_size // 2])


def zero(table: str, ledger: Path) -> None:
    """Overwrite the first page of a table; without a name, that of the file."""
    with closing(sqlite3.connect(ledger)) as db:
        found = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    page = found[0] - 1 if found else 0
    data = bytearray(ledger.read_bytes())
    data[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    ledger.write_bytes(bytes(data))


def empty(ledger: Path) -> None:
    ledger.write_bytes(b"")


def become_folder(ledger: Path) -> None:
    ledger.unlink()
    ledger.mkdir()
    (ledger / "notes.txt").write_text("somebody's notes")


def lose_side_file(end: str, ledger: Path) -> None:
    cut_power(ledger, reads=end != "wal")
    side(ledger, end).unlink()


def set_version(version: int, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as db:
        db.execute(f"PRAGMA user_version = {version}")


def become_older(version: int, ledger: Path) -> None:
    """A ledger of a program of that version, with the same in it."""
    older = ledger.with_suffix(".older")
    with closing(sqlite3.connect(older, isolation_level=None)) as db:
        for step, migrate in MIGRATIONS.items():
            if step <= version:
                migrate(db)
        db.execute("INSERT INTO customer VALUES ('c1', ?, 'client', ?, 'then')", (EU, json.dumps(_CUSTOMER)))
        db.execute("INSERT INTO draft VALUES ('d1', ?, 'then')", (json.dumps(_DRAFT),))
        row = ("c" * 24, json.dumps(_CREATION))
        db.execute("INSERT INTO creation VALUES ('k1', 'c1', 'verified', ?, ?, 'then')", row)
        db.execute("INSERT INTO event VALUES (1, 'k1', 'then', 'verified', '')")
        db.execute(f"PRAGMA user_version = {version}")
    older.replace(ledger)


_CUSTOMER = {"id": "c1", "label": "ACME", "origin": EU, "client_id": "client"}
_DRAFT = {"id": "d1", "customer": "ACME", "client_id": "client", "name": "Half way", "step": 2}
_CREATION = {
    "id": "k1",
    "draft_id": "d2",
    "customer_id": "c1",
    "wanted": {
        "external_platform": "Atelier",
        "group_id": "a" * 24,
        "author_id": "b" * 24,
        "default_completion": True,
        "default_progress": 5,
        "no_group_propagation": False,
    },
    "labels": {"platform": "ACME Academy", "group": ["Sales"], "author": "Alex"},
    "state": "verified",
    "integration_id": "c" * 24,
}


def become_foreign(version: int, ledger: Path) -> None:
    """A sound database, of another program."""
    ledger.unlink()
    with closing(sqlite3.connect(ledger)) as db:
        db.execute("CREATE TABLE song (title TEXT)")
    set_version(version, ledger)


def garble(sql: str, ledger: Path) -> None:
    """Change one thing in a ledger that is sound otherwise."""
    with closing(sqlite3.connect(ledger)) as db, db:
        db.execute(sql)


def plant_copy(ledger: Path) -> None:
    become_foreign(VERSION, copies(ledger)[0])


def copies(ledger: Path) -> list[Path]:
    return sorted((ledger.parent / "copies").iterdir(), reverse=True)


def truncate_copies(count: int, ledger: Path) -> None:
    for copy in copies(ledger)[:count]:
        truncate(copy)


def remove_copies(ledger: Path) -> None:
    for copy in copies(ledger):
        copy.unlink()


def set_version_of_copies(version: int, ledger: Path) -> None:
    for copy in copies(ledger):
        set_version(version, copy)


def nothing(_ledger: Path) -> AbstractContextManager[None]:
    return nullcontext()


Spoil = Callable[[Path], object]


class Row(NamedTuple):
    """What is done to a ledger, what is bad beyond that for as long as it lasts, and what mends it."""

    spoils: tuple[Spoil, ...] = ()
    trouble: Callable[[Path], AbstractContextManager[None]] = nothing
    mend: Spoil = nothing
    needs_small_disk: bool = False


ROWS: dict[str, Row] = {
    "sound": Row(),
    "truncated": Row((truncate,)),
    "a page of zeros": Row((partial(zero, "customer"),)),
    "a first page of zeros": Row((partial(zero, ""),)),
    "zero bytes": Row((empty,)),
    "gone": Row((Path.unlink,)),
    "a folder": Row((become_folder,)),
    "power cut": Row((partial(cut_power, reads=True),)),
    "-wal deleted": Row((partial(lose_side_file, "wal"),)),
    "-shm deleted": Row((partial(lose_side_file, "shm"),)),
    "truncated, newest copy too": Row((truncate, partial(truncate_copies, 1))),
    "truncated, all copies too": Row((truncate, partial(truncate_copies, 2))),
    "truncated, no copies": Row((truncate, remove_copies)),
    "gone, all copies truncated": Row((Path.unlink, partial(truncate_copies, 2))),
    "of another program": Row((partial(become_foreign, 0),)),
    "of another program, with our version": Row((partial(become_foreign, VERSION),)),
    "a table less": Row((partial(garble, "DROP TABLE event"),)),
    "a row that is none": Row((partial(garble, "UPDATE customer SET origin = 'what'"),)),
    "a row of bad bytes": Row((partial(garble, "UPDATE draft SET answers = CAST(x'7bff7d' AS TEXT)"),)),
    "truncated, newest copy of another program": Row((truncate, plant_copy)),
    "of version 1": Row((partial(become_older, 1),)),
    "of version 2": Row((partial(become_older, 2),)),
    "of a newer program": Row((partial(set_version, NEWER),), mend=partial(set_version, VERSION)),
    "truncated, copies of a newer program": Row(
        (truncate, partial(set_version_of_copies, NEWER)), mend=partial(set_version_of_copies, VERSION)
    ),
}

if sys.platform != "win32":
    from tests.faults import disks

    # Less than a ledger needs, and enough for the files beside it.
    _ROOM = 40 * 1024

    def read_only(ledger: Path) -> AbstractContextManager[None]:
        return disks.closed(0o444, ledger.parent, *ledger.parent.rglob("*"))

    def unreadable(ledger: Path) -> AbstractContextManager[None]:
        for path in (ledger.parent, *ledger.parent.iterdir()):
            path.chmod(0o777)
        return disks.closed(0, ledger)

    def full(ledger: Path) -> AbstractContextManager[None]:
        return disks.full(ledger.parent.parent, 1)

    def nearly_full(ledger: Path) -> AbstractContextManager[None]:
        return disks.full(ledger.parent.parent, _ROOM, room=_ROOM)

    def no_quota(_ledger: Path) -> AbstractContextManager[None]:
        return disks.quota(1)

    ROWS |= {
        "read-only folder": Row((), read_only),
        "read-only folder, truncated": Row((truncate,), read_only),
        "unreadable": Row((), unreadable),
        "full disk": Row((), full, needs_small_disk=True),
        "full disk, truncated": Row((truncate,), full, needs_small_disk=True),
        "nearly full disk, truncated": Row((truncate,), nearly_full, needs_small_disk=True),
        "nearly full disk, of version 2": Row((partial(become_older, 2),), nearly_full, needs_small_disk=True),
        "used up quota": Row((), no_quota),
        "used up quota, truncated": Row((truncate,), no_quota),
    }

# ---------------------------------------------------------------------- what a person sees


def saved(data_dir: Path, *, as_command: bool = False) -> dict[str, object]:
    """The command line, `saved --json`; as a command, in a process of its own."""
    arguments = ["saved", "--json", "--data-dir", str(data_dir)]
    if as_command:
        command = [sys.executable, "-m", "wizard", *arguments]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        status, out, err = ran.returncode, ran.stdout, ran.stderr
    else:
        written, told = io.StringIO(), io.StringIO()
        with redirect_stdout(written), redirect_stderr(told):
            status = __main__.main(arguments)
        out, err = written.getvalue(), told.getvalue()
    return {"status": status, "err": err, "ids": [entry["_id"] for entry in json.loads(out)] if out else None}


class Application(QApplication):
    """The one application of this process, however often the program runs; reads each window, then closes it."""

    def __init__(self) -> None:
        super().__init__([])
        self.read: dict[str, object] = {}
        self._painted: list[bool] = []

    def exec(self) -> int:  # type: ignore[override]
        """Run until the first windows are there and read; 99 if that never comes."""
        # An earlier run's program may still be there.
        made = self.findChildren(program.Program)[-1]
        runner = made.runner
        # A window reads what is on this computer after its first paint.
        made.windows.painted.connect(lambda: self._painted.append(True))
        limit = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        limit.timeout.connect(partial(self.exit, 99))
        limit.start()
        acts = self._acts()
        look = QTimer(self, interval=_LOOK_MS)

        def on_look() -> None:
            if self._painted and runner.is_idle:
                next(acts, None)

        look.timeout.connect(on_look)
        look.start()
        try:
            return super().exec()
        finally:
            limit.stop()
            look.stop()

    def _windows(self) -> list[QWidget]:
        windows = (one for one in self.topLevelWidgets() if isinstance(one, WizardWindow | LibraryWindow))
        return sorted(windows, key=lambda one: isinstance(one, WizardWindow))

    def _acts(self) -> Iterator[None]:
        """Read the cards of the first window, and the answers on offer in a wizard; then close all."""
        [first] = [one for one in self._windows() if one.isVisible()]
        cards = _cards(first)
        if isinstance(first, LibraryWindow):
            self._painted.clear()
            first.new.click()
            yield
        [wizard] = [one for one in self._windows() if isinstance(one, WizardWindow) and one.isVisible()]
        self.read = {"cards": cards, **_offers(wizard)}
        yield
        self._painted.clear()
        for one in self._windows():
            one.close()
        yield


def _seen(window: QWidget, name: str) -> list[str]:
    return [one.accessibleName() for one in window.findChildren(QWidget, name) if one.isVisible()]


def _cards(window: QWidget) -> list[str]:
    return [*_seen(window, "storeProblem"), *_seen(window, "storeNews")]


def _offers(window: WizardWindow) -> dict[str, object]:
    customers = window.findChild(QComboBox, "savedCustomer")
    assert customers is not None
    return {
        "page": window.currentPage().objectName(),
        "offers": len(_seen(window, "resumeCard")),
        "customers": [customers.itemText(at).partition(" ")[0] for at in range(1, customers.count())],
    }


def window(data_dir: Path, application: Application) -> dict[str, object]:
    """The program itself, until somebody has read its window and closed it."""
    with patch.object(program, "QApplication", lambda _arguments: application):
        status = program.run(program.Options(data_dir=data_dir))
    return {"status": status, **application.read}


def files(data_dir: Path) -> dict[str, str]:
    """What every file holds, but for the locks and the log."""
    return {
        path.relative_to(data_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(data_dir.rglob("*"))
        if path.is_file() and path.suffix not in (".lock", ".log")
    }


def main(name: str) -> None:
    """Spoil, start, mend, start again; tell all of it."""
    row = ROWS[name]
    application = Application()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wizard-start-")))
        if row.needs_small_disk:
            stack.enter_context(disks.small(folder))
        data_dir = folder / "data"
        ledger = data_dir / "ledger.sqlite3"
        use(data_dir)
        for spoil in row.spoils:
            spoil(ledger)
        told: dict[str, object] = {"folder": str(data_dir), "before": files(data_dir)}
        with row.trouble(ledger):
            # A program that an administrator starts is an administrator again.
            is_command = sys.platform == "win32" or not disks.may_override()
            told["bad"] = {"saved": saved(data_dir, as_command=is_command), "window": window(data_dir, application)}
        told["after"] = files(data_dir)
        row.mend(ledger)
        told["then"] = {"saved": saved(data_dir), "window": window(data_dir, application)}
        told["end"] = files(data_dir)
        log_file = data_dir / "wizard.log"
        told["log"] = log_file.read_text(encoding="utf-8") if log_file.exists() else ""
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
