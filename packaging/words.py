"""Keep the catalogues in step with the code: python packaging/dev.py words [extract | update | compile]

  extract  write resources/locale/wizard.pot from every say(...), count(...) and mark(...) in wizard/
  update   bring every language's .po in step with it; a sentence that is new or changed stands there empty
  compile  write the .mo files that the program reads

Without a word it does all three. The status is 1 as long as a sentence waits for its translation.
Nothing here writes a time, a person or a place: the same code gives the same files on every computer.
"""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "wizard.pot"
Texts = str | list[str] | tuple[str, ...]
KEYWORDS = {"say": (1,), "_say": (1,), "count": (1, 2), "mark": (1,)}


class Plain(Catalog):
    """A catalogue whose header says what programs need to read it, and nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header, line by line."""
        language = [] if self.locale is None else [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)]
        return [
            *language,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def main(arguments: Sequence[str]) -> int:
    """Run one part, or all three; the answer is the exit status."""
    parts = {"extract": extract, "update": update, "compile": compile_all}
    if len(arguments) > 1 or any(name not in parts for name in arguments):
        print(__doc__)
        return 2
    for name in arguments or parts:
        parts[name]()
    return _report()


def extracted() -> Plain:
    """The messages that stand in the code now, without their places: these would change with every line."""
    template = _plain(None)
    for _, _, ids, _, _ in extract_from_dir(ROOT / "wizard", [("**.py", "python")], keywords=KEYWORDS):
        if ids:
            _add(template, ids, "")
    return template


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/wizard.po"))


def po_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "wizard.po"


def read(path: Path, language: str | None = None) -> Catalog:
    """A catalogue or the template, as it lies on the disk."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def po_bytes(catalogue: Plain) -> bytes:
    """A catalogue in the form that is kept: sorted, and a message a line however long."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, no_location=True, sort_output=True)
    return file.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """A catalogue in the form that the program reads; what is not translated stays out."""
    complete = _plain(str(catalogue.locale))
    for message in catalogue:
        if message.id and is_translated(message):
            _add(complete, message.id, message.string)
    file = io.BytesIO()
    write_mo(file, complete)
    return file.getvalue()


def updated(language: str, template: Catalog) -> Plain:
    """The catalogue of a language with the messages of the template and the translations that it has of them."""
    known = {message.id: message.string for message in read(po_path(language), language) if message.id}
    fresh = _plain(language)
    for message in template:
        if message.id:
            empty = ("",) * fresh.num_plurals if isinstance(message.id, tuple) else ""
            _add(fresh, message.id, known.get(message.id) or empty)
    return fresh


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its translation."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def extract() -> None:
    """Write the template."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    _write(TEMPLATE, po_bytes(extracted()))


def update() -> None:
    """Bring the catalogue of every language in step with the template."""
    template = read(TEMPLATE)
    for language in languages():
        _write(po_path(language), po_bytes(updated(language, template)))


def compile_all() -> None:
    """Write what the program reads, for every language."""
    for language in languages():
        path = po_path(language)
        _write(path.with_suffix(".mo"), mo_bytes(read(path, language)))


def _plain(language: str | None) -> Plain:
    of = f"The sentences of the program{f', in the language {language}' if language else ''}."
    return Plain(language, header_comment=f"# {of}\n# Kept in step with the code by: dev.py words\n#", fuzzy=False)


def _add(catalogue: Plain, ids: Texts, strings: Texts | None) -> None:
    ids = ids if isinstance(ids, str) else tuple(ids)
    strings = strings if strings is None or isinstance(strings, str) else tuple(strings)
    # Babel takes "100 % de" for a format of its own; only names in braces count here.
    if catalogue.get(ids if isinstance(ids, str) else ids[0]) is None:
        catalogue.add(ids, strings).flags.clear()


def _write(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
        print(f"   {path.relative_to(ROOT)} written")


def _report() -> int:
    """Tell how much of each language is done."""
    is_complete = True
    for language in languages():
        messages = [message for message in read(po_path(language), language) if message.id]
        waiting = [message.id for message in messages if not is_translated(message)]
        print(f"   {language}: {len(messages)} messages, {len(waiting)} to translate")
        for ids in waiting:
            print(f"      {ids if isinstance(ids, str) else ids[0]}")
        is_complete = is_complete and not waiting
    return 0 if is_complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
