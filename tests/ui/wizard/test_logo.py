"""The preview of a logo: fetched on click only, decoded within bounds, shown on two grounds or explained."""

import ipaddress
import ssl
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.flow.conftest import Kit
from tests.helpers.networks import Answer, context_of, trust, web_server
from tests.journeys.heart import LIMIT_MS, Heart
from tests.ui.wizard.hands import Hands
from wizard.api.pictures import AddressPolicy, Pictures
from wizard.core.pictures import Kind, Picture
from wizard.core.problems import Code, Expected, Field, Stopped
from wizard.core.progress import Report
from wizard.flow.wizard.behaviour import BehaviourPresenter
from wizard.jobs.integrations import logo_preview
from wizard.jobs.integrations.logo_preview import Preview, PreviewWanted
from wizard.services import Services
from wizard.ui.context import Context
from wizard.ui.wizard.pages.behaviour import BehaviourPage
from wizard.ui.wizard.pages.logo import PIXELS, decode
from wizard.words import open_words

URL = "https://logos.example/logo.png"


def encoded(kind: str, width: int = 60, height: int = 40, colour: str = "#e4572e") -> bytes:
    """A picture of one colour, as Qt writes it."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stubs want bytes here, the function a text.
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says that it is huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


GIF = (
    b"GIF89a\x02\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff!\xf9\x04\x00\x00\x00\x00\x00"
    b",\x00\x00\x00\x00\x02\x00\x01\x00\x00\x02\x02D\n\x00;"
)

# ------------------------------------------------------------------ decoding


def _size(seen: Preview) -> tuple[int, int]:
    assert isinstance(seen.image, QImage)
    return seen.image.width(), seen.image.height()


@pytest.mark.parametrize(("kind", "written"), [(Kind.PNG, "PNG"), (Kind.JPEG, "JPEG"), (Kind.WEBP, "WEBP")])
def test_every_kind_is_decoded(kind: Kind, written: str) -> None:
    body = encoded(written)
    seen = decode(Picture(kind, body))
    assert (seen.kind, seen.width, seen.height, seen.weight) == (kind.value, 60, 40, len(body))
    assert _size(seen) == (60, 40)


def test_the_first_picture_of_a_film() -> None:
    seen = decode(Picture(Kind.GIF, GIF))
    assert (seen.width, seen.height) == (2, 1)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    seen = decode(Picture(Kind.PNG, encoded("PNG", 4000, 1000)))
    assert (seen.width, seen.height) == (4000, 1000)
    assert _size(seen) == (1200, 300)
    thin = decode(Picture(Kind.PNG, encoded("PNG", 5000, 1)))
    assert _size(thin) == (1200, 1)


@pytest.mark.parametrize(("width", "height"), [(PIXELS, 2), (1, 30_000), (65_500, 65_500), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_not_unpacked(width: int, height: int) -> None:
    with pytest.raises(Expected) as refused:
        decode(Picture(Kind.PNG, bomb(width, height)))
    assert refused.value.code in (Code.PICTURE_TOO_WIDE, Code.PICTURE_NOT_READABLE)


@pytest.mark.qt_log_ignore("libpng|QImageIOHandler|JPEG|Corrupt", extend=True)
@pytest.mark.parametrize("kind", list(Kind))
def test_what_cannot_be_decoded(kind: Kind) -> None:
    for body in (b"", b"\0" * 100, b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"):
        with pytest.raises(Expected) as refused:
            decode(Picture(kind, body))
        assert refused.value.code is Code.PICTURE_NOT_READABLE


@pytest.mark.qt_log_ignore("libpng|QImageIOHandler", extend=True)
def test_a_drawing_is_never_opened_whatever_it_calls_itself() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    with pytest.raises(Expected):
        decode(Picture(Kind.PNG, drawing))


# ------------------------------------------------------------------ on the page


class Desk:
    """A computer with the page, and pictures that are ours."""

    def __init__(self, kit: Kit, context: Context, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> None:
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.outcome: Callable[[], Picture] = lambda: Picture(Kind.PNG, encoded("PNG"))
        monkeypatch.setattr(logo_preview, "run", self.fetch)
        words = open_words(language)
        shared = replace(kit.shared, asker=context.runner, words=words)
        shared.book.open(kit.bench.draft(group=None, logo_url=""))
        self.presenter = BehaviourPresenter(shared)
        self.page = BehaviourPage(replace(context, words=words), self.presenter)
        self.presenter.attach(self.page)
        self.presenter.enter()
        self.presenter.open_more(is_open=True)
        self.preview = self.page.more_answers.previews[Field.LOGO]
        self.hands = Hands(self.page)

    def fetch(self, _services: Services, url: str, _report: Report, stop: threading.Event) -> Picture:
        """The part of the job that asks: waits to be let go on, then gives the outcome."""
        self.asked.append(url)
        while not self.go_on.wait(0.01):
            if stop.is_set():
                raise Stopped
        return self.outcome()

    def write(self, url: str) -> None:
        """Write an address over what is there."""
        self.page.more_answers.logo.setText(url)

    def line(self) -> str:
        """What stands beside the picture."""
        return self.preview.line.line()


@pytest.fixture
def desk(kit: Kit, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(kit, context, monkeypatch)
    qtbot.addWidget(made.page)
    made.page.resize(780, 1_000)
    with qtbot.waitExposed(made.page):
        made.page.show()
    yield made
    made.go_on.set()
    qtbot.waitUntil(lambda: context.runner.is_idle)


def test_nothing_is_fetched_before_the_click(desk: Desk, qtbot: QtBot) -> None:
    assert not desk.preview.button.isEnabled()
    desk.write(f" {URL} ")
    qtbot.wait(50)
    assert desk.asked == []
    desk.go_on.clear()
    desk.hands.click("previewLogo")
    desk.hands.click("previewLogo")
    desk.go_on.set()
    qtbot.waitUntil(lambda: desk.line().startswith("PNG"))
    assert desk.asked == [URL]
    assert desk.line() == "PNG, 60 × 40 pixels, 1 kB. Left on a light ground, right on a dark one."
    assert desk.preview.grounds.accessibleName() == desk.line()


def test_the_picture_stands_on_a_light_and_on_a_dark_ground(desk: Desk, qtbot: QtBot) -> None:
    desk.write(URL)
    desk.hands.click("previewLogo")
    qtbot.waitUntil(lambda: not desk.preview.grounds.isHidden())
    desk.hands.settle()
    grounds = desk.preview.grounds
    image = grounds.grab().toImage()
    ratio, width = image.devicePixelRatio(), min(grounds.width(), grounds.theme.units(34))
    middle = round(image.height() / 2)
    left, right = round((width - 8) / 4 * ratio), round((width - (width - 8) / 4) * ratio)
    assert image.pixelColor(left, middle).name() == image.pixelColor(right, middle).name() == "#e4572e"
    assert image.pixelColor(round(6 * ratio), middle).lightnessF() > 0.9
    assert image.pixelColor(round((width - 6) * ratio), middle).lightnessF() < 0.2


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Expected(Code.PICTURE_PRIVATE), "This address lies inside your own network."),
        (Expected(Code.PICTURE_TOO_LARGE, limit=2), "The picture is larger than 2 MB."),
        (Expected(Code.PICTURE_NOT_THERE, status=404), "There is no picture at this address. The server answered 404."),
        (Expected(Code.PICTURE_IS_DRAWING), "An SVG drawing is not previewed."),
        (Expected(Code.LOGO_NOT_HTTPS), "A logo address has to start with https://."),
        (Expected(Code.PROXY_SIGN_IN, proxy="p:1"), "The proxy p:1 asks for a sign-in."),
    ],
)
def test_one_sentence_why_not(desk: Desk, qtbot: QtBot, problem: Expected, sentence: str) -> None:
    def fail() -> Picture:
        raise problem

    desk.outcome = fail
    desk.write(URL)
    desk.hands.click("previewLogo")
    qtbot.waitUntil(lambda: desk.line().startswith(sentence))
    assert desk.preview.grounds.isHidden()
    assert sentence in desk.page.more_answers.logo.accessibleDescription()
    desk.write(f"{URL}?2")
    assert sentence not in desk.page.more_answers.logo.accessibleDescription()


def test_another_address_takes_the_picture_away(desk: Desk, qtbot: QtBot) -> None:
    preview = desk.preview
    desk.write(URL)
    desk.hands.click("previewLogo")
    qtbot.waitUntil(lambda: not preview.grounds.isHidden())
    desk.write(f"{URL}?2")
    assert (preview.grounds.isHidden(), desk.line(), preview.isHidden()) == (True, "", True)
    # Also one that is still on its way: its answer is no longer wanted.
    desk.go_on.clear()
    desk.hands.click("previewLogo")
    qtbot.waitUntil(lambda: desk.asked[-1] == f"{URL}?2")
    assert desk.line() == "Fetching the picture…"
    desk.write("")
    desk.go_on.set()
    qtbot.wait(50)
    assert (preview.grounds.isHidden(), desk.line(), preview.button.isEnabled()) == (True, "", False)


def test_a_picture_that_takes_its_time_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    desk.go_on.clear()
    desk.write(URL)
    desk.hands.click("previewLogo")
    assert not desk.hands.sees("previewLogoStop")
    qtbot.waitUntil(lambda: desk.hands.sees("previewLogoStop"), timeout=5_000)
    desk.hands.press("previewLogoStop")
    assert (desk.line(), desk.hands.sees("previewLogoStop")) == ("", False)
    desk.go_on.set()
    desk.hands.click("previewLogo")
    qtbot.waitUntil(lambda: desk.line().startswith("PNG"))


def test_the_window_never_stands_still(desk: Desk, qtbot: QtBot) -> None:
    large = encoded("PNG", 4000, 3900)
    desk.outcome = lambda: Picture(Kind.PNG, large)
    desk.write(URL)
    heart = Heart()
    with heart.beating("preview"):
        desk.preview.button.click()
        qtbot.waitUntil(lambda: not desk.preview.grounds.isHidden(), timeout=20_000)
        qtbot.wait(50)
    heart.stop()
    assert [gap for gap in heart.gaps if gap.own_ms >= LIMIT_MS] == []


def test_a_button_beside_each_address(desk: Desk) -> None:
    for field, name, spoken in (
        (Field.LOGO, "previewLogo", "Preview the logo"),
        (Field.UNICOLOR_LOGO, "previewUnicolorLogo", "Preview the single-colour logo"),
    ):
        button, edit = desk.page.more_answers.previews[field].button, desk.page.fields[field].control
        assert (button.objectName(), button.accessibleName(), button.text()) == (name, spoken, "Preview")
        assert button.parentWidget() is edit.parentWidget()
        assert button.x() >= edit.x() + edit.width()
        assert not button.isEnabled()
        assert isinstance(edit, QLineEdit)
        edit.setText(" https://logos.example/x.png ")
        assert button.isEnabled()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_whole_way(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    trust(authority, tmp_path, monkeypatch)
    body = encoded("WEBP")

    def say(_method: str, _path: str, _headers: Mapping[str, str]) -> Answer:
        return 200, {"Content-Type": "application/octet-stream"}, body

    def fetch(services: Services, url: str, _report: Report, stop: threading.Event) -> Picture:
        allowed = AddressPolicy(frozenset({ipaddress.ip_address("127.0.0.1")}))
        return Pictures(services.connections.way(), allowed, lambda _host, _port: ["127.0.0.1"]).fetch(url, stop)

    context: ssl.SSLContext = context_of(authority, "logos.example")
    monkeypatch.setattr(logo_preview, "run", fetch)
    with web_server(say, context) as server:
        desk.write(f"https://logos.example:{server.port}/logo.webp")
        desk.hands.click("previewLogo")
        qtbot.waitUntil(lambda: desk.line().startswith("WebP, 60 × 40 pixels"))
    assert server.asked == ["GET /logo.webp"]


def test_the_real_job_refuses_this_computer(kit: Kit) -> None:
    wanted = PreviewWanted("https://127.0.0.1/logo.png", decode)
    with pytest.raises(Expected) as refused:
        logo_preview.preview(kit.bench.services, wanted, lambda _news: None, threading.Event())
    assert refused.value.code is Code.PICTURE_PRIVATE


def test_french(kit: Kit, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(kit, context, monkeypatch, "fr")
    qtbot.addWidget(desk.page)
    desk.write(URL)
    desk.preview.button.click()
    qtbot.waitUntil(lambda: desk.line().startswith("PNG, 60 × 40 pixels, 1 ko."))
    qtbot.waitUntil(lambda: context.runner.is_idle)
