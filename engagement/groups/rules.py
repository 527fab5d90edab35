from rules import add_perm, predicate

from engagement.accounts.models import User
from engagement.accounts.predicates import is_manager, is_signed_in
from engagement.groups.models import Group


@predicate
def sits_in(user: User, group: Group | None) -> bool:
    """Asked of no group in particular, nobody sits in it."""
    return (
        group is not None and Group.objects.for_user(user).filter(pk=group.pk).exists()
    )


add_perm("groups.manage", is_manager)
add_perm("groups.view_papers", is_manager | (is_signed_in & sits_in))
