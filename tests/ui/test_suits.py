"""A pasted link of another platform is noticed where it can be known."""

import pytest

from wizard.core.address import EU, US, Origin
from wizard.ui.wizard.pages.suits import elsewhere
from wizard.words import open_words

LOCAL = Origin("http://127.0.0.1:8080")


@pytest.mark.parametrize(
    ("host", "origin", "is_noticed"),
    [
        ("app.us.360learning.com", EU, True),
        ("app.360learning.com", US, True),
        ("app.360learning.com", EU, False),
        ("acme.360learning.com", EU, False),
        ("learning.acme.example", US, False),
        ("app.360learning.com", LOCAL, True),
        ("127.0.0.1", LOCAL, False),
        ("", EU, False),
        ("app.360learning.com", None, False),
    ],
)
def test_only_what_is_surely_wrong_is_noticed(host: str, origin: Origin | None, is_noticed: bool) -> None:
    text = elsewhere(open_words("en").say, host, origin)
    assert bool(text) == is_noticed
    assert (host in text) == is_noticed or not host
