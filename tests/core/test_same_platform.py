"""New credentials may stand in for withdrawn ones only where the platform is surely the same."""

from dataclasses import replace

import pytest

from tests.helpers.made import customer
from wizard.core.address import EU, US
from wizard.core.customers import Customer
from wizard.core.ids import ObjectId
from wizard.core.same_platform import is_same_platform

ACME = customer("c1", "ACME", EU, "client")
ROOT, OTHER_ROOT = ObjectId("a" * 24), ObjectId("b" * 24)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("itself", replace(ACME, label="Renamed", root_id=ROOT), True),
        ("its name, written otherwise", replace(ACME, id="c2", label="acme"), True),
        ("another name", replace(ACME, id="c2", label="Umbrella"), False),
        ("the same name elsewhere", replace(ACME, id="c2", origin=US), False),
    ],
)
def test_by_name_where_a_group_is_not_known(one: str, other: Customer, is_same: bool) -> None:
    assert is_same_platform(ACME, other) is is_same, one
    assert is_same_platform(other, ACME) is is_same, one


def test_the_group_of_the_platform_goes_before_its_name() -> None:
    known = replace(ACME, root_id=ROOT)
    assert is_same_platform(known, replace(known, id="c2", label="Umbrella"))
    assert not is_same_platform(known, replace(known, id="c2", root_id=OTHER_ROOT))
    assert is_same_platform(known, replace(ACME, id="c2"))
