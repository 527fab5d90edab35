"""Who answers for a newsletter, and mail to them."""

from collections.abc import Collection
from typing import Any

from django.conf import settings

from engagement.accounts.models import User
from engagement.core.bilingual import active
from engagement.mail.services import messages
from newsletters.models import Issue, Newsletter


def managers() -> list[User]:
    """Everybody with an open account who may manage newsletters, by name."""
    people = User.objects.filter(is_active=True).order_by("name", "pk")
    return [user for user in people if user.has_perm("newsletters.manage")]


def of(newsletter: Newsletter) -> list[User]:
    """Its owners; where none can be reached, all who may manage newsletters."""
    may = managers()
    named = set(newsletter.owners.values_list("pk", flat=True))
    return [user for user in may if user.pk in named] or may


def tell(users: Collection[User], kind: str, issue: Issue, **more: Any) -> int:
    """Mails each of them about the issue; how many that were."""
    context = {"issue": issue, "site_url": settings.SITE_URL, **more}
    for user in users:
        messages.send(kind=kind, to=user.email, language=active(), context=context)
    return len(users)
