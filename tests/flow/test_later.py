"""Every step after the first has its presenter among the later ones."""

from tests.flow.conftest import Kit
from tests.helpers.create_host import Host
from wizard.core.draft import Step
from wizard.flow.wizard.later import LaterPresenters


def test_every_later_step_has_a_presenter(kit: Kit) -> None:
    assert set(LaterPresenters(kit.shared, Host()).pages) == set(Step) - {Step.CONNECT}
