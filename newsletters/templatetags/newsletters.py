"""What pages of lower apps show of newsletters, by name."""

from html import unescape
from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.text import Truncator

from engagement.core import bilingual, markup
from engagement.studies.models import Study
from newsletters.models import Issue, Newsletter
from newsletters.services import mail_pictures

register = template.Library()
# What search engines show of a page.
DESCRIPTION = 160
# Pixels of the width of a page.
BROADEST = 1200


@register.simple_tag
def latest_issues(count: int) -> QuerySet[Issue]:
    return Issue.objects.public().select_related("newsletter")[:count]


@register.simple_tag
def issues_at_work() -> QuerySet[Issue]:
    return Issue.objects.at_work().select_related("newsletter")


@register.simple_tag
def newsletters_of(study: Study) -> QuerySet[Newsletter]:
    return Newsletter.objects.for_study(study)


@register.simple_tag
def shown(thing: Any, field: str) -> bilingual.Shown:
    """The field in the reader's language, for an attribute: its text and language."""
    return bilingual.shown(thing, field)


@register.inclusion_tag("newsletters/_masthead.html")
def masthead(newsletter: Newsletter) -> dict[str, Any]:
    """The newsletter's picture at the top, in the reader's language."""
    lang = bilingual.active()
    return {
        "lang": lang,
        "masthead": mail_pictures.masthead(newsletter, lang, BROADEST),
    }


@register.simple_tag
def description(thing: Any, field: str) -> str:
    """A field of Markdown in the few plain words that search engines show."""
    html = markup.render(bilingual.shown(thing, field).text)
    words = " ".join(unescape(strip_tags(html)).split())
    return Truncator(words).chars(DESCRIPTION)
