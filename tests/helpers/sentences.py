"""What a person reads of a problem."""

from wizard.core.problems import Problem
from wizard.words import open_words
from wizard.words.problems import explain


def said(problem: Problem) -> str:
    """Title and text in English."""
    shown = explain(open_words("en"), problem)
    return f"{shown.title}. {shown.text}"
