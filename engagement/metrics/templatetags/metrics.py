from django import template

from engagement.metrics import disclosure, words

register = template.Library()


@register.simple_tag
def hidden_note(*, public: bool) -> str:
    """Why counts are hidden, on a page that everybody sees or one for those inside."""
    return words.hidden_note(disclosure.threshold(public=public))
