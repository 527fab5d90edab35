"""Who is told of an alarm."""

from django.conf import settings

from engagement.accounts.models import Role, User
from engagement.mail import registry


def _administrators() -> list[tuple[str, str]]:
    users = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    emails = users.order_by("pk").values_list("email", flat=True)
    return [(email, settings.LANGUAGE_CODE) for email in emails]


registry.add_administrators(_administrators)
