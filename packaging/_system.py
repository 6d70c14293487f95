"""System libraries on Debian and Ubuntu: what is missing, and how it gets there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence

# To import Qt and draw without a screen; one font, or there is no text in any picture.
DRAWING = (
    "fonts-dejavu-core",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libxkbcommon0",
)
# For a window on an X server: Qt's xcb plugin aborts without any of these.
WINDOW = (
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
# For the tests: a screen, a keychain, and the accessibility bus they drive the window over.
TESTING = (
    "at-spi2-core",
    "dbus-daemon",
    "gnome-keyring",
    "xvfb",
)


class Stop(Exception):
    """The set-up cannot go on; the text is one sentence a person can act on."""


def missing(wanted: Iterable[str]) -> list[str]:
    """The wanted packages that are not installed; none where the system is not Debian's kind."""
    names = sorted(set(wanted))
    query = shutil.which("dpkg-query")
    if query is None or shutil.which("apt-get") is None or not names:
        return []
    # Since 2024 some libraries carry a t64 suffix and provide the old name, which dpkg does not look up.
    asked = [name + suffix for name in names for suffix in ("", "t64")]
    answer = subprocess.run(
        [query, "-W", "-f", "${Package} ${db:Status-Status}\n", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = (line.split() for line in answer.stdout.splitlines())
    there = {row[0].removesuffix("t64") for row in rows if row[-1] == "installed"}
    return [name for name in names if name not in there]


def install(packages: Sequence[str]) -> None:
    """Install the packages with apt as root or through sudo, or stop with the one command to run."""
    prefix = _as_root()
    if prefix is None:
        raise Stop(
            "Some system packages are missing, and installing them needs an administrator. Run this once, "
            f"then start again:\n\n  sudo apt-get install -y --no-install-recommends {' '.join(packages)}\n"
        )
    print(f"== installing {len(packages)} system packages: {' '.join(packages)}", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    # One broken third-party source fails an update that was good enough: only the install decides.
    _quiet([*apt, "update"])
    answer = _quiet([*apt, "install", "-y", "--no-install-recommends", *packages])
    if answer.returncode:
        sys.stderr.write(answer.stdout[-4000:])
        raise Stop("apt could not install the system packages; its last words are above.")


def _as_root() -> list[str] | None:
    """The command prefix that makes a command run as root, or None where nobody may."""
    identity = getattr(os, "geteuid", None)  # not on Windows
    if identity is not None and identity() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _quiet([sudo, "-n", "true"]).returncode == 0:
        return [sudo, "-n"]
    return None


def _quiet(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
