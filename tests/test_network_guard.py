"""Nothing of a test reaches beyond this computer: neither its own process nor any Python that it starts."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gates import Refusals
from tests.guard.sitecustomize import ORIGIN, NetworkForbidden, is_loopback

ROOT = Path(__file__).resolve().parent.parent
# RFC 5737: an address that exists nowhere.
NOWHERE = "192.0.2.1"


def child(code: str, *options: str) -> str:
    """What a Python that a test starts says; it must end well and complain of nothing."""
    command = [sys.executable, *options, "-c", code]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout.strip()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "", None, b"127.0.0.1", "::1%lo"])
def test_loopback_is_allowed(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", [NOWHERE, "app.example.com", b"example.com", "0.0.0.1", "fe80::1%eth0", "127.evil"])
def test_everything_else_is_not_loopback(host: object) -> None:
    assert not is_loopback(host)


ATTEMPTS: dict[str, Callable[[socket.socket], object]] = {
    "socket.connect": lambda out: out.connect((NOWHERE, 9)),
    "socket.sendto": lambda out: out.sendto(b"", (NOWHERE, 9)),
    "socket.getaddrinfo": lambda _: socket.getaddrinfo("example.com", 443),
    "socket.gethostbyname": lambda _: socket.gethostbyname_ex("example.com"),
    "socket.gethostbyaddr": lambda _: socket.gethostbyaddr(NOWHERE),
    "socket.getnameinfo": lambda _: socket.getnameinfo((NOWHERE, 9), 0),
}


@pytest.mark.parametrize("event", ATTEMPTS)
def test_no_attempt_leaves_this_computer(event: str, refusals: Refusals) -> None:
    with pytest.raises(NetworkForbidden), socket.socket(type=socket.SOCK_DGRAM) as out:
        ATTEMPTS[event](out)
    [refused] = refusals.new()
    assert refused.startswith(event)


def test_loopback_connections_work() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


# ---------------------------------------------------------------------- children

SWALLOWED = """
import contextlib, socket, sys
with contextlib.suppress(Exception), socket.socket() as out:
    out.connect(("{}", {}))
with contextlib.suppress(Exception):
    socket.getaddrinfo("example.com", 443)
"""
ATTEMPT = SWALLOWED.format(NOWHERE, 9)


def test_what_a_child_swallows_is_known(refusals: Refusals) -> None:
    child(ATTEMPT)
    assert [line.split(" in process ")[0] for line in refusals.new()] == [
        f"socket.connect ('{NOWHERE}', 9)",
        "socket.getaddrinfo 'example.com'",
    ]


def test_what_a_child_of_a_child_swallows_is_known(refusals: Refusals) -> None:
    child(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ATTEMPT!r}], check=True)")
    assert len(refusals.new()) == 2


def test_a_child_reaches_loopback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        child(f"import socket; socket.create_connection({server.getsockname()!r}, timeout=5)")


def test_the_path_of_a_child_is_as_it_would_be() -> None:
    folder = str(Path(__file__).with_name("guard"))
    path = child("import sys; print(*sys.path, sep='\\n')").splitlines()
    assert folder in os.environ["PYTHONPATH"].split(os.pathsep)
    assert folder not in path


def test_the_one_that_would_have_been_first_has_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: Refusals
) -> None:
    (tmp_path / "sitecustomize.py").write_text("hello = 'hello'")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([os.environ["PYTHONPATH"], str(tmp_path)]))
    assert child(f"{ATTEMPT}\nimport sitecustomize; print(sitecustomize.hello)") == "hello"
    assert len(refusals.new()) == 2


@pytest.mark.parametrize("option", ["-I", "-S"])
def test_a_child_that_takes_no_guard_starts_as_ever(option: str) -> None:
    assert child("print('hello')", option) == "hello"


def test_it_costs_a_start_no_module() -> None:
    code = "import sys; print(*sys.modules)"
    # A system may have a `sitecustomize` of its own, as Debian has: then there is not even one more.
    assert set(child(code).split()) - set(child(code, "-I").split()) <= {"sitecustomize"}


# ---------------------------------------------------------------------- one origin


def test_where_there_is_one_origin_nothing_else_is_reached(monkeypatch: pytest.MonkeyPatch, refusals: Refusals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as chosen, socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv(ORIGIN, "{}:{}".format(*chosen.getsockname()))
        for allowed, address in (
            (True, chosen.getsockname()),
            (False, other.getsockname()),
            (False, ("localhost", chosen.getsockname()[1])),
        ):
            child(SWALLOWED.format(*address))
            with socket.socket() as out:
                if allowed:
                    out.connect(address)
                else:
                    with pytest.raises(NetworkForbidden):
                        out.connect(address)
            connects = [line for line in refusals.new() if line.startswith("socket.connect")]
            assert len(connects) == (0 if allowed else 2)


def test_the_program_leaves_the_network_of_qt_alone(tmp_path: Path) -> None:
    """Qt's own sockets would go past the guard, so none is loaded while the program does its whole job."""
    code = f"""
import os, sys
from wizard.__main__ import main
status = main(["--self-test", "--data-dir", {str(tmp_path)!r}])
maps = "/proc/self/maps"
libraries = open(maps).read() if os.path.exists(maps) else ""
print(status, "PySide6.QtWidgets" in sys.modules, "PySide6.QtNetwork" in sys.modules, "Qt6Network" in libraries)
"""
    assert child(code).splitlines()[-1] == "0 True False False"
