"""The answers of a draft as rows, whatever is known of them."""

from dataclasses import replace

import pytest

from wizard.core.draft import Author, Draft, Frequency, Place
from wizard.core.ids import ObjectId
from wizard.core.problems import Field
from wizard.flow.wizard.answer_rows import answer_rows
from wizard.words import open_words

GROUP, PERSON = ObjectId("5f00000000000000000000aa"), ObjectId("5f00000000000000000000bb")
DRAFT = Draft(
    "d",
    group=Place(GROUP, ("ACME Academy", "Sales"), 2),
    author=Author(PERSON, "Alex Martin", role="editor"),
    name="Atelier",
    shows_in_subgroups=True,
    frequency=Frequency.DAILY,
    start_progress=5,
)


def value(draft: Draft, field: Field) -> tuple[str, str]:
    """What stands in the row of a field, and the small id."""
    (row,) = [row for row in answer_rows(open_words("en"), draft) if row.field is field]
    return row.value, row.small_id


def test_all_rows() -> None:
    rows = [(row.label, row.value, row.small_id) for row in answer_rows(open_words("en"), DRAFT)]
    assert rows == [
        ("Group", "ACME Academy › Sales", GROUP),
        ("Author", "Alex Martin, Editor", PERSON),
        ("Name", "Atelier", ""),
        ("Subgroups", "Yes, visible in Sales and 2 subgroups", ""),
        ("Completion", "When a learner opens the course", ""),
        ("Start progress", "5%", ""),
        ("Logos", "None", ""),
    ]


@pytest.mark.parametrize(
    ("field", "draft", "said"),
    [
        (Field.GROUP, replace(DRAFT, group=Place(GROUP)), "Not looked up"),
        (Field.AUTHOR, replace(DRAFT, author=Author(PERSON)), "Not looked up"),
        (Field.AUTHOR, replace(DRAFT, author=Author(PERSON, "Alex", role="wizard")), "Alex, Another role"),
        (Field.AUTHOR, replace(DRAFT, author=Author(PERSON, "Alex\nMartin")), "Alex Martin"),
        (Field.SUBGROUPS, replace(DRAFT, group=Place(GROUP, ("Sales",), 0)), "Yes, visible in all subgroups"),
        (Field.SUBGROUPS, replace(DRAFT, group=Place(GROUP, ("Sales",), 1)), "Yes, visible in Sales and 1 subgroup"),
        (Field.SUBGROUPS, replace(DRAFT, shows_in_subgroups=False), "No, visible in Sales only"),
        (
            Field.SUBGROUPS,
            replace(DRAFT, shows_in_subgroups=False, group=Place(GROUP)),
            "No, visible in the group only",
        ),
        (Field.PROGRESS, replace(DRAFT, frequency=Frequency.OFTEN), "When progress says so"),
        (
            Field.LOGO,
            replace(DRAFT, logo_url="https://a/1", unicolor_logo_url="https://a/2"),
            "https://a/1, https://a/2",
        ),
    ],
)
def test_what_a_row_says(field: Field, draft: Draft, said: str) -> None:
    assert value(draft, field)[0] == said


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, group=None),
        replace(DRAFT, author=None),
        replace(DRAFT, frequency=None),
        replace(DRAFT, shows_in_subgroups=None),
    ],
)
def test_no_rows_before_all_is_answered(draft: Draft) -> None:
    assert answer_rows(open_words("en"), draft) == ()
