"""One desktop and one platform for all tests from outside that do not spoil them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "linux":
    from tests.outside.bus import Bus
    from tests.outside.drive import Server, Window, opened, serving
    from tests.outside.session import Desktop, Missing

    @pytest.fixture(scope="session")
    def desktop() -> Iterator[Desktop]:
        """A desktop with an open keychain."""
        try:
            started = Desktop().__enter__()
        except Missing as missing:
            pytest.fail(str(missing), pytrace=False)
        yield started
        started.__exit__()

    @pytest.fixture(scope="session")
    def bus(desktop: Desktop) -> Iterator[Bus]:
        """The accessibility bus of the desktop."""
        connection = Bus(desktop.bus_address)
        yield connection
        connection.close()

    @pytest.fixture(scope="session")
    def _serving() -> Iterator[Server]:
        with serving() as server:
            yield server

    @pytest.fixture
    def server(_serving: Server) -> Server:
        """A platform without faults that has seen no request; what was created by other tests is there."""
        _serving.forget()
        return _serving

    @pytest.fixture
    def window(desktop: Desktop, bus: Bus, tmp_path: Path) -> Iterator[Window]:
        """The program, started for the first time ever; its files are in tmp_path / "data"."""
        with opened(desktop, bus, tmp_path / "data") as started:
            yield started
