"""Names of permissions, roles, values and checks, and the sentences of check results."""

from collections.abc import Mapping

from wizard.core.checks import Check, CheckResult, Outcome
from wizard.core.customers import Scope
from wizard.core.integration import Difference
from wizard.core.problems import Code, Problem
from wizard.core.store_news import News, NewsKind
from wizard.words.problems import explain
from wizard.words.words import Words, mark

SCOPES: Mapping[Scope, str] = {
    Scope.INTEGRATIONS_READ: mark("Read integrations"),
    Scope.INTEGRATIONS_WRITE: mark("Create integrations"),
    Scope.INTEGRATIONS_BULK: mark("Send courses and progress"),
    Scope.GROUPS_READ: mark("Read groups"),
    Scope.USERS_READ: mark("Read people"),
    Scope.COURSES_READ: mark("Read courses"),
    Scope.BULK_OPERATIONS_READ: mark("Read bulk results"),
    Scope.GROUPS_BULK: mark("Share with more groups"),
}
"""Names of the permissions of credentials."""

WITHOUT: Mapping[Scope, str] = {
    Scope.INTEGRATIONS_READ: mark("Missing. Needed to look before creating."),
    Scope.GROUPS_READ: mark("Missing. You paste a link of the group instead."),
    Scope.USERS_READ: mark("Missing. You paste a link of the author instead."),
    Scope.COURSES_READ: mark("Missing. Only needed for sharing."),
    Scope.BULK_OPERATIONS_READ: mark("Missing. Only needed for sharing."),
}
"""What is not possible without a permission."""

ROLES: Mapping[str, str] = {
    "owner": mark("Owner of the platform"),
    "admin": mark("Admin"),
    "editor": mark("Editor"),
    "contributor": mark("Contributor"),
    "coach": mark("Coach"),
    "userAdmin": mark("User admin"),
    "analyst": mark("Analyst"),
    "learner": mark("Learner"),
    "other": mark("Another role"),
    "": mark("No role"),
}

STATUSES: Mapping[str, str] = {
    "active": mark("active"),
    "invited": mark("invited, not active yet"),
    "deleted": mark("deleted"),
    "unknown": mark("state unknown"),
}

VALUES: Mapping[str, str] = {
    "external_platform": mark("Name"),
    "group_id": mark("Group"),
    "author_id": mark("Author"),
    "default_completion": mark("Completed when opened"),
    "default_progress": mark("Start progress"),
    "no_group_propagation": mark("Hidden from subgroups"),
    "logo_url": mark("Logo"),
    "unicolor_logo_url": mark("Single-colour logo"),
}
"""Names of the values of an integration."""

CHECKS: Mapping[tuple[Check, Outcome, str], tuple[str, str]] = {
    (Check.SIGN_IN, Outcome.PASSED, ""): (mark("Sign-in works"), ""),
    (Check.PLATFORM, Outcome.PASSED, ""): (mark("Right platform"), ""),
    (Check.PLATFORM, Outcome.FAILED, ""): (
        mark("This is not the platform that was checked"),
        mark("Check the connection again."),
    ),
    (Check.PLATFORM, Outcome.FAILED, "groupNotFound"): (
        mark("This is not the platform that was checked"),
        mark("Check the connection again."),
    ),
    (Check.RIGHTS, Outcome.NOT_POSSIBLE, "untestable"): (
        mark("Right to create could not be tested"),
        mark("It shows when you press Create. Nothing is lost if it is missing."),
    ),
    (Check.RIGHTS, Outcome.FAILED, "missing"): (
        mark("The credentials lack the right {scope}"),
        mark("Ask the platform's admin to tick it."),
    ),
    (Check.GROUP, Outcome.PASSED, ""): (mark("Group exists"), ""),
    (Check.GROUP, Outcome.FAILED, "groupNotFound"): (
        mark("The platform does not have this group"),
        mark("Choose another group."),
    ),
    (Check.AUTHOR_ACTIVE, Outcome.PASSED, ""): (mark("Author is active"), ""),
    (Check.AUTHOR_ACTIVE, Outcome.WARNING, "invited"): (
        mark("{name} has not signed in yet"),
        mark("The platform may refuse an invited person as author."),
    ),
    (Check.AUTHOR_ACTIVE, Outcome.FAILED, "author-deleted"): (
        mark("The author was deleted on the platform"),
        mark("Choose another author."),
    ),
    (Check.AUTHOR_ACTIVE, Outcome.FAILED, "userNotFound"): (
        mark("The platform does not have this author"),
        mark("Choose another author."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.PASSED, "suitable"): (mark("Author has rights in the group"), ""),
    (Check.AUTHOR_RIGHTS, Outcome.PASSED, "inherited"): (mark("Author has rights from a parent group"), ""),
    (Check.AUTHOR_RIGHTS, Outcome.WARNING, "weak-role"): (
        mark("{name} is not an editor or admin in {group}"),
        mark("The guide asks for one of these roles. The platform may refuse."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.WARNING, "not-member"): (
        mark("{name} has no role in {group}"),
        mark("The guide asks for an editor or admin. The platform may refuse."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.WARNING, "invited"): (
        mark("{name} has not signed in yet"),
        mark("Rights count from the first sign-in."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.FAILED, "gone"): (
        mark("The author was deleted on the platform"),
        mark("Choose another author."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.FAILED, "author-deleted"): (
        mark("The author was deleted on the platform"),
        mark("Choose another author."),
    ),
    (Check.AUTHOR_RIGHTS, Outcome.FAILED, "userNotFound"): (
        mark("The platform does not have this author"),
        mark("Choose another author."),
    ),
    (Check.NAME_FREE, Outcome.PASSED, ""): (mark("Name is free in the group"), ""),
    (Check.NAME_FREE, Outcome.FAILED, ""): (
        mark("{name} already exists in {group}"),
        mark("Use another name."),
    ),
    (Check.NAME_ALONE, Outcome.PASSED, ""): (mark("No similar name nearby"), ""),
    (Check.NAME_ALONE, Outcome.WARNING, "same-group"): (
        mark("A similar name exists in the group"),
        mark("“{name}” in {group}. Learners may mix them up."),
    ),
    (Check.NAME_ALONE, Outcome.WARNING, "above"): (
        mark("A similar name exists in a parent group"),
        mark("“{name}” in {group}. Learners may mix them up."),
    ),
    (Check.VALUES, Outcome.PASSED, ""): (mark("All values are in range"), ""),
    (Check.FRESH, Outcome.PASSED, ""): (mark("Checked just now"), ""),
    (Check.FRESH, Outcome.WARNING, "old"): (
        mark("These checks are older than ten minutes"),
        mark("They run again before anything is created."),
    ),
}
"""Title and text of check results, where they do not follow from the name of the check."""

_CODES = frozenset(code.value for code in Code)

_NAMES: Mapping[Check, str] = {
    Check.SIGN_IN: mark("Sign-in"),
    Check.PLATFORM: mark("Platform"),
    Check.RIGHTS: mark("Right to read integrations"),
    Check.GROUP: mark("Group"),
    Check.AUTHOR_ACTIVE: mark("Author's account"),
    Check.AUTHOR_RIGHTS: mark("Author's rights"),
    Check.NAME_FREE: mark("Free name"),
    Check.NAME_ALONE: mark("Similar names"),
    Check.VALUES: mark("Values"),
    Check.FRESH: mark("Age of the checks"),
}


def check_sentences(words: Words, result: CheckResult) -> tuple[str, str]:
    """Title and text of the result of a check."""
    known = CHECKS.get((result.check, result.outcome, result.kind))
    if known:
        return words.say(known[0], **result.facts), words.say(known[1], **result.facts)
    name = words.say(_NAMES[result.check])
    if result.outcome is Outcome.NOT_POSSIBLE:
        title = words.say("{what}: could not be checked", what=name)
        reasons = {
            "no-right": words.say("The credentials lack the right {scope}.", **result.facts),
            "no-sign-in": words.say("The sign-in did not work."),
        }
        return title, reasons.get(result.kind, words.say("The platform did not answer. Run the checks again."))
    if result.kind in _CODES:
        problem = Problem(Code(result.kind))
        problem.facts = result.facts
        shown = explain(words, problem)
        return words.say("{what}: not in order", what=name), _joined(shown.title, shown.text)
    return words.say("{what}: not in order", what=name), ""


def _joined(title: str, text: str) -> str:
    return f"{title}. {text}" if text else f"{title}."


def value_text(words: Words, value: str | int | bool | None) -> str:
    """A value of an integration as text."""
    if value is None:
        return words.say("The platform does not tell")
    if isinstance(value, bool):
        return words.say("Yes") if value else words.say("No")
    return str(value) or words.say("None")


def difference_text(words: Words, row: Difference) -> tuple[str, str, str]:
    """Name, wanted value and found value of a difference."""
    return words.say(VALUES[row.name]), value_text(words, row.wanted), value_text(words, row.found)


def store_news(words: Words, news: News) -> tuple[str, str]:
    """Title and text of a notice about the ledger."""
    if news.kind is NewsKind.RESTORED:
        when = words.day_and_clock(news.at)
        if not news.where:
            return words.say("Your list was gone and was restored"), words.say(
                "It is as it was on {when}. Later integrations exist on the platform but may be missing here.",
                when=when,
            )
        return words.say("Your list was damaged and was restored"), words.say(
            "It is as it was on {when}. Later integrations exist on the platform but may be missing here. "
            "The damaged file is kept in {where}.",
            when=when,
            where=news.where,
        )
    if news.kind is NewsKind.STARTED_EMPTY:
        return words.say("Your list was damaged and begins anew"), words.say(
            "There was no copy to restore. Your integrations still exist on the platform. "
            "The damaged file is kept in {where}.",
            where=news.where,
        )
    if news.kind is NewsKind.ROWS_SET_ASIDE:
        return words.say("A part of your list could not be read"), words.count(
            "{n} entry is left out, the others are all here. Its data are kept in {where}.",
            "{n} entries are left out, the others are all here. Their data are kept in {where}.",
            news.count,
            where=news.where,
        )
    return words.say("Your list lies in a folder of {service}", service=news.where), words.say(
        "Such folders can damage it. Ask IT for a folder on this computer only."
    )
