"""Every call of say, count and mark in the code, read without running it."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

PACKAGE = Path(__file__).resolve().parents[2] / "wizard"
TEXTS = {"say": 1, "_say": 1, "count": 2, "mark": 1}
"""How many messages each of them is called with."""

TABLES = {
    "ACTIONS", "CHECKS", "NETWORK", "ROLES", "SCOPES", "SENTENCES", "SPECIFIC", "STATUSES", "UNNAMED", "VALUES",
    "WITHOUT", "_MONTHS", "_NAMES",
}  # fmt: skip
"""Tables of marked messages, from which `say` may be given one."""

FROM_TABLES = {("wizard/words/problems.py", "title"), ("wizard/words/problems.py", "text")} | {
    ("wizard/words/labels.py", f"known[{place}]") for place in (0, 1)
}
FROM_TABLES |= {
    (f"wizard/{file}.py", "info.name") for file in ("flow/wizard/wizard", "flow/wizard/wizard_view", "ui/wizard/window")
} | {("wizard/flow/wizard/wizard_view.py", "INFO[step].next_text")}
"""Variables that hold a message of a table."""


@dataclass(frozen=True)
class Call:
    """One call: its messages where they are literals, and the names of the facts where they can be seen."""

    where: str
    function: str
    arguments: tuple[ast.expr, ...]
    facts: frozenset[str] | None

    @property
    def messages(self) -> tuple[str, ...]:
        """The literals."""
        return tuple(a.value for a in self.arguments if isinstance(a, ast.Constant) and isinstance(a.value, str))

    @property
    def ids(self) -> str | tuple[str, ...]:
        """The message as a catalogue names it."""
        return self.messages[0] if len(self.messages) == 1 else self.messages

    def __str__(self) -> str:
        """The place and the call, as a failure names them."""
        return f"{self.where} {self.function}({', '.join(ast.unparse(argument) for argument in self.arguments)})"


@functools.cache
def calls() -> tuple[Call, ...]:
    """All of them. Lists and layouts have a `count` too: theirs takes one argument at most."""
    return tuple(_calls())


def _calls() -> Iterator[Call]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = _name(node.func)
                if function in TEXTS and not (function == "count" and len(node.args) < 2):
                    yield _call(f"{name}:{node.lineno}", function, node)


def placeholders(text: str) -> set[str]:
    """The names of the placeholders in a message.

    Raises ValueError where one has an index, a format or a conversion, or where a brace stands alone.
    """
    names = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or spec or conversion:
                raise ValueError(f"more than a name in a placeholder of {text!r}")
            names.add(name)
    return names


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _call(where: str, function: str, node: ast.Call) -> Call:
    names = [keyword.arg for keyword in node.keywords]
    facts = None if None in names else frozenset(name for name in names if name)
    return Call(where, function, tuple(node.args[: TEXTS[function]]), facts)
