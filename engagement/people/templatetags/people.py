from django import template
from django.utils.functional import Promise

from engagement.people.models import Sector

register = template.Library()


@register.filter
def sector_label(key: str) -> str | Promise:
    """The sector in words; "" where it is not known."""
    return Sector(key).label if key else ""
