"""Whether two customers are the same platform, so that the credentials of one can be used for the other."""

from wizard.core.customers import Customer


def is_same_platform(one: Customer, other: Customer) -> bool:
    """Whether two customers are the same platform: by the id of its own group, or else by the customer's name.

    The address does not tell, because many platforms share one.
    """
    if one.id == other.id:
        return True
    if one.origin != other.origin:
        return False
    if one.root_id and other.root_id:
        return one.root_id == other.root_id
    return one.label.casefold() == other.label.casefold()
