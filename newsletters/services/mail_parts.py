"""What the templates of a mail need to write an issue in one language."""

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from engagement.core import markup
from engagement.core.bilingual import Shown, active, other, shown
from engagement.events.models import Event
from newsletters.models import Article, Issue, Link, Newsletter
from newsletters.services import mail_charts, mail_colours, mail_pictures

STAND_IN, OBJECTION = "0TOKEN0", "0OBJECTION0"
Pictures = dict[str, mail_pictures.Placed]
# The sheet is 600 pixels, with 24 on either side of what stands on it.
SHEET, TEXT = 600, 552
# Said in the language it speaks of, under the first part.
BELOW = {
    "en": "The English version is below.",
    "cy": "Mae'r fersiwn Gymraeg isod.",
}


class Leads(NamedTuple):
    """A link that was picked: to what, what kind of thing it is, and its address."""

    title: Shown
    note: str
    url: str


def articles_of(issue: Issue) -> list[Article]:
    """In their order, with all that a mail shows of them."""
    links = Link.objects.select_related("output", "event", "ask")
    found = Article.objects.filter(places__issue=issue).order_by("places__position")
    return list(found.prefetch_related("pictures", Prefetch("links", links)))


def part(issue: Issue, articles: list[Article], *, first: bool) -> dict[str, Any]:
    """In the active language; `first` where the other language follows it."""
    lang, newsletter = active(), issue.newsletter
    intro = shown(issue, "intro")
    return {
        "lang": lang,
        "first": first,
        "other_lang": other(lang),
        "below": BELOW[other(lang)],
        "issue": issue,
        "title": shown(issue, "title"),
        "newsletter": newsletter,
        "name": shown(newsletter, "title"),
        "masthead": mail_pictures.address(newsletter.masthead),
        "masthead_alt": shown(newsletter, "masthead_alt"),
        "sheet": SHEET,
        "intro": _texts(intro.text, intro.lang, {}),
        "articles": [_article(article, lang) for article in articles],
        "sender": shown(newsletter, "sender_name").text,
        "web_url": settings.SITE_URL + issue.get_absolute_url(),
        "preferences_url": _site("newsletters:preferences", STAND_IN),
        "objection_url": _site("newsletters:objection", OBJECTION),
        "leave_url": _site("newsletters:unsubscribe", STAND_IN),
    }


def look(newsletter: Newsletter) -> dict[str, str]:
    """The newsletter's colours, such as can be read."""
    return {
        "fill": newsletter.colour,
        "on_fill": mail_colours.text_on(newsletter.colour),
        "link": mail_colours.link(newsletter.colour),
    }


def _texts(text: str, lang: str, placed: Pictures) -> dict[str, str] | None:
    """Markdown for both parts of a mail, with our own words in its language; None where
    nothing was written, so that a template can leave it out."""
    if not text.strip():
        return None
    with translation.override(lang):
        charts = mail_charts.addresses(text)
        # Under the title of an article, which is a second heading.
        html = markup.mail(text, placed, charts, level=3)
        return {"html": html, "text": markup.text(text, placed), "lang": lang}


def _article(article: Article, lang: str) -> dict[str, Any]:
    placed = mail_pictures.of_article(article, lang, TEXT)
    summary, meaning = shown(article, "summary"), shown(article, "meaning")
    return {
        "title": shown(article, "title"),
        "picture": next(iter(placed.values()), None),
        "summary": _texts(summary.text, summary.lang, placed),
        "meaning": _texts(meaning.text, meaning.lang, placed),
        "links": [found for link in article.links.all() if (found := _leads(link))],
        "url": settings.SITE_URL + article.get_absolute_url(),
    }


def _leads(link: Link) -> Leads | None:
    """None where it leads to what the public may not find."""
    if link.ask:
        name = shown(link.ask, "title").text
        said = _("Ask the team of %(study)s a question") % {"study": name}
        return Leads(Shown(said, active()), "", _site("studies:ask", link.ask.slug))
    found = link.output or link.event
    if found is None or found.status == type(found).Status.DRAFT:
        return None
    note = found.get_kind_display()
    if link.event and (day := _day(link.event)):
        note = f"{note}, {date_format(day)}"
    url = settings.SITE_URL + found.get_absolute_url()
    return Leads(shown(found, "title"), note, url)


def _day(event: Event) -> date | None:
    return localdate(event.starts_at) if event.starts_at else event.starts_on


def _site(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(name, args=arguments)
