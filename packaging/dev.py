"""Set up, run and check the project with nothing but Python: python packaging/dev.py COMMAND [arguments]

  demo    the wizard on a practice platform on this computer; without a screen, the self-test
  run     the wizard itself
  test    all tests and checks; --fast leaves out journeys, desktops and soaks; other arguments go to pytest alone
  lint    the checks alone: format, lint, types (also those of Windows and macOS), import floors
  bench   the measurements
  shots   a picture of every page
  soak    kill the program --kills N times while it creates, under faults, and count what is lost or doubled;
          with --kills-migration N, while it migrates ledgers of the versions before
  words   bring the catalogues of all languages in step with the code (extract, update, compile)
  lock    solve the dependencies anew and write packaging/requirements.txt (needs uv)

`test` runs in two lanes: first what minds no neighbour, on every core, and it measures which lines and branches of the
program were reached; then, one by one, what measures time, owns a screen or builds. The checks run beside both. Which
folder of tests runs where stands in packaging/_lanes.py, and how much has to be reached in pyproject.toml.

The first start makes .venv from the locked requirements; on Debian and Ubuntu it also installs the system
libraries that are missing. Later starts go straight on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so, not shown a traceback
    sys.exit(f"This needs Python 3.11 or later; this is {sys.version.split()[0]} at {sys.executable}.")

from _checks import Result, report, run, run_checks
from _environment import LOCK, PYTHON, ROOT, environ, is_ready, make, packages_for_pip, tool
from _lanes import coverage, parallel, serial
from _system import DRAWING, TESTING, WINDOW, Stop, install, missing


def main(arguments: Sequence[str]) -> int:
    """Run one command; the answer is the exit status."""
    commands = {
        "bench": _bench,
        "demo": _demo,
        "lint": _lint,
        "lock": _lock,
        "run": _run,
        "shots": _shots,
        "soak": _soak,
        "test": _test,
        "words": _words,
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _demo(arguments: list[str]) -> int:
    if _has_screen():
        _set_up(DRAWING + WINDOW)
        return _become("-m", "wizard", "--demo", *arguments)
    _set_up(DRAWING)
    print("== no screen here: doing the whole job on the practice platform without one", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _become("-m", "wizard", "--self-test", *arguments)


def _run(arguments: list[str]) -> int:
    if not arguments and not _has_screen():
        raise Stop("There is no screen here to open a window on. Try: python packaging/dev.py demo")
    _set_up(DRAWING + WINDOW)
    return _become("-m", "wizard", *arguments)


def _bench(arguments: list[str]) -> int:
    _set_up(DRAWING + WINDOW + TESTING)
    return _become("-m", "tests.bench", *arguments)


def _shots(arguments: list[str]) -> int:
    _set_up(DRAWING)
    return _become("-m", "tests.shots", *arguments)


def _soak(arguments: list[str]) -> int:
    _set_up(())
    return _become("-m", "tests.soak", *arguments)


def _words(arguments: list[str]) -> int:
    _set_up(())
    return _become(os.path.join("packaging", "words.py"), *arguments)


def _lint(arguments: list[str]) -> int:
    if "--in-background" not in arguments:
        _set_up(())
    elif sys.platform != "win32":
        os.nice(10)  # the tests beside it measure how long the window is silent
    mypy = [tool("mypy"), "--no-error-summary"]
    checks = {
        "types": mypy,
        "types, on Windows": [*mypy, "--platform", "win32", "--cache-dir", ".mypy_cache/win32", "wizard"],
        "types, on macOS": [*mypy, "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin", "wizard"],
        "format": [tool("ruff"), "format", "--check", "--quiet", "."],
        "lint": [tool("ruff"), "check", "--quiet", "."],
        "floors": [tool("lint-imports"), "--no-logo"],
    }
    results = run_checks(checks, 1 if "--in-background" in arguments else os.cpu_count() or 1)
    print("\n== checks", flush=True)
    for name, result in results.items():
        report(name, result)
    return int(any(status for status, _ in results.values()))


def _test(arguments: list[str]) -> int:
    _set_up(DRAWING + WINDOW + TESTING)
    start = time.monotonic()
    if arguments not in ([], ["--fast"]):
        status = subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=environ())
        print("\n== summary (the tests asked for; the other checks run without arguments)", flush=True)
        report("tests", (status, time.monotonic() - start))
        return status
    results: dict[str, Result] = {}
    with ThreadPoolExecutor(1) as beside:
        # Beside the tests, not after them: on two cores the checks then cost little time of their own.
        checks = beside.submit(run, [sys.executable, __file__, "lint", "--in-background"])
        results["tests in parallel"] = _run_lane(parallel())
        results["tests one by one"] = _run_lane(serial(is_fast=bool(arguments)))
        for where, result in run_checks(coverage(), 1).items():
            results[f"coverage of {where}"] = result
    status, seconds, output = checks.result()
    sys.stdout.buffer.write(output)
    results["checks"] = (status, seconds)
    print("\n== summary", flush=True)
    for name, result in results.items():
        report(name, result)
    status = int(any(status for status, _ in results.values()))
    report("all together", (status, time.monotonic() - start))
    return status


def _run_lane(command: Sequence[str]) -> Result:
    start = time.monotonic()
    print(f"\n== {' '.join(command[1:])}", flush=True)
    return subprocess.call(command, cwd=ROOT, env=environ()), time.monotonic() - start


def _lock(arguments: list[str]) -> int:
    """Solve for all three systems and all Pythons at once; without addresses, so any index serves it."""
    command = [
        "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
        "--custom-compile-command", "python packaging/dev.py lock",
        "--output-file", str(LOCK), *arguments,
    ]  # fmt: skip
    try:
        return subprocess.call(command, cwd=ROOT)
    except FileNotFoundError:
        raise Stop("Solving the dependencies needs uv, which is not on the path here.") from None


def _set_up(libraries: Sequence[str]) -> None:
    """Make sure of the system libraries and of `.venv`, in one go and with one question at most."""
    wanted = [*(missing(libraries) if sys.platform == "linux" else []), *packages_for_pip()]
    if wanted:
        install(wanted)
    if not is_ready():
        start = time.monotonic()
        make()
        print(f"== .venv is ready ({time.monotonic() - start:.0f} s)", flush=True)


def _has_screen() -> bool:
    always = {"win32", "darwin"}
    return sys.platform in always or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _become(*arguments: str) -> int:
    """Run the project's Python in the project's folder, instead of this process where that is possible."""
    command = [str(PYTHON), *arguments]
    os.chdir(ROOT)
    if os.name != "nt":  # there, a replaced process returns to the prompt at once
        sys.stdout.flush()
        os.execve(command[0], command, environ())  # noqa: S606 - a list, no shell
    return subprocess.call(command, env=environ())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
