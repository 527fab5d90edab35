from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit import registry
from engagement.mail.models import AccountState, Alarm

registry.add_kind(User, _("User"))
registry.add_kind(Alarm, _("Alarm"))
registry.add("alarm.closed", _("Alarm settled"))
registry.add_kind(AccountState, _("Sending account"))
registry.add("account.tried_again", _("Sending account tried again"))
