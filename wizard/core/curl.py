"""The create request as a `curl` command for several shells."""

import json
from collections.abc import Mapping
from enum import StrEnum

from wizard.core.address import Origin
from wizard.core.integration import Integration

API_VERSION = "v2.0"
INTEGRATIONS_PATH = "/api/v2/integrations"


class Shell(StrEnum):
    """The shells that are supported."""

    BASH = "bash"
    POWERSHELL = "powershell"
    CMD = "cmd"


_TOKEN = {Shell.BASH: "$TOKEN", Shell.POWERSHELL: "$env:TOKEN", Shell.CMD: "%TOKEN%"}


def headers(token: str) -> dict[str, str]:
    """The headers of a create request, in the order of the vendor's samples."""
    return {
        "360-api-version": API_VERSION,
        "accept": "application/json",
        "content-type": "application/json",
        "authorization": f"Bearer {token}",
    }


def curl(shell: Shell, origin: Origin, wanted: Integration) -> str:
    """A `curl` command that sends exactly the create request, with the token in a variable of `shell`."""
    body = _shell_safe_json(wanted.body())
    quote = "'" if shell is not Shell.CMD else '"'
    line_end = {Shell.BASH: "\\", Shell.POWERSHELL: "`", Shell.CMD: "^"}[shell]
    start, data = f"curl --request POST --url {origin}{INTEGRATIONS_PATH}", f"--data '{body}'"
    if shell is Shell.POWERSHELL:
        # Versions of PowerShell treat quotes in arguments differently, so send the body through a pipe.
        start, data = f"'{body}' | {start.replace('curl', 'curl.exe', 1)}", "--data '@-'"
    elif shell is Shell.CMD:
        data = '--data "' + body.replace('"', '\\"') + '"'
    parts = [start]
    for name, value in headers(_TOKEN[shell]).items():
        # Double quotes, so that the shell expands the variable in this header.
        mark = '"' if name == "authorization" else quote
        parts.append(f"--header {mark}{name}: {value}{mark}")
    return f" {line_end}\n  ".join([*parts, data])


def _shell_safe_json(body: Mapping[str, str | int | bool]) -> str:
    """JSON whose values contain no character that is special in any shell: others are escaped as `\\uXXXX`."""
    pairs = (
        f'"{key}": "{_escaped(value)}"' if isinstance(value, str) else f'"{key}": {json.dumps(value)}'
        for key, value in body.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _escaped(text: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in " -_.:/,") else _escape(c) for c in text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
