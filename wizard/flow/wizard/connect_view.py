"""What the first page shows; no secret is ever part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from wizard.core.address import Region
from wizard.core.customers import Right
from wizard.core.problems import Field
from wizard.flow.wizard.page_problems import ProblemsView


class CheckState(Enum):
    """How far the check of the connection is."""

    OPEN = auto()
    CHECKING = auto()
    CHECKED = auto()
    REFUSED = auto()


class ConnectAction(Enum):
    """The ways out of a connection that was refused."""

    CHECK_AGAIN = auto()
    PASTE_AGAIN = auto()
    PASTE_SECRET = auto()
    NETWORK = auto()
    OTHER_REGION = auto()


@dataclass(frozen=True, slots=True)
class SavedCustomer:
    """One entry of the list of saved customers; that of a new one has no id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class LiveNote:
    """A sentence under a field that is no problem."""

    text: str = ""
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class FormView:
    """The fields. `folded` is the one line (title, facts) that stands for the fields of a saved customer, if it does.

    The secret is typed into its field and never comes back: `is_secret_empty` tells whether the field is to be empty.
    """

    customer: str = ""
    region: Region = Region.EU
    address: str = ""
    client_id: str = ""
    is_secret_empty: bool = True
    secret_placeholder: str = ""
    secret_help: str = ""
    saved: tuple[SavedCustomer, ...] = ()
    saved_id: str = ""
    is_saved_shown: bool = False
    folded: tuple[str, str] | None = None
    notes: Mapping[Field, LiveNote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardView:
    """A card that only tells something: title and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """The draft of last time that one can go on with."""

    draft_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RightLine:
    """One right of the credentials, what it lets the program do, and what is to know of it."""

    name: str
    right: Right
    state_name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RightsView:
    """A connection that works. `not_kept` tells (title, text) why its secret lives for this session only."""

    title: str
    platform: str
    took: str
    columns: tuple[tuple[RightLine, ...], ...]
    not_kept: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """One button of a card."""

    text: str
    action: ConnectAction


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A connection that did not work; the first of the ways out is the next step."""

    title: str
    text: str
    detail: str
    ways: tuple[WayOut, ...]
    asks_sign_in: bool = False


@dataclass(frozen=True, slots=True)
class ConnectView:
    """The whole page. `rights` or `refused` is the result of the last check, if it still counts."""

    form: FormView = field(default_factory=FormView)
    problems: ProblemsView = field(default_factory=ProblemsView)
    check: CheckState = CheckState.OPEN
    note: str = ""
    can_stop: bool = False
    rights: RightsView | None = None
    refused: RefusedView | None = None
    offer: OfferView | None = None
    news: tuple[CardView, ...] = ()
    store_problem: CardView | None = None
