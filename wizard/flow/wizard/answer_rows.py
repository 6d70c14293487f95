"""The answers of a draft as rows to read: what was asked, what was answered, and a small id."""

from typing import NamedTuple

from wizard.core.draft import Author, Draft, Place
from wizard.core.problems import Field
from wizard.core.text_safety import one_line
from wizard.words import Words
from wizard.words.labels import ROLES


class AnswerRow(NamedTuple):
    """One answer: the field to change it in, its label, its value in words, and the id behind it ("" for none)."""

    field: Field
    label: str
    value: str
    small_id: str = ""


def answer_rows(words: Words, draft: Draft) -> tuple[AnswerRow, ...]:
    """All answers of a complete draft, in the order of the pages; no rows for one that lacks an answer."""
    group, author, frequency = draft.group, draft.author, draft.frequency
    if group is None or author is None or frequency is None or draft.shows_in_subgroups is None:
        return ()
    say = words.say
    path = one_line(words.listed(group.path))
    opened, told = say("When a learner opens the course"), say("When progress says so")
    logos = ", ".join(url for url in (draft.logo_url, draft.unicolor_logo_url) if url)
    return (
        AnswerRow(Field.GROUP, say("Group"), path or say("Not looked up"), group.id),
        AnswerRow(Field.AUTHOR, say("Author"), _author(words, author) or say("Not looked up"), author.id),
        AnswerRow(Field.NAME, say("Name"), draft.name),
        AnswerRow(Field.SUBGROUPS, say("Subgroups"), _subgroups(words, group, is_shown=draft.shows_in_subgroups)),
        AnswerRow(Field.PROGRESS, say("Completion"), opened if frequency.completes_at_launch else told),
        AnswerRow(Field.START_PROGRESS, say("Start progress"), say("{percent}%", percent=draft.start_progress)),
        AnswerRow(Field.LOGO, say("Logos"), logos or say("None")),
    )


def _author(words: Words, author: Author) -> str:
    role = words.say(ROLES.get(author.role, ROLES["other"])) if author.role else ""
    return one_line(", ".join(part for part in (author.name, role) if part))


def _subgroups(words: Words, group: Place, *, is_shown: bool) -> str:
    name = one_line(group.name) if group.path else ""
    if not is_shown:
        return words.say("No, visible in {group} only", group=name or words.say("the group"))
    if not group.subgroups:
        # Nobody knows how many there are, or there are none yet.
        return words.say("Yes, visible in all subgroups")
    return words.count(
        "Yes, visible in {group} and {n} subgroup",
        "Yes, visible in {group} and {n} subgroups",
        group.subgroups,
        group=name,
    )
