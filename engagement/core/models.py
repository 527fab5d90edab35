from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A record that says where it came from, and whether it is made up."""

    source = models.CharField(_("source"), max_length=200, blank=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        abstract = True
