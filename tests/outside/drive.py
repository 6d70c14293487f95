"""The program as a process with a window, and the platform it talks to: what the tests from outside hold in hand."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.outside.bus import Bus, BusError, Node, Ref
from tests.outside.session import ROOT, Desktop, python

PATIENCE_S = 20.0
"""How long anything may take on a busy computer; what works takes a fraction of it."""

_T = TypeVar("_T")


_CONTROL, _W = 37, 25
"""Keys of every PC keyboard."""


class Window:
    """One run of the program, held by the ids that its objects have on the accessibility bus."""

    def __init__(self, desktop: Desktop, bus: Bus, data_dir: Path, *arguments: str) -> None:
        self.bus = bus
        # A file and not a pipe: nobody reads while the program runs.
        self._errors = tempfile.TemporaryFile(dir=desktop.folder)  # noqa: SIM115 - closed by `end`
        command = python("-m", "wizard", "--data-dir", str(data_dir), *arguments)
        self.process = subprocess.Popen(command, cwd=ROOT, env=desktop.environment, stderr=self._errors)
        self._root: Ref | None = None
        self._seen: dict[str, Ref] = {}

    @property
    def root(self) -> Ref:
        """The program's root object, as soon as it is there."""
        if self._root is None:
            self._root = self.until(lambda: self.bus.program(self.process.pid), "the program on the bus")
        return self._root

    # ------------------------------------------------------------------ looking

    def until(self, look: Callable[[], _T | None], what: str, timeout_s: float = PATIENCE_S) -> _T:
        """Wait until `look` finds something."""
        deadline_s = time.monotonic() + timeout_s
        while True:
            found = look()
            if found:
                return found
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended while waiting for {what}:\n{self.errors()}")
            if time.monotonic() > deadline_s:
                raise AssertionError(f"never came: {what}\n{self.errors()}\n{self.picture()}")
            time.sleep(0.03)

    def find(self, *ids: str) -> Node | None:
        """The showing object with one of these ids, if there is one now."""
        # Where they were last time: a walk through the whole window costs a hundred times as much.
        known = [self._seen[one] for one in ids if one in self._seen]
        found = next((n for n in self.bus.look(known) if n.is_showing and n.id in ids), None)
        found = found or self.bus.find(self.root, ids)
        if found:
            self._seen[found.id] = found.ref
        return found

    def wait(self, *ids: str, timeout_s: float = PATIENCE_S) -> Node:
        """The showing object with one of these ids, as soon as there is one."""
        return self.until(lambda: self.find(*ids), " or ".join(ids), timeout_s)

    def enabled(self, name: str) -> Node:
        """An object that can be used, as soon as it is."""

        def look() -> Node | None:
            node = self.find(name)
            return node if node and "enabled" in node.states else None

        return self.until(look, f"{name}, enabled")

    def text(self, name: str) -> str:
        """The text of a field."""
        return self.bus.text(self.wait(name).ref)

    def name(self, name: str) -> str:
        """The accessible name of an object."""
        return self.wait(name).name

    def says(self, part: str) -> Node:
        """Wait until an object that shows has a name with this in it."""

        def look() -> Node | None:
            return next((node for node in self.nodes() if part in node.name), None)

        return self.until(look, f"a sentence with {part!r}")

    def nodes(self) -> list[Node]:
        """Everything that shows."""
        return self.bus.walk(self.root)

    def picture(self) -> str:
        """Everything that shows, as text for a person who reads why a test failed."""
        try:
            return "\n".join(f"{'  ' * n.depth}{n.id} [{n.role}] {n.name!r} {sorted(n.states)}" for n in self.nodes())
        except (BusError, AssertionError, OSError) as error:
            return f"(no picture: {error})"

    # ------------------------------------------------------------------ doing

    def press(self, name: str) -> None:
        """Press a button, or choose a radio button, as assistive technology does."""
        self.bus.act(self.enabled(name).ref, "Press")

    def choose(self, name: str) -> None:
        """Choose a radio button."""
        node = self.enabled(name)
        if "checked" not in node.states:
            self.bus.act(node.ref, "Toggle")

    def fill(self, name: str, text: str) -> None:
        """Put a text into a field."""
        self.bus.set_text(self.enabled(name).ref, text)

    def pick(self, view: str, row: str) -> None:
        """Choose a row of a tree or list by its name, or by the beginning of it."""

        def look() -> tuple[Ref, int] | None:
            node = self.find(view)
            rows = self.bus.look(self.bus.children([node.ref])[0]) if node else []
            numbers = [n for n, one in enumerate(rows) if one.name.startswith(row) and one.role.endswith("item")]
            return (node.ref, numbers[0]) if node and len(numbers) == 1 else None

        self.bus.select(*self.until(look, f"{row!r} in {view}"))

    def pick_folded(self, combo: str, row: str) -> None:
        """Choose a row of a combo box that was opened, by the beginning of its name."""

        def look() -> Ref | None:
            lists = self.bus.children([self.wait(combo).ref])[0]
            rows = [one for refs in self.bus.children(lists) for one in self.bus.look(refs)]
            return next((one.ref for one in rows if one.name.startswith(row)), None)

        self.bus.act(self.until(look, f"{row!r} in {combo}"), "Toggle")

    # ------------------------------------------------------------------ the end

    def errors(self) -> str:
        """What the program wrote where it complains."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def close(self) -> None:
        """Leave as a person does; the program must end by itself, in order and without complaint."""
        self.press("closeButton")
        self.close_library()
        assert self.process.wait(PATIENCE_S) == 0, self.errors()
        errors = self.errors()
        assert not errors, errors

    def close_library(self) -> None:
        """Close the home window with the keys for it, once it has come."""
        self.bus.focus(self.wait("integrationTable").ref)
        self.until(lambda: "focused" in self.wait("integrationTable").states, "the keyboard")
        for code, down in ((_CONTROL, True), (_W, True), (_W, False), (_CONTROL, False)):
            self.bus.hold_key(code, down=down)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """Clear away, whatever state it is in."""
        self.kill()
        self._errors.close()


class Server:
    """The practice platform in a process of its own, asked over its control endpoint what it saw."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        self.url: str = told["url"]
        self.credentials: dict[str, dict[str, Any]] = told["credentials"]
        self._client = httpx.Client(base_url=f"{self.url}/__practice__/", trust_env=False, timeout=20)

    def requests(self) -> list[dict[str, Any]]:
        """Every request so far."""
        return list(self._client.get("requests").json())

    def integrations(self, name: str = "") -> list[dict[str, Any]]:
        """What exists, all or of one name."""
        return [one for one in self._client.get("integrations").json() if not name or one["externalPlatform"] == name]

    def fault(self, kind: str, method: str = "POST", path: str = "/api/v2/integrations", **more: object) -> None:
        """Spoil the next such answer."""
        self._client.post("faults", json={"kind": kind, "method": method, "path": path, **more}).raise_for_status()

    def forget(self) -> None:
        """No faults, and no request was ever seen."""
        self._client.delete("faults").raise_for_status()
        self._client.delete("requests").raise_for_status()

    def close(self) -> None:
        """Ask no more."""
        self._client.close()


@contextmanager
def serving(*arguments: str) -> Iterator[Server]:
    """A running platform."""
    process = subprocess.Popen(
        python("-m", "wizard.demo", "--control", *arguments), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        server = Server(process)
        try:
            yield server
        finally:
            server.close()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@contextmanager
def opened(desktop: Desktop, bus: Bus, data_dir: Path, *arguments: str) -> Iterator[Window]:
    """A running program; it is gone afterwards."""
    window = Window(desktop, bus, data_dir, *arguments)
    try:
        yield window
    finally:
        window.end()


def saved(desktop: Desktop, data_dir: Path) -> list[dict[str, Any]]:
    """What the command line tells of the saved integrations."""
    command = python("-m", "wizard", "saved", "--json", "--data-dir", str(data_dir))
    told = subprocess.run(command, cwd=ROOT, env=desktop.environment, capture_output=True, text=True, check=True)
    assert told.stderr == ""
    return list(json.loads(told.stdout))
