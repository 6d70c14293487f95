"""What is said of a person as author, and of a pasted link of another platform where that can be known."""

import pytest

from wizard.core.address import EU, US, Origin
from wizard.core.draft import Author, Place
from wizard.core.ids import ObjectId
from wizard.flow.wizard.author_sentences import other_platform_warning, person_line, suitability_sentence
from wizard.flow.wizard.picker import ChoiceStatus
from wizard.words import open_words

LOCAL = Origin("http://127.0.0.1:8080")
ALEX = ObjectId("0" * 24)
SALES = Place(ObjectId("1" * 24), ("ACME", "Sales"))


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
    text = other_platform_warning(open_words("en").say, host, origin)
    assert bool(text) == is_noticed
    assert (host in text) == is_noticed or not host


@pytest.mark.parametrize(
    ("suitability", "sentence", "status"),
    [
        ("suitable", "Editor in Sales · active", ChoiceStatus.CHOSEN),
        ("inherited", "Editor, from a parent group · active", ChoiceStatus.CHOSEN),
        ("weak-role", "Editor in Sales. The author needs to be editor or admin there.", ChoiceStatus.DOUBTFUL),
        ("not-member", "No role in Sales. The author needs to be editor or admin there.", ChoiceStatus.DOUBTFUL),
        ("invited", "Invited, has not signed in yet.", ChoiceStatus.DOUBTFUL),
        (
            "",
            "The rights could not be looked up. Editor or admin in the group is needed.",
            ChoiceStatus.NOT_TESTED,
        ),
    ],
)
def test_every_author_is_judged(suitability: str, sentence: str, status: ChoiceStatus) -> None:
    author = Author(ALEX, "Alex", "", "editor", "active", suitability)
    assert suitability_sentence(open_words("en").say, author, SALES) == (sentence, status)


def test_roles_and_states_that_nobody_knows_yet() -> None:
    say = open_words("en").say
    author = Author(ALEX, "Alex", "alex@acme.example", "captain", "asleep", "suitable")
    assert suitability_sentence(say, author, None)[0] == "Another role in  · state unknown"
    assert person_line(say, author) == "Another role · alex@acme.example"
    assert person_line(say, Author(ALEX)) == "No role"
