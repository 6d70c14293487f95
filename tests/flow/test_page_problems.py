"""What stands beside the fields, and the list of it on top."""

from wizard.core.problems import Code, Expected, Field
from wizard.flow.wizard.page_problems import PageProblems, ProblemsView
from wizard.words import open_words

GROUP, NAME = Expected(Code.GROUP_MISSING, field=Field.GROUP), Expected(Code.NAME_MISSING, field=Field.NAME)


def test_nothing_stands_in_the_way() -> None:
    problems = PageProblems(open_words("en"))
    assert problems.raise_all([])
    assert problems.view() == ProblemsView()


def test_the_first_problem_of_each_field_is_listed_and_one_without_a_field_is_not() -> None:
    problems = PageProblems(open_words("en"))
    second = Expected(Code.GROUP_NOT_READABLE, field=Field.GROUP)
    assert not problems.raise_all([GROUP, second, NAME, Expected(Code.STORE_FULL)])
    view = problems.view()
    assert (view.title, view.raised) == ("2 answers are missing or need a change", 1)
    assert [at for at, _text in view.listed] == [Field.GROUP, Field.NAME]
    assert view.beside[Field.GROUP] == problems.at(Field.GROUP) == "Choose the group for the content."


def test_an_answer_that_changed_is_listed_no_more() -> None:
    problems = PageProblems(open_words("en"))
    problems.raise_all([GROUP, NAME])
    problems.mend(Field.NAME)
    assert problems.view().title == "1 answer is missing or needs a change"
    problems.mend(Field.GROUP)
    assert (problems.view().title, problems.view().listed, problems.at(Field.GROUP)) == ("", (), "")


def test_what_is_said_while_typing_is_not_listed() -> None:
    problems = PageProblems(open_words("en"))
    problems.set(Field.NAME, NAME)
    problems.set_text(Field.GROUP, "Sentences.")
    assert (list(problems.view().beside), problems.view().listed) == ([Field.NAME, Field.GROUP], ())
    problems.set_text(Field.GROUP, "")
    problems.set_text(Field.GROUP, "")
    assert list(problems.view().beside) == [Field.NAME]
