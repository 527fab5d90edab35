"""What came back about an issue: see `services/bounces.py`."""

from django.utils.translation import gettext_lazy as _

from engagement.mail import registry
from newsletters.models import Delivery
from newsletters.services import bounces


def _sent_to(number: int) -> str | None:
    rows = Delivery.objects.filter(pk=number)
    return rows.values_list("address", flat=True).first()


registry.add_mails("delivery", _sent_to)
registry.add_handler(
    bounces.apply,
    {
        "settled": _("It is known now what became of the issue."),
        "marked": _("The delivery says that it came back."),
        "given_up": _("Three issues came back: the address is never written to."),
        "alarm": _("The administrators were told."),
    },
)
