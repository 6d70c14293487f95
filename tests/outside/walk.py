"""What holds for every page as assistive technology sees it."""

from tests.outside.drive import Window

PAGES = {
    "connectPage": {
        "cancelButton", "nextButton", "customerName", "regionEu", "regionUs", "regionOther", "platformAddress",
        "clientId", "clientSecret", "checkConnection",
    },
    "placePage": {
        "cancelButton", "backButton", "nextButton", "groupSearch", "groupTree", "authorSearch", "authorList",
        "groupSummary", "authorSummary",
    },
    "behaviourPage": {
        "cancelButton", "backButton", "nextButton", "platformName", "subgroupsYes", "subgroupsNo", "progressOften",
        "progressDaily", "progressUnsure", "startProgress", "logoUrl", "unicolorLogoUrl",
    },
    "reviewPage": {"cancelButton", "backButton", "createButton", "reviewSummary", "checkList", "requestText"},
    "createPage": {"closeButton", "createState", "integrationId", "copyId"},
}  # fmt: skip
"""The ids that each page shows: those of the contract, which stay the same for ever."""

PASTING = {"groupPaste"}
LISTS = {"groupSearch", "groupTree"}
CARD = {"closeButton", "createState", "rescueCard", "lookNow"}
_HANDLED = {
    "push button", "check box", "radio button", "text", "combo box", "spin box", "tree", "list", "tree item",
    "list item", "link", "entry", "password text",
}  # fmt: skip


def check_page(
    window: Window, page: str, *, is_pasting: bool = False, is_card: bool = False, is_checked: bool = False
) -> None:
    """The page shows its ids; everything that can be used has a name, an id and nothing that reads as an arrow."""
    window.wait(page)
    nodes = window.nodes()
    ids = {node.id for node in nodes}
    wanted = CARD if is_card else PAGES[page]
    if is_checked:
        wanted = (wanted - {"checkConnection"}) | {"connectionResult"}
    if is_pasting:
        wanted = (wanted - LISTS) | PASTING
    assert ids >= wanted | {"wizard", page}, wanted - ids
    assert [other for other in PAGES if other in ids] == [page]
    for node in nodes:
        if node.role in _HANDLED or "focusable" in node.states:
            assert node.name.strip(), f"no name: {node}"
            # A class's name in its place would change with the code.
            assert node.role not in _HANDLED or node.id[:1].islower(), f"no id: {node}"
            assert not set("<>") & set(node.name), f"an arrow in the name: {node}"
            assert "…," not in node.name, f"a gap in the name: {node}"
