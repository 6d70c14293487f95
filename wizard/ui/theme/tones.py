"""The colours of the program, computed from a palette; and our own palettes."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole

_OK = ("#17703A", "#5BC97F")
_WARNING = ("#8A5A00", "#E8B339")
_PROBLEM = ("#B3261E", "#FF8F85")


@dataclass(frozen=True, eq=False, repr=False)
class Tones:
    """Every colour that the program paints with, computed from one palette.

    ``tints`` maps "problem", "warning" and "ok" to the fill and line colours of a tinted card.
    """

    dark: bool
    high_contrast: bool
    window: QColor
    text: QColor
    muted: QColor
    line: QColor
    edge: QColor
    line_strong: QColor
    side: QColor
    card: QColor
    field: QColor
    button: QColor
    hover: QColor
    current: QColor
    current_text: QColor
    accent: QColor
    accent_fill: QColor
    accent_hover: QColor
    accent_text: QColor
    selection: QColor
    selection_text: QColor
    selection_muted: QColor
    link: QColor
    ok: QColor
    warning: QColor
    problem: QColor
    tints: dict[str, tuple[QColor, QColor]]

    @property
    def hairline(self) -> int:
        """The width of a separating line in pixels."""
        return 2 if self.high_contrast else 1


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2, from 0 to 1."""

    def part(value: float) -> float:
        return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)

    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2 between two opaque colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(top: QColor, under: QColor, share: float) -> QColor:
    """``top`` laid over ``under`` with an opacity of ``share``."""
    rest = 1 - share
    return QColor.fromRgbF(
        top.redF() * share + under.redF() * rest,
        top.greenF() * share + under.greenF() * rest,
        top.blueF() * share + under.blueF() * rest,
    )


def _raised(top: QColor, under: QColor, share: float, least: float, on: tuple[QColor, ...]) -> QColor:
    """``top`` over ``under``, its opacity raised from ``share`` until the contrast to all of ``on`` is ``least``."""
    color = mix(top, under, share)
    while share < 1 and min(contrast(color, ground) for ground in on) < least:
        share = min(1.0, share + 0.02)
        color = mix(top, under, share)
    return color


def is_high_contrast(palette: QPalette) -> bool:
    """Whether the palette is black and white without shades, as high contrast schemes are."""
    ends = {palette.color(Role.Window).rgb(), palette.color(Role.WindowText).rgb()}
    if ends != {QColor("black").rgb(), QColor("white").rgb()}:
        return False
    # Ordinary light palettes are black on white too, but their buttons have another shade.
    return palette.color(Role.Button).rgb() == palette.color(Role.Window).rgb()


def tones(palette: QPalette, high_contrast: bool) -> Tones:
    """The colours for a palette."""
    if high_contrast:
        return _high_contrast_tones(palette)
    window, text = palette.color(Role.Window), palette.color(Role.WindowText)
    base, accent = palette.color(Role.Base), palette.color(Role.Accent)
    dark = luminance(window) < luminance(text)
    side = mix(QColor("black"), window, 0.18) if dark else mix(text, window, 0.035)
    card = mix(text, window, 0.05) if luminance(base) < luminance(window) else base
    variant = 1 if dark else 0
    ok, warning, problem = QColor(_OK[variant]), QColor(_WARNING[variant]), QColor(_PROBLEM[variant])
    tints = {
        name: (mix(color, card, 0.09 if dark else 0.07), mix(color, card, 0.35))
        for name, color in (("ok", ok), ("warning", warning), ("problem", problem))
    }
    selection = mix(accent, card, 0.28 if dark else 0.13)
    current = mix(text, window, 0.08)
    fills = tuple(fill for fill, _ in tints.values())
    muted = _raised(text, window, 0.62, 5.0, (window, side, card))
    muted = _raised(text, muted, 0.0, 4.6, (*fills, window, side, card))
    fill, on_fill = _accent_fill(accent)
    return Tones(
        dark=dark,
        high_contrast=False,
        window=window,
        text=text,
        muted=muted,
        line=mix(text, window, 0.13),
        edge=mix(text, window, 0.27),
        line_strong=_raised(text, window, 0.45, 3.2, (window, card, side)),
        side=side,
        card=card,
        field=card,
        button=mix(text, window, 0.095) if dark else card,
        hover=mix(text, window, 0.14) if dark else mix(text, card, 0.04),
        current=current,
        current_text=text,
        accent=_raised(text, accent, 0.0, 3.0, (window, side, card, current)),
        accent_fill=fill,
        accent_hover=mix(QColor("black"), fill, 0.12),
        accent_text=on_fill,
        selection=selection,
        selection_text=text,
        selection_muted=_raised(text, selection, 0.7, 5.0, (selection,)),
        link=_raised(text, palette.color(Role.Link), 0.0, 4.5, (window, side, card, *fills)),
        ok=ok,
        warning=warning,
        problem=problem,
        tints=tints,
    )


def _accent_fill(accent: QColor) -> tuple[QColor, QColor]:
    """A background in the accent colour, darkened if needed, and a text colour that is readable on it."""
    white, black = QColor("white"), QColor("black")
    if contrast(white, accent) >= 4.5:
        return accent, white
    if luminance(accent) > 0.4:
        return accent, black
    share, fill = 0.0, accent
    while contrast(white, fill) < 4.5:
        share += 0.02
        fill = mix(black, accent, share)
    return fill, white


def _high_contrast_tones(palette: QPalette) -> Tones:
    """The colours for high contrast: those of the palette only, without mixed ones."""
    window, text = palette.color(Role.Window), palette.color(Role.WindowText)
    mark, on_mark = palette.color(Role.Highlight), palette.color(Role.HighlightedText)
    link = palette.color(Role.Link)
    if contrast(link, window) < 7:
        link = text
    return Tones(
        dark=luminance(window) < luminance(text),
        high_contrast=True,
        window=window,
        text=text,
        muted=text,
        line=text,
        edge=text,
        line_strong=text,
        side=window,
        card=window,
        field=window,
        button=window,
        hover=window,
        current=mark,
        current_text=on_mark,
        accent=mark if contrast(mark, window) >= 3 else text,
        accent_fill=mark,
        accent_hover=mark,
        accent_text=on_mark,
        selection=mark,
        selection_text=on_mark,
        selection_muted=on_mark,
        link=link,
        ok=text,
        warning=text,
        problem=text,
        tints=dict.fromkeys(("ok", "warning", "problem"), (window, text)),
    )


def own_palette(*, dark: bool, high_contrast: bool = False) -> QPalette:
    """Our own palette, for desktops that provide none (Fusion on Linux) and for screenshots."""
    if high_contrast:
        marks = ("#000000", "#ffffff", "#1aebff", "#000000", "#ffff00")
        light = ("#ffffff", "#000000", "#37006e", "#ffffff", "#00009f")
        return _palette(*(marks if dark else light), base=None)
    if dark:
        return _palette("#1f1f22", "#f3f3f5", "#2f6fd6", "#ffffff", "#82b1ff", base="#29292d")
    return _palette("#f7f7f8", "#18181b", "#1f5fc4", "#ffffff", "#1750b5", base="#ffffff")


def _palette(window: str, text: str, accent: str, on_accent: str, link: str, *, base: str | None) -> QPalette:
    ground, ink = QColor(window), QColor(text)
    paper = QColor(base) if base else ground
    button = mix(ink, ground, 0.095) if base and luminance(ground) < 0.5 else paper
    black, white = QColor("black"), QColor("white")
    palette = QPalette()
    for role, color in (
        (Role.Accent, accent), (Role.Highlight, accent), (Role.HighlightedText, on_accent),
        (Role.Link, link), (Role.LinkVisited, link), (Role.ButtonText, text),
        (Role.Window, ground), (Role.WindowText, ink), (Role.Base, paper), (Role.Text, ink),
        (Role.Button, button), (Role.Light, mix(white, paper, 0.5)), (Role.BrightText, white),
        (Role.Midlight, mix(black, ground, 0.05)), (Role.Mid, mix(black, ground, 0.2)),
        (Role.Dark, mix(black, ground, 0.4)), (Role.Shadow, mix(black, ground, 0.6)),
        (Role.ToolTipBase, paper), (Role.ToolTipText, ink), (Role.AlternateBase, window),
    ):  # fmt: skip
        palette.setColor(role, QColor(color))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, mix(ink, ground, 0.5))
    return palette


CUSTOMER_COLOURS = ("#2F6FDE", "#1F8A70", "#B4570F", "#8E44AD", "#C0396B", "#5B6B7B", "#7A8B16", "#A23B2A")
"""Colours that tell customers apart, also in high contrast; they are always shown beside the name."""
