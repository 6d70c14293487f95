"""The catalogues are in step with the code, complete, and safe to fill in."""

import ast
import gettext
from pathlib import Path

import pytest

import words as command
from tests.words.calls import FROM_TABLES, TABLES, Call, calls, placeholders
from wizard.words import LANGUAGES

OTHERS = [language for language in LANGUAGES if language != "en"]
HOW = "run: python packaging/dev.py words"


def _ids(path: Path) -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for message in command.read(path):
        if message.id:
            found.add(message.id if isinstance(message.id, str) else tuple(message.id))
    return found


def test_every_language_has_a_catalogue() -> None:
    assert command.languages() == sorted(OTHERS)


def test_the_template_is_what_stands_in_the_code() -> None:
    assert command.TEMPLATE.read_bytes() == command.po_bytes(command.extracted()), HOW


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_in_step_with_the_code(language: str) -> None:
    fresh = command.updated(language, command.extracted())
    assert command.po_path(language).read_bytes() == command.po_bytes(fresh), HOW


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_complete(language: str) -> None:
    catalogue = command.read(command.po_path(language), language)
    assert not catalogue.obsolete
    messages = [message for message in catalogue if message.id]
    assert len(messages) > 300
    assert [m.id for m in messages if m.fuzzy] == []
    assert [m.id for m in messages if not command.is_translated(m)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_program_reads_is_what_was_translated(language: str) -> None:
    path = command.po_path(language)
    # Compared by what it says: another Babel may lay the same catalogue out in another way.
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in command.read(path, language):
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string, HOW
        elif message.id:
            one, many = message.id
            assert (compiled.ngettext(one, many, 1), compiled.ngettext(one, many, 2)) == tuple(message.string or ()), (
                HOW
            )
    known = {key if isinstance(key, str) else key[0] for key in vars(compiled)["_catalog"] if key}
    assert known == {ids if isinstance(ids, str) else ids[0] for ids in _ids(path)}, HOW


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_in_a_catalogue_names_a_time_a_person_or_a_place(language: str) -> None:
    for path in (command.TEMPLATE, command.po_path(language)):
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        assert "Date" not in head
        assert "@" not in head
        assert "\n#:" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_the_same_in_every_language_and_form(language: str) -> None:
    for message in command.read(command.po_path(language), language):
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        translations = [message.string] if isinstance(message.string, str) else list(message.string or ())
        wanted = placeholders(originals[0])
        for text in filter(None, (*originals, *translations)) if message.id else ():
            assert placeholders(text) == wanted, text


def test_babel_finds_every_call() -> None:
    found = {call.ids for call in calls() if call.messages and call.messages != ("",)}
    assert found == _ids(command.TEMPLATE), HOW


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


@pytest.mark.parametrize("call", list(calls()), ids=lambda call: call.where)
def test_a_message_is_a_literal_with_its_facts_beside_it(call: Call) -> None:
    for argument in call.arguments:
        assert _is_a_message(argument, call), f"{call.where}: {ast.unparse(argument)} is not a plain message"
    given = call.facts
    if call.function == "mark" or given is None or len(call.messages) != len(call.arguments):
        return
    for text in call.messages:
        assert placeholders(text) == given | ({"n"} if call.function == "count" else set()), call.where


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
