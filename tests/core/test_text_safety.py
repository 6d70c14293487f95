"""Texts of the platform, made safe to show."""

from wizard.core.text_safety import one_line, plain_tip

LONG = "W" * 10_000


def test_one_line_says_that_there_is_more() -> None:
    assert one_line("Sales") == "Sales"
    assert one_line(LONG).endswith("W…")
    assert len(one_line(LONG)) < 3_000
    # A tip is as wide as its longest word.
    assert "W" * 41 not in plain_tip(LONG)
