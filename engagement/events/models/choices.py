from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationState(models.TextChoices):
    PLACE = "place", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    LAPSED = "lapsed", _("Did not take the place offered")
    CANCELLED = "cancelled", _("Cancelled")


# Who takes up a place that nobody else can have.
HOLDING = (RegistrationState.PLACE, RegistrationState.OFFERED)
# Who has not left; an address can be among them once.
IN_FORCE = (*HOLDING, RegistrationState.WAITING)
