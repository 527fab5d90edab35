from django import template
from django.utils.functional import Promise

from engagement.people.models import Sector
from engagement.people.services.columns import FIELDS

register = template.Library()


@register.filter
def field_label(name: str) -> str:
    """A field of an import in words."""
    return str(FIELDS.get("email" if name == "address" else name, name))


@register.filter
def sector_label(key: str) -> str | Promise:
    """The sector in words; "" where it is not known."""
    return Sector(key).label if key else ""
