"""An issue as a mail: both languages in one message.

It is rendered once per order of languages, the same each time, with a stand-in where the
person's token goes; `for_token` puts the token in.
"""

from dataclasses import dataclass
from email.utils import format_datetime
from html import unescape
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator

from engagement.core import tokens
from engagement.core.bilingual import other, shown
from engagement.mail.services import composing, smtp
from newsletters.models import Delivery, Issue
from newsletters.services import mail_parts
from newsletters.services.mail_parts import STAND_IN

SCOPE = "unsubscribe"
# Letters of a token, which stand-ins are shorter than.
TOKEN_LETTERS = 83
# What a mail program shows of a message beside its subject.
PREHEADER_LETTERS = 110
# Styles for one kind of screen, which only stand in their own element, not in each tag.
KEPT = ' data-css-inline="keep"'
# A style sheet from elsewhere is never asked for.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str

    @property
    def size(self) -> int:
        """Bytes of the HTML part as it leaves, with its long ends of line and with
        tokens. Gmail cuts it off at 102 KB."""
        longer = TOKEN_LETTERS - len(STAND_IN)
        tokens_add = self.html.count(STAND_IN) * longer
        return len(self.html.encode()) + self.html.count("\n") + tokens_add

    def for_token(self, token: str) -> "Rendered":
        """With the links of one person."""
        return Rendered(
            self.subject,
            self.text.replace(STAND_IN, token),
            self.html.replace(STAND_IN, token),
        )


def render(issue: Issue, *, language: str) -> Rendered:
    """The issue with `language` ("en" or "cy") first and STAND_IN in the personal links."""
    articles, look = mail_parts.articles_of(issue), mail_parts.look(issue.newsletter)
    written = []
    for lang in (language, other(language)):
        with translation.override(lang):
            part = mail_parts.part(issue, articles, first=lang == language)
            text = render_to_string("newsletters/mail/issue.txt", part).strip()
            html = render_to_string("newsletters/mail/part.html", part | {"look": look})
            written.append((part, text, html))
    sheet = {
        "language": language,
        "title": shown(issue, "title", language),
        "preheader": _preheader(written[0][0]),
        "look": look,
        "parts": [html for _part, _text, html in written],
    }
    return Rendered(
        subject=subject(issue, language),
        text="\n\n".join(text for _part, text, _html in written),
        html=_inlined(render_to_string("newsletters/mail/issue.html", sheet)),
    )


def subject(issue: Issue, language: str) -> str:
    """In both languages, `language` first."""
    order = (language, other(language))
    return " / ".join(shown(issue, "title", lang).text for lang in order)


def headers(issue: Issue, language: str) -> dict[str, str]:
    """Who it is from, where answers go and what it is about, fit for a mail."""
    newsletter = issue.newsletter
    sender = shown(newsletter, "sender_name", language).text
    answers = newsletter.reply_address or newsletter.sender_address
    return {
        "From": composing.mailbox(sender, newsletter.sender_address),
        "Reply-To": composing.mailbox(sender, answers),
        "Subject": composing.words(subject(issue, language)),
    }


def message(delivery: Delivery, rendered: Rendered) -> bytes:
    """The mail to one person (RFC 5322), its Message-ID derived from the delivery.

    Raises smtp.Rejected where mail cannot carry the address.
    """
    issue, language = delivery.issue, delivery.language
    token = tokens.make(SCOPE, delivery.token)
    personal = rendered.for_token(token)
    one_click = settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])
    named = {
        "To": smtp.ascii_address(delivery.address),
        "Message-ID": f"<delivery-{delivery.pk}@{settings.MAIL_DOMAIN}>",
        # RFC 8058: one POST, no login, no redirect.
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return _composed(issue, language, personal, named)


def sample(issue: Issue, language: str) -> bytes:
    """The mail as it would go, to nobody: the same bytes each time."""
    name = f"<issue-{issue.pk}-{language}@{settings.MAIL_DOMAIN}>"
    rendered = render(issue, language=language)
    return _composed(issue, language, rendered, {"Message-ID": name})


def _composed(
    issue: Issue, language: str, rendered: Rendered, named: dict[str, str]
) -> bytes:
    of_issue = {
        "Date": format_datetime(issue.frozen_at or issue.created_at),
        "List-ID": f"<{issue.newsletter.slug}.{settings.MAIL_DOMAIN}>",
    }
    return composing.compose(
        headers=headers(issue, language) | of_issue | named,
        language=language,
        text=rendered.text,
        html=rendered.html,
    )


def _inlined(html: str) -> str:
    return INLINER.inline(html).replace(KEPT, "")


def _preheader(part: dict[str, Any]) -> str:
    """The opening, or else what the articles are called, in the first language."""
    intro, articles = part["intro"], part["articles"]
    titles = " · ".join(article["title"].text for article in articles)
    words = unescape(strip_tags(intro["html"])) if intro else titles
    return Truncator(" ".join(words.split())).chars(PREHEADER_LETTERS)
