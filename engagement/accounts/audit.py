from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit import registry

registry.add_kind(User, _("User"))
