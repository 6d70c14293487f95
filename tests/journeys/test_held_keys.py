"""A key that is held, as X11 tells it: releases and presses in a row, not all of them marked as repeated."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from tests.journeys import steps
from tests.journeys.conftest import Scene
from tests.journeys.driver import Person
from wizard.ui.widgets import key_repeat_guard

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
_REPEAT_MS = 40
_FIRST_MS = 660


class Keyboard:
    """Keys as they come to the window from outside, each with its own time."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._now_ms = 1_000_000

    def pause(self, ms: int) -> None:
        """Rest the hands, and let the window see it."""
        self._now_ms += ms
        self.person.qtbot.wait(ms)

    def press(self, key: Qt.Key = ENTER) -> None:
        """One short press."""
        self._send(QEvent.Type.KeyPress, key)
        self._now_ms += 80
        self._send(QEvent.Type.KeyRelease, key)

    def hold(self, ms: int, key: Qt.Key = ENTER) -> Iterator[None]:
        """Hold a key: one press, and after a while the server's repeats; between them the window works."""
        self._send(QEvent.Type.KeyPress, key)
        self._now_ms += _FIRST_MS
        for _ in range(ms // _REPEAT_MS):
            yield
            self._send(QEvent.Type.KeyRelease, key)
            self._send(QEvent.Type.KeyPress, key)
            self._now_ms += _REPEAT_MS
            self.person.qtbot.wait(_REPEAT_MS)
        self._send(QEvent.Type.KeyRelease, key)

    def _send(self, kind: QEvent.Type, key: Qt.Key) -> None:
        if self.person.is_ended:
            return
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r" if key is ENTER else " ", autorep=False)
        event.setTimestamp(self._now_ms)
        self.person.act(lambda: QApplication.sendEvent(self.person.window.windowHandle(), event))


def _to_behaviour(person: Person) -> None:
    steps.to_review(person)
    person.click("backButton")
    person.wait_for_page("behaviourPage")


@pytest.fixture
def at_behaviour(scene: Scene) -> Person:
    person = scene.sit_down()
    _to_behaviour(person)
    return person


def test_a_held_enter_goes_one_page_and_creates_nothing(scene: Scene, at_behaviour: Person) -> None:
    keyboard = Keyboard(at_behaviour)
    for _ in keyboard.hold(2_000):
        assert not at_behaviour.is_ended
        assert at_behaviour.page in ("behaviourPage", "reviewPage")
    assert at_behaviour.page == "reviewPage"
    assert scene.posts() == []


def test_enter_pressed_again_at_once_creates_nothing_and_a_calm_one_does(scene: Scene, at_behaviour: Person) -> None:
    keyboard = Keyboard(at_behaviour)
    for _ in range(5):
        keyboard.press()
        keyboard.pause(100)
    assert at_behaviour.page == "reviewPage"
    assert scene.posts() == []
    keyboard.pause(key_repeat_guard.SEEN_MS + 50)
    keyboard.press()
    at_behaviour.wait_for("integrationId")
    # The id has only just come: whoever pressed a moment too early still sees it.
    keyboard.press()
    keyboard.pause(100)
    keyboard.press()
    assert not at_behaviour.is_ended
    assert at_behaviour.find("integrationId", QLineEdit).text() == scene.made()[0].id
    keyboard.pause(key_repeat_guard.SEEN_MS + 50)
    keyboard.press()
    at_behaviour.wait(lambda: at_behaviour.page == "library")
    # One more press in the library, where the focus is in the table, begins nothing.
    at_behaviour.press(ENTER)
    assert not at_behaviour.program.windows.wizards


@pytest.mark.parametrize("key", [ENTER, SPACE])
def test_a_key_held_on_the_one_button_creates_once_and_closes_nothing(
    scene: Scene, at_behaviour: Person, key: Qt.Key
) -> None:
    person = at_behaviour
    person.click("nextButton")
    person.wait_for_page("reviewPage")
    person.wait_for_text("checks passed")
    keyboard = Keyboard(person)
    keyboard.pause(key_repeat_guard.SEEN_MS + 50)
    person.act(lambda: person.find("createButton", QAbstractButton).setFocus())
    for _ in keyboard.hold(2_000, key):
        assert not person.is_ended
    assert person.find("integrationId", QLineEdit).text() == scene.made()[0].id
    assert len(scene.posts()) == 1


def test_blanks_are_typed_as_fast_as_anybody_likes(at_behaviour: Person) -> None:
    keyboard = Keyboard(at_behaviour)
    name = at_behaviour.find("platformName", QLineEdit)
    at_behaviour.act(name.setFocus)
    before = name.text()
    at_behaviour.act(lambda: name.setCursorPosition(0))
    for _ in keyboard.hold(200, SPACE):
        pass
    assert name.text() == " " * 6 + before


def test_a_double_click_on_the_last_answer_creates_nothing(scene: Scene) -> None:
    person = scene.sit_down()
    _to_behaviour(person)
    handle = person.window.windowHandle()

    def at(name: str) -> QPointF:
        button = person.find(name, QAbstractButton)
        return QPointF(button.mapTo(person.window, QPoint(20, button.height() // 2)))

    def press(kind: QEvent.Type, where: QPointF) -> None:
        buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, where, handle.mapToGlobal(where), Qt.MouseButton.LeftButton, buttons, Qt.KeyboardModifier.NoModifier
        )
        person.act(lambda: QApplication.sendEvent(handle, event))

    first = at("nextButton")
    press(QEvent.Type.MouseButtonPress, first)
    press(QEvent.Type.MouseButtonRelease, first)
    person.wait_for_page("reviewPage")
    second = at("createButton")
    press(QEvent.Type.MouseButtonDblClick, second)
    press(QEvent.Type.MouseButtonRelease, second)
    person.idle()
    person.act(lambda: None)
    assert (person.page, scene.posts()) == ("reviewPage", [])
    person.qtbot.wait(key_repeat_guard.SEEN_MS + 100)
    press(QEvent.Type.MouseButtonPress, second)
    press(QEvent.Type.MouseButtonRelease, second)
    person.wait_for("integrationId")
    assert len(scene.posts()) == 1
