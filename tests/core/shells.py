"""How three terminals read a command, re-implemented from their documented rules."""

import re
from collections.abc import Iterator


def windows_arguments(line: str) -> list[str]:
    """The arguments of a Windows command line by the rules of `CommandLineToArgvW` and the C runtime.

    2n backslashes before a quotation mark are n backslashes and a mark; 2n+1 are n backslashes and a literal quotation
    mark; all others are themselves. Two marks inside a quoted part are one literal mark.
    """
    found: list[str] = []
    word: list[str] | None = None
    is_quoted, at = False, 0
    while at < len(line):
        char = line[at]
        if char == "\\":
            run = len(line[at:]) - len(line[at:].lstrip("\\"))
            at += run
            is_before_mark = line[at : at + 1] == '"'
            word = [*(word or []), "\\" * (run // 2 if is_before_mark else run)]
            if is_before_mark and run % 2:
                word.append('"')
                at += 1
            continue
        if char == '"':
            word = word or []
            if is_quoted and line[at + 1 : at + 2] == '"':
                word.append('"')
                at += 1
            else:
                is_quoted = not is_quoted
        elif char in " \t" and not is_quoted:
            if word is not None:
                found.append("".join(word))
            word = None
        else:
            word = [*(word or []), char]
        at += 1
    if word is not None:
        found.append("".join(word))
    return found


def cmd_line(text: str, variables: dict[str, str]) -> str:
    """What the Windows command prompt hands to a program. Raises `ValueError` where it would do something else."""
    expanded = re.sub(r"%([^%\n]*)%", lambda m: variables[m[1]], text)
    if "%" in expanded or "!" in expanded:
        raise ValueError("a variable too many")
    line: list[str] = []
    is_quoted = False
    chars = iter(expanded)
    for char in chars:
        if char == "^" and not is_quoted:
            following = next(chars)
            # A caret at the end of a line joins the next one, whose first character is then taken as it is.
            line.append(next(chars) if following == "\n" else following)
        elif char == "\n":
            raise ValueError("the command ends in the middle")
        elif char in "&|<>()" and not is_quoted:
            raise ValueError(f"{char} means something here")
        else:
            is_quoted ^= char == '"'
            line.append(char)
    return "".join(line)


def powershell(text: str, variables: dict[str, str]) -> tuple[str, list[str]]:
    """What PowerShell pipes into a program, and its command line as a list, program first.

    Its versions disagree on how a quotation mark inside an argument travels. Raises `ValueError` if there is one.
    """
    words = list(_powershell_words(text, variables))
    pipe = words.index("|")
    (piped,), arguments = words[:pipe], words[pipe + 1 :]
    if any('"' in argument or argument.endswith("\\") for argument in arguments):
        raise ValueError("versions disagree here")
    return piped, arguments


_MARKS = "'\u2018\u2019\u201a\u201b"
"""PowerShell takes typographic marks for plain ones."""


def _powershell_words(text: str, variables: dict[str, str]) -> Iterator[str]:
    at = 0
    while at < len(text):
        char = text[at]
        if char == " ":
            at += 1
        elif text[at : at + 2] == "`\n":
            at += 2
        elif char in _MARKS:
            end = at + 1
            while text[end] not in _MARKS or text[end + 1 : end + 2] in (*_MARKS,):
                end += 2 if text[end] in _MARKS else 1
            yield re.sub(f"[{_MARKS}]([{_MARKS}])", r"\1", text[at + 1 : end])
            at = end + 1
        elif char == '"':
            end = text.index('"', at + 1)
            inside = text[at + 1 : end]
            if "`" in inside:
                raise ValueError("an escape")
            yield re.sub(r"\$env:(\w+)", lambda m: variables[m[1]], inside)
            at = end + 1
        else:
            word = re.match(r"[^\s`'\"]+", text[at:])
            if word is None or re.search(r"[;&<>(){}@$#,]|\w\|", word[0]):
                raise ValueError(f"{text[at:]!r} means something here")
            yield word[0]
            at += len(word[0])
