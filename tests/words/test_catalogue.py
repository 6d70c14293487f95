"""The catalogues are in step with the code, complete, and safe to fill in."""

import ast
import difflib
import gettext
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import words as command
from tests.helpers.offenders import assert_clean
from tests.words.calls import FROM_TABLES, TABLES, Call, calls, placeholders
from tests.words.sentences import OTHERS, Entry, entries

HOW = "run: python packaging/dev.py words"


def _difference(path: Path, fresh: command.Plain) -> Iterator[str]:
    """The lines in which a file differs from what it should be."""
    kept, wanted = (
        content.decode().splitlines(keepends=True) for content in (path.read_bytes(), command.po_bytes(fresh))
    )
    for line in itertools.islice(difflib.unified_diff(kept, wanted, n=0), 2, None):
        yield f"{line!r}; {HOW}"


def _compiled(language: str) -> gettext.GNUTranslations:
    with command.po_path(language).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_language_has_a_catalogue() -> None:
    assert command.languages() == sorted(OTHERS)


def test_the_template_is_what_stands_in_the_code() -> None:
    assert_clean([command.TEMPLATE], lambda path: _difference(path, command.extracted()))


def test_catalogues_are_in_step_with_the_code() -> None:
    fresh = {command.po_path(language): command.updated(language, command.extracted()) for language in OTHERS}
    assert_clean(fresh, lambda path: _difference(path, fresh[path]))


def test_catalogues_are_complete() -> None:
    def complaints(entry: Entry) -> Iterator[str]:
        if entry.message.fuzzy:
            yield "is fuzzy"
        if not command.is_translated(entry.message):
            yield "is not translated"

    assert_clean(entries(), complaints)


def test_catalogues_keep_nothing_obsolete() -> None:
    catalogues = {language: command.read(command.po_path(language), language) for language in OTHERS}
    assert_clean(catalogues, lambda language: (f"{ids!r} is obsolete" for ids in catalogues[language].obsolete))


def test_what_the_program_reads_is_what_was_translated() -> None:
    # Compared by what it says: another Babel may lay the same catalogue out in another way.
    compiled = {language: _compiled(language) for language in OTHERS}

    def complaints(entry: Entry) -> Iterator[str]:
        said = compiled[entry.language]
        if isinstance(entry.message.id, str):
            found: tuple[str, ...] = (said.gettext(entry.message.id),)
        else:
            one, many = entry.originals
            found = said.ngettext(one, many, 1), said.ngettext(one, many, 2)
        if found != entry.translations:
            yield f"the program reads {found}, translated is {entry.translations}; {HOW}"

    assert_clean(entries(), complaints)


def test_the_program_reads_the_same_messages() -> None:
    def complaints(language: str) -> Iterator[str]:
        read = {key if isinstance(key, str) else key[0] for key in vars(_compiled(language))["_catalog"] if key}
        kept = {entry.originals[0] for entry in entries() if entry.language == language}
        for message in sorted(read ^ kept):
            yield f"{message!r} is only {'compiled' if message in read else 'in the catalogue'}; {HOW}"

    assert_clean(OTHERS, complaints)


def test_catalogues_name_no_time_person_or_place() -> None:
    def complaints(path: Path) -> Iterator[str]:
        text = path.read_text(encoding="utf-8")
        head = text.partition("\n\n")[0].splitlines()
        yield from (repr(line) for line in head if "Date" in line or "@" in line)
        yield from (repr(line) for line in text.splitlines()[1:] if line.startswith("#:"))

    assert_clean([command.TEMPLATE, *map(command.po_path, OTHERS)], complaints)


def test_placeholders_are_the_same_in_every_language_and_form() -> None:
    def complaints(entry: Entry) -> Iterator[str]:
        wanted = placeholders(entry.originals[0])
        for text in filter(None, (*entry.originals, *entry.translations)):
            if placeholders(text) != wanted:
                yield f"{text!r} has the placeholders {sorted(placeholders(text))}, not {sorted(wanted)}"

    assert_clean(entries(), complaints)


def test_babel_finds_every_call() -> None:
    template = {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in command.read(command.TEMPLATE)
        if message.id
    }
    said = {call.ids: call.where for call in calls() if call.messages and call.messages != ("",)}

    def complaints(ids: str | tuple[str, ...]) -> Iterator[str]:
        if ids not in template:
            yield f"said at {said[ids]}, missing in the template; {HOW}"
        if ids not in said:
            yield f"in the template, said nowhere; {HOW}"

    assert_clean(sorted(template | said.keys(), key=str), complaints)


def test_a_message_is_a_literal() -> None:
    def complaints(call: Call) -> Iterator[str]:
        for argument in call.arguments:
            if not _is_a_message(argument, call):
                yield f"{ast.unparse(argument)} is not a plain message"

    assert_clean(calls(), complaints)


def test_a_message_has_its_facts_beside_it() -> None:
    def complaints(call: Call) -> Iterator[str]:
        given = call.facts
        if call.function == "mark" or given is None or len(call.messages) != len(call.arguments):
            return
        given |= {"n"} if call.function == "count" else set()
        for text in call.messages:
            if placeholders(text) != given:
                yield f"{text!r} has the placeholders {sorted(placeholders(text))}, given are {sorted(given)}"

    assert_clean(calls(), complaints)


def _is_a_message(argument: ast.expr, call: Call) -> bool:
    """A literal, or something out of a table of marked messages."""
    if isinstance(argument, ast.Constant):
        return isinstance(argument.value, str)
    text = ast.unparse(argument)
    if (call.where.rpartition(":")[0], text) in FROM_TABLES:
        return True
    while isinstance(argument, ast.Subscript | ast.Call | ast.Attribute):
        argument = argument.func if isinstance(argument, ast.Call) else argument.value
    return isinstance(argument, ast.Name) and argument.id in TABLES


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(command, "TEMPLATE", tmp_path / "locale" / "wizard.pot")
    code = tmp_path / "wizard" / "page.py"
    code.parent.mkdir()
    code.write_text('say("Old")\nself.count("{n} tree", "{n} trees", 3)\nbox.count(1)\n', encoding="utf-8")
    po = command.po_path("fr")
    po.parent.mkdir(parents=True)
    po.write_bytes(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Old"\nmsgstr "Vieux"\n')
    assert command.main([]) == 1
    assert "1 to translate" in capsys.readouterr().out
    po.write_bytes(po.read_bytes().replace(b'[0] ""', b'[0] "{n} arbre"').replace(b'[1] ""', b'[1] "{n} arbres"'))
    assert command.main([]) == 0
    french = gettext.translation("wizard", tmp_path / "locale", ["fr"])
    assert (french.gettext("Old"), french.ngettext("{n} tree", "{n} trees", 0)) == ("Vieux", "{n} arbre")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*o*")}
    assert command.main([]) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*o*")} == before
    code.write_text('say("New")\n', encoding="utf-8")
    assert command.main([]) == 1
    assert "Vieux" not in po.read_text(encoding="utf-8")
    assert command.main(["nonsense"]) == 2
