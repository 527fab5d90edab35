"""Who somebody is. The apps' `rules.py` build their permissions from these."""

from rules import Predicate, predicate

from engagement.accounts.models import Role, User


def _has_role(*roles: str) -> Predicate:
    def test(user: User) -> bool:
        return user.is_authenticated and user.is_active and user.role in roles

    return predicate(test, name=" or ".join(roles))


is_administrator = _has_role(Role.ADMINISTRATOR)
is_manager = _has_role(Role.MANAGER, Role.ADMINISTRATOR)
is_signed_in = _has_role(Role.MANAGER, Role.ADMINISTRATOR, Role.STEERING_MEMBER)
