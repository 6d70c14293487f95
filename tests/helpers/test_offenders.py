"""A test that checks many things names every offender."""

from collections.abc import Iterator

import pytest

from tests.helpers.offenders import assert_clean


def _odd(number: int) -> Iterator[str]:
    if number % 2:
        yield "odd"
    if 10 // number < 2:
        yield "large"


def _failure(*numbers: int) -> list[str]:
    with pytest.raises(pytest.fail.Exception) as failed:
        assert_clean(numbers, _odd)
    return str(failed.value).splitlines()


def test_every_complaint_about_every_thing_is_named() -> None:
    assert _failure(1, 2, 8, 7) == ["4 in 4 checked", "1: odd", "8: large", "7: odd", "7: large"]


def test_an_exception_hides_no_other_thing() -> None:
    (_, first, second) = _failure(0, 3)
    assert first.startswith("0: raised ZeroDivisionError(")
    assert second == "3: odd"


def test_checking_nothing_fails() -> None:
    assert _failure() == ["1 in 0 checked", "nothing was checked"]


def test_clean_things_pass() -> None:
    assert_clean([2, 4], _odd)
