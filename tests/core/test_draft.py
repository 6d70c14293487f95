"""The answers of one run: what stands on what, what is missing, what comes out."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.core.address import EU, US, Origin, Region
from wizard.core.draft import DEPENDS, Author, Connection, Draft, Frequency, Place, Step
from wizard.core.ids import ObjectId
from wizard.core.integration import Integration
from wizard.core.problems import Code, Field, Problem

G, H, A, B = (ObjectId(c * 24) for c in "abcd")
EU_CONNECTION = Connection("c1", EU, "id")
US_CONNECTION = Connection("c2", US, "id")
WHOLE = Draft(
    id="d",
    customer="ACME",
    client_id="id",
    connection=EU_CONNECTION,
    group=Place(G, ("ACME", "Sales")),
    author=Author(A, "Alex", role="editor", suitability="suitable"),
    name="Udemy",
    shows_in_subgroups=True,
    frequency=Frequency.DAILY,
)

ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "connection": st.sampled_from([EU_CONNECTION, US_CONNECTION, replace(EU_CONNECTION, platform_name="ACME"), None]),
    "group": st.sampled_from([Place(G), Place(H), None]),
    "author": st.sampled_from([Author(A, role="editor"), Author(B, role="admin"), None]),
    "name": st.sampled_from(["", "Udemy", "Other"]),
    "region": st.sampled_from(Region),
    "client_id": st.sampled_from(["id", "other"]),
    "shows_in_subgroups": st.sampled_from([None, True, False]),
    "start_progress": st.integers(-1, 101),
    "logo_url": st.sampled_from(["", "x", "https://a.example/x.png"]),
}
ONE_ANSWER = st.sampled_from(sorted(ANSWERS)).flatmap(lambda name: ANSWERS[name].map(lambda value: {name: value}))


@given(st.lists(ONE_ANSWER, max_size=25))
def test_nothing_outlives_the_platform_it_belongs_to(answers: list[dict[str, Any]]) -> None:
    # For each group and author, the customer for whom it was answered.
    owner: dict[str, str] = {}
    draft = Draft("d")
    for answer in answers:
        before, draft = draft, draft.with_answers(**answer)
        for name in ("group", "author"):
            if name in answer:
                owner[name] = draft.customer_id
            assert getattr(draft, name) is None or owner[name] == draft.customer_id
        if before.group != draft.group and draft.author and "author" not in answer:
            assert (draft.author.role, draft.author.suitability) == ("", "")
        kept = set(ANSWERS) - set(answer) - DEPENDS.keys()
        assert {n: getattr(draft, n) for n in kept} == {n: getattr(before, n) for n in kept}
        assert draft.id == "d"


@given(st.lists(ONE_ANSWER, max_size=15))
def test_no_problem_or_an_integration(answers: list[dict[str, Any]]) -> None:
    draft = WHOLE
    for answer in answers:
        draft = draft.with_answers(**answer)
    problems = draft.problems()
    of_pages = [(p.code, p.field) for step in Step for p in draft.problems(step)]
    assert sorted(of_pages) == sorted((p.code, p.field) for p in problems)
    if problems:
        with pytest.raises(Problem) as refused:
            draft.integration()
        assert (refused.value.code, refused.value.field) == (problems[0].code, problems[0].field)
    else:
        assert draft.integration().body()["groupId"] == draft.group.id if draft.group else False


def test_a_whole_draft_is_an_integration() -> None:
    draft = replace(WHOLE, start_progress=7, logo_url="https://a.example/x.png")
    assert draft.problems() == ()
    assert draft.integration() == Integration("Udemy", G, A, True, 7, False, "https://a.example/x.png", "")


@pytest.mark.parametrize(
    ("frequency", "completes"), [(Frequency.OFTEN, False), (Frequency.DAILY, True), (Frequency.UNSURE, True)]
)
@pytest.mark.parametrize("shows", [True, False])
def test_both_flags(frequency: Frequency, *, completes: bool, shows: bool) -> None:
    made = replace(WHOLE, frequency=frequency, shows_in_subgroups=shows).integration()
    assert (made.default_completion, made.no_group_propagation) == (completes, not shows)


@pytest.mark.parametrize(
    ("answers", "step", "code", "field"),
    [
        ({"connection": None}, Step.CONNECT, Code.NOT_CONNECTED, Field.CLIENT_ID),
        ({"client_id": "typed since"}, Step.CONNECT, Code.NOT_CONNECTED, Field.CLIENT_ID),
        ({"region": Region.US}, Step.CONNECT, Code.NOT_CONNECTED, Field.CLIENT_ID),
        ({"region": Region.OTHER, "address": "nonsense here"}, Step.CONNECT, Code.NOT_CONNECTED, Field.CLIENT_ID),
        ({"group": None}, Step.PLACE, Code.GROUP_MISSING, Field.GROUP),
        ({"author": None}, Step.PLACE, Code.AUTHOR_MISSING, Field.AUTHOR),
        ({"name": ""}, Step.BEHAVIOUR, Code.NAME_MISSING, Field.NAME),
        ({"shows_in_subgroups": None}, Step.BEHAVIOUR, Code.SUBGROUPS_MISSING, Field.SUBGROUPS),
        ({"frequency": None}, Step.BEHAVIOUR, Code.PROGRESS_MISSING, Field.PROGRESS),
        ({"start_progress": -1}, Step.BEHAVIOUR, Code.START_PROGRESS_RANGE, Field.START_PROGRESS),
        ({"start_progress": 101}, Step.BEHAVIOUR, Code.START_PROGRESS_RANGE, Field.START_PROGRESS),
        ({"logo_url": "http://a.example/x.png"}, Step.BEHAVIOUR, Code.LOGO_NOT_HTTPS, Field.LOGO),
        ({"unicolor_logo_url": "x"}, Step.BEHAVIOUR, Code.LOGO_NOT_HTTPS, Field.UNICOLOR_LOGO),
    ],
)
def test_one_missing_answer_is_one_problem_on_its_page(
    answers: dict[str, Any], step: Step, code: Code, field: Field
) -> None:
    draft = replace(WHOLE, **answers)
    assert [(p.code, p.field) for p in draft.problems()] == [(code, field)]
    assert [(p.code, p.field) for p in draft.problems(step)] == [(code, field)]
    assert all(draft.problems(other) == () for other in Step if other is not step)
    with pytest.raises(Problem):
        draft.integration()


@pytest.mark.parametrize("progress", [0, 100])
def test_the_ends_of_the_range_are_inside(progress: int) -> None:
    assert replace(WHOLE, start_progress=progress).problems() == ()


def test_an_empty_draft_says_everything_in_the_order_of_the_pages() -> None:
    codes = [p.code for p in Draft("d").problems()]
    assert codes == [
        *[Code.NOT_CONNECTED, Code.GROUP_MISSING, Code.AUTHOR_MISSING, Code.NAME_MISSING],
        *[Code.SUBGROUPS_MISSING, Code.PROGRESS_MISSING],
    ]
    assert not Draft("d").has_answers
    assert not Draft("d", step=Step.REVIEW).has_answers
    assert Draft("d", name="x").has_answers


def test_another_platform_clears_the_place_and_nothing_else() -> None:
    after = WHOLE.with_answers(region=Region.US, connection=US_CONNECTION)
    assert after == replace(WHOLE, region=Region.US, connection=US_CONNECTION, group=None, author=None)
    assert WHOLE.with_answers(connection=replace(EU_CONNECTION, platform_name="ACME")).group == WHOLE.group
    assert WHOLE.with_answers(connection=None).group is None


def test_another_group_keeps_the_person_without_the_rights() -> None:
    after = WHOLE.with_answers(group=Place(H))
    assert after.author == Author(A, "Alex")
    assert WHOLE.with_answers(group=Place(H), author=Author(B, role="admin")).author == Author(B, role="admin")
    assert WHOLE.with_answers(group=WHOLE.group).author == WHOLE.author


@pytest.mark.parametrize(
    ("region", "address", "origin"),
    [
        (Region.EU, "https://x.example", EU),
        (Region.US, "", US),
        (Region.OTHER, "x.example/group", Origin("https://x.example")),
        (Region.OTHER, "http://x.example", None),
        (Region.OTHER, "", None),
    ],
)
def test_the_origin(region: Region, address: str, origin: Origin | None) -> None:
    assert Draft("d", region=region, address=address).origin == origin
    assert Place(G).name == G
    assert (Author(A).label, Author(A, "Alex").label) == (A, "Alex")
