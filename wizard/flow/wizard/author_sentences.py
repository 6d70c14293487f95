"""What can be said of a person as author in a group."""

from collections.abc import Callable

from wizard.core.address import EU, US, Origin, host_of
from wizard.core.draft import Author, Place
from wizard.core.people import Suitability
from wizard.core.text_safety import one_line
from wizard.flow.wizard.picker import ChoiceStatus
from wizard.words.labels import ROLES, STATUSES

Say = Callable[..., str]


def suitability_sentence(say: Say, author: Author, group: Place | None) -> tuple[str, ChoiceStatus]:
    """The sentence about an author in a group, and how good it is."""
    place = one_line(group.name) if group else ""
    role = say(ROLES.get(author.role, ROLES["other"]))
    status = say(STATUSES.get(author.status, STATUSES["unknown"]))
    known: dict[str, tuple[str, ChoiceStatus]] = {
        Suitability.SUITABLE.value: (
            say("{role} in {group} · {status}", role=role, group=place, status=status),
            ChoiceStatus.CHOSEN,
        ),
        Suitability.INHERITED.value: (
            say("{role}, from a parent group · {status}", role=role, status=status),
            ChoiceStatus.CHOSEN,
        ),
        Suitability.WEAK_ROLE.value: (
            say("{role} in {group}. The author needs to be editor or admin there.", role=role, group=place),
            ChoiceStatus.DOUBTFUL,
        ),
        Suitability.NOT_MEMBER.value: (
            say("No role in {group}. The author needs to be editor or admin there.", group=place),
            ChoiceStatus.DOUBTFUL,
        ),
        Suitability.INVITED.value: (say("Invited, has not signed in yet."), ChoiceStatus.DOUBTFUL),
    }
    untested = say("The rights could not be looked up. Editor or admin in the group is needed.")
    return known.get(author.suitability, (untested, ChoiceStatus.NOT_TESTED))


def person_line(say: Say, person: Author) -> str:
    """The second line of a person in a list."""
    role = say(ROLES.get(person.role, ROLES["other"]))
    return " · ".join(part for part in (role, person.mail) if part)


def other_platform_warning(say: Say, host: str, origin: Origin | None) -> str:
    """A warning about a pasted link that belongs to another platform, or an empty text.

    A company's own address leads to one of the two regional platforms, and nobody can tell to which; so only a
    link of the other region is surely wrong there.
    """
    if not host or origin is None:
        return ""
    here = host_of(origin).split(":")[0]
    regional = {host_of(EU), host_of(US)}
    is_other = host in regional - {here} if here in regional else host != here
    return (
        say("This link belongs to {host}, but you are connected to {here}.", host=one_line(host), here=here)
        if is_other
        else ""
    )
