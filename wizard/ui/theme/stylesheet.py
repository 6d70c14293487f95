"""The style sheet, for Fusion on Linux only: on Windows and macOS the system draws the controls."""

from wizard.ui.theme.tones import Tones


def style_sheet(t: Tones, unit: int) -> str:
    """The style sheet for these colours; ``unit`` is the line height of body text in pixels."""
    return "\n".join((_buttons(t, unit), _fields(t, unit), _choices(t, unit), _lists(t, unit), _popups(t)))


def _buttons(t: Tones, unit: int) -> str:
    """Push buttons; `accent` fills one."""
    return f"""
QPushButton {{ background: {t.button.name()}; color: {t.text.name()}; border: 1px solid {t.edge.name()};
  border-radius: 6px; padding: 7px 14px; min-height: {unit}px;
  min-width: {round(unit * 3.3)}px; }}
QPushButton:hover {{ background: {t.hover.name()}; }}
QPushButton:pressed {{ background: {t.line.name() if not t.high_contrast else t.window.name()}; }}
QPushButton:focus {{ border: 2px solid {t.accent.name()}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {t.muted.name()}; border-color: {t.line.name()};
  background: {t.window.name()}; }}
QPushButton[accent="true"] {{ background: {t.accent_fill.name()}; color: {t.accent_text.name()};
  border: 1px solid {t.accent_fill.name()}; }}
QPushButton[accent="true"]:hover {{ background: {t.accent_hover.name()}; }}
QPushButton[accent="true"]:pressed {{ background: {t.accent_hover.name()};
  border-color: {t.accent_hover.name()}; }}
QPushButton[accent="true"]:focus {{ border: 2px solid {t.text.name()}; padding: 6px 13px; }}
QPushButton[accent="true"]:disabled {{ background: {t.window.name()}; color: {t.muted.name()};
  border-color: {t.line.name()}; }}
"""


def _fields(t: Tones, unit: int) -> str:
    """Text fields, spin boxes and combo boxes."""
    return f"""
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {{ background: {t.field.name()};
  color: {t.text.name()}; border: 1px solid {t.line_strong.name()}; border-radius: 6px;
  selection-background-color: {t.accent_fill.name()}; selection-color: {t.accent_text.name()}; }}
QLineEdit {{ placeholder-text-color: {t.muted.name()}; padding: 7px 10px;
  min-height: {unit}px; }}
QAbstractSpinBox {{ padding: 6px 0 5px 0; min-height: {unit}px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0 0 0 9px; min-height: 0; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; border: none;
  width: {round(unit * 1.4)}px; background: transparent; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 3px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 3px; }}
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox {{ padding: 7px 11px; min-height: {unit}px; }}
QComboBox::drop-down {{ border: none; width: {round(unit * 1.6)}px; background: transparent; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{ padding: 4px; border-radius: 6px; }}
QComboBox QAbstractItemView::item {{ min-height: {round(unit * 1.75)}px; padding: 0 8px; }}
QPlainTextEdit {{ padding: 6px; }}
QLineEdit[problem="true"] {{ border-color: {t.problem.name()}; }}
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
  border: 2px solid {t.accent.name()}; }}
QLineEdit:focus {{ padding: 6px 9px; }}
QAbstractSpinBox:focus {{ padding: 5px 0 4px 0; }}
QAbstractSpinBox:focus QLineEdit {{ padding-left: 8px; }}
QPlainTextEdit:focus {{ padding: 5px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{
  color: {t.muted.name()}; background: {t.side.name()}; border-color: {t.line.name()}; }}
QAbstractSpinBox QLineEdit:disabled {{ background: transparent; }}
QLineEdit[readOnly="true"] {{ background: {t.side.name()}; border-color: {t.line.name()}; }}
QLineEdit[readOnly="true"]:focus {{ border: 2px solid {t.accent.name()}; }}
"""


def _choices(t: Tones, unit: int) -> str:
    """Radio buttons and check boxes."""
    dot = round(unit * 0.38)
    side = round(unit * 0.62) + dot
    border = max(1, (side - dot) // 2)
    return f"""
QRadioButton {{ spacing: 8px; min-height: {max(24, unit + 8)}px; color: {t.text.name()}; }}
QRadioButton::indicator {{ width: {side - 2}px; height: {side - 2}px; border: 1px solid {t.line_strong.name()};
  border-radius: {side // 2}px; background: {t.field.name()}; }}
QRadioButton::indicator:hover {{ border-color: {t.accent.name()}; }}
QRadioButton::indicator:checked {{ width: {side - 2 * border}px; height: {side - 2 * border}px;
  border: {border}px solid {t.accent_fill.name()}; background: {t.accent_text.name()}; }}
QRadioButton:focus {{ color: {t.text.name()}; }}
QRadioButton::indicator:focus {{ border-color: {t.accent.name()}; }}
QRadioButton:disabled {{ color: {t.muted.name()}; }}
QCheckBox {{ spacing: 8px; min-height: {max(24, unit + 8)}px; }}
"""


def _lists(t: Tones, unit: int) -> str:
    """Lists, scroll areas and scroll bars."""
    return f"""
QTreeView, QListView, QTableView {{ background: {t.card.name()}; color: {t.text.name()};
  border: 1px solid {t.edge.name()}; border-radius: 8px; padding: 3px; outline: 0; }}
QTreeView:focus, QListView:focus, QTableView:focus {{ border: 2px solid {t.accent.name()}; padding: 2px; }}
QTreeView[bare="true"], QTreeView[bare="true"]:focus {{ background: transparent; border: none; border-radius: 0;
  padding: 0; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; border: none; }}
QScrollBar::handle:vertical {{ background: {t.edge.name()}; border-radius: 3px; margin: 3px;
  min-height: {unit * 2}px; }}
QScrollBar::handle:horizontal {{ background: {t.edge.name()}; border-radius: 3px; margin: 3px;
  min-width: {unit * 2}px; }}
QScrollBar::handle:hover {{ background: {t.line_strong.name()}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _popups(t: Tones) -> str:
    """Tool tips, menus, tabs and headers."""
    return f"""
QToolTip {{ background: {t.card.name()}; color: {t.text.name()}; border: 1px solid {t.edge.name()};
  padding: 4px 8px; }}
QMenu {{ background: {t.card.name()}; color: {t.text.name()}; border: 1px solid {t.edge.name()};
  padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selection.name()}; color: {t.selection_text.name()}; }}
QMenu::item:disabled {{ color: {t.muted.name()}; }}
QMenu::separator {{ height: 1px; background: {t.line.name()}; margin: 4px 8px; }}
QTabBar::tab {{ color: {t.muted.name()}; padding: 6px 4px; margin-right: 16px;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {t.text.name()}; border-bottom: 2px solid {t.accent.name()}; }}
QHeaderView::section {{ background: {t.window.name()}; color: {t.muted.name()}; border: none;
  border-bottom: 1px solid {t.line.name()}; padding: 6px; }}
"""
