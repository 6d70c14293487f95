"""Every page fits: small window, large letters, long words, other languages, dark, switched while it is shown."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton

from tests.journeys import steps
from tests.journeys.conftest import NAME, Scene
from tests.journeys.driver import Person
from tests.journeys.heart import RESTYLED
from tests.ui.layout import clipped
from tests.words.pseudo import pseudo_words
from wizard.demo import Fault
from wizard.ui.theme.theme import Appearance


def _walk(person: Person, scene: Scene, check: Callable[[str], None]) -> None:
    """Go through all pages without reading a word: names of things only, as languages differ."""
    check("connect")
    person.write("customerName", "ACME")
    person.write("clientId", "journey-client-id")
    person.write("clientSecret", "zQ7canary-kept-nowhere-Yx4")
    person.click("checkConnection")
    person.wait_for("connectionResult")
    check("connected")
    person.click("nextButton")
    person.wait_for_page("placePage")
    steps.choose_group(person, "DACH")
    person.idle()
    person.pick("authorList", "Alex Martin")
    check("place")
    person.click("groupSwap")
    check("place, pasting")
    person.click("groupSwap")
    person.click("nextButton")
    person.wait_for_page("behaviourPage")
    person.click("nextButton")
    check("behaviour, all missing")
    person.write("platformName", NAME)
    person.click("subgroupsYes")
    person.click("progressDaily")
    person.click("more")
    person.wait_for_text(person.program.words.say("Learners see {name}. Free in this group.", name=NAME))
    person.idle()
    check("behaviour")
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    person.idle()
    person.click("technical")
    check("review")
    scene.platform.faults.add(Fault("reset", "POST", "/api/v2/integrations", commit=True))
    person.click("createButton")
    person.wait_for("rescueCard")
    check("rescue")
    person.click("lookNow")
    person.wait_for("integrationId")
    check("done")


CASES = [
    pytest.param("fr", 1.0, (960, 640), id="French"),
    pytest.param("pseudo", 1.0, (853, 480), id="40 % longer, small window"),
    pytest.param("pseudo", 2.0, (853, 480), id="40 % longer, small window, letters twice as large"),
    pytest.param("fr", 2.0, (853, 480), id="French, small window, letters twice as large"),
]


@pytest.mark.parametrize(("language", "scale", "size"), CASES)
def test_nothing_is_clipped(
    scene: Scene, language: str, scale: float, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    if language == "pseudo":
        monkeypatch.setattr("wizard.app.program.open_words", lambda _name: pseudo_words())
    app = scene.app()
    usual = app.font()
    try:
        larger = QFont(usual)
        larger.setPointSizeF(usual.pointSizeF() * scale)
        app.setFont(larger)
        person = scene.sit_down(language="fr" if language == "fr" else "en")
        person.act(lambda: person.window.resize(*size))
        found: dict[str, list[str]] = {}

        def check(at: str) -> None:
            # Wrapped texts find their height in a few turns.
            with suppress(TimeoutError), person.heart.beating(RESTYLED):
                person.qtbot.waitUntil(lambda: not clipped(person.window), timeout=1000)
            wrong = clipped(person.window)
            if person.window.width() > size[0] or person.window.height() > size[1]:
                wrong.append(f"the window grew to {person.window.size()}")
            for button in person.window.findChildren(QAbstractButton):
                if button.isVisible() and button.objectName().endswith("Button"):
                    corner = button.mapTo(person.window, button.rect().bottomRight())
                    if not person.window.rect().contains(corner):
                        wrong.append(f"{button.objectName()} lies outside")
            if wrong:
                found[at] = wrong

        _walk(person, scene, check)
        assert found == {}
    finally:
        for one in scene.people:
            one.leave()
        app.setFont(usual)


def test_the_palette_is_switched_on_every_page(scene: Scene) -> None:
    person = scene.sit_down(look=Appearance.LIGHT)
    texts: list[str] = []

    def check(at: str) -> None:
        before = person.texts()
        person.act(lambda: person.program.theme.set_appearance(Appearance.DARK), RESTYLED)
        dark = person.window.grab().toImage()
        person.act(lambda: person.program.theme.set_appearance(Appearance.LIGHT), RESTYLED)
        light = person.window.grab().toImage()
        # The corner of the bar has the window's own colour.
        there = dark.width() // 2, dark.height() - 4
        assert dark.pixelColor(*there).lightness() < 80, at
        assert light.pixelColor(*there).lightness() > 200, at
        assert person.texts() == before, at
        texts.extend(before)

    _walk(person, scene, check)
    assert texts
