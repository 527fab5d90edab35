from rules import add_perm, predicate

from engagement.accounts.models import User
from engagement.accounts.predicates import is_administrator, is_manager
from engagement.events.models import Event


def _organises(user: User, event: Event | None = None) -> bool:
    """Without an event: might organise one."""
    return event is None or event.organiser_id == user.pk


organises = predicate(_organises, name="organises")

add_perm("events.manage", is_manager)
add_perm("events.see_needs", is_administrator | (is_manager & organises))
