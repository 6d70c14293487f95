"""Colours over many palettes."""

import pytest
from PySide6.QtGui import QColor, QPalette

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
