"""Colours over many palettes, and the theme at run time."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from wizard.resources import resource
from wizard.ui.theme.stylesheet import sheet
from wizard.ui.theme.theme import Look, Theme
from wizard.ui.theme.tones import Tones, contrast, is_high_contrast, luminance, mix, own_palette, tones

Role = QPalette.ColorRole


def _system(window: str, text: str, base: str, accent: str, link: str) -> QPalette:
    palette = QPalette(QColor(window))
    for role, name in (
        (Role.Window, window), (Role.WindowText, text), (Role.Base, base), (Role.Text, text),
        (Role.Accent, accent), (Role.Highlight, accent), (Role.Link, link),
    ):  # fmt: skip
        palette.setColor(role, QColor(name))
    return palette


PALETTES = {
    "own light": own_palette(dark=False),
    "own dark": own_palette(dark=True),
    "fusion": _system("#efefef", "#000000", "#ffffff", "#308cc6", "#0000ff"),
    "fusion dark": _system("#323232", "#ffffff", "#242424", "#308cc6", "#308cc6"),
    "windows": _system("#f3f3f3", "#1a1a1a", "#ffffff", "#0067c0", "#003e92"),
    "windows dark": _system("#202020", "#ffffff", "#2b2b2b", "#4cc2ff", "#99ebff"),
    "windows yellow": _system("#f3f3f3", "#1a1a1a", "#ffffff", "#ffb900", "#003e92"),
    "mac": _system("#ececec", "#262626", "#ffffff", "#007aff", "#0068da"),
    "mac dark": _system("#323232", "#dfdfdf", "#1e1e1e", "#007aff", "#419cff"),
    "mac graphite": _system("#ececec", "#262626", "#ffffff", "#8c8c8c", "#0068da"),
}


def _grounds(t: Tones) -> list[QColor]:
    return [t.window, t.side, t.card, *(fill for fill, _ in t.tints.values())]


@pytest.mark.parametrize("name", PALETTES)
def test_text_can_be_read_on_every_ground(name: str) -> None:
    t = tones(PALETTES[name], high_contrast=False)
    for ground in _grounds(t):
        assert contrast(t.text, ground) >= 7
        assert contrast(t.muted, ground) >= 4.5
        assert contrast(t.link, ground) >= 4.5
    assert contrast(t.accent_text, t.accent_fill) >= 4.5
    assert contrast(t.selection_text, t.selection) >= 4.5
    assert contrast(t.selection_muted, t.selection) >= 4.5
    assert contrast(t.current_text, t.current) >= 4.5
    assert contrast(t.text, t.button) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_parts_that_mean_something_can_be_seen(name: str) -> None:
    t = tones(PALETTES[name], high_contrast=False)
    for name_of, status in (("ok", t.ok), ("warning", t.warning), ("problem", t.problem)):
        for ground in (t.window, t.card, t.tints[name_of][0]):
            assert contrast(status, ground) >= 4  # parts need 3
    for ground in (t.window, t.side, t.card):
        assert contrast(t.accent, ground) >= 3
        assert contrast(t.line_strong, ground) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_high_contrast_has_no_mixes(dark: bool) -> None:
    palette = own_palette(dark=dark, high_contrast=True)
    assert is_high_contrast(palette)
    t = tones(palette, high_contrast=True)
    assert t.muted == t.line == t.problem == t.text
    assert t.card == t.side == t.window
    assert t.hairline == 2
    for ink, ground in ((t.text, t.window), (t.link, t.window), (t.accent_text, t.accent_fill)):
        assert contrast(ink, ground) >= 7


def test_an_ordinary_black_on_white_palette_is_not_high_contrast() -> None:
    assert not is_high_contrast(PALETTES["fusion"])
    light = _system("#ffffff", "#000000", "#ffffff", "#308cc6", "#0000ff")
    light.setColor(Role.Button, QColor("#f0f0f0"))
    assert not is_high_contrast(light)


def test_the_measures_of_colour() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert luminance(QColor("white")) == pytest.approx(1)
    assert mix(QColor("black"), QColor("white"), 0.5).red() == 128


def test_the_theme_follows_a_look_at_run_time(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_look(Look.DARK)
    assert theme.tones.dark
    assert qapp.palette().color(Role.Window) == theme.tones.window
    assert qapp.palette().color(Role.PlaceholderText) == theme.tones.muted


def test_the_theme_hears_of_a_font(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    before = theme.unit()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    with qtbot.waitSignal(theme.changed):
        qapp.setFont(font)
    assert theme.unit() > 1.7 * before
    assert theme.font("heading").pointSizeF() == pytest.approx(font.pointSizeF() * 1.5)


def test_an_accent_button_is_filled(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Go")
    qtbot.addWidget(button)
    theme.set_accent(button, True)
    button.resize(120, 40)
    assert button.grab().toImage().pixelColor(20, 8) == theme.tones.accent_fill
    theme.set_accent(button, False)
    assert button.grab().toImage().pixelColor(20, 8) == theme.tones.button


def test_every_shipped_icon_is_drawn_in_the_colour_asked_for(theme: Theme) -> None:
    names = sorted(path.stem for path in resource("icons").glob("*.svg"))
    assert len(names) > 20
    for name in names:
        picture = QImage(48, 48, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        theme.draw_icon(painter, name, QRectF(0, 0, 48, 48), QColor("#b3261e"))
        painter.end()
        colours = {picture.pixelColor(x, y).name() for x in range(48) for y in range(48)}
        assert "#b3261e" in colours, name


def test_the_sheet_is_made_for_our_own_controls_only(theme: Theme, qapp: QApplication) -> None:
    text = sheet(theme.tones, theme.unit())
    assert "QPushButton" in text
    assert "font-family" not in text
    if theme.is_native:
        assert qapp.styleSheet() == ""
    else:
        assert qapp.styleSheet() == text


def test_the_ear_is_never_seen(theme: Theme, qapp: QApplication) -> None:
    assert not [one for one in qapp.topLevelWidgets() if one.isVisible()]
