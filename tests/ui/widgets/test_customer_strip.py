"""The customer strip."""

from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.customer_strip import CustomerStrip


def test_the_strip_says_who_it_is(theme: Theme, qtbot: QtBot) -> None:
    strip = CustomerStrip(theme)
    qtbot.addWidget(strip)
    strip.show_customer("ACME", "EU · app.360learning.com", "#2f6fde", "Practice")
    strip.resize(400, strip.sizeHint().height())
    assert strip.grab().toImage().pixelColor(5, 1).name() == "#2f6fde"
    assert strip.accessibleName() == "ACME, EU · app.360learning.com, Practice"
