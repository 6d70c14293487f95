"""Nothing that a test runs reaches beyond this computer, in whichever Python it runs.

Python imports the first `sitecustomize` of its path when it starts, and `tests.gates.isolate` puts this one there. It
costs every start of a test its time, so it imports only what is loaded by then.
"""

import os
import sys

REFUSALS = "WIZARD_TESTS_REFUSALS"
"""The variable with the file that has a line for every refusal, of all processes of a test run."""
ORIGIN = "WIZARD_TESTS_ORIGIN"
"""The variable with the one "host:port" that may be reached, for tests that have only one; else it is all loopback."""

_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_LOOKING_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


class NetworkForbidden(Exception):
    """A test reached beyond what it may."""


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Listen to audit events: nothing that talks through Python gets around them, and who swallows the error is noted.

    Raises `NetworkForbidden`.
    """
    if not event.startswith("socket."):
        return
    if event in _CONNECTING:
        is_allowed = _may_reach(arguments[1])
    elif event in _LOOKING_UP:
        is_allowed = _may_look_up(arguments[0])
    elif event == "socket.getnameinfo":
        is_allowed = _may_reach(arguments[0])
    else:
        return
    if not is_allowed:
        what = f"{event} {arguments[event in _CONNECTING]!r}"
        _note(what)
        raise NetworkForbidden(f"{what}: tests stay on this computer")


def is_loopback(host: object) -> bool:
    """Whether a host as sockets take it is this computer; no host (a Unix socket, a wildcard) is."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost", "127.0.0.1", "::1"):
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _may_reach(address: object) -> bool:
    # The address of a Unix socket is text; a socket that is connected already is given none.
    if not isinstance(address, tuple):
        return True
    only = os.environ.get(ORIGIN)
    return is_loopback(address[0]) and (not only or f"{address[0]}:{address[1]}" == only)


def _may_look_up(host: object) -> bool:
    only = os.environ.get(ORIGIN)
    return is_loopback(host) and (not only or host in (None, only.rpartition(":")[0]))


def _note(what: str) -> None:
    """Write it down where the test finds it; one call, so that lines of several processes do not mix."""
    if path := os.environ.get(REFUSALS):
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{what} in process {os.getpid()}\n".encode())
        os.close(file)


def _stand_aside() -> None:
    """Give the `sitecustomize` that would have been first its turn, if there is one, and leave the path as it was."""
    sys.path.remove(os.path.dirname(__file__))
    ours = sys.modules.pop(__name__)
    try:
        __import__(__name__)
    except ImportError as error:
        sys.modules[__name__] = ours
        if error.name != __name__:
            raise


if __name__ == "sitecustomize":
    sys.addaudithook(refuse)
    _stand_aside()
