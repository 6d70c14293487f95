"""What QWizard's ModernStyle lays out otherwise than we want it; with public calls only.

If Qt changes inside, margins are off and nothing breaks. Each step stands in a variable, as Shiboken frees chained
wrappers.
"""

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget, QWizard


def settle_page(page: QWidget | None, side: QWidget, wizard: QWizard) -> None:
    """Give the holders of the page and of the side list the window's colours, no frame and no margins."""
    if page is not None:
        _flatten(page.parentWidget())
    side_holder = side.parentWidget()
    if side_holder is not None and side_holder is not wizard:
        _flatten(side_holder)


def settle_bar(wizard: QWizard, margin: int) -> None:
    """Give the bar our margins, and take the sunken ruler above it away."""
    # The layout is not the wizard's own but that of a widget inside it, which holds the bar. Both are asked for as
    # objects: asking for a plain widget has every widget class of Qt set up for Python, 10 ms of the start.
    inside = wizard.button(QWizard.WizardButton.CancelButton).parent()
    grid = inside.layout() if isinstance(inside, QWidget) else None
    if inside is None or not isinstance(grid, QGridLayout):
        return
    for bar in grid.children():
        if isinstance(bar, QLayout) and bar.contentsMargins() != QMargins(margin, 12, margin, 12):
            bar.setContentsMargins(margin, 12, margin, 12)
            bar.setSpacing(8)
    _hide_ruler(grid, inside.children())


def show_side(side: QWidget, wizard: QWizard, *, is_shown: bool) -> None:
    """Show or hide the list at the side."""
    holder = side.parentWidget()
    if holder is not None and holder is not wizard:
        # Hiding the side widget alone leaves a strip of margins.
        holder.setMaximumWidth(16_777_215 if is_shown else 0)
    if holder is not None:
        # Before it has its place it would be a window of its own for a moment.
        side.setVisible(is_shown)


def _hide_ruler(grid: QGridLayout, around: Sequence[QObject]) -> None:
    for child in around:
        if type(child) is QWidget and grid.indexOf(child) >= 0:
            child.setFixedHeight(0)


def _flatten(holder: QWidget | None) -> None:
    if holder is None:
        return
    holder.setBackgroundRole(QPalette.ColorRole.Window)
    holder.setForegroundRole(QPalette.ColorRole.WindowText)
    if isinstance(holder, QFrame):
        holder.setFrameShape(QFrame.Shape.NoFrame)
    layout = holder.layout()
    if layout is not None and not layout.contentsMargins().isNull():
        layout.setContentsMargins(0, 0, 0, 0)
