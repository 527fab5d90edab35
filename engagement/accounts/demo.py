"""Accounts to try the demonstration with."""

import os

from django.contrib.auth.hashers import make_password

from engagement.accounts.models import Role, User

ACCOUNTS = [
    ("manager@example.org", "Alex (synthetic)", Role.MANAGER),
    # An issue is approved by somebody who did not write it.
    ("approver@example.org", "Chris (synthetic)", Role.MANAGER),
    ("member@example.org", "Robin (synthetic)", Role.STEERING_MEMBER),
    ("administrator@example.org", "Sam (synthetic)", Role.ADMINISTRATOR),
]


def load() -> str:
    """Makes what is missing. DEMO_PASSWORD is the password of each; without it they
    cannot sign in."""
    password = os.environ.get("DEMO_PASSWORD")
    for email, name, role in ACCOUNTS:
        rights = {"is_staff": True, "is_superuser": True}
        fields = {"name": name, "role": role, "password": make_password(None)}
        user, _ = User.objects.get_or_create(
            email=email,
            defaults=fields | (rights if role == Role.ADMINISTRATOR else {}),
        )
        if password and not user.check_password(password):
            user.set_password(password)
            user.save()
    return "accounts " + ", ".join(email for email, _, _ in ACCOUNTS)
