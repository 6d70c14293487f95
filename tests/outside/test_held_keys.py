"""A real key that is held: the X server repeats it, and Qt does not see all of that as repeated."""

import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs an X server, D-Bus and AT-SPI")

if sys.platform == "linux":
    from tests.outside import journey
    from tests.outside.bus import Bus
    from tests.outside.drive import Server, Window
    from tests.outside.session import Desktop

ENTER = 36
"""The Return key of every PC keyboard."""
_HELD_S = 3.0


def _hold(bus: Bus, window: Window, seconds: float) -> None:
    bus.hold_key(ENTER, down=True)
    try:
        ends_s = time.monotonic() + seconds
        while time.monotonic() < ends_s and window.process.poll() is None:
            time.sleep(0.05)
    finally:
        bus.hold_key(ENTER, down=False)


def test_a_held_enter_stops_before_the_one_button(
    desktop: Desktop, bus: Bus, server: Server, window: Window, tmp_path: Path
) -> None:
    journey.to_review(window, server, "Held")
    for page in ("behaviourPage", "placePage"):
        window.press("backButton")
        window.wait(page)
    time.sleep(0.6)
    _hold(bus, window, _HELD_S)
    assert window.process.poll() is None
    page = window.wait("behaviourPage", "reviewPage", "createPage").id
    assert server.integrations("Held") == []
    assert page == "behaviourPage"
    # Let go and pressed again, it works as ever.
    time.sleep(0.6)
    _hold(bus, window, 0.05)
    window.wait("reviewPage")
    window.until(lambda: "checks passed" in window.name("checkList"), "the checks")
    time.sleep(0.6)
    _hold(bus, window, _HELD_S)
    shown = journey.finished(window)
    assert [one["_id"] for one in server.integrations("Held")] == [shown]
    window.close()
