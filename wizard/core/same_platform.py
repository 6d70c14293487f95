"""Whether the credentials of one customer may stand in for another's, whose own were withdrawn."""

from wizard.core.customers import Customer


def is_same_platform(one: Customer, other: Customer) -> bool:
    """Whether two customers are the same platform: by its own group, or by what the person calls it.

    An address alone proves nothing, because many platforms share one.
    """
    if one.id == other.id:
        return True
    if one.origin != other.origin:
        return False
    if one.root_id and other.root_id:
        return one.root_id == other.root_id
    return one.label.casefold() == other.label.casefold()
