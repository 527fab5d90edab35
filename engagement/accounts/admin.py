from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group

from engagement.accounts.models import User
from engagement.audit.admin import Recorded

# Roles are code; Django's groups of permissions would be a second truth.
admin.site.unregister(Group)
# The account's address is the user's own; allauth's table follows it.
admin.site.unregister(EmailAddress)
# One door: the page everybody signs in on, with its limit on attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(Recorded, DjangoUserAdmin[User]):
    ordering = ["email"]
    list_display = ["email", "name", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "role"]}),
        (None, {"fields": ["is_active", "is_staff", "is_superuser", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "role", "password1", "password2"]}),
    ]
