"""What the pages of a pack look up."""

from collections.abc import Mapping

from django import template

from engagement.groups.services.pack_files import Place

register = template.Library()


@register.filter
def of(places: Mapping[int, Place], paper: int) -> Place:
    return places[paper]
