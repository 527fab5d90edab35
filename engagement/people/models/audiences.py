from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A saved rule over people. It is worked out anew each time it is used.

    The rule is a tree: {"all": [...]}, {"any": [...]}, {"not": rule}, or a leaf
    {"kind": key, ...} of a kind that an app has registered.
    """

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("what it is for"), blank=True)
    rule = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
