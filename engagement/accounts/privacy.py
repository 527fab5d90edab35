from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.privacy import CLEARED, REPLACED, Personal, declare, kept

declare(
    User,
    title=_("Account to sign in with"),
    about=lambda subject: Q(pk__in=subject.users),
    plain="id role is_staff is_superuser date_joined last_login",
    personal={
        "email": REPLACED,
        "name": CLEARED,
        "password": Personal(CLEARED.erase, exported=False),
        "is_active": CLEARED,
    },
)
declare(
    User.groups.through,
    about=lambda subject: Q(user__in=subject.users),
    title=_("Account to sign in with"),
    plain="id user group",
    delete=True,
)
declare(
    User.user_permissions.through,
    about=lambda subject: Q(user__in=subject.users),
    title=_("Account to sign in with"),
    plain="id user permission",
    delete=True,
)
declare(
    EmailAddress,
    title=_("Account to sign in with"),
    about=lambda subject: Q(user__in=subject.users),
    plain="id user verified primary",
    personal={"email": CLEARED},
    delete=True,
)
declare(
    EmailConfirmation,
    title=_("Account to sign in with"),
    about=lambda subject: Q(email_address__user__in=subject.users),
    plain="id email_address created sent",
    personal={"key": Personal(CLEARED.erase, exported=False)},
    delete=True,
)
declare(
    LogEntry,
    title=_("Changes on the administrator's pages"),
    about=lambda subject: Q(
        content_type__app_label="people",
        content_type__model="person",
        object_id__in=[str(pk) for pk in subject.people],
    ),
    plain="id action_time content_type object_id action_flag",
    personal={
        "object_repr": CLEARED,
        "change_message": CLEARED,
        "user": kept("who of the team changed a record", exported=False),
    },
)
declare(
    Session,
    plain="session_key expire_date",
    personal={
        "session_data": kept("only that somebody is signed in; it ends by itself")
    },
)
declare(Permission, plain="id name content_type codename")
declare(Group, plain="id name")
declare(Group.permissions.through, plain="id group permission")
declare(ContentType, plain="id app_label model")
