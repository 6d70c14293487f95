"""`integration-wizard`: reads the arguments and hands over to the window or to the command line."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from wizard import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; tells the exit status."""
    given = _parser().parse_args(arguments)
    data_dir = Path(given.data_dir) if given.data_dir else None
    if given.command == "saved":
        from wizard.cli import saved  # here and not at the top: a window does without it

        return saved.run(data_dir, as_json=given.json, language=given.language)
    if given.self_test:
        # Nobody looks at it, so it needs no screen.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _open_window(
        is_practice=given.demo or given.self_test,
        data_dir=data_dir,
        platform_url=given.platform_url,
        language=given.language,
        is_self_test=given.self_test,
    )


def _open_window(
    *, is_practice: bool, data_dir: Path | None, platform_url: str, language: str, is_self_test: bool
) -> int:
    # Here and not at the top: the command line does without a window, and without Qt.
    from wizard.app import program

    return program.run(program.Options(is_practice, data_dir, platform_url, language, is_self_test))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="integration-wizard",
        description="Create 360Learning integrations, verify them, and keep their ids.",
    )
    parser.add_argument("--demo", action="store_true", help="practise on a built-in platform; nothing real is changed")
    parser.add_argument("--self-test", action="store_true", help="do the whole job on the practice platform and exit")
    parser.add_argument("--platform-url", default="", metavar="URL", help="start with another address")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _add_common(parser, "")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    saved = commands.add_parser("saved", help="list the saved integrations")
    saved.add_argument("--json", action="store_true", help="as JSON, with the API's own field names")
    _add_common(saved, SUPPRESS)
    return parser


def _add_common(parser: ArgumentParser, default: str) -> None:
    """Options that stand before or behind the command; behind it, an absent one must not undo the one before."""
    parser.add_argument("--data-dir", default=default, metavar="DIR", help="keep everything in DIR")
    parser.add_argument("--language", default=default, metavar="xx", help="en or fr; otherwise the system's")


if __name__ == "__main__":
    sys.exit(main())
