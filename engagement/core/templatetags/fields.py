"""For the templates of form fields."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def described(field: BoundField) -> SafeString:
    """The widget, tied to its hint and errors.

    Django ties all but those it puts into a fieldset, as it does a single file.
    """
    by = field.aria_describedby
    return field.as_widget(attrs={"aria-describedby": by} if by else None)
