"""An issue as a mail: both languages in one message.

It is rendered once per order of languages, the same each time, with a stand-in where the
person's token goes; `for_token` puts the token in.
"""

from dataclasses import dataclass
from email.utils import format_datetime

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from engagement.core import tokens
from engagement.core.bilingual import other, shown
from engagement.mail.services import composing, smtp
from newsletters.models import Article, Delivery, Issue

STAND_IN = "0TOKEN0"
SCOPE = "unsubscribe"


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str

    def for_token(self, token: str) -> "Rendered":
        """With the links of one person."""
        return Rendered(
            self.subject,
            self.text.replace(STAND_IN, token),
            self.html.replace(STAND_IN, token),
        )


def render(issue: Issue, *, language: str) -> Rendered:
    """The issue with `language` ("en" or "cy") first and STAND_IN in the personal links."""
    order = (language, other(language))
    places = issue.places.select_related("article").order_by("position")
    articles = [place.article for place in places]
    parts = [_part(issue, articles, lang) for lang in order]
    return Rendered(
        subject=" / ".join(str(part["title"]) for part in parts),
        text="\n\n".join(
            render_to_string("newsletters/mail/issue.txt", part).strip()
            for part in parts
        ),
        html=css_inline.inline(
            render_to_string(
                "newsletters/mail/issue.html", {"language": language, "parts": parts}
            )
        ),
    )


def message(delivery: Delivery, rendered: Rendered) -> bytes:
    """The mail to one person (RFC 5322), its Message-ID derived from the delivery.

    Raises smtp.Rejected where mail cannot carry the address.
    """
    issue, language = delivery.issue, delivery.language
    newsletter = issue.newsletter
    token = tokens.make(SCOPE, delivery.token)
    personal = rendered.for_token(token)
    sender = shown(newsletter, "sender_name", language).text
    mailbox = composing.mailbox(sender, newsletter.sender_address)
    one_click = settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])
    headers = {
        "From": mailbox,
        "Reply-To": mailbox,
        "To": smtp.ascii_address(delivery.address),
        "Subject": composing.words(rendered.subject),
        "Date": format_datetime(issue.frozen_at or issue.created_at),
        "Message-ID": f"<delivery-{delivery.pk}@{settings.MAIL_DOMAIN}>",
        "List-ID": f"<{newsletter.slug}.{settings.MAIL_DOMAIN}>",
        # RFC 8058: one POST, no login, no redirect.
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return composing.compose(
        headers=headers, language=language, text=personal.text, html=personal.html
    )


def _part(issue: Issue, articles: list[Article], lang: str) -> dict[str, object]:
    """What the templates need to write the issue in one language."""
    with translation.override(lang):
        newsletter = issue.newsletter
        words = {
            "web": translation.gettext("Read this issue on the web"),
            "more": translation.gettext("Read the whole article"),
            "why": translation.gettext(
                "You get this because you subscribed to %(name)s."
            )
            % {"name": shown(newsletter, "title").text},
            "sender": translation.gettext("Sent by %(name)s, %(address)s.")
            % {
                "name": shown(newsletter, "sender_name").text,
                "address": newsletter.sender_address,
            },
            "leave": translation.gettext("Unsubscribe"),
            "preferences": translation.gettext("Your preferences"),
            "synthetic": translation.gettext(
                "This issue is synthetic: a demonstration."
            ),
        }
        return {
            "lang": lang,
            "words": words,
            "title": shown(issue, "title").text,
            "intro": shown(issue, "intro").text,
            "newsletter": shown(newsletter, "title").text,
            "is_synthetic": issue.is_synthetic,
            "articles": [_article(article) for article in articles],
            "web_url": settings.SITE_URL + issue.get_absolute_url(),
            "preferences_url": settings.SITE_URL
            + reverse("newsletters:preferences", args=[STAND_IN]),
            "leave_url": settings.SITE_URL
            + reverse("newsletters:unsubscribe", args=[STAND_IN]),
        }


def _article(article: Article) -> dict[str, str]:
    return {
        "title": shown(article, "title").text,
        "summary": shown(article, "summary").text,
        "url": settings.SITE_URL + article.get_absolute_url(),
    }
