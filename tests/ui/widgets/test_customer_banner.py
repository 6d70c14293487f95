"""The customer banner."""

from pytestqt.qtbot import QtBot

from wizard.ui.theme.theme import Theme
from wizard.ui.widgets.customer_banner import CustomerBanner


def test_the_banner_says_who_it_is(theme: Theme, qtbot: QtBot) -> None:
    banner = CustomerBanner(theme)
    qtbot.addWidget(banner)
    banner.show_customer("ACME", "EU · app.360learning.com", "#2f6fde", "Practice")
    banner.resize(400, banner.sizeHint().height())
    assert banner.grab().toImage().pixelColor(5, 1).name() == "#2f6fde"
    assert banner.accessibleName() == "ACME, EU · app.360learning.com, Practice"
