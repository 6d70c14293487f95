"""The whole job, driven over the accessibility bus; the platform tells what it saw."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs an X server, D-Bus and AT-SPI")

if sys.platform == "linux":
    from tests.outside import journey
    from tests.outside.bus import Bus
    from tests.outside.drive import Server, Window, opened, saved
    from tests.outside.kills import run_kills
    from tests.outside.secrets import Secrets
    from tests.outside.session import Desktop
    from tests.outside.walk import check_page

INTEGRATIONS = "/api/v2/integrations"
FIELDS = {
    "externalPlatform", "groupId", "authorId", "defaultCompletion", "defaultProgress", "noGroupPropagation",
    "externalPlatformLogoUrl", "externalPlatformUnicolorLogoUrl",
}  # fmt: skip


def check_talk(requests: list[dict[str, Any]]) -> None:
    """What every run must keep: version header, known fields, a look right before each POST."""
    for number, one in enumerate(requests):
        if one["path"].endswith("/oauth2/token"):
            continue
        assert one["headers"]["360-api-version"] == "v2.0", one
        if (one["method"], one["path"]) == ("POST", INTEGRATIONS):
            assert one["body"].keys() <= FIELDS
            before = requests[number - 1]
            assert (before["method"], before["path"], before["status"]) == ("GET", INTEGRATIONS, 200)
            assert before["query"].startswith("externalPlatform")


def posts(server: Server) -> list[dict[str, Any]]:
    return [one for one in server.requests() if (one["method"], one["path"]) == ("POST", INTEGRATIONS)]


def check_saved(desktop: Desktop, server: Server, data_dir: Path, name: str, shown: str) -> None:
    """One of this name on the platform, with the id that was shown, and the same in the list of this computer."""
    (there,) = server.integrations(name)
    (kept,) = [one for one in saved(desktop, data_dir) if one["externalPlatform"] == name]
    assert (kept["_id"], there["_id"], kept["state"]) == (shown, shown, "verified")
    check_talk(server.requests())


def check_secret(desktop: Desktop, data_dir: Path, secret: str, *, is_kept: bool = True) -> None:
    """In the keychain if anywhere, and in no file: neither the program's nor any other of this person."""
    if is_kept:
        with Secrets(desktop.bus_address) as secrets:
            assert secret in secrets.all().values()
    for folder in (data_dir, desktop.folder):
        for file in folder.rglob("*"):
            if file.is_file():
                assert secret.encode() not in file.read_bytes(), file
    assert (data_dir / "ledger.sqlite3").exists()


def test_by_picking(desktop: Desktop, bus: Bus, server: Server, window: Window, tmp_path: Path) -> None:
    window.wait("connectPage")
    window.choose("regionOther")
    check_page(window, "connectPage")
    journey.connect(window, server)
    check_page(window, "placePage")
    journey.pick(window)
    bus.act(window.wait("more").ref, "Toggle")
    window.wait("logoUrl")
    check_page(window, "behaviourPage")
    bus.set_value(window.wait("startProgress").ref, 15)
    window.fill("logoUrl", "https://static.example.com/logo.png")
    journey.behave(window, "Picked")
    bus.act(window.wait("technical").ref, "Toggle")
    assert '"defaultProgress": 15' in window.text("requestText")
    check_page(window, "reviewPage")
    window.press("createButton")
    shown = journey.finished(window)
    check_page(window, "createPage")
    bus.set_text(window.wait("integrationId").ref, "spoilt")
    assert window.text("integrationId") == shown
    window.close()

    (post,) = posts(server)
    assert post["body"] == {
        "externalPlatform": "Picked",
        "groupId": journey.GROUP,
        "authorId": journey.AUTHOR,
        "defaultCompletion": True,
        "defaultProgress": 15,
        "noGroupPropagation": False,
        "externalPlatformLogoUrl": "https://static.example.com/logo.png",
    }
    check_saved(desktop, server, tmp_path / "data", "Picked", shown)
    secret = server.credentials["practice"]["client_secret"]
    check_secret(desktop, tmp_path / "data", secret)
    assert not any(secret in str(one["headers"]) for one in server.requests())


def test_by_pasting_with_the_rights_of_the_guide(desktop: Desktop, bus: Bus, server: Server, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with opened(desktop, bus, data_dir, "--platform-url", server.url) as window:
        window.until(lambda: window.text("platformAddress") == server.url, "the address of the command line")
        assert "checked" in window.wait("regionOther").states
        journey.connect(window, server, "guide")
        check_page(window, "placePage", is_pasting=True)
        journey.paste(window, server, journey.GROUP, journey.AUTHOR)
        journey.behave(window, "Pasted")
        window.press("createButton")
        shown = journey.finished(window)
        window.close()
    assert len(posts(server)) == 1
    check_saved(desktop, server, data_dir, "Pasted", shown)
    server.forget()

    with opened(desktop, bus, data_dir) as again:
        again.press("newIntegrationButton")
        combo = again.enabled("savedCustomer")
        again.choose("regionOther")
        bus.act(combo.ref, "Press")
        check_page(again, "connectPage")
        again.pick_folded("savedCustomer", journey.CUSTOMER)
        again.press("nextButton")
        journey.paste(again, server, journey.GROUP, journey.AUTHOR)
        assert [one["status"] for one in server.requests() if one["path"].endswith("/token")] == [200]
        assert server.requests()[0]["body"]["client_secret"] == server.credentials["guide"]["client_secret"]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("reset", {"commit": True}),
        ("status", {"commit": True, "status": 500}),
        ("html", {"commit": True}),
        ("slow", {"delay_after_s": 60}),
    ],
)
def test_the_answer_is_lost(
    desktop: Desktop, server: Server, window: Window, tmp_path: Path, kind: str, more: dict[str, Any]
) -> None:
    name = f"Lost {kind}"
    journey.to_review(window, server, name)
    server.fault(kind, **more)
    window.press("createButton")
    if kind == "slow":
        window.until(lambda: server.integrations(name), "the integration")
        window.press("stopWaitingButton")
    window.wait("rescueCard")
    check_page(window, "createPage", is_card=True)
    assert saved(desktop, tmp_path / "data") == []
    window.press("lookNow")
    shown = journey.finished(window)
    window.close()
    assert len(posts(server)) == 1
    check_saved(desktop, server, tmp_path / "data", name, shown)


@pytest.mark.parametrize("keychain", ["locked", "none"])
def test_no_keychain(server: Server, tmp_path: Path, keychain: Literal["locked", "none"]) -> None:
    sentence = {"locked": "keychain of this computer is locked", "none": "has no keychain that we can use"}[keychain]
    data_dir = tmp_path / "data"
    with (
        Desktop(keychain) as desktop,
        closing(Bus(desktop.bus_address)) as bus,
        opened(desktop, bus, data_dir) as window,
    ):
        journey.type_credentials(window, server)
        window.press("checkConnection")
        window.until(lambda: sentence in window.name("connectionResult"), sentence)
        assert "for this session only" in window.name("connectionResult")
        check_page(window, "connectPage", is_checked=True)
        window.press("nextButton")
        journey.paste(window, server)
        journey.behave(window, f"Keychain {keychain}")
        window.press("createButton")
        shown = journey.finished(window)
        window.close()
        check_saved(desktop, server, data_dir, f"Keychain {keychain}", shown)
        check_secret(desktop, data_dir, server.credentials["practice"]["client_secret"], is_kept=False)


def test_killed_between_create_and_the_end(desktop: Desktop, tmp_path: Path) -> None:
    report = run_kills(desktop, 4, 1, tmp_path)
    assert (report.wanted, report.ended, report.doubled, report.lost) == (4, 4, 0, 0), report
