"""The whole job with nothing but a keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QRadioButton, QWidget

from tests.journeys import steps
from tests.journeys.canary import CANARY
from tests.journeys.conftest import CLIENT_ID, NAME, Scene
from tests.journeys.driver import Person


def _tab_to(person: Person, name: str) -> None:
    """Press Tab until the keyboard is where it should be."""
    for _ in range(60):
        if person.focus().objectName() == name:
            return
        person.press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached by Tab on {person.page}")


def _tab_to_group(person: Person, *names: str) -> None:
    """Press Tab until the keyboard is on one of some radio buttons."""
    for _ in range(60):
        if person.focus().objectName() in names:
            return
        person.press(Qt.Key.Key_Tab)
    raise AssertionError(f"none of {names} can be reached by Tab on {person.page}")


def test_the_whole_job_by_keyboard(scene: Scene) -> None:
    person = scene.sit_down()
    for name, text in (("customerName", "ACME"), ("clientId", CLIENT_ID), ("clientSecret", CANARY)):
        _tab_to(person, name)
        person.letters(text)
    # Enter presses what is filled: first the check, then Next.
    person.press(Qt.Key.Key_Return)
    person.wait_for_text("Connected to")
    person.press(Qt.Key.Key_Return)
    person.wait_for_page("placePage")
    person.wait(lambda: steps.rows(person, "groupTree") > 0)
    _tab_to(person, "groupSearch")
    person.letters("dach")
    person.press(Qt.Key.Key_Down)
    assert person.focus().objectName() == "groupTree"
    for _ in range(5):
        if person.draft.group and person.draft.group.name == "DACH":
            break
        person.press(Qt.Key.Key_Down)
    assert person.draft.group is not None
    assert person.draft.group.name == "DACH"
    person.wait(lambda: person.sees("authorList") and steps.rows(person, "authorList") > 0)
    _tab_to(person, "authorList")
    person.letters("alex")
    person.wait(lambda: person.draft.author is not None)
    person.press(Qt.Key.Key_Return)
    person.wait_for_page("behaviourPage")
    _tab_to(person, "platformName")
    person.letters(NAME)
    _tab_to_group(person, "subgroupsYes", "subgroupsNo")
    person.press(Qt.Key.Key_Space)
    person.press(Qt.Key.Key_Right)
    _tab_to_group(person, "progressOften", "progressDaily", "progressUnsure")
    person.press(Qt.Key.Key_Space)
    person.press(Qt.Key.Key_Down)
    assert person.find("subgroupsNo", QRadioButton).isChecked()
    assert person.find("progressDaily", QRadioButton).isChecked()
    _tab_to(person, "more")
    person.press(Qt.Key.Key_Space)
    _tab_to(person, "startProgress")
    person.press(Qt.Key.Key_Up, times=3)
    person.press(Qt.Key.Key_Return)
    person.wait_for_page("reviewPage")
    person.wait_for_text("checks passed")
    _tab_to(person, "createButton")
    person.press(Qt.Key.Key_Space)
    person.wait_for("integrationId")
    (made,) = scene.made()
    assert (made.values["noGroupPropagation"], made.values["defaultCompletion"]) == (True, True)
    assert made.values["defaultProgress"] == 3
    _tab_to(person, "copyId")
    person.press(Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == made.id
    person.press(Qt.Key.Key_Escape)
    person.wait(lambda: person.page == "library")
    QApplication.clipboard().clear()
    person.press(Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == made.id
    person.leave()
    assert [entry["_id"] for entry in scene.saved()] == [made.id]


def _focusable(person: Person) -> set[QWidget]:
    shown = [w for w in person.window.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return {w for w in shown if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None}


def _reached(person: Person) -> set[QWidget]:
    seen: set[QWidget] = set()
    for _ in range(80):
        person.press(Qt.Key.Key_Tab)
        if person.focus() in seen:
            break
        seen.add(person.focus())
    return seen


def _in_group_with(person: Person, seen: set[QWidget]) -> set[QWidget]:
    """Radio buttons that arrows lead to."""
    return {
        other
        for one in seen
        if isinstance(one, QRadioButton) and one.group() is not None
        for other in one.group().buttons()
    }


def test_tab_reaches_everything_and_everything_has_a_name(scene: Scene) -> None:
    person = scene.sit_down()

    def look_around() -> None:
        seen = _reached(person)
        missed = _focusable(person) - seen - _in_group_with(person, seen)
        assert [(w.objectName(), type(w).__name__) for w in missed] == []
        unnamed = [w for w in seen if not _name(w)]
        assert [(w.objectName(), type(w).__name__) for w in unnamed] == []
        assert [_name(w) for w in seen if "<" in _name(w) or ">" in _name(w)] == []

    look_around()
    steps.connect(person)
    steps.choose_group(person, "DACH")
    person.idle()
    look_around()
    person.wait(lambda: steps.rows(person, "authorList") > 0)
    person.pick("authorList", "Alex Martin")
    person.click("nextButton")
    person.wait_for_page("behaviourPage")
    person.click("more")
    look_around()
    steps.behave(person)
    person.wait_for_text("checks passed")
    person.click("technical")
    look_around()
    person.click("createButton")
    person.wait_for("integrationId")
    look_around()


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or str(text)


def test_escape_never_loses_anything(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    before = person.draft
    for _ in range(3):
        person.press(Qt.Key.Key_Escape)
        person.wait_for("leavingQuestion")
        person.press(Qt.Key.Key_Escape)
        person.wait(lambda: not person.sees("leavingQuestion"))
    assert (person.draft, person.page, person.is_ended) == (before, "reviewPage", False)
    scene.platform.settings.latency_s = 0.1
    person.click("createButton")
    person.wait_for_page("createPage")
    person.press(Qt.Key.Key_Escape, times=3)
    assert not person.is_ended
    scene.platform.settings.latency_s = 0.0
    person.wait_for("integrationId")
    assert len(scene.made()) == 1


def test_a_held_enter_key_does_not_run_past_the_result(scene: Scene) -> None:
    person = scene.sit_down()
    steps.to_review(person)
    person.click("createButton")
    for _ in range(400):
        person.act(lambda: _held_enter(person))
        if person.is_ended or person.sees("integrationId"):
            break
        person.qtbot.wait(10)
    for _ in range(20):
        person.act(lambda: _held_enter(person))
    assert not person.is_ended
    assert person.find("integrationId", QLineEdit).text() == scene.made()[0].id


def _held_enter(person: Person) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    no = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        # As from outside: a held key is taken away before a widget gets it.
        QApplication.sendEvent(person.window.windowHandle(), QKeyEvent(kind, Qt.Key.Key_Return, no, "\r", True))
