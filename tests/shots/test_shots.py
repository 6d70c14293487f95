"""One page is taken in two looks: the pictures are there, of the right size, and differ."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.shots.camera import LIGHT, Camera, View
from tests.shots.stage import Stage
from wizard.demo import PracticePlatform
from wizard.ui.theme.theme import Appearance


def test_a_page_is_taken_in_two_looks(qapp: QApplication, tmp_path: Path) -> None:
    camera = Camera(tmp_path / "shots", (LIGHT, View("dark-200", Appearance.DARK, pixel_ratio=2)))
    before = qapp.font()
    with PracticePlatform() as platform:
        stage = Stage(platform, tmp_path / "data", has_customer=True)
        try:
            camera.take(stage, "connect")
        finally:
            stage.close()
            qapp.setFont(before)
    light, dark = (QImage(str(tmp_path / "shots" / f"connect-{view.name}.png")) for view in camera.views)
    assert light.size() == QSize(960, 640)
    assert dark.size() == QSize(1920, 1280)
    assert light.pixelColor(5, 5).lightness() > 200 > dark.pixelColor(5, 5).lightness()
