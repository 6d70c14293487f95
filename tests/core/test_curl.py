"""The copied command sends exactly the request, in every terminal, whatever the name is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.shells import cmd_line, powershell, windows_arguments
from wizard.core.address import EU, Origin
from wizard.core.curl import API_VERSION, Shell, curl, headers
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration

ODD = '\'"`$^%!&|<>()[]{}*?~#;:,@=\\/ \t\n\u2018\u2019\u00a0é東😀\u202e\x00\x1b$TOKEN%TOKEN%$(id)${x}\\"'
NAMES = st.one_of(st.text(min_size=1, max_size=40), st.text(ODD, min_size=1, max_size=40))
TOKEN = "to-ken.123_456"
ORIGINS = [EU, Origin("http://127.0.0.1:5000")]


def wanted(name: str) -> Integration:
    return Integration(name, ObjectId("a" * 24), ObjectId("b" * 24), True, 0, False, f"https://a.example/{name}.png")


def checked(arguments: list[str], body: str, wanted: Integration, origin: str = EU) -> None:
    """Assert that these are the arguments of exactly the create request."""
    expected = ["--request", "POST", "--url", f"{origin}/api/v2/integrations"]
    for name, value in headers(TOKEN).items():
        expected += ["--header", f"{name}: {value}"]
    assert arguments == [*expected, "--data", body]
    # A lone half of a character is nothing that a platform could take, but it must not break the command.
    assert json.loads(body if body != "@-" else "null") in (None, wanted.body())


@pytest.fixture(scope="module")
def bash(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `curl` that writes down what it was given."""
    folder = tmp_path_factory.mktemp("bin")
    fake = folder / "curl"
    fake.write_text("#!/bin/sh\nprintf '%s\\0' \"$@\"\n")
    fake.chmod(0o755)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="needs a real bash")
@settings(max_examples=40)
@given(NAMES)
@example(ODD)
def test_bash(bash: Path, name: str) -> None:
    environment = {**os.environ, "PATH": f"{bash}:{os.environ['PATH']}", "TOKEN": TOKEN}
    command = ["bash", "-c", curl(Shell.BASH, EU, wanted(name))]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
    arguments = done.stdout.decode().split("\0")[:-1]
    checked(arguments, arguments[-1], wanted(name))


@given(NAMES, st.sampled_from(ORIGINS))
@example(ODD, EU)
def test_powershell(name: str, origin: Origin) -> None:
    piped, line = powershell(curl(Shell.POWERSHELL, origin, wanted(name)), {"TOKEN": TOKEN})
    assert line[0] == "curl.exe"
    assert piped.isascii()
    checked(line[1:], "@-", wanted(name), origin)
    assert json.loads(piped) == wanted(name).body()


@given(NAMES, st.sampled_from(ORIGINS))
@example(ODD, EU)
def test_cmd(name: str, origin: Origin) -> None:
    text = curl(Shell.CMD, origin, wanted(name))
    assert text.isascii()
    program, *arguments = windows_arguments(cmd_line(text, {"TOKEN": TOKEN}))
    assert program == "curl"
    checked(arguments, arguments[-1], wanted(name), origin)


@pytest.mark.parametrize("shell", Shell)
def test_the_token_is_a_placeholder(shell: Shell) -> None:
    text = curl(shell, EU, wanted("A"))
    assert text.count("TOKEN") == 1
    assert f"360-api-version: {API_VERSION}" in text
    assert text.count("\n") == 5


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("a b  c", ["a", "b", "c"]),
        ('"a b" c', ["a b", "c"]),
        (r'"a\"b"', ['a"b']),
        (r'a\\b "c\\" d', ["a\\\\b", "c\\", "d"]),
        (r"a\\\"b", ['a\\"b']),
        ('""', [""]),
        ('"a""b"', ['a"b']),
        (r"\\server\x", [r"\\server\x"]),
    ],
)
def test_the_oracle_reads_as_windows_documents(line: str, arguments: list[str]) -> None:
    assert windows_arguments(line) == arguments


@pytest.mark.parametrize("bad", ["a & b", "a | b", 'echo "x" > y', "50% off 3%", "a\nb", "x!"])
def test_the_oracle_sees_what_would_go_wrong(bad: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        cmd_line(bad, {})


@pytest.mark.parametrize("bad", ["x; y | z", "x | y 'a\"b'", 'x | y "`n"', "x | y $z", "x | y (z)"])
def test_the_other_oracle_too(bad: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        powershell(bad, {})


def test_oracles_take_back_what_is_quoted() -> None:
    assert powershell("'it''s' | curl.exe --x '@-'", {}) == ("it's", ["curl.exe", "--x", "@-"])
    assert cmd_line('a "x & y" ^\n  b %T%', {"T": "1"}) == 'a "x & y"   b 1'


def read_body(text: str) -> Any:
    return json.loads(text.split("--data '", 1)[1].removesuffix("'"))


@given(NAMES)
def test_values_are_plain_ascii(name: str) -> None:
    text = curl(Shell.BASH, EU, wanted(name))
    assert text.isascii()
    assert read_body(text) == wanted(name).body()
