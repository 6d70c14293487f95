"""The presenters of the steps after the first, which are needed when something is known: not before the first paint."""

from collections.abc import Mapping

from wizard.core.draft import Step
from wizard.flow.wizard.behaviour import BehaviourPresenter
from wizard.flow.wizard.create import CreatePresenter
from wizard.flow.wizard.create_host import CreateHost
from wizard.flow.wizard.page import PagePresenter, Shared
from wizard.flow.wizard.place import PlacePresenter
from wizard.flow.wizard.review import ReviewPresenter


class LaterPresenters:
    """One presenter for each of them."""

    def __init__(self, shared: Shared, host: CreateHost) -> None:
        self.place = PlacePresenter(shared)
        self.behaviour = BehaviourPresenter(shared)
        self.review = ReviewPresenter(shared)
        self.create = CreatePresenter(shared, host)
        self.pages: Mapping[Step, PagePresenter] = {
            Step.PLACE: self.place,
            Step.BEHAVIOUR: self.behaviour,
            Step.REVIEW: self.review,
            Step.CREATE: self.create,
        }
